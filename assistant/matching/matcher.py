"""Weighs every record of the catalogue against what was understood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from assistant.domain.answer import FacetName
from assistant.domain.catalogue import Record
from assistant.domain.match import FacetFit, Match
from assistant.domain.question import Facet, Place, Understanding
from assistant.domain.ranking import Ranking
from assistant.matching.advise import agenda_of_place
from assistant.matching.areas import Area
from assistant.matching.facets import (
    fit_activity,
    fit_level,
    fit_sector,
    fit_target_group,
    target_groups_by_id,
)
from assistant.matching.fit_cache import FitCache, Fits
from assistant.matching.region import covered_share, fit_region
from assistant.matching.weights import FacetWeights, Weights
from assistant.understanding.geography import Geography

INTENT_KINDS: Mapping[str, frozenset[str]] = {
    "find_regional_hca": frozenset({"regional_hca"}),
    "find_sectoral_hca": frozenset({"sectoral_hca", "programme"}),
}


def similarities(dense: Ranking) -> dict[str, float]:
    """Cosine of the nearest passage per record, for records among the best of the dense ranking."""
    nearest: dict[str, float] = {}
    for line in dense:
        record_id = line.passage.record_id
        if record_id is not None and record_id not in nearest:
            nearest[record_id] = line.score
    return nearest


def text_scores(ranking: Ranking) -> dict[str, float]:
    """Best passage score per record, divided by the best of all; a second good passage adds a little."""
    best: dict[str, list[float]] = {}
    for line in ranking:
        if line.passage.record_id is not None:
            best.setdefault(line.passage.record_id, []).append(line.score)
    raw = {
        record_id: scores[0] + 0.1 * (scores[1] if len(scores) > 1 else 0.0)
        for record_id, scores in best.items()
    }
    top = max(raw.values(), default=0.0)
    return {record_id: score / top for record_id, score in raw.items()} if top > 0 else {}


def _key(facet: FacetName, asked: tuple[Facet, ...]) -> tuple[object, ...]:
    return (facet, *((value.value, value.weight) for value in asked))


@dataclass(frozen=True)
class Matcher:
    """Rules that decide what fits; what it holds does not change, but for the fits it remembers."""

    records: Mapping[str, Record]
    areas: Mapping[str, Area]
    geography: Geography
    weights: Weights
    target_groups: Mapping[str, Mapping[str, str]]
    under: Mapping[str, int]
    cache: FitCache = field(default_factory=FitCache, compare=False, repr=False)

    @classmethod
    def of(
        cls,
        records: Mapping[str, Record],
        areas: Mapping[str, Area],
        geography: Geography,
        weights: Weights,
        canonical_target_groups: Callable[[str], tuple[str, ...]],
    ) -> Matcher:
        """A matcher; what depends on records only is worked out once."""
        groups = {r.id: target_groups_by_id(r, canonical_target_groups) for r in records.values()}
        under = Counter(i for area in areas.values() if area.coverage for i in area.coverage.umbrella)
        return cls(records, areas, geography, weights, groups, under)

    def match(self, understanding: Understanding, ranking: Ranking, dense: Ranking = ()) -> tuple[Match, ...]:
        """All records, weighed; best first, ties broken by status, then by id.

        Args:
            understanding: what was asked.
            ranking: passages for the need, fused; only those of records count here.
            dense: the same by embedding alone; tells how near a record is in itself. Empty leaves that open.
        """
        scores, near = text_scores(ranking), similarities(dense)
        unseen = 0.0 if dense else None
        tables = self._fits(understanding)
        matches = [
            self._weigh(
                record, understanding, scores.get(record.id, 0.0), near.get(record.id, unseen), tables
            )
            for record in self.records.values()
        ]
        return tuple(sorted(matches, key=lambda m: (-m.score, m.record.status != "active", m.record.id)))

    def with_agendas_meant(self, understanding: Understanding, ranking: Ranking) -> Understanding:
        """For "vergelijk Brainport met Twente" or "waarom niet Brainport?": the agendas the places mean."""
        if (
            understanding.records
            or understanding.intent not in ("compare", "why_not")
            or not understanding.places
        ):
            return understanding
        places = understanding.places if understanding.intent == "compare" else understanding.places[:1]
        meant = [
            agenda_of_place(self.match(replace(understanding, places=(place,), sectors=()), ranking))
            for place in places
        ]
        records = tuple(dict.fromkeys(match.record.id for match in meant if match is not None))
        rest = understanding.places[1:] if understanding.intent == "why_not" else understanding.places
        return replace(understanding, records=records, places=rest or understanding.places)

    def _weigh(
        self,
        record: Record,
        asked: Understanding,
        text_score: float,
        similarity: float | None,
        tables: tuple[Fits, ...],
    ) -> Match:
        area = self.areas[record.id]
        facets = tuple(table[record.id] for table in tables if record.id in table)
        weights = self.weights.hca if record.is_hca else self.weights.initiative
        score = self._combine(facets, weights, text_score)
        score -= getattr(self.weights.status_penalty, record.status)
        limits = area.coverage.only_sectors if area.coverage is not None else ()
        if limits and not set(limits) & set(asked.sector_ids):
            score -= self.weights.limited_agenda_penalty
        if record.kind in INTENT_KINDS.get(asked.intent, frozenset()):
            score += self.weights.kind_bonus
        obstacle = self._obstacle(record, area, facets, asked)
        return Match(
            record, round(score, 6), facets, round(text_score, 6), area.size,
            is_eligible=obstacle is None and record.id not in asked.rejected_records,
            obstacle=obstacle,
            similarity=similarity,
            limited_to=limits,
            covered=covered_share(area, asked.places),
            falls_under_it=self.under[record.id],
        )  # fmt: skip

    def _fits(self, asked: Understanding) -> tuple[Fits, ...]:
        """How every record fits each facet that was asked."""
        records = self.records.values()
        tables: list[Fits] = []
        if asked.places:
            places = asked.places
            key = ("region", *((p.kind, p.name, p.municipalities) for p in places))
            tables.append(self.cache.get(key, lambda: {r.id: self._region(r, places) for r in records}))
        if asked.sectors:
            sectors = asked.sectors
            tables.append(
                self.cache.get(
                    _key("sector", sectors), lambda: {r.id: self._sector(r, sectors) for r in records}
                )
            )
        if asked.education_levels:
            levels = asked.education_levels
            tables.append(
                self.cache.get(_key("level", levels), lambda: {r.id: fit_level(r, levels) for r in records})
            )
        if asked.target_groups:
            groups = asked.target_groups
            tables.append(
                self.cache.get(
                    _key("target_group", groups),
                    lambda: {r.id: fit_target_group(r, groups, self.target_groups[r.id]) for r in records},
                )
            )
        if asked.interventions:
            kinds = asked.interventions
            tables.append(
                self.cache.get(
                    _key("activity", kinds),
                    lambda: {r.id: fit_activity(r, kinds) for r in records if not r.is_hca},
                )
            )
        return tuple(tables)

    def _region(self, record: Record, places: tuple[Place, ...]) -> FacetFit:
        return fit_region(record, self.areas[record.id], places, self.geography, self.weights)

    def _sector(self, record: Record, sectors: tuple[Facet, ...]) -> FacetFit:
        fit = fit_sector(record, sectors, self.weights)
        if record.kind == "regional_hca" and not self._is_limited(self.areas[record.id]):
            return replace(fit, score=max(fit.score, self.weights.sector_unlisted))
        return fit

    @staticmethod
    def _is_limited(area: Area) -> bool:
        """Whether an agenda holds for some sectors only; one that does not is open to all."""
        return area.coverage is not None and bool(area.coverage.only_sectors)

    def _combine(self, facets: tuple[FacetFit, ...], weights: FacetWeights, text_score: float) -> float:
        """Weighted mean over the text and the facets that were asked."""
        total = weights.text
        score = weights.text * text_score
        for facet in facets:
            weight = getattr(weights, facet.facet)
            total += weight
            score += weight * facet.score
        return score / total

    def _obstacle(
        self, record: Record, area: Area, facets: tuple[FacetFit, ...], asked: Understanding
    ) -> FacetName | None:
        if record.status == "ended":
            return "status"
        by_name = {facet.facet: facet for facet in facets}
        region, sector = by_name.get("region"), by_name.get("sector")
        if region is not None and region.fit == "does_not_fit":
            return "region"
        if asked.national and not area.is_national:
            return "region"
        if record.kind in ("sectoral_hca", "programme") and sector is not None and sector.score == 0.0:
            return "sector"
        limited = area.coverage.only_sectors if area.coverage is not None else ()
        if limited and asked.sectors and not set(limited) & set(asked.sector_ids):
            return "sector"
        return None
