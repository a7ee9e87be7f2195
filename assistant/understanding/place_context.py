"""Chooses between the readings of a name by what else the text says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.domain.question import Place
from assistant.understanding.geography import Geography
from assistant.understanding.place_evidence import PlaceEvidence, Span
from assistant.understanding.place_index import Entry
from assistant.understanding.place_tokens import Word
from assistant.understanding.place_vocabulary import PlaceCues

NEARBY_KM = 25.0  # a second place this near decides between namesakes
_MAX_LINK_WORDS = 3  # words between a place and the larger place behind it: "in de gemeente"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry at a place in the text; `is_corrected` when the spelling was mended."""

    entry: Entry
    span: Span
    is_corrected: bool = False


@dataclass(frozen=True, slots=True)
class _Choice:
    readings: tuple[Place, ...]
    span: Span
    is_corrected: bool
    is_settled: bool


def resolved(
    candidates: Sequence[Candidate],
    words: Sequence[Word],
    evidence: PlaceEvidence,
    cues: PlaceCues,
    geography: Geography,
) -> tuple[tuple[Place, Span], ...]:
    """One place per candidate in reading order, with the readings that are left as alternatives.

    "Bergen in Limburg" becomes one place; so does a place with its province behind it.
    """
    choices: list[_Choice] = []
    for candidate in candidates:
        if candidate.entry.readings and candidate.entry.form != "expression":
            kind = evidence.noun_kind(candidate.span)
            readings, settled = _by_kind(candidate.entry, kind)
            choices.append(_Choice(readings, candidate.span, candidate.is_corrected, settled))
    choices = _by_qualifier(choices, words, cues, geography)
    choices = _by_list(choices, words, cues)
    choices = _by_others(choices, geography)
    found: list[tuple[Place, Span]] = []
    for choice in choices:
        first, *others = choice.readings
        found.append(
            (replace(first, alternatives=tuple(others), is_corrected=choice.is_corrected), choice.span)
        )
    return tuple(found)


def _by_kind(entry: Entry, kind: str | None) -> tuple[tuple[Place, ...], bool]:
    """Readings of the kind that the noun before the name asks for; all of them when there is none."""
    if kind is None:
        return entry.readings, len(entry.readings) == 1
    pool = entry.readings + entry.cued
    kinds = ("municipality", "settlement") if kind == "settlement" else (kind,)
    same = tuple(place for place in pool if place.kind in kinds)
    if not same and kind == "municipality":
        same = tuple(place for place in pool if place.kind == "settlement")
    if not same or (kind == "area" and entry.readings[0].kind != "area"):
        return entry.readings, len(entry.readings) == 1
    return same, len(same) == 1


def _by_qualifier(
    choices: Sequence[_Choice], words: Sequence[Word], cues: PlaceCues, geography: Geography
) -> list[_Choice]:
    """Let a place right behind another say where that one lies, and take it in when it is the larger one."""
    kept: list[_Choice] = []
    skip = False
    for position, here in enumerate(choices):
        following = choices[position + 1] if position + 1 < len(choices) else None
        if skip:
            skip = False
            continue
        if following is None or not is_qualified(here.span, following.span, words, cues):
            kept.append(here)
            continue
        inside = tuple(p for p in here.readings if any(lies_in(p, larger) for larger in following.readings))
        if inside:
            kept.append(
                replace(
                    here, readings=inside, span=Span(here.span.first, following.span.last), is_settled=True
                )
            )
            skip = True
            continue
        near = _nearest(here.readings, following.readings, geography)
        if near:
            here = replace(here, readings=near, is_settled=len(near) == 1)
            skip = following.span.first - here.span.last > 1 and is_near(
                near[0], following.readings[0], geography
            )
            if skip:
                here = replace(here, span=Span(here.span.first, following.span.last))
        kept.append(here)
    return kept


