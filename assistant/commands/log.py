"""`assistant log ...`: list, export, delete and purge what is kept of answers, and label reviewed ones."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.commands.output import Subparsers, json_text, print_json, print_line
from assistant.errors import UsageError

if TYPE_CHECKING:
    from assistant.domain.review import LoggedAnswer
    from assistant.review.store import SqlReviewStore
    from assistant.settings import Settings

SHORT_ID = 8


def register(commands: Subparsers) -> None:
    """Add the command with its sub-commands."""
    parser = commands.add_parser("log", help="what is kept of answers: list, export, delete, purge, label")
    parts = parser.add_subparsers(dest="part", required=True, metavar="PART")
    _list(parts)
    _export(parts)
    delete = _add(parts, "delete", "remove a conversation with all that was said of it", run_delete)
    delete.add_argument("id", metavar="ID", help="of the conversation or of one of its answers")
    purge = _add(parts, "purge", "remove answers whose time is over", run_purge)
    purge.add_argument("--days", type=int, metavar="N", help="keep this many days (default: retention_days)")
    purge.add_argument("--dry-run", action="store_true", help="only say how many would go")
    golden = _add(parts, "to-golden", "make a reviewed question an item of the golden set", run_to_golden)
    golden.add_argument("id", metavar="ID", help="of the answer")
    golden.add_argument("--reader", metavar="ROLE", help="whose review counts (default: the latest one)")
    golden.add_argument(
        "--question", action="append", default=[], metavar="TEXT",
        help="the question in other words, without names; once for each turn",
    )  # fmt: skip
    golden.add_argument("--replace", action="store_true", help="replace the item made of it before")


def _add(parts: Subparsers, name: str, about: str, run: Any) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = parts.add_parser(name, help=about, description=about)
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.set_defaults(run=run)
    return parser


def _list(parts: Subparsers) -> None:
    parser = _add(parts, "list", "the queue of answers, most urgent first", run_list)
    parser.add_argument("--state", choices=("open", "judged", "all"), default="all")
    parser.add_argument(
        "--reason", choices=("not_helpful", "low_confidence", "first_of_kind", "random_sample")
    )
    parser.add_argument("--status", choices=("answered", "clarify", "abstained"))
    parser.add_argument("--region", metavar="NAME", help="province or labour market region")
    parser.add_argument("--sector", metavar="ID")
    parser.add_argument("--reader", metavar="ROLE", help="open for, or judged by, this reader")
    parser.add_argument("--since", type=_day, metavar="YYYY-MM-DD", help="asked on this day or later (UTC)")
    parser.add_argument("--until", type=_day, metavar="YYYY-MM-DD", help="asked on this day or earlier (UTC)")
    parser.add_argument("--limit", type=_positive, default=25, metavar="N")


def _export(parts: Subparsers) -> None:
    parser = _add(parts, "export", "write a conversation, or what was reviewed, to a file", run_export)
    parser.add_argument("id", nargs="?", metavar="ID", help="of a conversation or answer; none for all")
    parser.add_argument("--reviewed", action="store_true", help="reviewed answers with their verdicts")
    parser.add_argument("--format", choices=("jsonl", "csv", "pdf"), default="jsonl")
    parser.add_argument("--out", type=Path, metavar="FILE", help="default: standard output")


def _day(text: str) -> datetime:
    try:
        return datetime.combine(datetime.strptime(text, "%Y-%m-%d").date(), time(), UTC)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date like 2026-03-31") from None


def _positive(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1")
    return int(text)


@contextmanager
def open_store(settings: Settings) -> Iterator[SqlReviewStore]:
    """The store, closed afterwards."""
    from assistant.factory import make_review_store

    store = make_review_store(settings)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def _opened() -> Iterator[tuple[SqlReviewStore, Settings]]:
    from assistant.settings import load_settings

    settings = load_settings()
    with open_store(settings) as store:
        yield store, settings


def the_answer(store: SqlReviewStore, beginning: str) -> LoggedAnswer:
    """The one answer whose id begins so.

    Raises:
        UsageError: there is none, or more than one.
    """
    found = store.ids_starting_with(beginning, limit=2) if beginning else ()
    exact = store.answer(beginning if beginning in found or len(found) != 1 else found[0])
    if exact is not None:
        return exact
    if found:
        raise UsageError(f"More than one answer begins with {beginning!r}. Give more of the id.")
    raise UsageError(f"No answer in the log begins with {beginning!r}. See `assistant log list`.")


def _conversation(store: SqlReviewStore, beginning: str) -> str:
    """Id of a conversation, by the beginning of its own id or of one of its answers."""
    found = store.conversations_starting_with(beginning, limit=2) if beginning else ()
    if beginning in found:
        return beginning
    if len(found) > 1:
        raise UsageError(f"More than one conversation begins with {beginning!r}. Give more of the id.")
    return found[0] if found else the_answer(store, beginning).conversation_id


def run_list(args: argparse.Namespace) -> int:
    """Print a page of the queue."""
    from assistant.domain.review import QueueFilter

    chosen = QueueFilter(
        state=args.state, reason=args.reason, status=args.status, region=args.region, sector=args.sector,
        reader=args.reader, since=args.since, limit=args.limit,
        until=args.until + timedelta(days=1) - timedelta(microseconds=1) if args.until else None,
    )  # fmt: skip
    with _opened() as (store, _):
        page = store.queue(chosen)
        conversations = {i.answer_id: _conversation_of(store, i.answer_id) for i in page.items}
    if args.json:
        items = [
            {
                "id": i.answer_id, "conversation": conversations[i.answer_id],
                "asked_at": i.asked_at.isoformat(), "question": i.question, "status": i.status,
                "regions": i.regions, "sectors": i.sectors, "reasons": i.reasons,
                "confidence": i.confidence, "readers": i.readers,
            }
            for i in page.items
        ]  # fmt: skip
        print_json({"total": page.total, "items": items})
        return 0
    for item in page.items:
        why = ", ".join(item.reasons) or "-"
        moment = f"{item.asked_at:%Y-%m-%d %H:%M}"
        print_line(f"{item.answer_id[:SHORT_ID]}  {moment}  {item.status:9}  {item.question[:80]}")
        print_line(f"{'':10}{why}; conversation {conversations[item.answer_id][:SHORT_ID]}")
    print_line(f"{len(page.items)} of {page.total} answers.")
    return 0


def _conversation_of(store: SqlReviewStore, answer_id: str) -> str:
    logged = store.answer(answer_id)
    return logged.conversation_id if logged is not None else ""


def run_export(args: argparse.Namespace) -> int:
    """Write to the file, or to standard output."""
    if args.format != "jsonl" and not args.reviewed:
        raise UsageError(f"--format {args.format} is for reviewed answers: add --reviewed.")
    if args.format == "pdf" and (args.id is None or args.out is None):
        raise UsageError("A PDF is made of one answer and written to a file: give its ID and --out FILE.")
    with _opened() as (store, settings):
        data, count = _exported(args, store, settings)
    if args.out is None:
        sys.stdout.write(data.decode())
        return 0
    try:
        args.out.write_bytes(data)
    except OSError as error:
        raise UsageError(f"Cannot write {args.out}: {error.strerror or error}.") from error
    if args.json:
        print_json({"answers": count, "out": str(args.out)})
    else:
        print_line(f"{count} answers written to {args.out}.")
    return 0


def _exported(args: argparse.Namespace, store: SqlReviewStore, settings: Settings) -> tuple[bytes, int]:
    from assistant.review import export

    if args.reviewed:
        ids = export.judged_ids(store) if args.id is None else (the_answer(store, args.id).answer_id,)
        if args.format == "pdf":
            from assistant.labelling import printed_review

            return printed_review(store, ids[0], corpus=settings.corpus), 1
        text = (export.reviewed_csv if args.format == "csv" else export.reviewed_jsonl)(store, ids)
        return text.encode("utf-8-sig" if args.format == "csv" else "utf-8"), len(ids)
    conversations = store.conversation_ids() if args.id is None else (_conversation(store, args.id),)
    rows = [json_text(row) for c in conversations for row in export.conversation_rows(store, c)]
    return "".join(f"{row}\n" for row in rows).encode(), len(rows)


def run_delete(args: argparse.Namespace) -> int:
    """Remove one conversation; what is gone cannot be had back."""
    with _opened() as (store, _):
        conversation = _conversation(store, args.id)
        gone = store.delete_conversation(conversation)
    if args.json:
        print_json({"conversation": conversation, "removed": gone})
    else:
        print_line(f"{gone} answers of conversation {conversation} removed, with what was said of them.")
    return 0


def run_purge(args: argparse.Namespace) -> int:
    """Remove what is older than the retention."""
    if args.days is not None and args.days < 0:
        raise UsageError("--days is 0 or more.")
    with _opened() as (store, settings):
        days = settings.retention_days if args.days is None else args.days
        before = datetime.now(UTC) - timedelta(days=days)
        count = store.count_before(before) if args.dry_run else store.purge(before)
    if args.json:
        print_json({"days": days, "before": before.isoformat(), "removed": 0 if args.dry_run else count,
                    "would_remove": count if args.dry_run else 0})  # fmt: skip
    else:
        verb = "would be removed" if args.dry_run else "removed"
        print_line(f"{count} answers older than {days} days {verb}.")
    return 0


def run_to_golden(args: argparse.Namespace) -> int:
    """Label; exit 1 when the question is refused, with the reason."""
    from assistant.factory import open_index
    from assistant.labelling import label_reviewed

    with _opened() as (store, settings):
        logged = the_answer(store, args.id)
        outcome = label_reviewed(
            store, logged.answer_id, args.reader, records=open_index(settings).records,
            golden_dir=settings.golden_dir, today=datetime.now(UTC).date(),
            questions=tuple(args.question), replace=args.replace,
        )  # fmt: skip
    if args.json:
        print_json({"id": logged.answer_id, "item": outcome.item_id, "refused": outcome.code or None,
                    "reason": outcome.reason or None, "detail": outcome.detail or None})  # fmt: skip
    elif outcome.item_id:
        print_line(f"Item {outcome.item_id} added; the next `assistant eval run` counts it.")
    else:
        print_line(f"REFUSED ({outcome.code}): {outcome.reason} {outcome.detail}".rstrip())
    return 0 if outcome.item_id else 1
