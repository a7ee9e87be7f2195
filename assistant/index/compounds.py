"""Takes Dutch compounds apart: arbeidsmarktregio = arbeid + markt + regio."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache

LINKERS = ("", "s", "e", "en", "er")
"""Letters between the parts of a compound."""
MIN_WORD = 7
"""Shorter words are not taken apart."""
MIN_PART = 3
MAX_PARTS = 4
SHORT_PART = 4
"""Parts shorter than this must be frequent words of the language, not only of the corpus."""
MIN_ZIPF = 3.2
"""Frequency of a part that the corpus lacks: occurrences per 1e9 words, as a power of ten."""
SHORT_ZIPF = 4.2
"""The same for short parts."""
MIN_CORPUS = 2
"""Occurrences in the corpus that make a word a possible part."""

# Endings and beginnings that are words too, but hardly ever mean that word inside a longer one.
NEVER_PARTS = frozenset(
    """
    aal aan aar achter age ant baar bare besten boven bare daan dan den der door een eer eert elijk
    eling ende enen enaar ente ere eren erend erij ering erwijs ever gen gene gens heden heid iek
    iet ing ingen isch ische iteit jes lijk lijke loos loze mede mis nis nissen onder ons ont oor
    over rijk rijke schap schappen sche sie stel stelling steren ster teit ten ter tie ties tje tjes
    toe uit vol volle ver voor waar waarts wege wijs wijze zaam zame zijn zin aat ach acht lei lijn
    lijst ling lingen oud ste sten
    """.split()  # noqa: SIM905
)


@lru_cache(maxsize=1)
def _language_frequencies() -> Mapping[str, float]:
    """Zipf frequency of the more frequent Dutch words."""
    import wordfreq

    frequencies = wordfreq.get_frequency_dict("nl", wordlist="best")
    return {
        word: math.log10(frequency) + 9
        for word, frequency in frequencies.items()
        if len(word) >= MIN_PART and word.isalpha() and word.isascii() and frequency >= 10 ** (MIN_ZIPF - 9)
    }


class CompoundSplitter:
    """Splits with a list of words: those of the corpus and the frequent ones of the language.

    Args:
        vocabulary: words of the corpus with how often they occur.
        never_parts: words that are no part of a compound, such as stop words.
    """

    def __init__(self, vocabulary: Mapping[str, int], never_parts: frozenset[str] = frozenset()) -> None:
        self._language = _language_frequencies()
        self._corpus = {word: count for word, count in vocabulary.items() if count >= MIN_CORPUS}
        self._never = NEVER_PARTS | never_parts
        self._known: dict[str, tuple[str, ...]] = {}

    def parts(self, word: str) -> tuple[str, ...]:
        """Parts of a compound in order, each followed by its own parts; a word that is none stays whole."""
        if len(word) < MIN_WORD or not word.isalpha():
            return (word,)
        if word not in self._known:
            best = self._best(word, MAX_PARTS)
            found: list[str] = []
            for part in best[1] if best else ():
                inner = self.parts(part)
                found += [part] if inner == (part,) else [part, *inner]
            self._known[word] = tuple(found) or (word,)
        return self._known[word]

    def _weight(self, part: str) -> float | None:
        """How likely the text is a word by itself; None when it is no possible part."""
        if len(part) < MIN_PART or part in self._never:
            return None
        zipf = self._language.get(part, 0.0)
        if len(part) < SHORT_PART:
            return zipf if zipf >= SHORT_ZIPF else None
        count = self._corpus.get(part, 0)
        if zipf >= MIN_ZIPF or count:
            return max(zipf, MIN_ZIPF + math.log10(count) if count else 0.0)
        return None

    def _best(self, word: str, max_parts: int) -> tuple[float, tuple[str, ...]] | None:
        """The best split in two or more parts, with its score: few parts first, then familiar ones."""
        best: tuple[float, tuple[str, ...]] | None = None
        for cut in range(MIN_PART, len(word) - MIN_PART + 1):
            head = self._weight(word[:cut])
            if head is None:
                continue
            for linker in LINKERS:
                rest = word[cut:]
                if not rest.startswith(linker) or len(rest) - len(linker) < MIN_PART:
                    continue
                rest = rest[len(linker) :]
                penalty = 0.0 if not linker else 0.3
                for score, parts in self._rests(rest, max_parts - 1):
                    total = score + head - 8.0 - penalty
                    if best is None or (total, parts) > (best[0], best[1][1:]):
                        best = (total, (word[:cut], *parts))
        return best

    def _rests(self, rest: str, max_parts: int) -> list[tuple[float, tuple[str, ...]]]:
        found: list[tuple[float, tuple[str, ...]]] = []
        weight = self._weight(rest)
        if weight is not None:
            found.append((weight, (rest,)))
        if max_parts > 1 and len(rest) >= MIN_WORD:
            deeper = self._best(rest, max_parts)
            if deeper:
                found.append(deeper)
        return found
