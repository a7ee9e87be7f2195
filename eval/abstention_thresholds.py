"""Fits the model that tells inside from outside the subject on the dev split; prints its risk-coverage curve.

A logistic model over eight kinds of evidence. The cut is chosen for few wrong refusals first: refusing a
question inside the subject weighs `REFUSAL_COST` times as much as answering one outside it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from assistant.understanding.subject import FEATURES
from assistant.understanding.understand import DEFAULT_EMBEDDER, Understander
from eval.understanding import ROOT, open_understander, read_cases

TARGET = ROOT / "corpus/gazetteer/subject_thresholds.yaml"
REFUSAL_COST = 2.0
RIDGE = 0.02
STEPS = 4000
LEARNING_RATE = 0.5
SIGNS = {"outside": -1, "pattern": -1}
"""Evidence that speaks against; all other evidence may only speak for."""


def evidence(
    understander: Understander, cases: Sequence[Mapping[str, Any]]
) -> tuple[list[list[float]], list[int]]:
    """Features and labels (1 inside, 0 outside) of single questions that are neither vague nor nonsense."""
    rows, labels = [], []
    for case in cases:
        if "question" not in case or case.get("abstention") in {
            "nonsense",
            "no_source_says",
            "outside_netherlands",
        }:
            continue
        if case.get("clarify") or {"greeting", "thanks", "about_assistant"} & set(case["intent"]):
            continue
        reading = understander.reader.read(case["question"])
        meaning = understander.meaning_of(understander.embed_query(case["question"]))
        found = understander.judge.features(reading, meaning)
        rows.append([found[name] for name in FEATURES])
        labels.append(int(case.get("abstention") != "outside_subject"))
    return rows, labels


def fit(rows: Sequence[Sequence[float]], labels: Sequence[int]) -> tuple[float, dict[str, float]]:
    """Bias and weights by gradient descent from zero; each weight keeps the sign its evidence must have."""
    import numpy as np

    x, y = np.array(rows), np.array(labels, dtype=float)
    cost = np.where(y == 1, REFUSAL_COST, 1.0)
    bias, weights = 0.0, np.zeros(x.shape[1])
    signs = np.array([SIGNS.get(name, 1) for name in FEATURES])
    for _ in range(STEPS):
        gap = cost * (1 / (1 + np.exp(-(x @ weights + bias))) - y)
        weights -= LEARNING_RATE * (x.T @ gap / len(y) + RIDGE * weights)
        weights = np.where(weights * signs < 0, 0.0, weights)
        bias -= LEARNING_RATE * float(gap.mean())
    return round(bias, 3), {name: round(float(w), 3) for name, w in zip(FEATURES, weights, strict=True)}


def curve(probabilities: Sequence[float], labels: Sequence[int]) -> list[tuple[float, float, float, float]]:
    """(cut, coverage, risk, wrongly refused) at rising cuts; risk is the share outside of those answered."""
    points = []
    for step in range(1, 20):
        cut = step / 20
        answered = [label for p, label in zip(probabilities, labels, strict=True) if p >= cut]
        refused = sum(1 for p, label in zip(probabilities, labels, strict=True) if p < cut and label)
        risk = 1 - sum(answered) / len(answered) if answered else 0.0
        points.append((cut, len(answered) / len(labels), risk, refused / max(1, sum(labels))))
    return points


def best_cut(points: Sequence[tuple[float, float, float, float]], labels: Sequence[int]) -> float:
    """The middle of the cuts with the lowest cost."""

    def cost(point: tuple[float, float, float, float]) -> float:
        _, coverage, risk, refused = point
        return coverage * risk * len(labels) + REFUSAL_COST * refused * sum(labels)

    lowest = min(cost(point) for point in points)
    cuts = [point[0] for point in points if cost(point) <= lowest + 1e-9]
    return cuts[len(cuts) // 2]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", type=Path, default=ROOT / "eval/data/understanding_dev.jsonl")
    parser.add_argument("--cache", type=Path, default=None, help="file to keep the vectors of examples in")
    parser.add_argument("--write", action="store_true", help="store the result beside the vocabularies")
    options = parser.parse_args()
    understander = open_understander(cache=options.cache)
    rows, labels = evidence(understander, read_cases(options.dev))
    bias, weights = fit(rows, labels)
    stored = yaml.safe_load(TARGET.read_text("utf-8"))
    stored |= {"embedder": DEFAULT_EMBEDDER, "subject_bias": bias, "subject_weights": weights}
    import math

    probabilities = [
        1 / (1 + math.exp(-(bias + sum(weights[n] * v for n, v in zip(FEATURES, row, strict=True)))))
        for row in rows
    ]
    points = curve(probabilities, labels)
    stored["subject_cut"] = best_cut(points, labels)
    sys.stdout.write("cut   coverage  risk   wrongly refused\n")
    for cut, coverage, risk, refused in points:
        sys.stdout.write(f"{cut:.2f}  {coverage:8.3f}  {risk:.3f}  {refused:.3f}\n")
    text = "# Fitted by eval/abstention_thresholds.py on the dev split; valid for this embedder only.\n"
    text += yaml.safe_dump(stored, sort_keys=False, allow_unicode=True)
    sys.stdout.write("\n" + text)
    if options.write:
        TARGET.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
