"""`assistant eval run`: golden sets in, a stored and measured run out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from assistant import Assistant
from assistant.errors import UsageError
from eval.config import run_config
from eval.golden_set import GoldenItem, load_golden
from eval.measures.base import cases_of
from eval.measures.citations import CheckerJudge
from eval.measures.word_forms import measure_word_forms
from eval.run_store import RUNS, Run, save_run
from eval.runner import run_items
from eval.sources import CorpusSources
from eval.summary import summarise

GOLDEN = Path(__file__).parent / "golden"
SplitChoice = Literal["dev", "test", "all"]


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What to run and where to keep it.

    Attributes:
        golden: a JSONL file, or a folder of them.
        slices: only these slices; empty for all.
        limit: at most this many items per slice and split, for a quick look; 0 for all.
        reviewed: questions that readers judged, in a file of their own; it may not be there yet. One that
            lies in the folder `golden` counts once.
    """

    golden: Path = GOLDEN
    split: SplitChoice = "all"
    slices: tuple[str, ...] = ()
    limit: int = 0
    runs: Path = RUNS
    reviewed: Path | None = None


def chosen_items(options: RunOptions) -> tuple[GoldenItem, ...]:
    """The items to run, in file order.

    Raises:
        UsageError: nothing is left.
    """
    sources = [options.golden]
    reviewed = options.reviewed
    if reviewed is not None and reviewed.is_file() and reviewed.parent.resolve() != options.golden.resolve():
        sources.append(reviewed)
    items = [
        item
        for source in sources
        for item in load_golden(source)
        if options.split in ("all", item.split) and (not options.slices or item.slice in options.slices)
    ]
    if options.limit:
        counts: dict[tuple[str, str], int] = {}
        kept = []
        for item in items:
            key = (item.split, item.slice)
            counts[key] = counts.get(key, 0) + 1
            if counts[key] <= options.limit:
                kept.append(item)
        items = kept
    if not items:
        raise UsageError(
            f"{options.golden}: no item in split {options.split} and slices {options.slices or 'all'}."
        )
    return tuple(items)


def make_run(
    assistant: Assistant,
    items: Sequence[GoldenItem],
    *,
    runs: Path = RUNS,
    variant: str | None = None,
    now: datetime | None = None,
    advance: Callable[[int], None] = lambda _: None,
) -> Run:
    """Answer, measure and store.

    Args:
        variant: name of the retrieval variant the assistant was opened with, for the configuration.
        now: moment in the name of the folder; the clock when None.
        advance: called with 1 after each item.
    """
    now = now or datetime.now(UTC)
    config = run_config(assistant, items, variant=variant)
    outcomes, timings = run_items(assistant, items, advance=advance)
    sources = CorpusSources(assistant)
    judge = CheckerJudge(assistant.pipeline.checker)
    forms = measure_word_forms(assistant.pipeline.retriever.lexical.analyzer)
    summary = summarise(cases_of(items, outcomes), timings, sources, judge, parts=forms)
    shown = {i for outcome in outcomes for lines in outcome.rankings.values() for i, _ in lines}
    passages = {i: sources.passages[i].text for i in shown if i in sources.passages}
    return save_run(config, items, outcomes, timings, summary, passages, now=now, runs=runs)
