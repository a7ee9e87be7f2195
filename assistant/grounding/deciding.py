"""Decides from signals whether a sentence passes: small decision trees, learned from labelled sentences.

`decision.json` is made by `python -m eval.grounding.train_decision`. It needs vectors; without them every
finding decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import ConfigurationError

DECISION_FILE = Path(__file__).parent / "decision.json"
VETOES = frozenset(["number", "number_other", "name", "name_elsewhere", "number_elsewhere"])
"""Findings that decide alone: a number or name that the cited passages lack, or give to something else."""


class Tree(BaseModel):
    """One tree as columns; node 0 is the root, and a node whose `signal` is -1 is a leaf.

    Attributes:
        signal: which signal a node asks for, by its place in the list of the model.
        limit: go left where the signal is at most this.
        left, right: the next node.
        value: what a leaf adds to the score.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    signal: tuple[int, ...]
    limit: tuple[float, ...]
    left: tuple[int, ...]
    right: tuple[int, ...]
    value: tuple[float, ...]


class DecisionModel(BaseModel):
    """The trees, the signals they ask for, and the score from which a sentence passes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    signals: tuple[str, ...]
    start: float
    passes: float
    trees: tuple[Tree, ...]


@cache
def load_decision(path: Path = DECISION_FILE) -> DecisionModel:
    """Read a model.

    Raises:
        ConfigurationError: the file cannot be used.
    """
    try:
        return DecisionModel.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise ConfigurationError(f"Cannot use {path}: {error}. Restore it or train it again.") from error


def score(values: Mapping[str, float], model: DecisionModel) -> float:
    """Log-odds of support, less the limit: from 0 on the sentence passes."""
    asked = [values[name] for name in model.signals]
    total = model.start - model.passes
    for tree in model.trees:
        node = 0
        while tree.signal[node] >= 0:
            node = tree.left[node] if asked[tree.signal[node]] <= tree.limit[node] else tree.right[node]
        total += tree.value[node]
    return total
