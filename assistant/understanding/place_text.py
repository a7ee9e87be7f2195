"""Places in the text of earlier turns: where they stand, the text without them, and which one was chosen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.domain.question import Place
from assistant.understanding.text import without_spans

_BEFORE_PLACE = (
    r"(?:\b(?:in|uit|rond|rondom|bij|voor|near|from|around|te|van)\s+)?(?:\b(?:de|het|"
    r"the)\s+)?(?:\b(?:regio|provincie|gemeente|stad|omgeving|region|province)\s+)?"
)


def place_spans(text: str, places: Sequence[Place]) -> list[tuple[int, int]]:
    """Where the places stand in a text, as typed or by their official name."""
    spans = []
    for place in places:
        for name in {place.surface, place.name}:
            if name:
                spans += [m.span() for m in re.finditer(rf"\b{re.escape(name)}\b", text, re.IGNORECASE)]
    return spans


def without_places(text: str, places: Sequence[Place]) -> str:
    """The text without the places and the words that lead up to them ("in de gemeente ...")."""
    spans = []
    for place in places:
        for name in {place.surface, place.name}:
            if name:
                spans += [
                    m.span()
                    for m in re.finditer(_BEFORE_PLACE + rf"\b{re.escape(name)}\b", text, re.IGNORECASE)
                ]
    return without_spans(text, spans)


def chosen_alternative(said: Sequence[Place], before: Sequence[Place]) -> tuple[Place, ...]:
    """The reading of an ambiguous place that the answer to "which one" picks."""
    for place in before:
        if not place.alternatives:
            continue
        for option in (place, *place.alternatives):
            for answer in said:
                is_inside = answer.kind in {"province", "labour_market_region", "area"} and (
                    set(answer.provinces[:1]) & set(option.provinces)
                    if answer.kind == "province"
                    else set(answer.municipalities) & set(option.municipalities)
                )
                if is_inside:
                    return (replace(option, alternatives=()),)
    return ()
