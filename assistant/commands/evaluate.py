"""`assistant eval ...`: golden sets, comparisons, the gate, ablations, the report, and BEIR data sets.

The evaluation itself lives in the package `eval` and is imported when a command runs, so that an installation
without it still has every other command.
"""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assistant.commands.output import Subparsers
from assistant.errors import UsageError

SPLITS = ("dev", "test", "all")


def register(commands: Subparsers) -> None:
    """Add the command with its sub-commands."""
    parser = commands.add_parser("eval", help="measure the assistant on labelled questions")
    parts = parser.add_subparsers(dest="part", required=True, metavar="PART")
    _run(parts)
    _compare(parts)
    _gate(parts)
    _ablate(parts)
    _report(parts)
    _misses(parts)
    _beir(parts)
    _judge(parts)


def _add(parts: Subparsers, name: str, about: str, function: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = parts.add_parser(name, help=about, description=about)
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.set_defaults(run=_lazy(function))
    return parser


def _lazy(function: str) -> Callable[[argparse.Namespace], int]:
    """The function of `eval.commands` by name, imported when it is called."""

    def run(args: argparse.Namespace) -> int:
        try:
            module: Any = importlib.import_module("eval.commands")
        except ModuleNotFoundError as error:
            missing = (error.name or "").split(".")[0]
            mend = (
                "Use a checkout of the project: `make app`, then `.venv/bin/assistant eval ...`."
                if missing == "eval"
                else "Run `pip install -r requirements-dev.txt`."
            )
            raise UsageError(
                f"This installation cannot evaluate: package {missing!r} is missing. {mend}"
            ) from error
        return int(getattr(module, function)(args))

    return run


def _add_choice_of_items(parser: argparse.ArgumentParser, *, split: str) -> None:
    parser.add_argument(
        "--set", type=Path, metavar="FILE", help="golden set: a JSONL file or a folder of them"
    )
    parser.add_argument("--split", choices=SPLITS, default=split, help=f"which items (default {split})")
    parser.add_argument(
        "--index", type=Path, metavar="DIR", help="folder of the index (default: setting index_dir)"
    )


def _run(parts: Subparsers) -> None:
    parser = _add(parts, "run", "answer the golden sets, measure, and keep the run", "run_golden_sets")
    _add_choice_of_items(parser, split="all")
    parser.add_argument(
        "--slice", action="append", default=[], metavar="NAME", help="only this slice; may be repeated"
    )
    parser.add_argument(
        "--limit", type=int, default=0, metavar="N", help="at most N items per slice and split"
    )
    parser.add_argument(
        "--variant", metavar="NAME", help="retrieval variant of eval/variants.yaml to run with"
    )
    parser.add_argument("--full", action="store_true", help="print every measure, not the headlines alone")


def _compare(parts: Subparsers) -> None:
    parser = _add(parts, "compare", "which questions flipped between two runs, per measure", "compare_runs")
    parser.add_argument("before", metavar="A", help="a run: folder, name, or end of a name")
    parser.add_argument("after", metavar="B", help="the run to compare with it")
    parser.add_argument("--split", choices=SPLITS, default="all", help="which items (default all)")
    parser.add_argument("--measure", action="append", default=[], metavar="NAME", help="only this measure")
    parser.add_argument(
        "--answers", type=int, default=5, metavar="N", help="flips shown with both answers (default 5)"
    )


def _gate(parts: Subparsers) -> None:
    parser = _add(
        parts, "gate", "compare with the floors and the baseline; exit 1 when one is broken", "gate"
    )
    parser.add_argument(
        "--run", dest="run_name", metavar="RUN", help="a finished run; none makes one on the test split"
    )
    parser.add_argument(
        "--index", type=Path, metavar="DIR", help="folder of the index (default: setting index_dir)"
    )
    parser.add_argument(
        "--variant", metavar="NAME", help="retrieval variant to run with, to see the gate at work"
    )
    parser.add_argument(
        "--propose", action="store_true", help="print floors for this run instead of checking"
    )
    parser.add_argument("--write-baseline", action="store_true", help="keep this run as the baseline")


def _ablate(parts: Subparsers) -> None:
    parser = _add(parts, "ablate", "a table of retrieval variants with intervals", "ablate")
    _add_choice_of_items(parser, split="all")
    parser.add_argument("--variants", type=Path, metavar="FILE", help="variants (default eval/variants.yaml)")
    parser.add_argument("--markdown", action="store_true", help="print the tables as Markdown")


def _report(parts: Subparsers) -> None:
    parser = _add(parts, "report", "one HTML file on a run, with plots and every question", "report")
    parser.add_argument("--run", dest="run_name", metavar="RUN", help="the run (default: the newest)")
    parser.add_argument(
        "--before", metavar="RUN", help="the run to compare with (default: the one before it)"
    )
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="where to write it (default: report.html in the run)"
    )


def _misses(parts: Subparsers) -> None:
    parser = _add(parts, "misses", "questions of the dev split a run got wrong, per measure", "misses")
    parser.add_argument("--run", dest="run_name", metavar="RUN", help="the run (default: the newest)")
    parser.add_argument("--measure", action="append", default=[], metavar="NAME", help="only this measure")
    parser.add_argument(
        "--limit", type=int, default=10, metavar="N", help="questions per measure (default 10)"
    )


def _beir(parts: Subparsers) -> None:
    parser = _add(parts, "beir", "nDCG@10, Recall@10, MRR@10 and times on a data set in BEIR layout", "beir")
    parser.add_argument(
        "folder", type=Path, metavar="DIR", help="folder with corpus.jsonl, queries.jsonl and qrels"
    )
    parser.add_argument(
        "--configs",
        default="dense,bm25,hybrid",
        metavar="NAMES",
        help="comma separated; ensemble and txtai too with requirements-bench.txt",
    )
    parser.add_argument("--split", default="test", help="name of the qrels file (default test)")
    parser.add_argument("--out", type=Path, metavar="DIR", help="where TREC run files go")


def _judge(parts: Subparsers) -> None:
    parser = _add(parts, "judge", "what a language model says of the answers of a run", "judge")
    parser.add_argument("run_name", nargs="?", metavar="RUN", help="the run (default: the newest)")
    parser.add_argument(
        "--model", metavar="NAME", help="as LangChain names it: provider:model (default: setting llm_model)"
    )
    parser.add_argument("--split", choices=SPLITS, default="dev", help="which items (default dev)")
    parser.add_argument("--limit", type=int, metavar="N", help="answers at most")
