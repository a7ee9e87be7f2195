"""The recogniser and the map of the corpus, loaded once for all tests of this folder."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from assistant.understanding.geography import Geography
from assistant.understanding.places import PlaceRecogniser

CORPUS = Path(__file__).parents[3] / "corpus"


@lru_cache(maxsize=1)
def recogniser() -> PlaceRecogniser:
    return PlaceRecogniser.load(CORPUS)


def geography() -> Geography:
    return recogniser().geography


def found(text: str, *known: str | tuple[int, int]) -> list[str]:
    """Kinds and names of the places in a text."""
    return [f"{place.kind}:{place.name}" for place in recogniser().find(text, known_names=known).places]
