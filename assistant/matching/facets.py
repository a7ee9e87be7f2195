"""The facets other than region: sector, level, target group, kind of intervention."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from assistant.domain.answer import FacetName
from assistant.domain.catalogue import Record
from assistant.domain.match import Evidence, FacetFit
from assistant.domain.question import Facet
from assistant.matching.weights import Weights

GENERAL_SECTOR = "techniek"
"""Work for technicians of every sector; says little where a sector of its own was asked beside it."""
SHOWN_ITEMS = 2
"""What a record lists that was not asked: enough to see why it does not fit."""

RELATED_SECTORS: Mapping[str, frozenset[str]] = {
    "techniek": frozenset({"energie", "hightech", "bouw", "maritiem", "chemie"}),
    "energie": frozenset({"techniek", "bouw", "chemie"}),
    "hightech": frozenset({"techniek", "ict"}),
    "bouw": frozenset({"techniek", "energie"}),
    "maritiem": frozenset({"techniek", "logistiek"}),
    "chemie": frozenset({"techniek", "life-sciences", "energie"}),
    "tuinbouw": frozenset({"agrofood"}),
    "agrofood": frozenset({"tuinbouw"}),
    "life-sciences": frozenset({"zorg", "chemie"}),
    "zorg": frozenset({"life-sciences"}),
    "ict": frozenset({"hightech"}),
    "logistiek": frozenset({"maritiem"}),
    "water": frozenset({"maritiem", "techniek"}),
    "creatief": frozenset({"ict"}),
    "onderwijs": frozenset(),
    "intersectoraal": frozenset(),
}
"""Sectors close enough that an agenda for one is worth weighing for the other."""


@lru_cache(maxsize=20_000)
def _item(record_id: str, field: str, value: str) -> Evidence:
    """One literal item of a record; kept, since every question weighs the same items again."""
    return Evidence("record", record_id, field, value)


def _items(record: Record, field: str, values: Sequence[str]) -> tuple[Evidence, ...]:
    return tuple(_item(record.id, field, value) for value in values)


def fit_sector(record: Record, asked: tuple[Facet, ...], weights: Weights) -> FacetFit:
    """Literal hit, related sector, or an agenda for all sectors."""
    wanted = [facet.value for facet in asked if facet.value != "intersectoraal"] or [f.value for f in asked]
    label = ", ".join(wanted)
    hits = [value for value in wanted if value in record.sectors]
    if hits:
        leading = max(facet.weight for facet in asked if facet.value in hits)
        focus = 1.0 if len(record.sectors) <= 3 else weights.sector_among_many
        if record.kind in ("sectoral_hca", "programme") and record.sectors[0] not in hits:
            focus = weights.sector_not_leading
        score = focus * (0.8 + 0.2 * leading)
        if hits == [GENERAL_SECTOR] and len(wanted) > 1:
            score *= weights.sector_general_only
        return FacetFit("sector", label, ", ".join(hits), "fits", score, _items(record, "sectors", hits))
    if "intersectoraal" in record.sectors:
        evidence = _items(record, "sectors", ["intersectoraal"])
        return FacetFit("sector", label, "alle sectoren", "fits", weights.sector_intersectoral, evidence)
    related = [s for s in record.sectors if any(s in RELATED_SECTORS.get(w, frozenset()) for w in wanted)]
    shown = list(record.sectors[:SHOWN_ITEMS])
    score = weights.sector_related if related else 0.0
    return FacetFit(
        "sector", label, ", ".join(shown), "unknown" if related else "does_not_fit", score,
        _items(record, "sectors", related or shown),
    )  # fmt: skip


def _fit_listed(
    name: FacetName, record: Record, field: str, asked: tuple[Facet, ...], listed: Mapping[str, str]
) -> FacetFit:
    """Fit of values against what a record lists; `listed` maps vocabulary id to the literal item."""
    wanted = [facet.value for facet in asked]
    label = ", ".join(wanted)
    hits = [value for value in wanted if value in listed]
    if hits:
        share = len(hits) / len(wanted)
        items = list(dict.fromkeys(listed[value] for value in hits))
        return FacetFit(
            name, label, ", ".join(items), "fits", 0.6 + 0.4 * share, _items(record, field, items)
        )
    if not listed:
        return FacetFit(name, label, "", "unknown", 0.4)
    items = list(dict.fromkeys(listed.values()))[:SHOWN_ITEMS]
    return FacetFit(name, label, ", ".join(items), "does_not_fit", 0.0, _items(record, field, items))


def fit_level(record: Record, asked: tuple[Facet, ...]) -> FacetFit:
    """Education level."""
    return _fit_listed("level", record, "education_levels", asked, {v: v for v in record.education_levels})


def fit_target_group(record: Record, asked: tuple[Facet, ...], listed: Mapping[str, str]) -> FacetFit:
    """Target group; `listed` maps vocabulary ids to the words the record uses."""
    return _fit_listed("target_group", record, "target_groups", asked, listed)


def target_groups_by_id(record: Record, canonical: Callable[[str], tuple[str, ...]]) -> dict[str, str]:
    """Vocabulary id to the literal target group of a record; `canonical` gives the ids of a text."""
    listed: dict[str, str] = {}
    for text in record.target_groups:
        for value in canonical(text):
            listed.setdefault(value, text)
    return listed


def fit_activity(record: Record, asked: tuple[Facet, ...]) -> FacetFit:
    """Kind of intervention; agendas list none."""
    return _fit_listed("activity", record, "interventions", asked, {v: v for v in record.interventions})
