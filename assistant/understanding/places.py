"""Finds the places in a question: which ones, what they belong to, and what else the words may mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.domain.question import Place
from assistant.understanding.geography import Geography, load_geography
from assistant.understanding.place_context import Candidate, is_near, is_qualified, lies_in, resolved
from assistant.understanding.place_evidence import PlaceEvidence, Span
from assistant.understanding.place_finder import NameFinder
from assistant.understanding.place_index import PlaceIndex, build_place_index
from assistant.understanding.place_tokens import Word, capitals_mean_nothing, fold, words_of
from assistant.understanding.place_vocabulary import PlaceVocabulary, load_place_vocabulary

_CODES = frozenset({"nh", "zh", "nb"})
"""Abbreviations of provinces that stand on their own after a preposition: "in NH"."""
_SPECIAL_FORMS = frozenset({"foreign", "foreign_derived", "national", "abbreviation", "expression"})
_ROUNDS = 3  # in a list the sure name supports its neighbour, and that one the next
KnownName = str | tuple[int, int]


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
        self._nouns = frozenset(noun for nouns in vocabulary.cues.nouns.values() for noun in nouns)
        self._index: PlaceIndex = build_place_index(geography, vocabulary)
        self._finder = NameFinder(self._index, vocabulary)

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
        candidates = self._finder.candidates(words, masked, evidence)
        accepted = self._accepted(words, candidates, evidence)
        places = resolved(accepted, words, evidence, self._cues, self.geography)
        return PlaceMatches(
            tuple(self._with_offsets(place, span, words, text) for place, span in places),
            tuple(dict.fromkeys(c.entry.abroad for c in accepted if c.entry.abroad)),
        )

    def _accepted(
        self, words: Sequence[Word], candidates: Sequence[Candidate], evidence: PlaceEvidence
    ) -> list[Candidate]:
        """Candidates that the text supports, in reading order; sure ones support the others in a list."""
        sure: list[Candidate] = []
        open_: list[Candidate] = []
        for candidate in candidates:
            if candidate.entry.form in _SPECIAL_FORMS:
                if self._accepts_special(words, candidate, evidence):
                    sure.append(candidate)
            elif candidate.entry.risk == "plain" and evidence.accepts(candidate.entry, candidate.span, ()):
                sure.append(candidate)
            else:
                open_.append(candidate)
        for _ in range(_ROUNDS):
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
                    lies_in(place, larger) or (links and is_near(place, larger, self.geography))
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
        if "(" in text[start:end] and text[end : end + 1] == ")":
            end += 1
        return replace(place, surface=text[start:end], start=start, end=end)


def _folded_same_length(text: str) -> str:
    """Folded text in which every character keeps its offset."""
    return "".join(folded if len(folded := fold(char)) == 1 else char.lower()[:1] or char for char in text)
