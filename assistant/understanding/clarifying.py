"""What to ask back, and which answer to a question asked back fits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from assistant.domain.question import Abstention, Intent, Place
from assistant.understanding.intents import SOCIAL
from assistant.understanding.places import needs_asking

Clarify = Literal["place", "need", "which_place"]


def facet_to_ask_for(
    abstention: Abstention | None,
    intent: Intent,
    places: Sequence[Place],
    national: bool,
    records: Sequence[str],
    *,
    is_somewhere: bool,
) -> Clarify | None:
    """The one facet without which the advice would be a guess, or None.

    Args:
        is_somewhere: it speaks of "our region" without naming it.
    """
    if abstention == "too_vague":
        return "place" if is_somewhere else "need"
    if abstention is not None or intent in SOCIAL:
        return None
    if any(needs_asking(place) for place in places):
        return "which_place"
    if places or national or records:
        return None
    if intent == "find_regional_hca" or (is_somewhere and intent in {"find_initiative", "role"}):
        return "place"
    return None


def is_inside(said: Sequence[Place], chosen: Sequence[Place]) -> bool:
    """True when what was said is a wider region in which one of the chosen places lies."""
    wide = {"province", "labour_market_region", "area"}
    return all(place.kind in wide for place in said) and any(
        set(place.municipalities) & set(option.municipalities) or set(place.provinces) & set(option.provinces)
        for place in said
        for option in chosen
    )
