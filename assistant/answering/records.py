"""Composes answers about records by name: what it is, who pays, compare, why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.answering.documents import TermWeights
from assistant.answering.draft import Draft
from assistant.answering.texts import Texts
from assistant.domain.catalogue import Record
from assistant.domain.match import Advice, Evidence, Match
from assistant.domain.question import Understanding

MAX_ITEMS = 4


def _items(record: Record, field: str, limit: int = MAX_ITEMS) -> list[str]:
    return list(record.field_texts(field))[:limit]


def _proof(record: Record, field: str, items: Sequence[str]) -> list[Evidence]:
    return [Evidence("record", record.id, field, item) for item in items]


@dataclass(frozen=True, slots=True)
class RecordComposer:
    """Writes what the catalogue says about named records."""

    texts: Texts
    records: Mapping[str, Record]
    terms: TermWeights

    def about(self, draft: Draft, record: Record, understanding: Understanding) -> None:
        """Answer the question asked of one record; without a special topic, what it is."""
        writers = {"financing": self._financing, "figure": self._figures, "role": self._roles}
        writer = writers.get(understanding.intent)
        asked = self.terms.weigh(understanding.query)
        if writer is not None:
            if not writer(draft, record, asked):
                topic = self.texts(f"record.topic_{understanding.intent}")
                draft.frame(self.texts("record.nothing", topic=topic, name=record.name), "answer")
                draft.quote_field(record.id, "summary", record.summary, "answer", limit=1)
        else:
            draft.quote_field(record.id, "summary", record.summary, "answer", limit=4)
            self._facts(draft, record)
            if record.status != "ended":
                draft.heading("offer", self.texts("headings.offer"))
                draft.quote_field(record.id, "offer", record.offer, "offer", limit=2)
        if record.status != "ended":
            self._contact(draft, record, "offer")
        draft.heading("status", self.texts("headings.status"))
        draft.quote_field(record.id, "status_note", record.status_note, "status", limit=2)
        if record.status == "ended":
            draft.quote_field(record.id, "offer", record.offer, "status", limit=2)
            for successor in record.successors:
                other = self.records[successor]
                text = self.texts("status.successor", name=other.name)
                draft.claim(text, (Evidence("record", record.id, "successors", successor),), "status")
            self._contact(draft, record, "status")

    def _contact(self, draft: Draft, record: Record, block: str) -> None:
        if record.contact_route:
            text = self.texts("record.contact", value=record.contact_route)
            draft.claim(text, _proof(record, "contact_route", [record.contact_route]), block)

    def _facts(self, draft: Draft, record: Record) -> None:
        if record.region:
            text = self.texts("record.region", name=record.name, value=record.region)
            draft.claim(text, _proof(record, "region", [record.region]), "answer")
        sectors = [s for s in _items(record, "sectors") if s != "intersectoraal"]
        if sectors:
            names = self.texts.joined([self.texts(f"sectors.{s}") for s in sectors])
            draft.claim(
                self.texts("record.sectors", name=record.name, value=names),
                _proof(record, "sectors", sectors),
                "answer",
            )

    def _nearest(self, record: Record, field: str, asked: Mapping[str, float]) -> list[str]:
        """Items that share words with the question, best first; without any, the first few."""
        own = set(self.terms.analyze(" ".join((record.name, *record.aliases))))
        rest = {term: weight for term, weight in asked.items() if term not in own}
        items = list(record.field_texts(field))
        scored = [
            (self.terms.share_covered(rest, item), -position, item) for position, item in enumerate(items)
        ]
        hits = [item for share, _, item in sorted(scored, reverse=True) if share > 0]
        return (hits or items)[:MAX_ITEMS]

    def _financing(self, draft: Draft, record: Record, asked: Mapping[str, float]) -> int:
        added = 0
        for item in self._nearest(record, "financing", asked):
            key = "record.financing_more" if added else "record.financing"
            is_sentence = item.endswith((".", "?", "!"))
            text = item if is_sentence else self.texts(key, name=record.name, value=item)
            added += draft.claim(text, _proof(record, "financing", [item]), "answer")
        return added

    def _figures(self, draft: Draft, record: Record, asked: Mapping[str, float]) -> int:
        added = 0
        for figure in self._nearest(record, "figures", asked):
            text = self.texts("record.figure", name=record.name, value=figure)
            added += draft.claim(text, _proof(record, "figures", [figure]), "answer")
        return added

    def _roles(self, draft: Draft, record: Record, asked: Mapping[str, float]) -> int:
        added = 0
        if record.coordinator:
            text = self.texts("record.coordinator", name=record.name, value=record.coordinator)
            added += draft.claim(text, _proof(record, "coordinator", [record.coordinator]), "answer")
        partners = _items(record, "partners", 6)
        if partners:
            text = self.texts("record.partners", name=record.name, value=self.texts.joined(partners))
            added += draft.claim(text, _proof(record, "partners", partners), "answer")
        return added

    def compare(self, draft: Draft, records: Sequence[Record]) -> None:
        """Name the differences between records, facet by facet."""
        draft.heading("compare", self.texts("headings.compare"))
        for record in records:
            draft.quote_field(record.id, "summary", record.summary, "answer", limit=2)
        for record in records:
            if record.region:
                text = self.texts("record.region", name=record.name, value=record.region)
                draft.claim(text, _proof(record, "region", [record.region]), "compare")
        for record in records:
            every = _items(record, "sectors")
            sectors = [s for s in every if s != "intersectoraal"] or every
            names = self.texts.joined([self.texts(f"sectors.{s}") for s in sectors])
            draft.claim(
                self.texts("record.sectors", name=record.name, value=names),
                _proof(record, "sectors", sectors),
                "compare",
            )
        for record in records:
            levels = _items(record, "education_levels", 7)
            if levels:
                text = self.texts("record.levels", name=record.name, value=self.texts.joined(levels))
                draft.claim(text, _proof(record, "education_levels", levels), "compare")
        draft.heading("status", self.texts("headings.status"))
        for record in records:
            draft.quote_field(record.id, "status_note", record.status_note, "status", limit=1)

    def why_not(self, draft: Draft, match: Match, advice: Advice) -> None:
        """Say which facets of a named record do not fit, and what fits better."""
        record = match.record
        draft.frame(self.texts("why_not.lead", name=record.name), "answer")
        added = 0
        for fit in match.facets:
            if fit.fit != "does_not_fit" or not fit.evidence:
                continue
            text = self.texts(f"why_not.{fit.facet}", name=record.name, found=fit.found, asked=fit.asked)
            added += draft.claim(text, fit.evidence, "answer", asked=fit.asked)
        if record.status != "active":
            added += draft.quote_field(record.id, "status_note", record.status_note, "answer", limit=2)
        if not added:
            draft.sentences.pop()
            draft.frame(self.texts("why_not.fits", name=record.name), "answer")
            draft.quote_field(record.id, "summary", record.summary, "answer", limit=1)
        better = next((m for m, _ in advice.recommended if m.record.id != record.id), None)
        if better is not None:
            draft.frame(self.texts("why_not.better", name=better.record.name), "advice")
            draft.quote_field(better.record.id, "summary", better.record.summary, "advice", limit=1)
