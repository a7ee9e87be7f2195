"""Recognises orders to the assistant by what they mean, where no word list knows the wording.

A linear model over the embedding of a question: does it talk to the assistant about its rules, its role or
what it must answer, or does it ask about talent and agendas? Made by `python -m eval.guards_train`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import ConfigurationError

MODEL_FILE = Path(__file__).parent / "meaning.json"
LEAST_WORDS = 3
"""Fewer words than this are a name or a keyword, not an order."""


class _Model(BaseModel):
    """Shape of meaning.json; a text is an order when weights times vector plus constant is above 0."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    made_by: str
    embedder: str
    constant: float
    weights: tuple[float, ...]


@cache
def _model(path: Path = MODEL_FILE) -> _Model:
    try:
        return _Model.model_validate_json(path.read_text("utf-8"))
    except (OSError, ValidationError, json.JSONDecodeError) as error:
        raise ConfigurationError(f"Cannot use {path}: {error}. Mend the file or restore it.") from error


def order_recogniser(
    embed: Callable[[str], Sequence[float]], *, embedder: str
) -> Callable[[str], bool] | None:
    """A function that tells whether a question is an order by its meaning.

    Args:
        embed: a question to its vector, unit length.
        embedder: identity of the model behind it.

    Returns:
        None when the weights were made for another embedding model.

    Raises:
        ConfigurationError: the weights cannot be read.
    """
    model = _model()
    if embedder != model.embedder:
        return None

    def is_order(text: str) -> bool:
        if len(text.split()) < LEAST_WORDS:
            return False
        return model.constant + sum(w * float(v) for w, v in zip(model.weights, embed(text), strict=True)) > 0

    return is_order
