"""`assistant replay` and `assistant trace`: a logged answer again, and how it came about."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from assistant.commands.output import Subparsers, add_index_options, print_json, print_line

if TYPE_CHECKING:
    from assistant.review.replay import Difference


def register(commands: Subparsers) -> None:
    """Add the two commands."""
    replay = commands.add_parser(
        "replay", help="give a logged answer again and compare; exit 1 when it differs"
    )
    replay.add_argument("id", metavar="ID", help="of the answer, or how it begins; see `assistant log list`")
    add_index_options(replay)
    replay.set_defaults(run=run_replay)
    trace = commands.add_parser("trace", help="show how a logged answer came about")
    trace.add_argument("id", metavar="ID", help="of the answer, or how it begins")
    trace.add_argument("--json", action="store_true", help="print one JSON document")
    trace.set_defaults(run=run_trace)


def run_replay(args: argparse.Namespace) -> int:
    """Compare; 0 when the answer is the same, byte for byte."""
    from assistant import Assistant
    from assistant.commands.log import open_store, the_answer
    from assistant.factory import review_stamps
    from assistant.review.replay import replay, turns_up_to
    from assistant.review.stamps import is_same_index
    from assistant.settings import load_settings

    settings = load_settings(index_dir=args.index)
    with open_store(settings) as store:
        logged = the_answer(store, args.id)
        turns = turns_up_to(store, logged)
    assistant = Assistant.open(settings)
    found = replay(assistant.pipeline, turns)
    stamps = review_stamps(settings)
    has_index, has_code = is_same_index(logged.stamps, stamps), logged.stamps.get("code") == stamps["code"]
    if args.json:
        print_json(
            {
                "id": logged.answer_id, "same": found.is_same, "same_index": has_index,
                "same_code": has_code, "difference": asdict(found.difference),
                "answer": found.after.model_dump(mode="json", exclude={"timing_ms"}),
            }
        )  # fmt: skip
    else:
        print_line(
            f"Answer {logged.answer_id} of {logged.asked_at:%Y-%m-%d %H:%M} UTC: {logged.answer.question}"
        )
        index, code = "the same" if has_index else "another one", "the same" if has_code else "changed"
        print_line(f"Index: {index}. Code: {code}.")
        for line in ["The same answer, byte for byte."] if found.is_same else _lines(found.difference):
            print_line(line)
    return 0 if found.is_same else 1


def _lines(found: Difference) -> list[str]:
    lines = ["The answer differs."]
    if found.status:
        lines.append(f"  status: {found.status[0]} -> {found.status[1]}")
    lines += [f"  + recommended now: {i}" for i in found.added]
    lines += [f"  - no longer recommended: {i}" for i in found.removed]
    lines += [f"  ~ {i}: place {old} -> {new}" for i, old, new in found.moved]
    lines += [f"  + {text}" for text in found.sentences_added]
    lines += [f"  - {text}" for text in found.sentences_removed]
    if found.fields:
        lines.append(f"  also different: {', '.join(found.fields)}")
    return lines


def run_trace(args: argparse.Namespace) -> int:
    """Print the trace that was kept with an answer."""
    from assistant.commands.log import open_store, the_answer
    from assistant.commands.trace import trace_as_text
    from assistant.settings import load_settings

    with open_store(load_settings()) as store:
        logged = the_answer(store, args.id)
    if args.json:
        head: dict[str, Any] = {
            "id": logged.answer_id, "conversation": logged.conversation_id, "turn": logged.turn,
            "asked_at": logged.asked_at.isoformat(), "adjustment": logged.adjustment,
            "stamps": logged.stamps,
        }  # fmt: skip
        print_json({**head, "trace": logged.trace})
    else:
        print_line(f"Answer {logged.answer_id}, {logged.asked_at:%Y-%m-%d %H:%M} UTC")
        print_line(trace_as_text(logged.trace))
    return 0
