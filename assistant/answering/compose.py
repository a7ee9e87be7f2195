"""Decides which kind of answer a question gets, and has it written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.answering.advice import AdviceComposer
from assistant.answering.claims import ClaimComposer
from assistant.answering.documents import DocumentComposer, Evidenced
from assistant.answering.draft import Draft
from assistant.answering.records import RecordComposer
from assistant.answering.texts import Texts
from assistant.domain.catalogue import Record
from assistant.domain.match import Advice, Evidence, Match
from assistant.domain.question import Conversation, Place, Understanding
from assistant.domain.ranking import HybridRanking
from assistant.matching.advise import for_every_region, has_need, named_advice

FIND_INTENTS = frozenset({"find_regional_hca", "find_sectoral_hca", "find_initiative"})
HELP_INTENTS = frozenset({"financing", "role", "condition"})
"""Questions about help in general ("wie betaalt scholing in de zorg") that a record may answer too."""
MIN_WORDS_OF_A_FACT = 3
"""A shorter question ("subsidie?") asks for nothing in particular, whatever the documents say about it."""
MIN_COSINE_OF_A_FACT = 0.855
"""Between "heb je tips" (0.84) and questions about the documents (0.86 and up), on the dev split."""
SMALL_TALK = frozenset({"greeting", "thanks", "about_assistant"})


@dataclass(frozen=True, slots=True)
class Composer:
    """One composer per language; holds nothing of a question."""

    texts: Texts
    records: Mapping[str, Record]
    advice: AdviceComposer
    documents: DocumentComposer
    by_name: RecordComposer
    claims: ClaimComposer

    def compose(
        self,
        draft: Draft,
        understanding: Understanding,
        ranking: HybridRanking,
        matches: Sequence[Match],
        advice: Advice,
        conversation: Conversation,
    ) -> None:
        """Fill the draft with the answer that fits what was understood."""
        intent = understanding.intent
        named = [self.records[i] for i in understanding.records if i in self.records]
        if intent in SMALL_TALK:
            draft.frame(self.texts(intent), "answer")
        elif understanding.abstention == "false_premise":
            self._false_premise(draft, understanding, ranking, named)
        elif understanding.abstention == "too_vague" and self._is_answered(understanding, ranking):
            self._from_sources(draft, understanding, ranking, advice)
        elif understanding.abstention == "too_vague" or understanding.clarify is not None:
            self._clarify(draft, understanding, advice, conversation)
        elif understanding.abstention is not None:
            self._abstain(draft, understanding)
        elif intent == "compare" and len(named) >= 2:
            self.by_name.compare(draft, named[:3])
            draft.advice = named_advice(matches, [record.id for record in named[:3]])
        elif intent == "why_not" and named:
            match = next(m for m in matches if m.record.id == named[0].id)
            self.by_name.why_not(draft, match, advice)
            draft.advice = advice
        elif intent == "check_claim":
            self.claims.compose(draft, understanding, self.documents.gather(understanding, ranking), named)
        elif named and intent not in FIND_INTENTS:
            self.by_name.about(draft, named[0], understanding)
            draft.advice = named_advice(matches, [record.id for record in named])
        elif intent in FIND_INTENTS:
            self.advice.compose(draft, understanding, advice, is_first_turn=not conversation.turns)
        else:
            self._from_sources(draft, understanding, ranking, advice)

    def _is_answered(self, understanding: Understanding, ranking: HybridRanking) -> bool:
        """Whether the documents answer a question that says too little to recommend anything."""
        if understanding.intent in FIND_INTENTS or len(understanding.question.split()) < MIN_WORDS_OF_A_FACT:
            return False
        evidence = self.documents.gather(understanding, ranking)
        is_near = evidence.cosine >= MIN_COSINE_OF_A_FACT
        return is_near and self.documents.is_evidenced(evidence, understanding.language)

    def _from_sources(
        self, draft: Draft, understanding: Understanding, ranking: HybridRanking, advice: Advice
    ) -> None:
        """A question about the documents, or about something the catalogue holds without its name."""
        evidence = self.documents.gather(understanding, ranking)
        if not self.documents.is_evidenced(evidence, understanding.language):
            if understanding.places and understanding.intent != "figure" and advice.recommended:
                self.advice.compose(draft, understanding, advice, is_first_turn=False)
            else:
                self._not_found(draft)
            return
        leading = evidence.lines[0].passage.record_id
        if leading is None and understanding.intent == "figure" and not _speaks_of(evidence, understanding):
            place = understanding.places[0].name
            draft.frame(self.texts("document.not_for_place", place=place), "answer")
        if leading is not None:
            self.by_name.about(draft, self.records[leading], understanding)
        elif not self.documents.compose(draft, understanding, evidence):
            self._not_found(draft)
            return
        looks_for_help = understanding.intent in HELP_INTENTS and has_need(understanding)
        if leading is not None or understanding.places or looks_for_help:
            self.advice.names(draft, advice, leading=leading)

    def _not_found(self, draft: Draft) -> None:
        draft.status = "abstained"
        draft.abstention = "no_source_says"
        draft.frame(self.texts("document.not_found"), "abstain")
        draft.frame(self.texts("document.advise_ask"), "abstain")

    def _false_premise(
        self, draft: Draft, understanding: Understanding, ranking: HybridRanking, named: Sequence[Record]
    ) -> None:
        draft.status = "abstained"
        draft.abstention = "false_premise"
        draft.frame(self.texts("abstain.false_premise"), "abstain")
        draft.frame(self.texts("document.nearest"), "abstain")
        if named:
            record = named[0]
            if understanding.places and record.region:
                text = self.texts("record.region", name=record.name, value=record.region)
                draft.claim(text, (Evidence("record", record.id, "region", record.region),), "answer")
            if record.status != "active" or not understanding.places:
                draft.quote_field(record.id, "status_note", record.status_note, "answer", limit=2)
            else:
                draft.quote_field(record.id, "summary", record.summary, "answer", limit=1)
            return
        if not self.advice.standing.add(draft, "fund_closed", "answer"):
            self.documents.compose(draft, understanding, self.documents.gather(understanding, ranking))

    def _abstain(self, draft: Draft, understanding: Understanding) -> None:
        draft.status = "abstained"
        draft.abstention = understanding.abstention
        kind = understanding.abstention
        place = self.texts.joined(list(understanding.foreign_places)) or understanding.question[:40]
        draft.frame(self.texts(f"abstain.{kind}", place=place), "abstain")

    def _clarify(
        self, draft: Draft, understanding: Understanding, advice: Advice, conversation: Conversation
    ) -> None:
        """Ask one thing; say what can be said already."""
        draft.status = "clarify"
        what = understanding.clarify or "need"
        if what == "which_place":
            place = understanding.places[0]
            options = list(dict.fromkeys(describe_place(self.texts, p) for p in (place, *place.alternatives)))
            question = self.texts("clarify.which_place", options=self.texts.any_of(options[:4]))
        else:
            question = self.texts(f"clarify.{what}")
        draft.clarifying_question = question
        draft.frame(question, "clarify")
        if what == "place":
            advice = for_every_region(advice) if has_need(understanding) else Advice((), (), ())
        if what != "need" and understanding.intent in FIND_INTENTS and advice.recommended:
            self.advice.compose(draft, understanding, advice, is_first_turn=not conversation.turns)


def _speaks_of(evidence: Evidenced, understanding: Understanding) -> bool:
    """Whether a passage names one of the places asked for; true when none was asked for."""
    names = {name for p in understanding.places for name in (p.name, *p.municipalities[:1], *p.provinces[:1])}
    return not names or any(name in line.passage.search_text for name in names for line in evidence.lines)


def describe_place(texts: Texts, place: Place) -> str:
    """A place with what tells it from its namesakes."""
    name, kind = place.name, place.kind
    provinces, municipalities = place.provinces, place.municipalities
    if kind == "province":
        return texts("place.province", name=name)
    if kind == "municipality":
        return texts("place.municipality", name=name, province=provinces[0] if provinces else "")
    if kind == "settlement" and municipalities:
        return texts(
            "place.settlement", name=name, value=municipalities[0], province=provinces[0] if provinces else ""
        )
    if kind == "labour_market_region":
        return texts("place.labour_market_region", name=name)
    return name
