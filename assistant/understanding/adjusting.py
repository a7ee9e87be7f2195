"""Facets that the applicant sets by hand, put in place of what was understood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from assistant.domain.question import Conversation, Facet, Place, Understanding
from assistant.understanding.understand import Understander


def adjusted(
    understander: Understander, understood: Understanding, change: Mapping[str, Any]
) -> Understanding:
    """What was understood, with the facets set by hand in place.

    Args:
        change: `places` (names), `sectors`, `education_levels` and `target_groups` (ids); what is missing or
            None stays as understood, an empty list takes the facet away.
    """
    query = understood.query
    if change.get("places") is not None:
        places = tuple(place for name in change["places"] for place in _places(understander, name))
        understood = replace(
            understood,
            places=places,
            national=False if places else understood.national,
            clarify=None if places else understood.clarify,
        )
        query = " ".join([query, *(place.name for place in places)])
    if change.get("sectors") is not None:
        understood = replace(understood, sectors=_facets(change["sectors"]))
    if change.get("education_levels") is not None:
        understood = replace(understood, education_levels=_facets(change["education_levels"]))
    if change.get("target_groups") is not None:
        understood = replace(understood, target_groups=_facets(change["target_groups"]))
    return replace(understood, query=query)


def _places(understander: Understander, name: str) -> tuple[Place, ...]:
    return understander.understand(name, Conversation(), language="nl").places


def _facets(values: Sequence[str]) -> tuple[Facet, ...]:
    return tuple(Facet(value, value) for value in values)
