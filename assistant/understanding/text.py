"""Cleaning, tokens and stems: what every other file of this room reads text with."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufe00-\ufe0f]")
_TOKEN = re.compile(r"[^\W_]+(?:&[^\W_]+)*")
_SPACES = re.compile(r"\s+")
_VERB_PREFIXES = frozenset(
    [
        "aan",
        "achter",
        "af",
        "be",
        "bij",
        "door",
        "er",
        "ge",
        "her",
        "in",
        "mee",
        "mis",
        "na",
        "om",
        "on",
        "onder",
        "ont",
        "op",
        "over",
        "terug",
        "toe",
        "uit",
        "ver",
        "voor",
        "weg",
    ]
)
MIN_STEM_SHARE = 0.55
MIN_REST = 3
"""Fewest letters that may be left of a compound."""
_LINKS = ("s", "en", "e", "n")
_PLURALS = ("s", "en", "n", "e", "er", "ers")


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text.

    Attributes:
        surface: as typed.
        folded: lower case, without accents.
        stem: Dutch stem of `folded`.
        start: offset of the first character in the text; `end` is the offset after the last.
    """

    surface: str
    folded: str
    stem: str
    start: int
    end: int


def clean(text: str, *, max_chars: int) -> str:
    """The text without control and zero-width characters, whitespace runs as one space, cut at a word.

    Args:
        text: anything a user may paste.
        max_chars: upper bound of the length of the result.
    """
    text = unicodedata.normalize("NFC", text[: max_chars * 2])
    text = _INVISIBLE.sub("", text)
    text = "".join(" " if unicodedata.category(char) in {"Cc", "Cs", "Co", "Cn"} else char for char in text)
    text = _SPACES.sub(" ", text).strip()
    if len(text) <= max_chars:
        return text
    cut = text[:max_chars]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).strip()


@lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """Lower case without accents, with plain apostrophes and dashes."""
    text = text.lower().replace("’", "'").replace("‘", "'").replace("–", "-")
    return "".join(char for char in unicodedata.normalize("NFD", text) if unicodedata.category(char) != "Mn")


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    import Stemmer

    return Stemmer.Stemmer("dutch")


@lru_cache(maxsize=50_000)
def stem(folded: str) -> str:
    """Dutch stem of a folded word, unless it keeps too little of it (`overheid` to `over`)."""
    if len(folded) <= 3 or folded.isdigit():
        return folded
    result: str = _stemmer().stemWord(folded)
    return result if len(result) >= MIN_STEM_SHARE * len(folded) else folded


def tokens(text: str) -> tuple[Token, ...]:
    """Words of a text in reading order; hyphens and apostrophes separate, an ampersand joins."""
    found = []
    for match in _TOKEN.finditer(text):
        folded = fold(match.group())
        found.append(Token(match.group(), folded, stem(folded), match.start(), match.end()))
    return tuple(found)


def content_tokens(words: tuple[Token, ...]) -> tuple[Token, ...]:
    """Words without the "te" of an infinitive, so that "om te scholen" reads as "om scholen"."""
    return tuple(word for word in words if word.folded != "te")


def compound_rest(word: str, part: str, *, at_start: bool) -> str | None:
    """What is left of a compound when one part is taken off, or None when it is no compound of that part.

    `zorgmedewerkers` minus `zorg` at the start leaves `medewerkers`; at the end the part may be a plural.
    A rest of fewer than three letters or a verb prefix (`ver` + `zorgen`) makes no compound.
    """
    if at_start:
        if not word.startswith(part) or len(word) < len(part) + MIN_REST:
            return None
        rest = word[len(part) :]
        for link in _LINKS:
            if rest.startswith(link) and len(rest) - len(link) >= MIN_REST + 1:
                return rest[len(link) :]
        return rest
    for ending in ("", *_PLURALS):
        if word.endswith(part + ending):
            rest = word[: len(word) - len(part + ending)]
            return rest if len(rest) >= MIN_REST and rest not in _VERB_PREFIXES else None
    return None


def without_spans(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with the spans taken out and spaces tidied."""
    kept, last = [], 0
    for start, end in sorted(spans):
        if start >= last:
            kept.append(text[last:start])
        last = max(last, end)
    kept.append(text[last:])
    return (
        _SPACES.sub(" ", " ".join(kept)).replace(" ?", "?").replace(" ,", ",").replace(" .", ".").strip(" ,")
    )
