"""What one question says on its own, before the conversation is taken into account."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from assistant.domain.question import Intent, Place
from assistant.understanding.abroad import ForeignNames, without_namesakes
from assistant.understanding.facets import FacetFinder, Hits
from assistant.understanding.intents import FINDING, SOCIAL, IntentFinder
from assistant.understanding.record_names import NamedRecord, RecordNames
from assistant.understanding.terms import is_one_error_away, zipf
from assistant.understanding.text import Token, fold, tokens
from assistant.understanding.vocabulary import Intents


class FoundPlaces(Protocol):
    """What a place recogniser hands over."""

    @property
    def places(self) -> tuple[Place, ...]: ...

    @property
    def foreign(self) -> tuple[str, ...]: ...


class PlaceFinder(Protocol):
    """Anything that finds places in a text; names of records are passed so that they are left alone."""

    def find(self, text: str, *, known_names: Sequence[str | tuple[int, int]] = ()) -> FoundPlaces: ...


MIN_CUE_LETTERS = 5
REPLY_WORDS = 3
TELEGRAM_WORDS = 6
"""In a text this short a rare word that is a slip away from a place is that place, without "in" before it."""
COURTESY_WORDS = 5
"""A longer text with a place, sector or name in it is more than a greeting."""
_IN = "in "
_HEADING = re.compile(r"([^\W\d_]+(?: [^\W\d_]+)?)(?:\s*[,:;]|\s+[-–])")
_NOT = re.compile(
    r"\b(niet|geen|not)( (meer|langer|any))?( (in|bij|te|naar|voor|uit|from|for|near))?( (de|het|the))?\s*$"
)
NAME_ZIPF = 4.0
"""In a short text a place name no more frequent than this stands for the place, even in small letters."""
HEADING_ZIPF = 4.8
"""The same for a word a text opens with, set apart by a comma ("Bergen, welke agenda?")."""
MISSPELT_ZIPF = 2.6
"""Frequent misspellings stand in word lists too; question words are far more frequent than this."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One question read on its own.

    Attributes:
        text: cleaned question.
        mended: the same with misspelt question words put right.
        words: its words.
        places: places asked for; `denied` are those it says not to mean; `foreign` are names abroad.
        national: asked for the whole country; `drops_place` when the place does not matter.
        named: records named; `rejected` are ids the applicant does not want.
        hits: vocabulary hits per facet.
        cues: intents with a cue, in order of precedence.
        asks, needs: asks for something to link up with; describes a plan or need.
    """

    text: str
    mended: str
    words: tuple[Token, ...]
    places: tuple[Place, ...]
    denied: tuple[Place, ...]
    foreign: tuple[str, ...]
    national: bool
    drops_place: bool
    named: tuple[NamedRecord, ...]
    rejected: tuple[str, ...]
    hits: Hits
    cues: tuple[Intent, ...]
    asks: bool
    needs: bool

    @property
    def records(self) -> tuple[str, ...]:
        """Ids of records named and wanted, in reading order."""
        ids = (record_id for named in self.named for record_id in named.record_ids)
        return tuple(dict.fromkeys(i for i in ids if i not in self.rejected))

    @property
    def has_facets(self) -> bool:
        return any(self.hits.values())

    @property
    def has_strong_facets(self) -> bool:
        return any(hit.weight > 0.5 for hits in self.hits.values() for hit in hits)

    @property
    def has_content(self) -> bool:
        """True when something in it can be ranked on."""
        return bool(self.places or self.national or self.named or self.has_facets)

    @property
    def says_something(self) -> bool:
        """True when it holds more than words that point or ask."""
        return bool(self.places or self.national or self.named or self.has_strong_facets)

    @property
    def is_social(self) -> bool:
        """True for a greeting, thanks or a question about the assistant, without a need beside it."""
        has_need = self.says_something and (len(self.words) > COURTESY_WORDS or bool(self.places))
        return bool(self.cues) and self.cues[0] in SOCIAL and not has_need

    @property
    def fact_cue(self) -> Intent | None:
        """First cue that asks for a fact or says what to do with a record."""
        return next((cue for cue in self.cues if cue not in SOCIAL and cue not in FINDING), None)


class Reader:
    """Reads one question: places, records, facets and cues."""

    def __init__(
        self,
        *,
        facets: FacetFinder,
        records: RecordNames,
        places: PlaceFinder,
        intents: IntentFinder,
        cues: Intents,
        abroad: ForeignNames,
    ) -> None:
        self.facets = facets
        self.records = records
        self.places = places
        self.intents = intents
        self.abroad = abroad
        self._cue_words = tuple(fold(word) for word in cues.cue_words)
        self._rejection = [re.compile(p) for p in cues.rejection]
        self._national = [re.compile(p) for p in cues.follow_up.national]
        self._drop_place = [re.compile(p) for p in cues.follow_up.drop_place]

    def read(self, text: str, *, is_reply: bool = False) -> Reading:
        """Read a cleaned question.

        Args:
            text: the question.
            is_reply: earlier turns went before, so that a word or two may be no more than a place.
        """
        words = tokens(text)
        folded = fold(text)
        mended = self._with_cue_words_mended(text, words)
        named = self.records.find(text, words=words)
        matches = self.places.find(text, known_names=[(record.start, record.end) for record in named])
        places = tuple(place for place in matches.places if place.kind != "country")
        if not places and not named:
            places = self._bare_place(text, words, is_reply=is_reply)
        masked = [(n.start, n.end) for n in named] + [(p.start, p.end) for p in places if p.end > p.start]
        hits = self.facets.find(text, masked=masked, words=words)
        people = [(hit.start, hit.end) for hit in hits["target_group"]]
        abroad = self.abroad.find(words, masked=masked, people=people)
        foreign = tuple(dict.fromkeys((*matches.foreign, *abroad)))
        places = without_namesakes(text, places, foreign)
        drops_place = any(p.search(folded) for p in self._drop_place)
        has_country = any(place.kind == "country" for place in matches.places)
        is_whole = drops_place or any(p.search(folded) for p in self._national)
        denied = _denied(text, places, has_other=is_whole or has_country)
        places = tuple(place for place in places if place not in denied)
        national = is_whole or (not places and has_country)
        return Reading(
            text=text,
            mended=mended,
            words=words,
            places=places,
            denied=denied,
            foreign=foreign,
            national=national,
            drops_place=drops_place,
            named=named,
            rejected=self._rejected(text, named),
            hits=hits,
            cues=self.intents.cues(mended),
            asks=self.intents.asks_to_find(mended),
            needs=self.intents.has_need(mended),
        )

    def _bare_place(self, text: str, words: Sequence[Token], *, is_reply: bool) -> tuple[Place, ...]:
        """The place of a short text ("hightech Enskede"), or one it opens with ("Emmne, lassers")."""
        heading = _HEADING.match(text)
        if len(words) <= (REPLY_WORDS if is_reply else TELEGRAM_WORDS):
            bare = [word for word in words if _is_rare(word) or zipf(word.folded) <= NAME_ZIPF]
            head = words
        else:
            head = [word for word in words if heading is not None and word.end <= heading.end()]
            bare = [word for word in head[:1] if len(head) == 1 and zipf(word.folded) <= HEADING_ZIPF]
        if len(head) > 1 and all(word.surface[:1].isupper() for word in head):
            bare.insert(0, head[0])
        for word in bare:
            found = self.places.find(f"{text[: word.start]}{_IN}{text[word.start :]}").places
            places = tuple(
                replace(place, start=place.start - len(_IN), end=place.end - len(_IN))
                for place in found
                if place.kind != "country"
                and place.start >= word.start + len(_IN)
                and (_is_rare(word) or fold(place.surface) == word.folded)
            )
            if places:
                return places
        return ()

    def _with_cue_words_mended(self, text: str, words: Sequence[Token]) -> str:
        """The text with misspelled question words ("hoevel", "agneda") put right, for the cue patterns."""
        parts, last = [], 0
        for word in words:
            if (
                len(word.folded) < MIN_CUE_LETTERS
                or word.folded in self._cue_words
                or zipf(word.folded) > MISSPELT_ZIPF
            ):
                continue
            match = next((cue for cue in self._cue_words if is_one_error_away(word.folded, cue)), None)
            if match:
                parts += [text[last : word.start], match]
                last = word.end
        return "".join(parts) + text[last:]

    def _rejected(self, text: str, named: Sequence[NamedRecord]) -> tuple[str, ...]:
        found: list[str] = []
        for record in named:
            before = fold(text[max(0, record.start - 40) : record.start])
            if re.search(r"\b(waarom|why|hoezo)\b", fold(text[: record.start])):
                continue
            if any(pattern.search(before) for pattern in self._rejection):
                found.extend(record.record_ids)
        return tuple(dict.fromkeys(found))


def _is_rare(word: Token) -> bool:
    return len(word.folded) >= MIN_CUE_LETTERS and zipf(word.folded) <= MISSPELT_ZIPF


def _denied(text: str, places: Sequence[Place], *, has_other: bool) -> tuple[Place, ...]:
    """Places the text says not to mean, when it names another: "niet Assen maar Meppel".

    Args:
        has_other: the whole country is named beside them.
    """
    found = [p for p in places if p.end > p.start and _NOT.search(fold(text[: p.start]))]
    return tuple(found) if has_other or len(found) < len(places) else ()
