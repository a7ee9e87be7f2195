"""What `assistant eval ...` does: one function per sub-command of `assistant/commands/evaluate.py`."""

from __future__ import annotations

import argparse
from typing import Any

from assistant import Assistant
from assistant.commands.output import print_json, print_line, progress
from assistant.settings import load_settings
from eval.measures.catalog import CATALOG
from eval.run import GOLDEN, RunOptions, chosen_items, make_run
from eval.run_store import Run
from eval.tables import measure_table


def _open(args: argparse.Namespace) -> Assistant:
    return Assistant.open(load_settings(index_dir=args.index))


def run_golden_sets(args: argparse.Namespace) -> int:
    """Answer the golden sets, store the run, print the measures; 1 when the assistant broke on a question."""
    options = RunOptions(args.set or GOLDEN, args.split, tuple(args.slice), args.limit)
    items = chosen_items(options)
    assistant = _open(args)
    advance, close = progress(len(items), "questions")
    try:
        run = make_run(assistant, items, runs=options.runs, advance=advance)
    finally:
        close()
    if args.json:
        print_json(run_as_dict(run))
    else:
        print_line(f"{len(items)} questions, kept in {run.folder}")
        print_line(measure_table(run.summary, is_full=args.full))
    broken = [outcome for outcome in run.outcomes if outcome.error]
    for outcome in broken:
        if not args.json:
            print_line(f"BROKE on {outcome.id}: {outcome.error}")
    return 1 if broken else 0


def run_as_dict(run: Run) -> dict[str, Any]:
    """A run as `eval run --json` prints it: measures per split and slice, without values per item."""
    measured = run.summary.as_dict()
    return {
        "run": run.name,
        "folder": str(run.folder),
        "items": len(run.items),
        "config": dict(run.config),
        "measures": {
            name: measured["estimates"][name] for name in sorted(measured["estimates"], key=CATALOG.place)
        },
    }
