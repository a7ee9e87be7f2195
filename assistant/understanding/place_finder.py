"""Finds the words of a question that may name a place: exact, with an end glued to them, or misspelt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.understanding.place_context import Candidate
from assistant.understanding.place_evidence import PlaceEvidence, Span
from assistant.understanding.place_index import Entry, PlaceIndex
from assistant.understanding.place_spelling import mended_spellings
from assistant.understanding.place_tokens import Word
from assistant.understanding.place_vocabulary import PlaceVocabulary

_LONG_COMPOUND = 8  # letters from which a word may be a name with a common end glued to it
_LONG_NAME = 8  # letters from which a name typed as two words is still recognisable
_TWO_SLIPS = 13  # letters of a name of more than one word in which two slips are still recognisable
_MULTIWORD_SURE = 9  # letters from which a misspelt name of more than one word needs no further evidence


class NameFinder:
    """Finds candidates in the words of one text after another; holds no state of its own."""

    def __init__(self, index: PlaceIndex, vocabulary: PlaceVocabulary) -> None:
        cues = vocabulary.cues
        self._index = index
        self._cues = cues
        self._lookalikes = vocabulary.lookalikes
        self._glued = tuple(sorted(vocabulary.names.glued_ends, key=len, reverse=True))
        self._small = cues.prepositions | cues.loose_prepositions | cues.coordinators
        self._nouns = frozenset(noun for nouns in cues.nouns.values() for noun in nouns)

    def candidates(self, words: Sequence[Word], masked: set[int], evidence: PlaceEvidence) -> list[Candidate]:
        """What may be a place, in reading order and without overlap.

        Args:
            words: the text.
            masked: positions of words that are part of something else.
            evidence: of the same words; a misspelt name needs some.
        """
        exact = self._exact(words, masked)
        found = self._inexact(words, exact, masked, evidence)
        return sorted(found, key=lambda candidate: candidate.span.first)

    def _exact(self, words: Sequence[Word], masked: set[int]) -> list[Candidate]:
        """Longest names first to last, without overlap."""
        found: list[Candidate] = []
        first = 0
        while first < len(words):
            match = None if first in masked else self._longest(words, first, masked)
            if match is None:
                first += 1
            else:
                found.append(match)
                first = match.span.last + 1
        found += self._cut_short(words, found)
        return found

    def _cut_short(self, words: Sequence[Word], found: Sequence[Candidate]) -> list[Candidate]:
        """The first of "Noord- en Midden-Limburg": its end stands at the end of the second."""
        cut: list[Candidate] = []
        for candidate in found:
            first = candidate.span.first - 2
            if first < 0 or candidate.span.first == candidate.span.last:
                continue
            if words[first + 1].folded in self._cues.coordinators and words[first + 1].between.strip() == "-":
                end = "".join(
                    word.folded for word in words[candidate.span.first + 1 : candidate.span.last + 1]
                )
                entry = self._index.entries.get(words[first].folded + end)
                if entry is not None:
                    cut.append(Candidate(entry, Span(first, first)))
        return cut

    def _longest(self, words: Sequence[Word], first: int, masked: set[int]) -> Candidate | None:
        key, best = "", None
        mark = ""
        for last in range(first, min(len(words), first + self._index.max_words)):
            word = words[last]
            if last in masked or (last > first and word.gap not in ("joined", "dot", "comma", "bracket")):
                break
            if last > first and word.gap in ("comma", "bracket"):
                mark = "," if word.gap == "comma" else "("
            key += word.folded
            entry = self._index.entries.get(key)
            if entry is None or (mark and not any(mark in place.name for place in entry.readings)):
                continue
            if self._fits(entry, words[first : last + 1]):
                best = Candidate(entry, Span(first, last))
        return best

    def _fits(self, entry: Entry, words: Sequence[Word]) -> bool:
        """Whether the words are split as the name is, near enough."""
        if entry.form == "abbreviation":
            return len(words) <= 2 and words[0].surface[0].isupper() and len(words[-1].surface) <= 3
        if entry.form == "derived" and len(words) > entry.word_count:
            return self._has_loose_ending(entry, words)
        if len(words) >= entry.word_count or entry.form in ("national", "expression"):
            return len(words) <= entry.word_count or self._is_split_name(entry, words)
        return len(entry.key) >= _LONG_NAME - 1

    @staticmethod
    def _has_loose_ending(entry: Entry, words: Sequence[Word]) -> bool:
        """`Rotterdam's`, `Delft-se`."""
        last = words[-1]
        return len(words) == entry.word_count + 1 and last.folded in ("s", "se") and last.between in "'’-"

    def _is_split_name(self, entry: Entry, words: Sequence[Word]) -> bool:
        """`Nieuwe gein`, `Rotterdam's`: more words than the name has."""
        if self._has_loose_ending(entry, words):
            return True
        if words[1].between.strip() in ("-", "'", "’") and entry.risk == "plain":
            return True
        if entry.word_count > 1:
            return len(words) == entry.word_count + 1
        if len(words) != 2 or not entry.is_major or len(entry.key) < _LONG_NAME:
            return False
        small = self._small | self._cues.fillers
        return all(word.folded not in small and len(word.folded) >= 3 for word in words)

    def _inexact(
        self, words: Sequence[Word], exact: Sequence[Candidate], masked: set[int], evidence: PlaceEvidence
    ) -> list[Candidate]:
        """The exact names, and those found with an end glued to them or misspelt.

        A long name with a slip wins from a shorter one at its start ("Bergen op Zom").
        """
        starting = {candidate.span.first: candidate for candidate in exact}
        found: list[Candidate] = []
        first = 0
        while first < len(words):
            best = starting.get(first)
            if first not in masked:
                phrase = self._misspelt_phrase(words, first, masked, starting, evidence)
                best = phrase or best or self._misspelt_word(words, first, evidence)
            if best is not None:
                found.append(best)
            first = first + 1 if best is None else max(first, best.span.last) + 1
        cut_short = [c for c in exact if c.span.first not in {f.span.first for f in found}]
        return found + [c for c in cut_short if all(not _overlap(c.span, f.span) for f in found)]

    def _misspelt_word(self, words: Sequence[Word], first: int, evidence: PlaceEvidence) -> Candidate | None:
        word = words[first]
        span = Span(first, first)
        if word.folded in self._lookalikes or (word.surface.isupper() and len(word.surface) <= 5):
            return None
        glued = self._glued_name(word.folded)
        if glued is not None:
            return Candidate(glued, span)
        if word.folded in self._nouns:
            return None
        mended = mended_spellings(self._index, word.folded)
        if not mended or (mended[0].distance > 1 and mended[0].entry.word_count > 1):
            return None
        if not mended[0].is_certain:
            seen = evidence.around(span, ())
            placed = seen.has_preposition or seen.noun_kind is not None
            likely = seen.has_loose_preposition and (seen.has_capital or seen.ends_clause)
            if not placed and not (likely and mended[0].entry.is_major):
                return None
            if not mended[0].entry.is_major and not seen.has_capital and len(word.folded) < 8:
                return None
        readings = tuple(dict.fromkeys(place for item in mended for place in item.entry.readings))
        return Candidate(replace(mended[0].entry, readings=readings), span, is_corrected=True)

    def _misspelt_phrase(
        self,
        words: Sequence[Word],
        first: int,
        masked: set[int],
        starting: dict[int, Candidate],
        evidence: PlaceEvidence,
    ) -> Candidate | None:
        key = words[first].folded
        known = starting.get(first)
        if key in self._small:
            return None
        is_noun = key in self._nouns
        opens = key in self._index.firsts
        for last in range(first + 1, min(len(words), first + self._index.max_words)):
            word = words[last]
            if last in masked or word.gap not in ("joined", "dot"):
                return None
            key += word.folded
            if (not opens and word.folded not in self._index.lasts) or (known and known.span.last >= last):
                continue
            mended = mended_spellings(self._index, key)
            if not mended or mended[0].entry.word_count < 2 or mended[0].entry.word_count != last - first + 1:
                continue
            span = Span(first, last)
            if mended[0].distance > 1 and (
                len(key) < _TWO_SLIPS or words[first].folded in self._cues.fillers
            ):
                continue
            if is_noun and (mended[0].distance > 1 or word.folded in self._lookalikes):
                continue
            holds_place = any(i in starting for i in range(first, last + 1))
            if holds_place and (len(key) < _MULTIWORD_SURE or mended[0].distance > 1):
                continue
            if len(key) < _MULTIWORD_SURE or not mended[0].is_certain:
                odd = any(
                    w.is_capital or (len(w.folded) >= 3 and w.folded not in self._lookalikes)
                    for w in words[first + 1 : last + 1]
                )
                seen = evidence.around(span, ())
                if not odd or not (seen.has_preposition or seen.noun_kind is not None):
                    continue
            return Candidate(mended[0].entry, span, is_corrected=True)
        return None

    def _glued_name(self, folded: str) -> Entry | None:
        if len(folded) < _LONG_COMPOUND:
            return None
        for end in self._glued:
            if folded.endswith(end):
                entry = self._index.entries.get(folded[: -len(end)])
                if entry is not None and entry.form == "name" and entry.risk == "plain" and entry.is_major:
                    return entry
        return None


def _overlap(one: Span, other: Span) -> bool:
    return one.first <= other.last and other.first <= one.last
