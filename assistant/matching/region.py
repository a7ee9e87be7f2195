"""The region facet: place -> municipality -> labour market region -> province -> country."""

from __future__ import annotations

from collections.abc import Sequence
from math import log

from assistant.domain.catalogue import Record
from assistant.domain.match import Evidence, FacetFit
from assistant.domain.question import Place
from assistant.matching.areas import ALL_MUNICIPALITIES, Area, coverage_evidence
from assistant.matching.weights import Weights
from assistant.understanding.geography import Geography

COVERS_SHARE = 0.5
"""Share of the asked area that must lie in a record's area to say it covers it."""


def _tightness(asked: int, size: int) -> float:
    """1 when the area is as small as what was asked, 0 when it is the whole country."""
    if asked >= ALL_MUNICIPALITIES:
        return 1.0
    return 1.0 - log(max(size, asked) / asked) / log(ALL_MUNICIPALITIES / asked)


def _place_name(place: Place) -> str:
    return {"province": f"provincie {place.name}"}.get(place.kind, place.name)


def _lies_in(place: Place, geography: Geography) -> tuple[Evidence, ...]:
    """The row that says in which province a place inside one municipality lies."""
    if place.kind not in ("municipality", "settlement") or not place.municipalities:
        return ()
    file, locator, quote = geography.row_text(place.municipalities[0])
    return (Evidence("gazetteer", f"{file}|{locator}", None, quote),)


def fit_one_place(
    record: Record, area: Area, place: Place, geography: Geography, weights: Weights
) -> FacetFit:
    """How well the area of a record fits one place."""
    asked = frozenset(place.municipalities)
    name = _place_name(place)
    if place.kind == "country" or not asked:
        evidence = () if not record.region else (Evidence("record", record.id, "region", record.region),)
        score = 1.0 if area.is_national else 0.2
        found = "heel Nederland" if area.is_national else (record.region or ", ".join(area.provinces))
        return FacetFit(
            "region", name, found, "fits" if area.is_national else "does_not_fit", score, evidence
        )
    if area.is_national:
        evidence = (Evidence("record", record.id, "scope", "national"),) if record.scope == "national" else ()
        elsewhere = bool(record.provinces) and not set(record.provinces) & set(place.provinces)
        score = weights.region_national_elsewhere if elsewhere else weights.region_national
        return FacetFit("region", name, "heel Nederland", "fits", score, evidence)
    province = place.provinces[0] if place.provinces else None
    single = place.municipalities[0] if len(asked) == 1 else None
    found = record.region or ", ".join(area.provinces)
    share = len(asked & area.core) / len(asked)
    proof = coverage_evidence(record, area, single, province)
    if single is not None and any(e.field == "provinces" for e in proof):
        proof = (*_lies_in(place, geography), *proof)
    if share >= COVERS_SHARE:
        whole = weights.region_covers + (1 - weights.region_covers) * _tightness(len(asked), len(area.core))
        score = weights.region_partial + (whole - weights.region_partial) * share
        return FacetFit("region", name, found, "fits", score, proof)
    if share > 0:
        part = (
            weights.region_partial + (weights.region_covers - weights.region_partial) * share / COVERS_SHARE
        )
        return FacetFit("region", name, found, "fits", part, proof)
    if area.coverage is None:
        near = _near_initiative(record, area, place, geography, weights)
        if near is not None:
            return FacetFit("region", name, found, "fits", near, proof)
    return FacetFit("region", name, found, "does_not_fit", 0.0, proof)


def _near_initiative(
    record: Record, area: Area, place: Place, geography: Geography, weights: Weights
) -> float | None:
    """Score of an initiative in the same labour market region or province; None when it is in neither."""
    if record.scope == "local" or not set(place.provinces) & set(record.provinces):
        return None
    regions = {
        geography.municipalities[m].labour_market_region for m in area.core if m in geography.municipalities
    }
    if regions & set(place.labour_market_regions):
        return weights.region_same_labour_market
    if set(place.provinces[:1]) & set(record.provinces):
        return weights.region_same_province
    return None


def covered_share(area: Area, places: Sequence[Place]) -> float:
    """Share of the places that lie in an area, each place counting as much; 0 without places.

    Of "Terneuzen in Zeeland" only the narrowest counts: the rest says where it lies.
    """
    asked = {frozenset(place.municipalities) for place in places if place.municipalities}
    narrowest = [place for place in asked if not any(other < place for other in asked)]
    shares = [len(area.core & place) / len(place) for place in narrowest]
    return sum(shares) / len(shares) if shares else 0.0


def fit_region(
    record: Record, area: Area, places: tuple[Place, ...], geography: Geography, weights: Weights
) -> FacetFit:
    """The region facet over all places asked: best place shown, score leaning on the best."""
    fits = [fit_one_place(record, area, place, geography, weights) for place in places]
    best = max(fits, key=lambda fit: fit.score)
    mean = sum(fit.score for fit in fits) / len(fits)
    return FacetFit("region", best.asked, best.found, best.fit, 0.7 * best.score + 0.3 * mean, best.evidence)
