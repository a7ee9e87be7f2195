"""How long a whole answer takes against embedding the question plus one Chroma query, in the same run.

Run `python -m eval.bench.latency` on a machine that does nothing else. Every question is answered and, right
after, embedded afresh and looked up once; so both sides meet the same machine. Medians over the questions and
their ratios say more than the milliseconds, which depend on the machine.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

import numpy as np

from assistant import Assistant
from assistant.settings import load_settings
from eval.golden_set import GoldenItem, load_golden
from eval.runner import Timing, run_items

DEV = Path(__file__).parents[1] / "golden" / "dev.jsonl"
ALLOWED_RATIO = 2.5
"""p95 of an answer may take this many times the p95 of the reference."""


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds of answers and of the reference.

    Attributes:
        steps: step of the pipeline to its median.
        ratio_p50: median over the questions of answer by reference, of the same question.
        ratio_p95: p95 of answers by p95 of the reference; both meet the same busy moments.
        ratio_p95_to_p50: p95 of answers by the median of the reference, as in the measures of a run.
    """

    n: int
    answer_p50: float
    answer_p95: float
    reference_p50: float
    reference_p95: float
    ratio_p50: float
    ratio_p95: float
    ratio_p95_to_p50: float
    steps: dict[str, float]


def latency_of(timings: Sequence[Timing]) -> Latency:
    """Medians, p95s and ratios of timed questions; at least one."""
    answers = [timing.steps["total"] for timing in timings]
    references = [timing.reference for timing in timings]
    steps = {name: median(t.steps[name] for t in timings) for name in timings[0].steps if name != "total"}
    p95, reference_p95 = (float(np.percentile(times, 95)) for times in (answers, references))
    return Latency(
        n=len(timings),
        answer_p50=round(median(answers), 1),
        answer_p95=round(p95, 1),
        reference_p50=round(median(references), 1),
        reference_p95=round(reference_p95, 1),
        ratio_p50=round(median(a / r for a, r in zip(answers, references, strict=True)), 2),
        ratio_p95=round(p95 / reference_p95, 2),
        ratio_p95_to_p50=round(p95 / median(references), 2),
        steps={name: round(value, 1) for name, value in steps.items()},
    )


def spread(items: Sequence[GoldenItem], count: int) -> list[GoldenItem]:
    """`count` items at even distances, so that every slice takes part."""
    step = max(1, len(items) // count)
    return list(items[::step])[:count]


def as_lines(found: Latency) -> list[str]:
    """What is printed."""
    steps = ", ".join(f"{name} {value:g}" for name, value in found.steps.items())
    return [
        f"questions            {found.n}",
        f"answer               p50 {found.answer_p50:g} ms, p95 {found.answer_p95:g} ms",
        f"embed + one query    p50 {found.reference_p50:g} ms, p95 {found.reference_p95:g} ms",
        f"ratio                p50 {found.ratio_p50:g}, p95 {found.ratio_p95:g} (aim: {ALLOWED_RATIO:g})",
        f"answer p95 / ref p50 {found.ratio_p95_to_p50:g}",
        f"median per step, ms  {steps}",
    ]


def main(arguments: Sequence[str] | None = None, write: Callable[[str], object] = sys.stdout.write) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--set", type=Path, default=DEV, metavar="FILE", help="questions (default dev)")
    parser.add_argument("--count", type=int, default=60, metavar="N", help="questions (default 60)")
    parser.add_argument("--index", type=Path, metavar="DIR", help="folder of the index")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    args = parser.parse_args(arguments)
    assistant = Assistant.open(load_settings(index_dir=args.index))
    _, timings = run_items(assistant, spread(load_golden(args.set), args.count))
    found = latency_of(timings)
    if args.json:
        about = {"python": platform.python_version(), "machine": platform.machine()}
        write(json.dumps({**asdict(found), **about}) + "\n")
    else:
        write("\n".join(as_lines(found)) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
