"""Small hand-made nouns for tests: records, areas, places, understandings, passages, matches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from assistant.domain.answer import FacetName, Fit
from assistant.domain.catalogue import Coverage, Record
from assistant.domain.documents import Passage
from assistant.domain.match import Evidence, FacetFit, Match
from assistant.domain.question import Facet, Place, Understanding
from assistant.domain.ranking import HybridRanking, Ranking, ScoredPassage
from assistant.matching.areas import areas_of_all
from assistant.matching.matcher import Matcher
from assistant.matching.weights import Weights, default_weights
from assistant.understanding.geography import Geography, load_geography

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "corpus"
PROMPTS = ROOT / "prompts"


@cache
def geography() -> Geography:
    """The map that ships with the product, read once per process."""
    return load_geography(CORPUS)


def record(record_id: str, kind: str = "regional_hca", **changes: Any) -> Record:
    """A valid record; `scope` is national unless it says where it works."""
    is_somewhere = bool({"region", "provinces", "municipalities"} & set(changes))
    fields: dict[str, Any] = {
        "id": record_id,
        "name": record_id.replace("-", " ").title(),
        "kind": kind,
        "status": "active",
        "status_note": f"De website van {record_id} toont nieuws.",
        "confidence": "high",
        "summary": f"Dit is {record_id}. Het helpt mensen aan werk. Bedrijven doen mee.",
        "offer": "U kunt uw plan voorleggen aan het loket.",
        "scope": "regional" if is_somewhere else "national",
        "sectors": ("intersectoraal",) if kind == "regional_hca" else ("techniek",),
        "sources": ({"title": "Website", "url": "https://example.org/", "year": 2024},),
    }
    return Record.model_validate({**fields, **changes})


def coverage(record_id: str, level: str = "regional", **changes: Any) -> Coverage:
    """A coverage entry."""
    return Coverage.model_validate({"id": record_id, "level": level, "basis": "bron", **changes})


def municipality(name: str) -> Place:
    """A municipality as the real map has it."""
    row = geography().municipalities[name]
    return Place(name, "municipality", (name,), (row.province,), (row.labour_market_region,), name)


def province(name: str) -> Place:
    """A province with all its municipalities."""
    members = geography().municipalities_of_province(name)
    return Place(name, "province", members, (name,), geography().regions_of(members), name)


def labour_market_region(name: str) -> Place:
    """A labour market region with all its municipalities."""
    members = geography().municipalities_of_region(name)
    return Place(name, "labour_market_region", members, geography().provinces_of(members), (name,), name)


def country() -> Place:
    """The Netherlands as a whole."""
    return Place("Nederland", "country", tuple(geography().municipalities), (), (), "Nederland")


def facets(*values: str) -> tuple[Facet, ...]:
    """Values said literally."""
    return tuple(Facet(value, value) for value in values)


def understood(question: str = "Waar sluiten we aan?", **changes: Any) -> Understanding:
    """What was understood; a Dutch question for a regional agenda unless told otherwise."""
    fields: dict[str, Any] = {
        "question": question,
        "query": question,
        "language": "nl",
        "intent": "find_regional_hca",
    }
    return Understanding(**{**fields, **changes})


def passage(passage_id: str, text: str, **changes: Any) -> Passage:
    """A passage; of a record when its document id is given as `record_id`."""
    document_id, _, field = passage_id.partition("#")
    fields: dict[str, Any] = {"passage_id": passage_id, "document_id": document_id, "text": text}
    if "record_id" in changes:
        fields["field"] = field
    else:
        fields |= {"page": 1, "end_page": 1}
    return Passage(**{**fields, **changes})


def ranking(*lines: tuple[Passage, float]) -> Ranking:
    """A ranking, best first."""
    return tuple(ScoredPassage(item, score) for item, score in lines)


def hybrid(*lines: tuple[Passage, float], cosine: float = 0.95) -> HybridRanking:
    """A fused ranking in which every passage has the same cosine similarity."""
    dense = tuple(ScoredPassage(item, cosine) for item, _ in lines)
    return HybridRanking(ranking(*lines), dense, ())


def fit(
    facet: FacetName, outcome: Fit = "fits", score: float = 1.0, evidence: tuple[Evidence, ...] = ()
) -> FacetFit:
    """How one record fits one facet."""
    return FacetFit(facet, "gevraagd", "gevonden", outcome, score, evidence)


def match(item: Record, score: float = 0.5, *fits: FacetFit, **changes: Any) -> Match:
    """A weighed record; an ended one is not eligible."""
    is_ended = item.status == "ended"
    fields: dict[str, Any] = {
        "text_score": 0.5,
        "area_size": 10,
        "is_eligible": not is_ended,
        "obstacle": "status" if is_ended else None,
    }
    return Match(item, score, fits, **{**fields, **changes})


def matcher(
    records: Sequence[Record],
    entries: Sequence[Coverage] = (),
    *,
    regions: Mapping[str, frozenset[str]] | None = None,
    weights: Weights | None = None,
) -> Matcher:
    """A matcher on the real map; `regions` says what region names of records consist of."""
    by_id = {item.id: item for item in records}
    resolve = regions or {}
    areas = areas_of_all(
        by_id, {e.id: e for e in entries}, geography(), lambda name: resolve.get(name, frozenset())
    )
    return Matcher.of(by_id, areas, geography(), weights or default_weights(), lambda text: (text,))
