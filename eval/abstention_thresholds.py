"""Fits the model that tells which questions can be answered; prints its risk-coverage curve.

A multinomial logistic model over the scores of the example sentences and the other evidence. It learns from
the example sentences themselves, each scored by the model without it, and from labelled questions. The cut is
chosen for few wrong refusals first, on labelled questions that the model did not see.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from assistant.understanding.build import DEFAULT_EMBEDDER
from assistant.understanding.evidence import KINDS, SIGNALS
from assistant.understanding.intents import SOCIAL
from assistant.understanding.meaning import kind_examples
from assistant.understanding.understand import Understander
from assistant.understanding.vocabulary import Intents, QuestionKinds, read_yaml
from eval.understanding import ROOT, open_understander

GAZETTEER = ROOT / "corpus/gazetteer"
TARGET = GAZETTEER / "subject_thresholds.yaml"
LABELLED = (
    "eval/data/understanding_dev.jsonl",
    "eval/golden/dev.jsonl",
    "eval/golden/dev2.jsonl",
    "eval/golden/dev3.jsonl",
)
FEATURES = (*(f"meaning_{kind}" for kind in KINDS), *SIGNALS)
MAX_WRONGLY_REFUSED = 0.01
"""Share of the labelled questions inside that may be refused; later steps refuse some more."""
LABELLED_WEIGHT = 4.0
"""A labelled question weighs this many example sentences: it has places, names and length as typed."""
RIDGE = 0.0003
STEPS = 4000
LEARNING_RATE = 0.8
FOLDS = 5
Row = tuple[list[float], int, float]
"""Features, position of the kind in `KINDS`, weight."""


def labelled(path: Path) -> list[tuple[str, str]]:
    """Question and kind of every single question of a split; abroad and social questions are left out."""
    found = []
    for line in path.read_text("utf-8").splitlines():
        case = json.loads(line) if line.strip() else {}
        label = case.get("expected", case)
        kind = label.get("abstention") or ("too_vague" if label.get("clarify") == "need" else "inside")
        if "question" in case and kind in KINDS:
            found.append((str(case["question"]), str(kind)))
    return found


def features(
    understander: Understander, question: str, meaning: Mapping[str, float] | None
) -> list[float] | None:
    """Features of a question, or None where another rule decides; `meaning` when it is known already."""
    reading = understander.reader.read(question)
    vector = understander.embed_query(understander.expander.expand(question))
    intent = understander.intent_of(reading, vector)
    if intent in SOCIAL or not reading.words:
        return None
    scores = understander.models.kind.scores(vector) if meaning is None else meaning
    signals = understander.judge.evidence.signals(reading, intent, reading.records)
    return [*(scores[kind] for kind in KINDS), *(signals[name] for name in SIGNALS)]


def example_rows(understander: Understander) -> list[Row]:
    """The example sentences, each with the scores of the model without it."""
    examples = kind_examples(
        read_yaml(GAZETTEER / "intents.yaml", Intents),
        read_yaml(GAZETTEER / "question_kinds.yaml", QuestionKinds),
        understander.facets,
    )
    model = understander.models.kind
    rows: list[Row] = []
    sentences = [(s, kind) for kind in model.labels for s in examples[kind]]
    for (sentence, kind), scores in zip(sentences, model.held_out(), strict=True):
        found = features(understander, sentence, dict(zip(model.labels, map(float, scores), strict=True)))
        if found is not None:
            rows.append((found, KINDS.index(kind), 1.0))
    return rows


def labelled_rows(understander: Understander, paths: Sequence[Path]) -> list[Row]:
    """The labelled questions."""
    rows: list[Row] = []
    for question, kind in (case for path in paths for case in labelled(path)):
        found = features(understander, question, None)
        if found is not None:
            rows.append((found, KINDS.index(kind), LABELLED_WEIGHT))
    return rows


def fit(rows: Sequence[Row]) -> tuple[Any, Any]:
    """Biases, shape (n_kinds,), and weights, shape (n_features, n_kinds), by gradient descent from zero."""
    import numpy as np

    x = np.array([row[0] for row in rows])
    kinds = np.array([row[1] for row in rows])
    share = np.array([row[2] for row in rows])
    per_kind = np.bincount(kinds, weights=share, minlength=len(KINDS))
    share = share / np.sqrt(per_kind)[kinds]
    share = share / share.sum()
    y = np.eye(len(KINDS))[kinds]
    bias, weights = np.zeros(len(KINDS)), np.zeros((x.shape[1], len(KINDS)))
    for _ in range(STEPS):
        gap = (softmax(x @ weights + bias) - y) * share[:, None]
        weights -= LEARNING_RATE * (x.T @ gap + RIDGE * weights)
        bias -= LEARNING_RATE * gap.sum(axis=0)
    return bias, weights


def held_out_chances(examples: Sequence[Row], known: Sequence[Row]) -> Any:
    """Probabilities of the labelled questions by models without them, shape (n_questions, n_kinds)."""
    import numpy as np

    chances = np.zeros((len(known), len(KINDS)))
    for fold in range(FOLDS):
        bias, weights = fit([*examples, *(row for i, row in enumerate(known) if i % FOLDS != fold)])
        picked = [i for i in range(len(known)) if i % FOLDS == fold]
        chances[picked] = softmax(np.array([known[i][0] for i in picked]) @ weights + bias)
    return chances


def softmax(totals: Any) -> Any:
    """Rows of totals as probabilities."""
    import numpy as np

    powers = np.exp(totals - totals.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def curve(probabilities: Sequence[float], labels: Sequence[int]) -> list[tuple[float, float, float, float]]:
    """(cut, coverage, risk, wrongly refused) at rising cuts; risk is the share of those answered in error."""
    points = []
    for step in range(1, 20):
        cut = step / 20
        answered = [label for p, label in zip(probabilities, labels, strict=True) if p >= cut]
        refused = sum(1 for p, label in zip(probabilities, labels, strict=True) if p < cut and label)
        risk = 1 - sum(answered) / len(answered) if answered else 0.0
        points.append((cut, len(answered) / len(labels), risk, refused / max(1, sum(labels))))
    return points


def best_cut(points: Sequence[tuple[float, float, float, float]]) -> float:
    """The highest cut that refuses few enough of the questions that can be answered."""
    return max(cut for cut, _, _, refused in points if refused <= MAX_WRONGLY_REFUSED)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labelled", type=Path, nargs="*", default=[ROOT / name for name in LABELLED])
    parser.add_argument("--cache", type=Path, default=None, help="file to keep the vectors of examples in")
    parser.add_argument("--write", action="store_true", help="store the result beside the vocabularies")
    options = parser.parse_args()
    understander = open_understander(cache=options.cache)
    known = labelled_rows(understander, options.labelled)
    examples = example_rows(understander)
    bias, weights = fit([*examples, *known])
    chances = held_out_chances(examples, known)
    labels = [int(row[1] == 0) for row in known]
    points = curve([float(chance) for chance in chances[:, 0]], labels)
    n_right = sum(int(kind == row[1]) for kind, row in zip(chances.argmax(axis=1), known, strict=True))
    sys.stdout.write(f"kind right, held out: {n_right} of {len(known)} labelled questions\n")
    sys.stdout.write("cut   coverage  risk   wrongly refused\n")
    for cut, coverage, risk, refused in points:
        sys.stdout.write(f"{cut:.2f}  {coverage:8.3f}  {risk:.3f}  {refused:.3f}\n")
    stored = yaml.safe_load(TARGET.read_text("utf-8"))
    stored |= {
        "embedder": DEFAULT_EMBEDDER,
        "fitted_on": ", ".join(["question_kinds.yaml", *(path.name for path in options.labelled)]),
        "kind_bias": {kind: round(float(bias[i]), 3) for i, kind in enumerate(KINDS)},
        "kind_weights": {
            kind: {name: round(float(weights[f, i]), 3) for f, name in enumerate(FEATURES)}
            for i, kind in enumerate(KINDS)
        },
        "inside_cut": best_cut(points),
    }
    text = "# Fitted by eval/abstention_thresholds.py on labelled questions; valid for this embedder only.\n"
    text += yaml.safe_dump(stored, sort_keys=False, allow_unicode=True)
    if options.write:
        TARGET.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
