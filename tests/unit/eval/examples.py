"""Builders of a small hand-made corpus, questions and answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from assistant.domain.answer import Answer, Citation, Recommendation, Sentence, UnderstandingView
from assistant.domain.catalogue import Coverage, Record
from assistant.domain.documents import Passage
from eval.golden_set import GoldenItem
from eval.measures.base import Case
from eval.outcome import Outcome

PAGES = {
    1: "De handreiking telt drie stappen. Begin met een analyse van de regio.",
    2: "Het fonds telde 25 programma's in 2022. Scholing kreeg 5.000 euro per persoon.",
}


@dataclass
class SmallSources:
    """The corpus as measures see it."""

    records: Mapping[str, Record] = field(default_factory=dict)
    coverage: Mapping[str, Coverage] = field(default_factory=dict)
    passages: Mapping[str, Passage] = field(
        default_factory=lambda: {
            f"gids#{n}": Passage(f"gids#{n}", "gids", text, page=n, end_page=n) for n, text in PAGES.items()
        }
    )
    provinces: Mapping[str, frozenset[str]] = field(
        default_factory=lambda: {
            "agenda-zeeland": frozenset({"Zeeland"}),
            "agenda-twente": frozenset({"Overijssel"}),
        }
    )

    def page_text(self, document_id: str, page: int | None) -> str:
        return PAGES[page or 0]

    def cited_texts(self, file: str, page: int | None, locator: str | None) -> tuple[str, ...]:
        return (PAGES[page],) if page in PAGES and file == "documents/gids.pdf" else ()

    def provinces_of(self, record_id: str) -> frozenset[str]:
        return self.provinces.get(record_id, frozenset())


class LiteralJudge:
    """Supports a sentence when the texts hold it literally."""

    def supports(self, sentence: str, texts: Mapping[int, str]) -> bool:
        return sentence.rstrip(".") in " ".join(texts.values())

    def claims(self, sentence: str) -> bool:
        return "claim" in sentence


def make_item(item_id: str = "test-hca-001", **changes: Any) -> GoldenItem:
    parts = item_id.split("-")
    fields: dict[str, Any] = {
        "id": item_id, "split": parts[0], "slice": parts[1], "question": f"Vraag {item_id}?",
        "origin": "synthetic", "judged_by": "adviseur", "judged_on": "2026-11-24",
        "expected": {"status": "answered", "hcas": ["agenda-zeeland"], "facets": {"provinces": ["Zeeland"]}},
    }  # fmt: skip
    return GoldenItem.model_validate(fields | changes)


def make_recommendation(record_id: str, kind: str = "regional_hca") -> Recommendation:
    return Recommendation.model_validate(
        {
            "id": record_id, "name": record_id, "kind": kind, "status": "active", "score": 0.5, "reasons": (),
            "website": None,
        }
    )  # fmt: skip


def make_citation(n: int = 1, page: int = 1, quote: str = "De handreiking telt drie stappen.") -> Citation:
    return Citation.model_validate(
        {
            "n": n, "document_id": "gids", "file": "documents/gids.pdf", "title": "Gids", "publisher": None,
            "year": None, "page": page, "locator": None, "quote": quote, "url": None, "confidence": "high",
            "passage_id": f"gids#{page}",
        }
    )  # fmt: skip


def make_answer(**changes: Any) -> Answer:
    fields: dict[str, Any] = {
        "question": "Vraag?", "language": "nl", "status": "answered", "answer": "", "sentences": (),
        "understanding": UnderstandingView(intent="find_regional_hca", provinces=("Zeeland",)),
    }  # fmt: skip
    return Answer.model_validate(fields | changes)


def make_sentence(text: str, *citations: int, kind: str = "claim") -> Sentence:
    return Sentence.model_validate({"text": text, "citations": citations, "kind": kind})


def make_case(item: GoldenItem, answer: Answer, **changes: Any) -> Case:
    return Case(item, Outcome(item.id, answer, **changes))
