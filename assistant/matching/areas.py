"""In which municipalities each record works, and what proves it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assistant.domain.catalogue import Coverage, Record
from assistant.domain.match import Evidence
from assistant.understanding.geography import Geography

ALL_MUNICIPALITIES = 342


@dataclass(frozen=True, slots=True)
class Area:
    """Where one record works.

    Attributes:
        core: municipalities it names, or that its region consists of.
        provinces: provinces it says it works in.
        is_national: True when it works in the whole country.
        coverage: coverage entry of an agenda, or None.
    """

    core: frozenset[str]
    provinces: tuple[str, ...]
    is_national: bool
    coverage: Coverage | None = None

    @property
    def size(self) -> int:
        """Number of municipalities; the whole country for a national record."""
        return ALL_MUNICIPALITIES if self.is_national or not self.core else len(self.core)


def area_of(
    record: Record, coverage: Coverage | None, geography: Geography, resolve: Callable[[str], frozenset[str]]
) -> Area:
    """The area of one record, from its coverage if it has one, else from its own fields.

    Args:
        resolve: gives the municipalities of a region name as records write it; empty when it knows none.
    """
    if coverage is not None:
        core = set(coverage.municipalities)
        for province in coverage.provinces:
            core |= set(geography.municipalities_of_province(province))
        is_national = coverage.level == "national" or not core
        return Area(frozenset(core), coverage.provinces or record.provinces, is_national, coverage)
    if record.scope == "national" or not (record.provinces or record.municipalities or record.region):
        return Area(frozenset(), (), True)
    core = set(record.municipalities)
    if record.region:
        core |= resolve(record.region) - municipalities_elsewhere(record, geography)
    if not core:
        for province in record.provinces:
            core |= set(geography.municipalities_of_province(province))
    return Area(frozenset(core), record.provinces, False)


def municipalities_elsewhere(record: Record, geography: Geography) -> frozenset[str]:
    """Municipalities outside the provinces a record names; none when it names no province."""
    if not record.provinces:
        return frozenset()
    inside = {m for province in record.provinces for m in geography.municipalities_of_province(province)}
    return frozenset(geography.municipalities) - inside


def coverage_evidence(
    record: Record, area: Area, municipality: str | None, province: str | None
) -> tuple[Evidence, ...]:
    """The literal words that say the record works in this municipality or province; empty when none do."""
    coverage = area.coverage
    if coverage is not None:
        if municipality is not None and municipality in coverage.municipalities:
            return (Evidence("coverage", record.id, "municipalities", municipality),)
        if province is not None and province in coverage.provinces:
            return (Evidence("coverage", record.id, "provinces", province),)
    if municipality is not None and municipality in record.municipalities:
        return (Evidence("record", record.id, "municipalities", municipality),)
    if record.region and (municipality in area.core or coverage is not None):
        return (Evidence("record", record.id, "region", record.region),)
    if province is not None and province in record.provinces:
        return (Evidence("record", record.id, "provinces", province),)
    if record.region:
        return (Evidence("record", record.id, "region", record.region),)
    return ()


def areas_of_all(
    records: Mapping[str, Record],
    coverage: Mapping[str, Coverage],
    geography: Geography,
    resolve: Callable[[str], frozenset[str]],
) -> Mapping[str, Area]:
    """Areas by record id; computed once, when the assistant opens."""
    return {
        record.id: area_of(record, coverage.get(record.id), geography, resolve) for record in records.values()
    }