def is_qualified(here: Span, following: Span, words: Sequence[Word], cues: PlaceCues) -> bool:
    """Whether the second place stands right behind the first and says where it lies: "Bergen (NH)"."""
    links = words[here.last + 1 : following.first]
    if len(links) > _MAX_LINK_WORDS or not all(word.folded in cues.qualifiers for word in links):
        return False
    gap = words[here.last + 1].between.strip()
    return gap in ("", "(", ",", "/", "-", "[", ", (") and (
        bool(links) or gap in ("", "(", ",", "[", "-", "/")
    )


def lies_in(place: Place, larger: Place) -> bool:
    """Whether a place is part of a larger one, as a whole."""
    if place.name == larger.name and place.kind == larger.kind:
        return False
    if place.kind == "settlement" and larger.kind == "municipality":
        return place.municipalities == larger.municipalities
    if larger.kind in ("settlement", "municipality", "country") or place.kind == "country":
        return False
    return len(place.municipalities) < len(larger.municipalities) and set(place.municipalities) <= set(
        larger.municipalities
    )


def is_near(place: Place, other: Place, geography: Geography) -> bool:
    """Whether two places of one municipality each lie within `NEARBY_KM`."""
    return _closeness(place, other, geography) >= 2


def _by_list(choices: Sequence[_Choice], words: Sequence[Word], cues: PlaceCues) -> list[_Choice]:
    """In a list of provinces a name that may be one is one: "Groningen, Friesland en Drenthe"."""
    found: list[_Choice] = []
    for position, choice in enumerate(choices):
        kinds = {place.kind for place in choice.readings}
        if choice.is_settled or not {"province", "municipality"} <= kinds:
            found.append(choice)
            continue
        beside: list[_Choice] = []
        if position and _are_listed(choices[position - 1].span, choice.span, words, cues):
            beside.append(choices[position - 1])
        if position + 1 < len(choices) and _are_listed(choice.span, choices[position + 1].span, words, cues):
            beside.append(choices[position + 1])
        if any(other.readings[0].kind == "province" for other in beside):
            provinces = tuple(place for place in choice.readings if place.kind == "province")
            choice = replace(choice, readings=provinces, is_settled=True)
        found.append(choice)
    return found


def _are_listed(one: Span, other: Span, words: Sequence[Word], cues: PlaceCues) -> bool:
    links = words[one.last + 1 : other.first]
    if not links:
        return words[other.first].between.strip() in (",", "/", "&", "-", "–", "+")
    return len(links) <= 2 and links[0].folded in cues.coordinators


def _by_others(choices: Sequence[_Choice], geography: Geography) -> list[_Choice]:
    """Let places that are sure decide between namesakes of villages and towns elsewhere in the text."""
    sure = [
        choice.readings[0] for choice in choices if choice.is_settled and choice.readings[0].municipalities
    ]
    found: list[_Choice] = []
    for choice in choices:
        towns = [place for place in choice.readings if place.kind in ("municipality", "settlement")]
        if not choice.is_settled and sure and len(towns) > 1:
            near = _nearest(choice.readings, sure, geography)
            if near:
                choice = replace(choice, readings=near, is_settled=len(near) == 1)
        found.append(choice)
    return found


def _nearest(readings: Sequence[Place], others: Sequence[Place], geography: Geography) -> tuple[Place, ...]:
    """Readings that lie in or near the others, when that tells them apart; else none."""
    scores = [max(_closeness(place, other, geography) for other in others) for place in readings]
    best = max(scores)
    if best == 0 or min(scores) == best:
        return ()
    return tuple(place for place, score in zip(readings, scores, strict=True) if score == best)


def _closeness(place: Place, other: Place, geography: Geography) -> int:
    """3 in it or within it, 2 within walking distance of its centre, 1 same province, 0 elsewhere."""
    mine, theirs = set(place.municipalities), set(other.municipalities)
    if mine & theirs:
        return 3
    if len(mine) == 1 and len(theirs) == 1:
        one, two = next(iter(mine)), next(iter(theirs))
        if geography.distance_km(one, two) <= NEARBY_KM:
            return 2
    return 1 if set(place.provinces) & set(other.provinces[:1]) else 0
