"""Writes abbreviations out, for the text that is searched with."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.understanding.text import Token, fold, tokens
from assistant.understanding.vocabulary import Abbreviation


class Expander:
    """Puts the long form behind each abbreviation, once."""

    def __init__(self, abbreviations: Sequence[Abbreviation]) -> None:
        self._long: dict[tuple[str, ...], tuple[str, bool, str]] = {}
        for item in abbreviations:
            for short in item.short:
                key = tuple(token.folded for token in tokens(short))
                self._long[key] = (item.long, item.case_sensitive, short)
        self._sizes = sorted({len(key) for key in self._long}, reverse=True)

    def is_abbreviation(self, text: str) -> bool:
        """True when the text holds a known abbreviation."""
        return self.expand(text) != text

    def expand(self, text: str) -> str:
        """The text with each abbreviation written out behind it: "LLO (leven lang ontwikkelen)"."""
        words = tokens(text)
        folded = fold(text)
        parts: list[str] = []
        last = index = 0
        while index < len(words):
            size, long = self._at(text, words, index)
            if long is not None:
                end = words[index + size - 1].end
                parts.append(text[last:end])
                if fold(long) not in folded:
                    parts.append(f" ({long})")
                    folded += " " + fold(long)
                last = end
            index += size
        return "".join(parts) + text[last:]

    def _at(self, text: str, words: Sequence[Token], index: int) -> tuple[int, str | None]:
        for size in self._sizes:
            window = words[index : index + size]
            entry = self._long.get(tuple(token.folded for token in window))
            if entry is None or len(window) < size:
                continue
            long, case_sensitive, short = entry
            if case_sensitive and text[window[0].start : window[-1].end] != short:
                continue
            return size, long
        return 1, None
