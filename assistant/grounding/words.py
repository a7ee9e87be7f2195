"""Words: lemma, root and the parts of a compound, all cached because the same words come back all day."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import Any

_CACHE = 65_536
# Endings that only change the word class or number, longest first; a root keeps at least _MIN_ROOT letters.
_SUFFIXES = (
    "ingen",
    "heden",
    "aties",
    "atie",
    "eren",
    "eerd",
    "ing",
    "heid",
    "lijke",
    "lijk",
    "ische",
    "isch",
    "baar",
    "ator",
    "eer",
    "ige",
    "ers",
    "ig",
    "er",
    "en",
    "e",
)
_MIN_ROOT = 4
_MIN_PART = 3
_PART_PRICE = 0.8
_MIN_PART_ZIPF = 3.0
_LINKS = ("", "s", "e", "en")
# Short words that are prefixes or endings inside longer words, not parts of a compound.
_NO_PARTS = frozenset(
    [
        "aan",
        "bij",
        "den",
        "een",
        "end",
        "ers",
        "het",
        "ing",
        "met",
        "nen",
        "per",
        "ten",
        "ter",
        "toe",
        "uit",
        "ver",
        "voor",
        "over",
        "onder",
        "door",
        "eren",
        "lijk",
    ]
)


@cache
def _lemmatizer() -> Any:
    import simplemma

    return simplemma.lemmatize


@cache
def _frequencies() -> dict[str, float]:
    from wordfreq import get_frequency_dict

    return dict(get_frequency_dict("nl", "best"))


@lru_cache(maxsize=_CACHE)
def zipf(word: str) -> float:
    """Frequency of a Dutch word on the Zipf scale, 0 (unseen) to about 8 ("de")."""
    import math

    frequency = _frequencies().get(word, 0.0)
    return math.log10(frequency) + 9 if frequency > 0 else 0.0


@lru_cache(maxsize=_CACHE)
def lemma_of(word: str) -> str:
    """Dutch lemma of a lower-case word; the word itself when unknown."""
    if len(word) < 3 or len(word) > 40 or not word[0].isalpha():
        return word
    base = word.removesuffix("'s") if len(word) > 4 else word
    for ending in ("'ers", "'er", "'en"):  # "mbo'ers" are people of the mbo
        base = base.removesuffix(ending)
    lemma: str = _lemmatizer()(base, lang=("nl", "en"))
    lemma = lemma.lower().replace("_", "")
    # a lemma longer than its word is an infinitive, or a slip ("werknemer" to "werkneemster")
    if not lemma or (len(lemma) > len(base) and not lemma.endswith("en")):
        return base
    return lemma


def _undouble(word: str) -> str:
    out: list[str] = []
    for letter in word:
        if out and letter == out[-1]:
            continue
        out.append(letter)
    return "".join(out)


@lru_cache(maxsize=_CACHE)
def root_of(lemma: str) -> str:
    """Rough word family: financieren, financiering and financier share one root."""
    word = "".join(c for c in unicodedata.normalize("NFD", lemma) if not unicodedata.combining(c))
    word = word.replace("'", "").replace("-", "")
    changed = True
    while changed:
        changed = False
        for suffix in _SUFFIXES:
            if word.endswith(suffix) and len(word) - len(suffix) >= _MIN_ROOT + (suffix == "heid"):
                word = word[: -len(suffix)]
                changed = True
                break
    word = _undouble(word)
    if word and len(word) > 2:
        word = word[:-1] + {"v": "f", "z": "s"}.get(word[-1], word[-1])
    return word


@lru_cache(maxsize=_CACHE)
def compound_parts(word: str) -> tuple[str, ...]:
    """Parts of a compound as lemmas, or () when the word is not one we can split.

    "arbeidsmarktregio" gives ("arbeid", "markt", "regio"); hyphens always split.
    """
    if "-" in word.strip("-"):
        pieces = [p for p in word.split("-") if len(p) >= 2]
        return tuple(q for p in pieces for q in (compound_parts(p) or (lemma_of(p),)))
    return tuple(lemma_of(p) for p in _split(word, 3))


def _is_part(text: str) -> bool:
    if len(text) < _MIN_PART or text in _NO_PARTS:
        return False
    return zipf(text) >= _MIN_PART_ZIPF + (1.2 if len(text) < 4 else 0.5 if len(text) < 5 else 0.0)


def _split(word: str, depth: int) -> tuple[str, ...]:
    if depth == 0 or len(word) < 2 * _MIN_PART + 1 or len(word) > 40 or not word.isalpha():
        return ()
    best: tuple[float, tuple[str, ...]] = (-99.0, ())
    for cut in range(_MIN_PART, len(word) - _MIN_PART + 1):
        left = word[:cut]
        if not _is_part(left):
            continue
        for link in _LINKS:
            right = word[cut:]
            if not right.startswith(link):
                continue
            right = right[len(link) :]
            tail = (right,) if _is_part(right) else _split(right, depth - 1)
            if tail:
                # common parts beat rare ones ("team" over "steam"), few parts beat many
                score = min(zipf(p) for p in (left, *tail)) - _PART_PRICE * (1 + len(tail))
                if score > best[0]:
                    best = (score, (left, *tail))
    return best[1]
