"""Finds the places in a question: which ones, what they belong to, and what else the words may mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.domain.question import Place
from assistant.understanding.geography import Geography, load_geography
from assistant.understanding.place_context import Candidate, is_qualified, lies_in, resolved
from assistant.understanding.place_evidence import PlaceEvidence, Span
from assistant.understanding.place_index import Entry, PlaceIndex, build_place_index
from assistant.understanding.place_spelling import mended_spellings
from assistant.understanding.place_tokens import Word, capitals_mean_nothing, fold, words_of
from assistant.understanding.place_vocabulary import PlaceVocabulary, load_place_vocabulary

KnownName = str | tuple[int, int]
_LONG_COMPOUND = 8  # letters from which a word may be a name with a common end glued to it
_LONG_NAME = 8  # letters from which a name typed as two words is still recognisable
_MULTIWORD_SURE = 9  # letters from which a misspelt name of more than one word needs no further evidence


@dataclass(frozen=True, slots=True)
class PlaceMatches:
    """Places in a text, in reading order.

    Attributes:
        places: places in the Netherlands; the country itself when the text asks for all of it.
        foreign: names of places outside the European Netherlands, without repeats.
    """

    places: tuple[Place, ...] = ()
    foreign: tuple[str, ...] = ()


def needs_asking(place: Place) -> bool:
    """Whether the other readings are likely enough to ask which one is meant.

    A municipality or province is what people mean when a village elsewhere has the same name; two
    municipalities, or villages alone, in different provinces are worth a question.
    """
    if not place.alternatives:
        return False
    others = [other for other in place.alternatives if other.provinces[:1] != place.provinces[:1]]
    if place.kind == "settlement":
        return bool(others)
    return any(other.kind == place.kind for other in others)


class PlaceRecogniser:
    """Recognises places by name, other name, derived word or misspelling; safe to share."""

    def __init__(self, geography: Geography, vocabulary: PlaceVocabulary) -> None:
        self.geography = geography
        self._cues = vocabulary.cues
        self._lookalikes = vocabulary.lookalikes
        self._glued = tuple(sorted(vocabulary.names.glued_ends, key=len, reverse=True))
        self._index: PlaceIndex = build_place_index(geography, vocabulary)
        self._nouns = frozenset(noun for nouns in vocabulary.cues.nouns.values() for noun in nouns)

    @classmethod
    def load(cls, corpus_root: Path) -> PlaceRecogniser:
        """Read geography and word lists under the corpus root.

        Raises:
            CorpusError: a file is missing or broken.
            ConfigurationError: a word list has a wrong value.
        """
        return cls(load_geography(corpus_root), load_place_vocabulary(corpus_root))

    def find(self, text: str, *, known_names: Iterable[KnownName] = ()) -> PlaceMatches:
        """The places a text speaks of.

        Args:
            text: a question; any length, any text.
            known_names: names of organisations and agendas, or their `(start, end)` offsets; a place inside
                such a name does not count, unless the name is that place.

        Returns:
            The places with offsets in `text`, most specific reading first, others in `alternatives`.
        """
        words = words_of(text)
        if not words:
            return PlaceMatches()
        evidence = PlaceEvidence(words, self._cues, capitals_count=not capitals_mean_nothing(words))
        masked = self._masked(text, words, known_names)
        candidates = self._exact(words, masked)
        taken = {i for c in candidates for i in range(c.span.first, c.span.last + 1)} | masked
        candidates += self._inexact(words, taken, evidence)
        candidates.sort(key=lambda candidate: candidate.span.first)
        accepted = self._accepted(words, candidates, evidence)
        places = resolved(accepted, words, evidence, self._cues, self.geography)
        return PlaceMatches(
            tuple(self._with_offsets(place, span, words, text) for place, span in places),
            tuple(dict.fromkeys(c.entry.abroad for c in accepted if c.entry.abroad)),
        )

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
        commas = False
        for last in range(first, min(len(words), first + self._index.max_words)):
            word = words[last]
            if last in masked or (last > first and word.gap not in ("joined", "dot", "comma")):
                break
            commas = commas or (last > first and word.gap == "comma")
            key += word.folded
            entry = self._index.entries.get(key)
            if entry is None or (commas and not any("," in place.name for place in entry.readings)):
                continue
            if self._fits(entry, words[first : last + 1]):
                best = Candidate(entry, Span(first, last))
        return best

    def _fits(self, entry: Entry, words: Sequence[Word]) -> bool:
        """Whether the words are split as the name is, near enough."""
        if entry.form == "abbreviation":
            return len(words) <= 2 and words[0].surface[0].isupper() and len(words[-1].surface) <= 3
        if len(words) >= entry.word_count or entry.form in ("national", "expression"):
            return len(words) <= entry.word_count or self._is_split_name(entry, words)
        return len(entry.key) >= _LONG_NAME - 1

    def _is_split_name(self, entry: Entry, words: Sequence[Word]) -> bool:
        """`Nieuwe gein`, `Rotterdam's`: more words than the name has."""
        if (
            len(words) == entry.word_count + 1
            and words[-1].folded in ("s", "se")
            and words[-1].between in "'’-"
        ):
            return True
        if words[1].between.strip() in ("-", "'", "’") and entry.risk == "plain":
            return True
        small = (
            self._cues.prepositions
            | self._cues.loose_prepositions
            | self._cues.fillers
            | self._cues.coordinators
        )
        if entry.word_count > 1:
            return len(words) == entry.word_count + 1
        return (
            len(words) == 2 and entry.is_major and len(entry.key) >= _LONG_NAME
            and not any(word.folded in small or len(word.folded) < 3 for word in words)
        )  # fmt: skip

    def _inexact(self, words: Sequence[Word], taken: set[int], evidence: PlaceEvidence) -> list[Candidate]:
        """Names with an end glued to them, names of more words misspelt, single words misspelt."""
        found: list[Candidate] = []
        used = set(taken)
        for first in range(len(words)):
            if first in used:
                continue
            candidate = self._misspelt_phrase(words, first, used, evidence) or self._misspelt_word(
                words, first, evidence
            )
            if candidate is not None:
                found.append(candidate)
                used.update(range(candidate.span.first, candidate.span.last + 1))
        return found

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
        if not mended:
            return None
        if not mended[0].is_certain:
            seen = evidence.around(span, ())
            placed = seen.has_preposition or seen.noun_kind is not None
            if not placed and not (
                seen.has_loose_preposition and seen.has_capital and mended[0].entry.is_major
            ):
                return None
            if not mended[0].entry.is_major and not seen.has_capital and len(word.folded) < 8:
                return None
        readings = tuple(dict.fromkeys(place for item in mended for place in item.entry.readings))
        return Candidate(replace(mended[0].entry, readings=readings), span, is_corrected=True)

    def _misspelt_phrase(
        self, words: Sequence[Word], first: int, used: set[int], evidence: PlaceEvidence
    ) -> Candidate | None:
        key = words[first].folded
        opens = key in self._index.firsts
        for last in range(first + 1, min(len(words), first + self._index.max_words)):
            word = words[last]
            if last in used or word.gap not in ("joined", "dot"):
                return None
            key += word.folded
            if not opens and word.folded not in self._index.lasts:
                continue
            mended = mended_spellings(self._index, key)
            if not mended or mended[0].entry.word_count < 2 or mended[0].entry.word_count != last - first + 1:
                continue
            span = Span(first, last)
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

    def _accepted(
        self, words: Sequence[Word], candidates: Sequence[Candidate], evidence: PlaceEvidence
    ) -> list[Candidate]:
        """Candidates that the text supports, in reading order; sure ones support the others in a list."""
        sure: list[Candidate] = []
        open_: list[Candidate] = []
        for candidate in candidates:
            entry = candidate.entry
            if entry.form in ("foreign", "foreign_derived", "national", "abbreviation", "expression"):
                if self._accepts_special(words, candidate, evidence):
                    sure.append(candidate)
            elif evidence.accepts(entry, candidate.span, ()):
                sure.append(candidate)
            else:
                open_.append(candidate)
        for _ in range(2):  # a list of three: the middle one supports the last
            spans = [candidate.span for candidate in sure if candidate.entry.form != "expression"]
            for candidate in tuple(open_):
                if evidence.accepts(candidate.entry, candidate.span, spans):
                    sure.append(candidate)
                    open_.remove(candidate)
        sure.sort(key=lambda candidate: candidate.span.first)
        return self._with_tags(words, sure, open_)

    def _with_tags(
        self,
        words: Sequence[Word],
        sure: list[Candidate],
        open_: list[Candidate],
    ) -> list[Candidate]:
        """Add doubtful names that a province tag makes sure ("Best NB") and drop stray abbreviations."""
        for candidate in open_:
            if not words[candidate.span.first].is_capital:
                continue
            town = any(place.kind == "municipality" for place in candidate.entry.readings)
            for tag in tuple(sure):
                links = words[candidate.span.last + 1 : tag.span.first]
                if tag.span.first <= candidate.span.last or (links and not town):
                    continue
                if is_qualified(candidate.span, tag.span, words, self._cues) and any(
                    lies_in(place, larger)
                    for place in candidate.entry.readings
                    for larger in tag.entry.readings
                ):
                    sure.append(candidate)
                    break
        sure.sort(key=lambda candidate: candidate.span.first)
        ends = {candidate.span.last for candidate in sure if candidate.entry.form == "name"}
        kept = []
        for candidate in sure:
            if candidate.entry.form == "abbreviation" and candidate.span.first - 1 not in ends:
                first = words[candidate.span.first]
                before = words[candidate.span.first - 1].folded if candidate.span.first else ""
                is_code = (
                    first.surface.isupper()
                    and len(candidate.entry.key) == 2
                    and candidate.entry.key in _CODES
                )
                if not (is_code and (before in self._cues.prepositions or before in self._nouns)):
                    continue
            kept.append(candidate)
        return kept

    def _accepts_special(self, words: Sequence[Word], candidate: Candidate, evidence: PlaceEvidence) -> bool:
        entry, span = candidate.entry, candidate.span
        after = words[span.last + 1] if span.last + 1 < len(words) else None
        before = words[span.first - 1] if span.first else None
        cues = self._cues
        if entry.form == "national":
            return after is None or after.gap != "joined" or after.folded not in cues.not_national
        if entry.form == "foreign_derived":
            people = after is not None and after.gap == "joined" and after.folded in cues.foreign_not_places
            return words[span.first].is_capital and not people and not evidence.is_surname(span)
        if entry.form == "foreign":
            origin = (
                before is not None and before.folded in ("uit", "from") and span.first >= 2
                and words[span.first - 2].folded in cues.foreign_not_places
            )  # fmt: skip
            border = before is not None and span.first >= 2 and before.folded in ("met", "with") and (
                words[span.first - 2].folded in cues.foreign_not_places
            )  # fmt: skip
            return not origin and not border and evidence.accepts(entry, span, ())
        return True

    def _masked(self, text: str, words: Sequence[Word], known_names: Iterable[KnownName]) -> set[int]:
        """Positions of words inside known names, but for names that are themselves a place."""
        masked: set[int] = set()
        folded = ""
        for known in known_names:
            if isinstance(known, str):
                folded = folded or _folded_same_length(text)
                name = _folded_same_length(known).strip()
                spans = (
                    [m.span() for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", folded)]
                    if name
                    else []
                )
            else:
                spans = [known]
            for start, end in spans:
                inside = [i for i, word in enumerate(words) if word.start < end and word.end > start]
                if "".join(words[i].folded for i in inside) not in self._index.entries:
                    masked.update(inside)
        return masked

    @staticmethod
    def _with_offsets(place: Place, span: Span, words: Sequence[Word], text: str) -> Place:
        start, end = words[span.first].start, words[span.last].end
        if start >= 1 and text[start - 1] in "'’‘" and words[span.first].folded in ("s", "t"):
            start -= 1
        return replace(place, surface=text[start:end], start=start, end=end)


_CODES = frozenset({"nh", "zh", "nb"})


def _folded_same_length(text: str) -> str:
    """Folded text in which every character keeps its offset."""
    return "".join(folded if len(folded := fold(char)) == 1 else char.lower()[:1] or char for char in text)
