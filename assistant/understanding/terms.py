"""Finds vocabulary terms in a text: on stems, in phrases, inside compounds, and through a typing error."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.understanding.text import MIN_REST, Token, compound_rest, content_tokens, fold, stem, tokens
from assistant.understanding.vocabulary import Entry

MIN_FUZZY_LETTERS = 7
"""Shorter words have too many neighbours at one typing error."""
SHORT_PART = 5
"""A compound part this short counts only when the rest is a known word."""
KNOWN_ZIPF = 2.6
LONG_REST = 7
"""A rest this long is seldom there by accident."""
MIN_WEAK_PART = 5
_ACTION = ("ing", "ingen")
RARE_ZIPF = 1.6
"""Zipf frequency under which a word counts as unknown, so that a typing error may be mended."""
MIN_COMMON_ZIPF = 3.0


@dataclass(frozen=True, slots=True)
class Hit:
    """A term found.

    Attributes:
        value: id of the vocabulary entry.
        surface: words of the text; `start`/`end` are offsets in it.
        weight: 1.0 for a term said literally, lower for weak terms and mended typing errors.
        n_tokens: number of words of the term.
    """

    value: str
    surface: str
    start: int
    end: int
    weight: float
    n_tokens: int = 1


@lru_cache(maxsize=20_000)
def zipf(word: str) -> float:
    """Highest Zipf frequency of a folded word in Dutch and English; 0 when unknown."""
    from wordfreq import zipf_frequency

    return max(float(zipf_frequency(word, "nl")), float(zipf_frequency(word, "en")))


def is_one_error_away(word: str, target: str) -> bool:
    """True when one letter more, less, changed or swapped gives the target; the first letter stays."""
    if abs(len(word) - len(target)) > 1 or word[:1] != target[:1]:
        return False
    from rapidfuzz.distance import OSA

    return bool(OSA.distance(word, target, score_cutoff=1) == 1)


@dataclass(frozen=True, slots=True)
class _Term:
    value: str
    weight: float
    key: tuple[str, ...]
    first: str
    is_capitals: bool = False


class TermFinder:
    """Finds the terms of a set of entries: the longest phrase first, a whole word before a part."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._phrases: dict[str, list[_Term]] = defaultdict(list)
        self._parts: dict[str, list[_Term]] = defaultdict(list)
        self._never: dict[str, set[str]] = {}
        for entry in entries:
            self._never[entry.id] = {form for term in entry.never for form in _forms(term)}
            for terms, weight, is_part in (
                (entry.words, 1.0, False),
                (entry.parts, 1.0, True),
                (entry.weak, 0.5, True),
            ):
                for term in terms:
                    self._add(term, entry.id, weight, is_part)
        for found in self._phrases.values():
            found.sort(key=lambda term: (-len(term.key), term.value))
        self._part_lengths = sorted({len(part) for part in self._parts}, reverse=True)
        self._fuzzy = sorted(
            key
            for key, found in self._phrases.items()
            if len(key) >= MIN_FUZZY_LETTERS and any(len(t.key) == 1 for t in found)
        )

    def _add(self, text: str, value: str, weight: float, is_part: bool) -> None:
        words = content_tokens(tokens(text))
        keys = {tuple(word.stem for word in words), tuple(word.folded for word in words)}
        is_capitals = len(words) == 1 and text.isupper() and len(text) <= 3
        for key in sorted(keys):
            term = _Term(value, weight, key, words[0].folded, is_capitals)
            if term not in self._phrases[key[0]]:
                self._phrases[key[0]].append(term)
        if is_part and len(words) == 1 and len(words[0].folded) >= (3 if weight == 1.0 else MIN_WEAK_PART):
            term = _Term(value, weight, (words[0].folded,), words[0].folded)
            if term not in self._parts[words[0].folded]:
                self._parts[words[0].folded].append(term)

    def find(
        self, text: str, *, masked: Iterable[tuple[int, int]] = (), words: Sequence[Token] | None = None
    ) -> tuple[Hit, ...]:
        """Hits in reading order; words inside a masked span (a place, a record) are skipped."""
        spans = tuple(masked)
        words = content_tokens(tokens(text) if words is None else tuple(words))
        blocked = [any(start < word.end and word.start < end for start, end in spans) for word in words]
        hits: list[Hit] = []
        index = 0
        while index < len(words):
            if blocked[index]:
                index += 1
                continue
            length, found = self._at(text, words, blocked, index)
            hits.extend(found)
            index += length
        return tuple(hits)

    def _at(
        self, text: str, words: Sequence[Token], blocked: Sequence[bool], index: int
    ) -> tuple[int, list[Hit]]:
        best: list[_Term] = []
        word = words[index]
        for first in dict.fromkeys((word.stem, word.folded)):
            for term in self._phrases.get(first, ()):
                size = len(term.key)
                if best and size < len(best[0].key):
                    break
                window = words[index : index + size]
                if len(window) < size or any(blocked[index : index + size]):
                    continue
                if not all(
                    key in (token.stem, token.folded) for key, token in zip(term.key, window, strict=True)
                ):
                    continue
                if size == 1 and (self._is_never(term.value, word) or not _is_inflection(term, word)):
                    continue
                if best and size > len(best[0].key):
                    best = []
                best.append(term)
        if best:
            size = len(best[0].key)
            start, end = word.start, words[index + size - 1].end
            return size, [Hit(t.value, text[start:end], start, end, t.weight, size) for t in _unique(best)]
        return 1, self._inside(word) or self._mended(word)

    def _is_never(self, value: str, word: Token) -> bool:
        return word.folded in self._never[value]

    def _inside(self, word: Token) -> list[Hit]:
        """Terms that are the first or last part of a compound; the longest part at each end."""
        found: list[_Term] = []
        taken = 0
        for at_start in (True, False):
            for part in self._candidates(word.folded, at_start=at_start):
                if len(part) + taken > len(word.folded):
                    continue
                rest = compound_rest(word.folded, part, at_start=at_start)
                is_doubtful = len(part) <= SHORT_PART and rest is not None and len(rest) < LONG_REST
                if rest is None or (is_doubtful and zipf(rest) < KNOWN_ZIPF):
                    continue
                terms = [term for term in self._parts[part] if not self._is_never(term.value, word)]
                if terms:
                    found.extend(terms)
                    taken = len(part)
                    break
        return [Hit(t.value, word.surface, word.start, word.end, t.weight) for t in _unique(found)]

    def _candidates(self, word: str, *, at_start: bool) -> list[str]:
        """Parts at one end of a word, longest first."""
        if at_start:
            return [word[:size] for size in self._part_lengths if word[:size] in self._parts]
        ends = {
            word[start:stop]
            for start in range(MIN_REST, len(word))
            for stop in range(max(start + 3, len(word) - 3), len(word) + 1)
        }
        return sorted((end for end in ends if end in self._parts), key=lambda end: (-len(end), end))

    def _mended(self, word: Token) -> list[Hit]:
        if len(word.folded) < MIN_FUZZY_LETTERS or not self._fuzzy or zipf(word.folded) >= RARE_ZIPF:
            return []
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        match = process.extractOne(word.folded, self._fuzzy, scorer=OSA.distance, score_cutoff=1)
        if match is None or match[0][0] != word.folded[0]:
            return []
        terms = [term for term in self._phrases[match[0]] if len(term.key) == 1]
        return [Hit(t.value, word.surface, word.start, word.end, t.weight * 0.8) for t in _unique(terms)]


def _is_inflection(term: _Term, word: Token) -> bool:
    """True when the word is a form of the term, not another with the same stem (`wonen`, `woning`)."""
    if term.is_capitals and not word.surface.isupper():
        return False
    if word.folded == term.first:
        return True
    return word.folded[:3] == term.first[:3] and word.folded.endswith(_ACTION) == term.first.endswith(_ACTION)


def _unique(terms: Iterable[_Term]) -> list[_Term]:
    best: dict[str, _Term] = {}
    for term in terms:
        if term.value not in best or term.weight > best[term.value].weight:
            best[term.value] = term
    return list(best.values())


def _forms(term: str) -> set[str]:
    folded = fold(term)
    return {folded, stem(folded)} if folded.isalpha() and term.endswith("~") else {folded}
