"""Spelling variants of a place name, and the words Dutch derives from it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.understanding.place_tokens import fold, key_of

_SUFFIX = re.compile(r"\s+\(?(?:NB|NH|ZH|L|AC|Gld|GLD|Gn|GN|Ut|Fr|Dr|Ov)\.?\)?$")
_BRACKET = re.compile(r"\s*\([^)]*\)\s*")
_ON_RIVER = re.compile(r"\b(?:aan|op) (?:de|den|het) ", re.IGNORECASE)
_SAINT = re.compile(r"\b[Ss]int(?=[ -])")
_SEPARATOR = re.compile(r"[\s\-'/.(),]+")
_VOWELS = "aeiou"


def without_suffix(name: str) -> str:
    """`Bergen (NH.)`, `Beers NB` -> `Bergen`, `Beers`: the name as people say it."""
    return _SUFFIX.sub("", name)


def word_count(name: str) -> int:
    """Number of words of a name; hyphens and apostrophes separate."""
    return len(_SEPARATOR.split(name.strip(" '()")))


def spellings(name: str) -> Iterator[tuple[str, int]]:
    """The name and the ways it is commonly written, as key and number of words; the official one first.

    Spaces, hyphens, accents and capitals make no difference to a key.
    """
    seen: set[str] = set()
    variants = [name, without_suffix(name), _BRACKET.sub(" ", name)]
    variants += [_SAINT.sub("St", variant) for variant in variants if _SAINT.search(variant)]
    for variant in tuple(variants):
        if _ON_RIVER.search(variant):
            variants += [_ON_RIVER.sub(small, variant) for small in ("ad ", "a d ", "aan de ", "aan den ")]
    if name.startswith("'t "):
        variants.append("het " + name[3:])
    if name.startswith(("de ", "De ")):
        variants.append("De " + name[3:])
    for variant in variants:
        key = key_of(variant)
        if key and key not in seen:
            seen.add(key)
            yield key, word_count(variant)


def derived_keys(name: str) -> Iterator[str]:
    """Keys of the adjectives and names of inhabitants by the rules of Dutch; some are no real words."""
    stem = key_of(without_suffix(name))
    last = fold(name)[-1]
    adjective_stems, person_stems = [stem], [stem]
    if stem.endswith("en"):
        adjective_stems.append(stem[:-1])
        if stem.endswith("ingen"):
            adjective_stems.append(stem[:-2])
        person_stems = [stem[:-2]]
        yield from (stem + end for end in ("aar", "aars", "aren"))
    elif stem.endswith("e"):
        adjective_stems.append(stem[:-1])
        person_stems = [stem[:-1]]
        yield from (stem + end for end in ("naar", "naars", "naren"))
    elif last in _VOWELS:
        yield from (stem + end for end in ("naar", "naars", "naren"))
    else:
        person_stems.append(stem + last)
        yield from (stem + end for end in ("aar", "aars", "enaar", "enaren"))
    for base in adjective_stems:
        if base.endswith("s"):
            yield base + "e"
        else:
            yield base + "s"
            yield base + "se"
    for base in person_stems:
        yield base + "er"
        yield base + "ers"
