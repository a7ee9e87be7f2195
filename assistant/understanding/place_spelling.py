"""Finds the place name a misspelt word was meant to be."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.understanding.place_index import Entry, PlaceIndex, sound_key

SHORTEST = 5  # letters; below this almost any word lies near some name
LONG = 9  # letters of a name from which two slips are still recognisable
SETTLEMENT_SHORTEST = 6  # letters; villages are many and small, so their names need to be longer
CERTAIN = 7  # letters of a typed word from which no preposition is needed for a municipality or larger


@dataclass(frozen=True, slots=True)
class Mended:
    """An entry a misspelt key probably means; `is_certain` when the spelling alone is evidence enough."""

    entry: Entry
    distance: int
    is_certain: bool


def mended_spellings(index: PlaceIndex, key: str) -> tuple[Mended, ...]:
    """Entries within a slip or two of a key that is no entry itself, nearest and most important first.

    Args:
        index: the names.
        key: letters of the typed word or words, folded.

    Returns:
        Only the best: fewest slips, municipalities or larger before villages; empty when none is near.
    """
    if len(key) < SHORTEST or not key.isalpha():
        return ()
    sound = sound_key(key)
    nearby: list[tuple[str, int, int]] = []
    for typed in dict.fromkeys((sound, key)):
        reach = 1 if len(typed) < LONG - 2 else 2
        nearby += process.extract(
            typed,
            index.near_length.get((typed[0], len(typed), reach), ()),
            scorer=OSA.distance,
            score_cutoff=reach,
            limit=None,
        )
    swapped = sound[1] + sound[0] + sound[2:]
    if swapped != sound and swapped in index.by_sound:
        nearby.append((swapped, 1, 0))
    found: dict[str, Mended] = {}
    for near, distance, _ in nearby:
        for name in index.by_sound[near]:
            entry = index.entries[name]
            known = found.get(name)
            if (known is None or distance < known.distance) and _is_near_enough(entry, near, int(distance)):
                is_certain = entry.is_major and entry.risk in ("plain", "soft") and len(sound) >= CERTAIN
                found[name] = Mended(entry, int(distance), is_certain)
    if not found:
        return ()
    ranked = sorted(found.values(), key=_rank)
    best = _rank(ranked[0])[:3]
    return tuple(mended for mended in ranked if _rank(mended)[:3] == best)


def _is_near_enough(entry: Entry, near: str, distance: int) -> bool:
    if entry.risk in ("function", "rare"):
        return False
    if entry.form == "derived" and len(near) < LONG:
        return False
    shortest = SHORTEST if entry.is_major else SETTLEMENT_SHORTEST
    allowed = 2 if len(near) >= LONG and entry.is_major and entry.form == "name" else 1
    return len(near) >= shortest and distance <= allowed


def _rank(mended: Mended) -> tuple[int, bool, bool, str]:
    return (mended.distance, not mended.entry.is_major, mended.entry.form != "name", mended.entry.key)
