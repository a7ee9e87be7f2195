"""A whole small assistant: three agendas, an initiative, one document, a scripted understander."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

import numpy as np
from langchain_core.embeddings import DeterministicFakeEmbedding

from assistant.answering.advice import AdviceComposer
from assistant.answering.claims import ClaimComposer
from assistant.answering.compose import Composer
from assistant.answering.records import RecordComposer
from assistant.answering.standing import find_standing
from assistant.answering.texts import StandingQuote
from assistant.domain.catalogue import Record
from assistant.domain.documents import Passage
from assistant.domain.question import Conversation, Understanding
from assistant.grounding.checker import ClaimChecker
from assistant.guards import load_guard_texts
from assistant.index.dense import DenseIndex
from assistant.index.embedding_cache import unit_length
from assistant.index.lexical import build_lexical_index
from assistant.matching.matcher import Matcher
from assistant.pipeline import Pipeline
from assistant.retrieval.hybrid import HybridRetriever
from tests.support.builders import (
    PROMPTS,
    coverage,
    facets,
    geography,
    matcher,
    municipality,
    passage,
    record,
    understood,
)
from tests.support.library import SmallLibrary, document_composer, guide, texts

RECORDS = (
    record("provincie", region="Flevoland", provinces=("Flevoland",)),
    record("streek", region="Kust van Flevoland", provinces=("Flevoland",), contact_route="het loket"),
    record("elders", region="Drenthe", provinces=("Drenthe",)),
    record("oude-streek", status="ended", region="Kust", provinces=("Flevoland",), successors=("streek",)),
    record(
        "project", "initiative", municipalities=("Lelystad",), provinces=("Flevoland",), sectors=("energie",)
    ),
)
COVERAGE = (
    coverage("provincie", "provincial", provinces=("Flevoland",)),
    coverage("streek", "sub-regional", municipalities=("Lelystad", "Urk"), umbrella=("provincie",)),
    coverage("elders", "provincial", provinces=("Drenthe",)),
    coverage("oude-streek", "sub-regional", municipalities=("Lelystad",)),
)
GUIDE = (
    guide("Een nieuw voorstel indienen kan niet meer. Het advies blijft nuttig.", number=1),
    guide("Sluit aan bij wat er al is. Leg uit welke leemte uw plan vult.", number=2),
)
STANDING = {
    "fund_closed": StandingQuote(document_id="gids", quotes=("Een nieuw voorstel indienen kan niet meer.",)),
    "still_useful": StandingQuote(document_id="gids", quotes=("Het advies blijft nuttig.",)),
    "join_existing": StandingQuote(document_id="gids", quotes=("Sluit aan bij wat er al is.",)),
    "unique_gap": StandingQuote(document_id="gids", quotes=("Leg uit welke leemte uw plan vult.",)),
}
LELYSTAD = understood(
    "Bij wie sluiten we in Lelystad aan?", places=(municipality("Lelystad"),), sectors=facets("energie")
)


def passages() -> tuple[Passage, ...]:
    """All passages: the guide, and summary and offer of each record."""
    of_records = [
        passage(f"{r.id}#{name}", getattr(r, name), record_id=r.id)
        for r in RECORDS
        for name in ("summary", "offer")
    ]
    return (*GUIDE, *of_records)


def small_library() -> SmallLibrary:
    """The records, their areas and the page of the guide."""
    page = " ".join(item.text for item in GUIDE)
    return SmallLibrary({r.id: r for r in RECORDS}, {c.id: c for c in COVERAGE}, {("gids", 1): page})


@cache
def small_matcher() -> Matcher:
    """A matcher over the small catalogue."""
    return matcher(RECORDS, COVERAGE)


@cache
def checker() -> ClaimChecker:
    """The claim checker without names of places."""
    return ClaimChecker()


@cache
def composer(language: str = "nl") -> Composer:
    """The composer of one language over the small library."""
    words = texts(language)
    documents = document_composer(*passages(), language=language)
    records: Mapping[str, Record] = {r.id: r for r in RECORDS}
    return Composer(
        texts=words,
        records=records,
        advice=AdviceComposer(words, geography(), find_standing(STANDING, passages())),
        documents=documents,
        by_name=RecordComposer(words, records, documents.terms),
        claims=ClaimComposer(words, documents, checker()),
    )


@dataclass
class ScriptedUnderstander:
    """Understands every question the same way, but for what the script says; remembers what it was given."""

    script: Mapping[str, Understanding] = field(default_factory=dict)
    seen: list[tuple[str, Conversation, str]] = field(default_factory=list)

    def understand(
        self, question: str, conversation: Conversation, *, language: str = "auto"
    ) -> Understanding:
        self.seen.append((question, conversation, language))
        found = self.script.get(question, replace(LELYSTAD, question=question, query=question))
        return found if language == "auto" else replace(found, language=language)  # type: ignore[arg-type]


@cache
def small_retriever() -> HybridRetriever:
    """Both search arms over the small library, with vectors that depend on the text alone."""
    held = passages()
    embeddings = DeterministicFakeEmbedding(size=16)
    vectors = unit_length(np.asarray(embeddings.embed_documents([p.search_text for p in held]), np.float32))
    return HybridRetriever(
        {p.passage_id: p for p in held},
        DenseIndex([p.passage_id for p in held], vectors),
        build_lexical_index(held),
        embeddings,
    )


def small_pipeline(understander: Any = None, **changes: Any) -> Pipeline:
    """The pipeline of the small assistant; changes replace parts of it."""
    parts: dict[str, Any] = {
        "understander": understander or ScriptedUnderstander(),
        "retriever": small_retriever(),
        "matcher": small_matcher(),
        "composers": {"nl": composer("nl"), "en": composer("en")},
        "checker": checker(),
        "library": small_library(),
        "guard_texts": load_guard_texts(PROMPTS),
        "depth": 20,
        "max_chars": 200,
    }
    return Pipeline(**{**parts, **changes})
