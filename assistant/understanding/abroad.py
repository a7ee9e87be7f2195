"""Finds places outside the Netherlands by a long list of names, each only where the sentence says "there"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from assistant.domain.question import Place
from assistant.errors import ConfigurationError
from assistant.understanding.terms import zipf
from assistant.understanding.text import Token, fold, tokens

LONGEST_NAME = 4
COMMON_ZIPF = 3.6
"""A name as frequent as this may be a word; in lower case it is then no place."""
_CLOSE = frozenset({"in", "uit", "vanuit", "te", "nabij", "rond", "rondom", "near", "from", "around"})
_LOOSE = frozenset({"bij", "van", "voor", "naar", "op", "at", "of", "for", "to", "covers", "cover"})
"""Prepositions that need a capital behind them."""
_ORIGIN = frozenset({"uit", "from"})
_BETWEEN = frozenset(
    {"de", "het", "the", "stad", "regio", "omgeving", "haven", "city", "region", "port", "provincie", "buurt"}
)
_DIRECTLY_IN = re.compile(r"[\s,(]*(in |te |at )?")


class ForeignNames:
    """Names of places abroad."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = {tuple(word.folded for word in tokens(name)): name for name in names}

    @classmethod
    def load(cls, path: Path) -> ForeignNames:
        """Read a list, one name a line; lines with # are notes.

        Raises:
            ConfigurationError: the file cannot be read.
        """
        try:
            lines = path.read_text("utf-8").splitlines()
        except OSError as error:
            raise ConfigurationError(f"Cannot read {path}: {error.strerror}. Restore the file.") from error
        return cls(line.strip() for line in lines if line.strip() and not line.startswith("#"))

    def find(
        self,
        words: Sequence[Token],
        *,
        masked: Sequence[tuple[int, int]],
        people: Sequence[tuple[int, int]] = (),
    ) -> tuple[str, ...]:
        """Names in reading order, without repeats.

        Args:
            words: the question.
            masked: spans of places and records that were recognised; a name inside one does not count.
            people: spans of words for people; they may come "from" anywhere.
        """
        found: list[str] = []
        index = 0
        while index < len(words):
            size = self._size_at(words, index)
            is_free = not any(start < words[index].end and words[index].start < end for start, end in masked)
            if size and is_free and _is_said_to_be_there(words, index, size, people):
                found.append(self._names[tuple(word.folded for word in words[index : index + size])])
            index += size or 1
        return tuple(dict.fromkeys(found))

    def _size_at(self, words: Sequence[Token], index: int) -> int:
        """Number of words of the longest name that begins here; 0 for none."""
        for size in range(min(LONGEST_NAME, len(words) - index), 0, -1):
            if tuple(word.folded for word in words[index : index + size]) in self._names:
                return size
        return 0


def _is_said_to_be_there(
    words: Sequence[Token], index: int, size: int, people: Sequence[tuple[int, int]]
) -> bool:
    before = index - 1
    while before > 0 and words[before].folded in _BETWEEN:
        before -= 1
    if before < 0:
        return False
    is_capital = words[index].surface[:1].isupper()
    is_rare = size > 1 or zipf(words[index].folded) < COMMON_ZIPF or not words[index].surface.isascii()
    preposition = words[before].folded
    if preposition in _ORIGIN and before and any(s <= words[before - 1].start < e for s, e in people):
        return False
    if preposition in _CLOSE:
        return is_capital or is_rare
    return words[before].surface in _LOOSE and (is_capital or not words[index].surface.isascii())


def without_namesakes(text: str, places: Sequence[Place], foreign: Sequence[str]) -> tuple[Place, ...]:
    """Places that do not lie abroad after all: "Bergen, Noorwegen" is not in the Netherlands."""
    folded = fold(text)
    starts = [match.start() for name in foreign for match in re.finditer(re.escape(fold(name)), folded)]
    kept = []
    for place in places:
        behind = _DIRECTLY_IN.match(folded, place.end)
        if behind is None or behind.end() not in starts or behind.end() == place.end:
            kept.append(place)
    return tuple(kept)
