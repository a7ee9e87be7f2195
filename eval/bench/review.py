"""How fast the log of answers is with many answers: queue, filters, and a page with its highlight.

Run `python -m eval.bench.review`, with `--url postgresql://...` for another database than a new SQLite file.
The database given has to be empty: it is filled with made-up answers.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

from assistant import Assistant
from assistant.domain.answer import Citation
from assistant.domain.review import Feedback, QueueFilter, Review
from assistant.errors import UsageError
from assistant.pipeline import Trace
from assistant.review.database import Database
from assistant.review.entries import Entry, entry_of
from assistant.review.pages import render_page
from assistant.review.store import SqlReviewStore, insert_entry
from assistant.settings import load_settings

QUESTIONS = (
    "Wij bouwen warmtepompen in Zwolle en zoeken scholing voor monteurs. Bij welke agenda sluiten we aan?",
    "Welk initiatief leidt zij-instromers op voor de zorg in Groningen?",
    "Wat schrijft het advies van april 2022 over samenwerking?",
    "Ons tuinbouwbedrijf in Venlo wil mbo-studenten een leerwerkplek geven. Waar kunnen we terecht?",
    "Is er een regionale agenda voor techniek rond Eindhoven?",
    "Hoe laat gaat de trein naar Parijs?",
)
PROVINCES = (
    "Drenthe",
    "Flevoland",
    "Gelderland",
    "Limburg",
    "Overijssel",
    "Utrecht",
    "Zeeland",
    "Zuid-Holland",
)
SECTORS = ("bouw", "energie", "ict", "techniek", "tuinbouw", "water", "zorg")
BATCH = 500
QUEUE_GOAL_MS, PAGE_GOAL_MS = 300, 500
FILTERS = {
    "queue, as it opens": QueueFilter(),
    "everything": QueueFilter(state="all"),
    "thumbs down": QueueFilter(reason="not_helpful"),
    "low confidence": QueueFilter(reason="low_confidence"),
    "first of its kind": QueueFilter(reason="first_of_kind"),
    "random sample": QueueFilter(reason="random_sample"),
    "region": QueueFilter(state="all", region="Drenthe"),
    "sector": QueueFilter(state="all", sector="zorg"),
    "region and sector": QueueFilter(state="all", region="Drenthe", sector="zorg"),
    "status": QueueFilter(state="all", status="abstained"),
    "open for one reader": QueueFilter(reader="adviseur-1"),
    "judged": QueueFilter(state="judged"),
    "last page": QueueFilter(state="all", offset=9_975),
    "one month": QueueFilter(
        state="all", since=datetime(2026, 3, 1, tzinfo=UTC), until=datetime(2026, 3, 31, tzinfo=UTC)
    ),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Fill a store, measure, print medians in milliseconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", help="an empty database (default: a new SQLite file)")
    parser.add_argument("--answers", type=int, default=10_000)
    parser.add_argument("--repeats", type=int, default=15)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(argv)
    assistant = Assistant.open(load_settings())
    with tempfile.TemporaryDirectory() as folder:
        store = SqlReviewStore(Database(args.url or f"sqlite:///{folder}/log.sqlite"))
        if store.queue(QueueFilter(state="all", limit=1)).total:
            raise UsageError(
                "The database is not empty, and the benchmark would fill it with made-up answers."
            )
        traces = [assistant.trace(question) for question in QUESTIONS]
        begin = perf_counter()
        fill(store, traces, args.answers)
        seconds = perf_counter() - begin
        figures = {
            name: median_ms(lambda chosen=chosen: store.queue(chosen), args.repeats)  # type: ignore[misc]
            for name, chosen in FILTERS.items()
        }
        figures["one answer with its trace"] = median_ms(opened(store), args.repeats)
        figures["logging one answer"] = median_ms(
            lambda: store.log(traces[0], conversation_id="bench", turn=0), args.repeats
        )
        figures["page with its highlight"] = median_ms(page_opened(assistant, traces), args.repeats)
        store.close()
    report(figures, seconds, args)
    return 0


def fill(store: SqlReviewStore, traces: Sequence[Trace], n: int) -> None:
    """Log answers in large transactions; every twentieth gets feedback, every fiftieth is judged."""
    entries = made_up(traces, n)
    done = 0
    while done < n:
        with store.database.writing() as connection:
            for entry in (next(entries) for _ in range(min(BATCH, n - done))):
                insert_entry(connection, entry)
        done += BATCH
    for number in range(0, n, 20):
        at = datetime(2026, 5, 1, tzinfo=UTC)
        store.add_feedback(Feedback(f"{number:08x}", "not_helpful", at, text="Dit helpt mij niet verder."))
        if number % 100 == 0:
            store.save_review(Review(f"{number:08x}", "adviseur-1", comment="Klopt."), began_from={})


def made_up(traces: Sequence[Trace], n: int) -> Iterator[Entry]:
    """Real answers under other numbers, moments, provinces and sectors."""
    dice = random.Random(7)
    start = datetime(2026, 1, 1, tzinfo=UTC)
    kept = [
        entry_of(t, answer_id="", conversation_id="", turn=0, asked_at=start, adjustment=None, stamps={})
        for t in traces
    ]
    for number in range(n):
        entry, region, sector = dice.choice(kept), dice.choice(PROVINCES), dice.choice(SECTORS)
        asked_at = int((start + timedelta(minutes=20 * number)).timestamp() * 1_000_000)
        row = {
            **entry.row, "answer_id": f"{number:08x}", "conversation_id": f"gesprek-{number // 3}",
            "turn": number % 3, "asked_at": asked_at, "is_low_confidence": dice.random() < 0.1,
            "is_sampled": dice.random() < 0.05,
        }  # fmt: skip
        kinds = (f"{row['intent']}|{row['status']}|{sector}|{region}",)
        yield replace(entry, row=row, facets=(("region", 0, region), ("sector", 0, sector)), kinds=kinds)


def opened(store: SqlReviewStore) -> Callable[[], object]:
    """Opening one answer after another, with what was said of it."""
    ids = iter([f"{number:08x}" for number in range(0, 100_000, 20)])

    def open_next() -> object:
        answer_id = next(ids)
        return store.answer(answer_id), store.feedback(answer_id), store.reviews(answer_id)

    return open_next


def page_opened(assistant: Assistant, traces: Sequence[Trace]) -> Callable[[], object]:
    """Drawing the cited pages of the answers, one after another."""
    roots = assistant.settings.corpus
    pages = [
        (path, citation)
        for trace in traces
        for citation in trace.answer.citations
        if (path := _file(roots, citation)) is not None
    ]
    number = iter(range(1_000_000))

    def draw() -> object:
        path, citation = pages[next(number) % len(pages)]
        return render_page(path, citation.page or 1, citation.quote)

    return draw


def _file(roots: Sequence[Path], citation: Citation) -> Path | None:
    if citation.page is None or not citation.file.endswith(".pdf"):
        return None
    return next((root / citation.file for root in roots if (root / citation.file).is_file()), None)


def median_ms(act: Callable[[], object], repeats: int) -> float:
    """Median of several runs in milliseconds, after one that does not count."""
    act()
    times = []
    for _ in range(repeats):
        begin = perf_counter()
        act()
        times.append(1000 * (perf_counter() - begin))
    return round(statistics.median(times), 1)


def report(figures: dict[str, float], seconds: float, args: argparse.Namespace) -> None:
    """Print the figures beside their goals."""
    if args.json:
        json.dump(
            {"answers": args.answers, "fill_seconds": round(seconds, 1), "median_ms": figures}, sys.stdout
        )
        return
    print(f"{args.answers} answers, filled in {seconds:.0f} s; {platform.machine()}, "
          f"Python {platform.python_version()}")  # fmt: skip
    for name, milliseconds in figures.items():
        goal = PAGE_GOAL_MS if name.startswith("page") else QUEUE_GOAL_MS
        print(f"{name:28}{milliseconds:8.1f} ms   (goal: under {goal} ms)")


if __name__ == "__main__":
    raise SystemExit(main())
