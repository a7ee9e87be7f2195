"""Decides whether a name in a text is meant as a place, by the words around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.understanding.place_index import Entry, Risk
from assistant.understanding.place_tokens import Word
from assistant.understanding.place_vocabulary import PlaceCues

_LIST_MARKS = frozenset({",", "/", "-", "–", "&", "+"})
_OPENING_QUOTES = frozenset("\"'“‘„(")
_REACH = 3  # words to look back for a preposition before fillers such as "de gemeente"


@dataclass(frozen=True, slots=True)
class Span:
    """Words `first` up to and including `last`."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around one span.

    Attributes:
        has_capital: written with a capital that the start of a sentence does not explain.
        opens_with_capital: written with a capital that the start of a sentence may explain.
        is_whole_text: there is nothing else.
        has_preposition: "in", "bij", "rond" ... before it; `has_loose_preposition`: "van", "voor" ...
        has_close_preposition: one directly before it that even before an ordinary word may mean a place.
        is_located: the text says somewhere that someone sits, lives or works in a place.
        opens_with_article: its first word is "de", "het" ...
        is_subject: "heeft", "zoekt" ... directly behind it.
        has_capital_place: the text writes another place with a capital.
        is_in_title: "en" and another capital behind it, as in "Handel en Logistiek".
        noun_kind: kind of place named by the noun before it ("gemeente"), or None.
        ends_clause: nothing, a full stop, a comma or a new clause behind it.
        is_listed: a place that is sure stands before or behind it in a list.
        is_followed_by_capital: the next word has a capital, so it may be the start of a longer name.
    """

    has_capital: bool
    opens_with_capital: bool
    is_whole_text: bool
    has_preposition: bool
    has_loose_preposition: bool
    has_close_preposition: bool
    is_located: bool
    opens_with_article: bool
    is_in_title: bool
    is_subject: bool
    has_capital_place: bool
    noun_kind: str | None
    ends_clause: bool
    is_listed: bool
    is_followed_by_capital: bool


class PlaceEvidence:
    """Judges spans of one text; `capitals_count` is False when capitals say nothing in it."""

    def __init__(self, words: Sequence[Word], cues: PlaceCues, *, capitals_count: bool) -> None:
        self._words = words
        self._cues = cues
        self._capitals_count = capitals_count
        self._is_locative = any(word.folded in cues.locative for word in words)
        self._nouns = {noun: kind for kind, nouns in cues.nouns.items() for noun in nouns}
        self._nouns_behind = {noun: kind for kind, nouns in cues.nouns_behind.items() for noun in nouns}

    def around(self, span: Span, places: Sequence[Span]) -> Surroundings:
        """Describe the surroundings of a span; `places` are spans already accepted."""
        words, cues = self._words, self._cues
        first = words[span.first]
        name = words[span.first : span.last + 1]
        capital = self._capitals_count and all(w.is_capital or len(w.folded) <= 3 for w in name) and any(
            w.is_capital for w in name
        )  # fmt: skip
        mid_capital = capital and (not first.opens_sentence or any(w.is_capital for w in name[1:]))
        before = self._before(span)
        after = words[span.last + 1] if span.last + 1 < len(words) else None
        is_close = self._is_close_to(span)
        lead = next((word for word in before if word not in cues.fillers or word in cues.prepositions), "")
        return Surroundings(
            has_capital=mid_capital,
            opens_with_capital=capital and not mid_capital,
            is_whole_text=len(name) == len(words),
            has_preposition=is_close or lead in cues.prepositions,
            has_loose_preposition=lead in cues.loose_prepositions,
            has_close_preposition=is_close or (bool(before) and before[0] in cues.close_prepositions),
            is_located=self._is_locative,
            opens_with_article=first.folded in cues.fillers,
            is_subject=after is not None and after.gap == "joined" and after.folded in cues.singular_verbs,
            has_capital_place=any(words[place.first].is_capital for place in places),
            is_in_title=self._is_in_title(span, places),
            noun_kind=self.noun_kind(span),
            ends_clause=after is None
            or after.gap in ("comma", "bracket", "break", "dot")
            or after.folded in cues.clause_openers,
            is_listed=self._is_listed(span, places),
            is_followed_by_capital=(
                self._capitals_count
                and after is not None
                and after.gap == "joined"
                and after.is_capital
                and not any(place.first == span.last + 1 for place in places)
            ),
        )

    def noun_kind(self, span: Span) -> str | None:
        """Kind of place asked for by a noun: "gemeente Groningen", "Groningen province"."""
        before = next((self._nouns[word] for word in self._before(span) if word in self._nouns), None)
        if before is not None or span.last + 1 >= len(self._words):
            return before
        after = self._words[span.last + 1]
        return self._nouns_behind.get(after.folded) if after.gap == "joined" else None

    def is_surname(self, span: Span) -> bool:
        """Whether the span is part of a person's name: "mevrouw Van Dongen", "Jan Vianen"."""
        words, cues = self._words, self._cues
        position = span.first - 1
        if span.first and words[span.first].gap not in ("joined", "dot"):
            return False
        linked = False
        while position >= 0 and words[position].folded in cues.surname_links:
            if words[position].is_capital and not words[position].opens_sentence and self._capitals_count:
                return True
            if position and words[position].gap == "break":
                return False
            linked = True
            position -= 1
        if position < 0:
            return False
        word, link = words[position], words[position + 1]
        if link.gap in ("break", "bracket", "comma"):
            return False
        if word.folded in cues.titles:
            return True
        named = word.folded in cues.first_names or (linked and len(word.surface) == 1)
        return named and word.is_capital and self._capitals_count

    def is_street(self, span: Span) -> bool:
        """Whether a street noun follows: "Goudse Singel"."""
        after = self._words[span.last + 1] if span.last + 1 < len(self._words) else None
        return after is not None and after.gap == "joined" and after.folded in self._cues.streets

    def accepts(self, entry: Entry, span: Span, places: Sequence[Span], *, risk: Risk | None = None) -> bool:
        """Whether the surroundings are enough to read the span as that entry.

        Args:
            entry: what the words may mean.
            span: where they stand.
            places: spans that are places for sure.
            risk: take this instead of the entry's own.
        """
        if self.is_surname(span) or (entry.form == "derived" and self.is_street(span)):
            return False
        risk = risk or entry.risk
        if risk == "plain":
            return True
        seen = self.around(span, places)
        if risk == "soft":
            return (
                seen.has_capital
                or seen.opens_with_capital
                or seen.is_whole_text
                or seen.has_preposition
                or seen.noun_kind is not None
                or seen.is_listed
                or (seen.has_loose_preposition and seen.ends_clause)
            )
        if risk == "rare":
            return seen.noun_kind in ("settlement", "municipality") and seen.has_capital
        if risk == "function":
            placed = seen.has_close_preposition or seen.noun_kind is not None or seen.is_listed
            return seen.has_capital and placed and not seen.is_followed_by_capital and not seen.is_in_title
        if (
            seen.has_capital
            and not seen.is_followed_by_capital
            and (
                seen.has_preposition
                or seen.has_loose_preposition
                or seen.noun_kind is not None
                or seen.is_listed
            )
        ):
            return True
        if seen.has_capital and seen.opens_with_article and entry.readings and entry.is_major:
            return True
        if seen.is_whole_text:
            return seen.opens_with_capital and entry.is_major
        if seen.opens_with_capital:
            return seen.is_listed or (seen.is_subject and entry.is_major)
        return self._accepts_lower_case(entry, seen)

    @staticmethod
    def _accepts_lower_case(entry: Entry, seen: Surroundings) -> bool:
        if not seen.ends_clause or seen.has_capital_place:
            return False
        if seen.noun_kind in ("municipality", "settlement"):
            return True
        if seen.opens_with_article:  # "in het noorden", but not "in de wijk"
            return seen.has_close_preposition and all(place.kind == "area" for place in entry.readings)
        return seen.is_listed or (seen.has_close_preposition and seen.is_located)

    def _before(self, span: Span) -> list[str]:
        """Folded words before the span, nearest first, as far as only fillers and nouns lie between."""
        words: list[str] = []
        gap = self._words[span.first].gap
        for position in range(span.first - 1, max(-1, span.first - 1 - _REACH), -1):
            is_quote = (
                gap in ("break", "bracket") and self._words[position + 1].between.strip() in _OPENING_QUOTES
            )
            if gap not in ("joined", "dot") and not is_quote:
                break
            word = self._words[position]
            words.append(word.folded)
            if word.folded not in self._cues.fillers and word.folded not in self._nouns:
                break
            gap = word.gap
        return words

    def _is_close_to(self, span: Span) -> bool:
        """Whether "in de buurt van" or the like stands before the span."""
        words, before = self._words, span.first - 1
        return (
            before >= 1
            and words[span.first].gap == "joined"
            and words[before].folded in ("van", "of")
            and words[before - 1].folded in self._cues.proximity
        )

    def _is_in_title(self, span: Span, places: Sequence[Span]) -> bool:
        words, after = self._words, span.last + 1
        return (
            self._capitals_count
            and after + 1 < len(words)
            and words[after].gap == words[after + 1].gap == "joined"
            and (words[after].folded in self._cues.coordinators or words[after].between.strip() == "&")
            and words[after + 1].is_capital
            and not any(place.first == after + 1 for place in places)
        )

    def _is_listed(self, span: Span, places: Sequence[Span]) -> bool:
        """Whether a place stands directly before or behind the span in a list."""
        words, coordinators = self._words, self._cues.coordinators
        lasts = {place.last for place in places}
        firsts = {place.first for place in places}
        before, after = span.first - 1, span.last + 1
        if before >= 0:
            if (
                words[before].folded in coordinators
                and words[span.first].gap == "joined"
                and before - 1 in lasts
            ):
                return True
            if words[span.first].between.strip() in _LIST_MARKS and before in lasts:
                return True
        if after >= len(words):
            return False
        if words[after].folded in coordinators and after + 1 in firsts:
            return True
        return words[after].between.strip() in _LIST_MARKS and after in firsts
