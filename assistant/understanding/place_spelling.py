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
    found: dict[str, Mended] = {}
    for start in {sound[0], sound[1]}:
        swapped = start != sound[0]
        choices: list[str] = []
        for length in range(len(sound) - 2, len(sound) + 3):
            choices.extend(index.by_start.get((start, length), ()))
        for near, distance, _ in process.extract(
            sound, choices, scorer=OSA.distance, score_cutoff=1 if swapped else 2, limit=None
        ):
            if swapped and near[:2] != sound[1::-1]:
                continue
            for name in index.by_sound[near]:
                entry = index.entries[name]
                if _is_near_enough(entry, near, int(distance)):
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
    allowed = 2 if len(near) >= LONG and entry.is_major else 1
    return len(near) >= shortest and distance <= allowed


def _rank(mended: Mended) -> tuple[int, bool, bool, str]:
    return (mended.distance, not mended.entry.is_major, mended.entry.form != "name", mended.entry.key)
