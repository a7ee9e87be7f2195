"""Words of a question as the place recogniser sees them: folded, with offsets and what lies between them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

Gap = Literal["start", "joined", "dot", "comma", "bracket", "break"]

_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_JOINED = re.compile(r"[\s\-‐‑–/'’‘`´]{0,3}")
_DOT = re.compile(r"\.[\s\-]{0,2}")
_COMMA = re.compile(r"\s?,\s{0,2}")
_BRACKET = re.compile(r"\s?\(")
_SENTENCE_END = re.compile(r"[.!?:;\n]")
_MOSTLY_CAPITALS = 0.7  # share of capitalised words from which a capital says nothing (title case, shouting)
_FEW_WORDS = 4  # below this a share of capitals says nothing


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a question.

    Attributes:
        surface: as typed.
        folded: lower case, no accents.
        start: offset of the first character; `end` is the offset after the last.
        gap: what lies before it: the start of the text, something that may stand inside a name (a space,
            hyphen or apostrophe), a full stop, a comma, an opening bracket, or anything else.
        between: the literal text between the previous word and this one.
        opens_sentence: it is the first word of a sentence.
    """

    surface: str
    folded: str
    start: int
    end: int
    gap: Gap
    between: str
    opens_sentence: bool

    @property
    def is_capital(self) -> bool:
        """Starts with a capital."""
        return self.surface[0].isupper()


def fold(text: str) -> str:
    """Lower case without accents, ligatures and typographic apostrophes made plain."""
    if text.isascii():
        return text.lower()
    text = text.lower().replace("’", "'").replace("‘", "'").replace("ĳ", "ij").replace("ß", "ss")
    text = text.replace("ø", "o").replace("æ", "ae")
    return "".join(char for char in unicodedata.normalize("NFD", text) if unicodedata.category(char) != "Mn")


def key_of(name: str) -> str:
    """Letters and digits of a name, folded: equal for all ways to space, hyphenate and accent it."""
    return "".join(_WORD.findall(fold(name)))


def words_of(text: str) -> tuple[Word, ...]:
    """Words of a text in reading order."""
    found: list[Word] = []
    last = 0
    for match in _WORD.finditer(text):
        between = text[last : match.start()]
        opens = not found or _SENTENCE_END.search(between) is not None
        gap = _gap(between, found[-1]) if found else "start"
        surface = match.group()
        folded = _WORD.sub(lambda m: m.group(), fold(surface))
        found.append(Word(surface, folded, match.start(), match.end(), gap, between, opens))
        last = match.end()
    return tuple(found)


def capitals_mean_nothing(words: tuple[Word, ...]) -> bool:
    """Whether so many words have a capital that a capital is no sign of a name."""
    letters = [word for word in words if word.surface[0].isalpha()]
    if len(letters) < _FEW_WORDS:
        return len(letters) > 1 and all(word.surface.isupper() for word in letters)
    capitals = sum(1 for word in letters if word.is_capital)
    return capitals >= _MOSTLY_CAPITALS * len(letters)


def _gap(between: str, previous: Word) -> Gap:
    if _JOINED.fullmatch(between):
        return "joined"
    if _DOT.fullmatch(between) and len(previous.surface) <= 3:
        return "dot"
    if _COMMA.fullmatch(between):
        return "comma"
    return "bracket" if _BRACKET.fullmatch(between) else "break"
