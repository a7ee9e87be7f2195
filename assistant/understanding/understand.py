"""Reads a question in its conversation: the first step of the pipeline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.domain.catalogue import Record
from assistant.domain.question import (
    Conversation,
    Facet,
    Intent,
    Language,
    Place,
    Understanding,
)
from assistant.understanding.abbreviations import Expander
from assistant.understanding.clarifying import facet_to_ask_for, is_inside
from assistant.understanding.conversation import Carried, Follower
from assistant.understanding.facets import FacetFinder, FacetKey, as_facets
from assistant.understanding.intents import FINDING, IntentFinder
from assistant.understanding.language import detect_language
from assistant.understanding.meaning import MeaningModels
from assistant.understanding.place_text import without_places
from assistant.understanding.prototypes import EmbedQuery
from assistant.understanding.reading import Reader, Reading
from assistant.understanding.subject import SubjectJudge, Verdict
from assistant.understanding.terms import Hit
from assistant.understanding.text import clean
from assistant.understanding.vocabulary import (
    Thresholds,
)

DEFAULT_MAX_CHARS = 4000
GENERAL_SECTORS = frozenset({"techniek", "onderwijs", "intersectoraal"})
"""Who asks for an agenda for one of these needs a place: no single agenda is about it."""


@dataclass(frozen=True, slots=True)
class Understander:
    """Turns a question and its conversation into an `Understanding`. Holds no conversation itself."""

    reader: Reader
    follower: Follower
    expander: Expander
    intents: IntentFinder
    judge: SubjectJudge
    models: MeaningModels
    thresholds: Thresholds
    facets: FacetFinder
    embed_query: EmbedQuery
    records: Mapping[str, Record]
    max_chars: int = DEFAULT_MAX_CHARS

    def understand(
        self,
        question: str,
        conversation: Conversation | None = None,
        *,
        language: Literal["nl", "en", "auto"] = "auto",
        vector: Sequence[float] | None = None,
    ) -> Understanding:
        """Read a question in its conversation.

        Args:
            question: as typed; bounded and cleaned here.
            conversation: earlier turns, oldest first.
            language: of the question; `auto` detects it.
            vector: embedding of the query when the caller has it already; else `embed_query` is called once,
                with the query of the result, so that a caller that remembers its last embedding pays once.
        """
        text = clean(question, max_chars=self.max_chars)
        reading = self.reader.read(text, is_reply=bool(conversation and conversation.turns))
        spoken = self._language(reading, conversation, language)
        carried = self.follower.carry(reading, conversation)
        found = self._understood(text, spoken, reading, carried, vector)
        if found.clarify in ("place", "need") and not carried.is_follow_up:
            # Before asking what was said already: what this turn leaves out may stand in the ones before.
            carried = self.follower.carry(reading, conversation, must_lean=True)
            if carried.is_follow_up:
                return self._understood(text, spoken, reading, carried, None)
        return found

    def _understood(
        self,
        text: str,
        spoken: Language,
        reading: Reading,
        carried: Carried,
        vector: Sequence[float] | None,
    ) -> Understanding:
        """The reading with what carried over, judged."""
        query = self._query(reading, carried)
        if not reading.words:
            vector = ()
        elif vector is None:
            vector = self.embed_query(query)
        intent = self.intent_of(reading, vector, carried)
        records = reading.records or carried.records
        verdict = self._verdict(reading, intent, vector, carried, records)
        return self._understanding(text, query, spoken, reading, carried, intent, records, verdict, vector)

    def canonical_target_groups(self, text: str) -> tuple[str, ...]:
        """Target group ids of a free text, such as one `target_groups` value of a record."""
        return self.facets.canonical_target_groups(text)

    @staticmethod
    def _language(
        reading: Reading, conversation: Conversation | None, language: Literal["nl", "en", "auto"]
    ) -> Language:
        if language != "auto":
            return language
        before = (
            conversation.turns[-1].understanding.language if conversation and conversation.turns else "nl"
        )
        return detect_language(reading.words, fallback=before)

    def _query(self, reading: Reading, carried: Carried) -> str:
        names = [
            self.records[i].name for i in carried.records if i in self.records and "record" in carried.facets
        ]
        own = without_places(reading.mended, reading.denied) if reading.denied else reading.mended
        parts = [carried.text, *(name for name in names if name not in carried.text), own]
        joined = " ".join(part for part in parts if part)
        return self.expander.expand(joined)[: self.max_chars]

    def intent_of(self, reading: Reading, vector: Sequence[float], carried: Carried | None = None) -> Intent:
        """What a question asks for, with what carried over from earlier turns."""
        carried = carried or Carried()
        if carried.intent is not None:
            return self._continued(carried.intent, reading, carried)
        if carried.records and reading.fact_cue is not None:
            return reading.fact_cue
        hits = carried.hits or {}
        ranked = list(self.models.intent.scores(vector).items()) if len(vector) else []
        return self.intents.decide(
            reading.mended,
            has_record=bool(reading.records),
            n_records=len(reading.named) + len(carried.records),
            has_place=bool(reading.places or carried.places),
            has_sector=bool(reading.hits["sector"] or hits.get("sector")),
            has_own_agenda=_has_own_agenda(reading, hits),
            has_facets=reading.has_facets or any(hits.values()),
            national=reading.national,
            is_social=reading.is_social,
            meaning=ranked,
            margin=self.thresholds.intent_margin,
            regional_margin=self.thresholds.regional_margin,
        )

    def _continued(self, before: Intent, reading: Reading, carried: Carried) -> Intent:
        """The intent of earlier turns, or another sort of record when this turn asks for one."""
        if before not in FINDING:
            return before
        hits = carried.hits or {}
        has_place = bool(reading.places or carried.places)
        has_sector = bool(reading.hits["sector"] or hits.get("sector"))
        text = reading.text
        is_national = reading.national or (carried.national and not reading.places)
        if before == "find_regional_hca" and is_national and has_sector:
            return "find_sectoral_hca"
        if not self.intents.names_record_kind(text):
            is_narrowed = before == "find_sectoral_hca" and bool(reading.places)
            if not is_narrowed or self.intents.has_sectoral_word(carried.text):
                return before
            text = f"{carried.text} {reading.text}"
        national = reading.national or carried.national
        has_own = _has_own_agenda(reading, hits) or (national and has_sector)
        return self.intents.finding(text, has_place=has_place, has_sector=has_own, national=national)

    def _verdict(
        self,
        reading: Reading,
        intent: Intent,
        vector: Sequence[float],
        carried: Carried,
        records: Sequence[str],
    ) -> Verdict:
        return self.judge.judge(
            reading,
            intent,
            meaning=self.models.kind.scores(vector) if len(vector) else {},
            is_follow_up=carried.is_follow_up,
            records=records,
        )

    def _understanding(
        self,
        text: str,
        query: str,
        spoken: Language,
        reading: Reading,
        carried: Carried,
        intent: Intent,
        records: tuple[str, ...],
        verdict: Verdict,
        vector: Sequence[float],
    ) -> Understanding:
        places, national = self._places(reading, carried)
        facets = {key: self._merged(key, reading, carried) for key in self.facets.finders}
        abstention = verdict.abstention
        if not facets["sector"] and len(vector) and abstention is None and intent in FINDING:
            facets["sector"] = self._sector_by_meaning(vector)
        rejected = tuple(dict.fromkeys((*reading.rejected, *carried.rejected)))
        is_somewhere = self.intents.has_vague_place(text) and not carried.is_follow_up
        is_somewhere = is_somewhere and (intent == "role" or not reading.hits["sector"]) and reading.asks
        clarify = facet_to_ask_for(abstention, intent, places, national, records, is_somewhere=is_somewhere)
        return Understanding(
            question=text,
            query=query,
            language=spoken,
            intent="outside" if abstention in {"outside_subject", "nonsense"} else intent,
            places=places,
            foreign_places=reading.foreign,
            national=national,
            sectors=facets["sector"],
            education_levels=facets["education_level"],
            target_groups=facets["target_group"],
            interventions=facets["intervention"],
            records=tuple(i for i in records if i not in rejected),
            rejected_records=rejected,
            carried_over=carried.facets,
            abstention=abstention,
            clarify=clarify,
        )

    @staticmethod
    def _places(reading: Reading, carried: Carried) -> tuple[tuple[Place, ...], bool]:
        chosen = carried.places if carried.is_follow_up and carried.places else ()
        if chosen and (not reading.places or all(not place.alternatives for place in chosen)):
            places = chosen if not reading.places or is_inside(reading.places, chosen) else reading.places
        else:
            places = reading.places
        if reading.drops_place:
            places = ()
        return places, (reading.national or carried.national) and not places

    def _merged(self, key: FacetKey, reading: Reading, carried: Carried) -> tuple[Facet, ...]:
        own = as_facets(reading.hits[key])
        before = as_facets((carried.hits or {}).get(key, ()))
        seen = {facet.value for facet in own}
        return (*own, *(facet for facet in before if facet.value not in seen))

    def _sector_by_meaning(self, vector: Sequence[float]) -> tuple[Facet, ...]:
        ranked = list(self.models.sector.scores(vector).items())
        (best, score), (_, second) = ranked[0], ranked[1]
        if score < self.thresholds.sector_score or score - second < self.thresholds.sector_margin:
            return ()
        return (Facet(best, "", round(min(0.5, score), 2)),)


def _has_own_agenda(reading: Reading, carried: Mapping[FacetKey, tuple[Hit, ...]]) -> bool:
    """Whether a sector was found that one agenda for the whole country is about."""
    hits = (*reading.hits["sector"], *carried.get("sector", ()))
    return any(hit.value not in GENERAL_SECTORS for hit in hits)
