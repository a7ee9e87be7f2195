"""Learn the weights of `assistant/guards/meaning.json`: orders to the assistant by what they mean.

    python -m eval.guards_train [--write]

A logistic regression over the embedding of the whole text; the bound is set out of fold on harmless texts.
eval/guards/inventive.yaml is never read here. Needs scikit-learn (requirements-dev).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assistant.guards.meaning import MODEL_FILE
from assistant.index.embedding import BundledEmbeddings
from eval.guards import labelled_texts

GOLDEN = Path(__file__).parent / "golden"
STRENGTH = 10.0
FOLDS = 8
SEED = 0
FALSE_ALARMS = 0.005
"""Share of harmless texts above the bound, out of fold; the word lists alone raise none."""
_DIGITS = 4


def texts() -> tuple[list[str], list[str]]:
    """Orders, and harmless texts: those of the guards and all questions of the golden development sets."""
    labelled = [item for item in labelled_texts() if item.split != "inventive"]
    orders = [item.text for item in labelled if item.guard == "injection"]
    harmless = [item.text for item in labelled if item.guard == "harmless"]
    return orders, list(dict.fromkeys([*harmless, *golden_questions()]))


def golden_questions() -> Iterator[str]:
    """What applicants ask; nonsense is left out, for some of it is an order."""
    for path in sorted(GOLDEN.glob("dev*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            if row.get("expected", {}).get("abstention") != "nonsense":
                yield from row.get("turns") or [row["question"]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what cross-validation finds; write the weights when asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true", help=f"write {MODEL_FILE.name}")
    options = parser.parse_args(arguments)
    orders, harmless = texts()
    embedder = BundledEmbeddings()
    x = embedder.vectors([*orders, *harmless], is_query=True)
    y = np.array([True] * len(orders) + [False] * len(harmless))
    scores, model = _scored(x, y)
    bound = float(np.quantile(scores[~y], 1 - FALSE_ALARMS))
    sys.stdout.write(
        f"{len(orders)} orders, {len(harmless)} harmless; out of fold by meaning alone: "
        f"found {np.mean(scores[y] > bound):.3f}, false alarms {np.mean(scores[~y] > bound):.4f}\n"
    )
    if options.write:
        data = {
            "made_by": "python -m eval.guards_train --write",
            "embedder": embedder.identity,
            "constant": round(float(model.intercept_[0]) - bound, _DIGITS),
            "weights": [round(float(w), _DIGITS) for w in model.coef_[0]],
        }
        MODEL_FILE.write_text(json.dumps(data) + "\n", encoding="utf-8")
    return 0


def _scored(x: np.ndarray[Any, Any], y: np.ndarray[Any, Any]) -> tuple[np.ndarray[Any, Any], Any]:
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
    from sklearn.model_selection import StratifiedKFold  # type: ignore[import-untyped]

    def fit(rows: np.ndarray[Any, Any]) -> Any:
        model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=2000)
        return model.fit(x[rows], y[rows])

    scores = np.zeros(len(y))
    for train, test in StratifiedKFold(FOLDS, shuffle=True, random_state=SEED).split(x, y):
        scores[test] = fit(train).decision_function(x[test])
    return scores, fit(np.arange(len(y)))


if __name__ == "__main__":
    sys.exit(main())
