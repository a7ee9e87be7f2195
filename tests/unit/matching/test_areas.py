"""In which municipalities a record works."""

from __future__ import annotations

import pytest

from assistant.domain.catalogue import Coverage, Record
from assistant.matching.areas import ALL_MUNICIPALITIES, Area, area_of, coverage_evidence
from tests.support.builders import coverage, geography, record

REGIONS = {"Twente": frozenset({"Enschede", "Hengelo"}), "Bergen": frozenset({"Bergen (L.)", "Bergen (NH.)"})}


def area(item: Record, entry: Coverage | None = None) -> Area:
    return area_of(item, entry, geography(), lambda name: REGIONS.get(name, frozenset()))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({"region": "Twente"}, {"Enschede", "Hengelo"}, id="region is resolved"),
        pytest.param({"municipalities": ("Breda",)}, {"Breda"}, id="municipalities as named"),
        pytest.param(
            {"region": "Twente", "municipalities": ("Almelo",)}, {"Almelo", "Enschede", "Hengelo"},
            id="region and municipalities together",
        ),
        pytest.param(
            {"region": "Bergen", "provinces": ("Limburg",)}, {"Bergen (L.)"}, id="kept to its province"
        ),
        pytest.param({"region": "Onbekend", "municipalities": ("Goes",)}, {"Goes"}, id="unknown region"),
    ],
)  # fmt: skip
def test_core_of_a_record_without_coverage(fields: dict[str, object], expected: set[str]) -> None:
    found = area(record("a", "initiative", **fields))

    assert found.core == expected
    assert not found.is_national


def test_province_alone_gives_all_its_municipalities() -> None:
    found = area(record("a", "initiative", provinces=("Flevoland",)))

    assert found.core == set(geography().municipalities_of_province("Flevoland"))


@pytest.mark.parametrize(
    "item",
    [
        pytest.param(record("a", "programme"), id="says nothing of where"),
        pytest.param(
            record("a", "initiative", scope="national", provinces=("Utrecht",)), id="national scope"
        ),
    ],
)
def test_records_for_the_whole_country(item: Record) -> None:
    found = area(item)

    assert found.is_national
    assert found.size == ALL_MUNICIPALITIES == len(geography().municipalities)


def test_coverage_goes_before_the_region_of_the_record() -> None:
    entry = coverage("a", municipalities=("Goes",), provinces=("Flevoland",))

    found = area(record("a", region="Twente"), entry)

    assert found.core == {"Goes", *geography().municipalities_of_province("Flevoland")}
    assert found.size == len(found.core)


def test_national_coverage_is_national() -> None:
    assert area(record("a"), coverage("a", "national")).is_national


def test_no_proof_for_a_record_that_does_not_say_where_it_works() -> None:
    item = record("a", "programme")

    assert coverage_evidence(item, area(item), "Breda", "Noord-Brabant") == ()
