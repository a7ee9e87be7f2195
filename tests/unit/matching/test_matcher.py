"""Weighing the catalogue: order, eligibility, umbrellas, and agendas meant by the name of their region."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from assistant.domain.match import Match
from assistant.matching.matcher import text_scores
from tests.support.builders import (
    country,
    coverage,
    facets,
    geography,
    matcher,
    municipality,
    passage,
    province,
    ranking,
    record,
    understood,
)

FLEVOLAND = geography().municipalities_of_province("Flevoland")
AGENDAS = [
    record("landelijk", "programme", sectors=("intersectoraal",)),
    record("provincie", region="Flevoland", provinces=("Flevoland",)),
    record("streek", region="Kust van Flevoland", provinces=("Flevoland",)),
    record("elders", region="Drenthe", provinces=("Drenthe",)),
]
COVERAGE = [
    coverage("provincie", "provincial", provinces=("Flevoland",)),
    coverage("streek", "sub-regional", municipalities=("Lelystad", "Urk"), umbrella=("provincie",)),
    coverage("elders", "provincial", provinces=("Drenthe",)),
]


def by_id(matches: Sequence[Match]) -> dict[str, Match]:
    return {m.record.id: m for m in matches}


def test_smallest_agenda_around_the_place_first_then_its_umbrella() -> None:
    asked = understood(places=(municipality("Lelystad"),))

    matches = matcher(AGENDAS, COVERAGE).match(asked, ())

    regional = [m.record.id for m in matches if m.record.kind == "regional_hca" and m.is_eligible]
    assert regional == ["streek", "provincie"]


@pytest.mark.parametrize(
    ("asked", "eligible"),
    [
        pytest.param(
            {"places": (municipality("Urk"),)}, {"streek", "provincie", "landelijk"}, id="in the smallest"
        ),
        pytest.param(
            {"places": (municipality("Zeewolde"),)}, {"provincie", "landelijk"}, id="outside the smallest"
        ),
        pytest.param({"places": (municipality("Emmen"),)}, {"elders", "landelijk"}, id="another province"),
        pytest.param({"national": True}, {"landelijk"}, id="for the whole country"),
        pytest.param({"places": (country(),), "national": True}, {"landelijk"}, id="the country named"),
        pytest.param({}, {"streek", "provincie", "elders", "landelijk"}, id="no place asked"),
    ],
)  # fmt: skip
def test_agendas_that_may_be_recommended(asked: dict[str, Any], eligible: set[str]) -> None:
    matches = matcher(AGENDAS, COVERAGE).match(understood(**asked), ())

    assert {m.record.id for m in matches if m.is_eligible} == eligible
    assert {m.obstacle for m in matches if not m.is_eligible} <= {"region"}


def test_every_province_of_the_map_finds_an_agenda_written_with_its_name() -> None:
    names = list(geography().provinces)
    agendas = [record(f"agenda-{i}", region=name, provinces=(name,)) for i, name in enumerate(names)]
    entries = [coverage(f"agenda-{i}", "provincial", provinces=(name,)) for i, name in enumerate(names)]
    built = matcher(agendas, entries)

    best = {name: built.match(understood(places=(province(name),)), ())[0].record.region for name in names}

    assert best == {name: name for name in names}
    assert "Friesland" in best


def limited() -> list[Match]:
    agendas = [
        record("breed", region="Flevoland"),
        record("zorgagenda", region="Flevoland", sectors=("zorg",)),
    ]
    entries = [
        coverage("breed", municipalities=FLEVOLAND),
        coverage("zorgagenda", municipalities=FLEVOLAND, only_sectors=("zorg",)),
    ]
    built = matcher(agendas, entries)
    place = municipality("Almere")
    return [
        by_id(built.match(understood(places=(place,), sectors=facets(*sectors)), ()))["zorgagenda"]
        for sectors in (("zorg",), ("bouw",), ())
    ]


def test_agenda_for_one_sector_counts_for_that_sector_only() -> None:
    same, other, unasked = limited()

    assert same.is_eligible
    assert (other.is_eligible, other.obstacle) == (False, "sector")
    assert unasked.is_eligible
    assert same.score > unasked.score


def test_broad_agenda_goes_before_a_limited_one_when_no_sector_is_asked() -> None:
    agendas = [
        record("breed", region="Flevoland"),
        record("alleen-zorg", region="Flevoland", sectors=("zorg",)),
    ]
    entries = [
        coverage("breed", municipalities=FLEVOLAND),
        coverage("alleen-zorg", municipalities=FLEVOLAND, only_sectors=("zorg",)),
    ]

    matches = matcher(agendas, entries).match(understood(places=(municipality("Almere"),)), ())

    assert [m.record.id for m in matches] == ["breed", "alleen-zorg"]


def test_sectoral_agenda_of_another_sector_is_not_eligible() -> None:
    built = matcher([record("zorg-nl", "sectoral_hca", sectors=("zorg",))])

    matches = built.match(understood(sectors=facets("bouw")), ())

    assert (matches[0].is_eligible, matches[0].obstacle) == (False, "sector")


def test_ended_agenda_is_never_eligible_however_well_its_text_fits() -> None:
    built = matcher([record("oud", status="ended"), record("nieuw")])

    matches = built.match(understood(), ranking((passage("oud#summary", "x", record_id="oud"), 1.0)))

    assert [m.record.id for m in matches if m.is_eligible] == ["nieuw"]
    assert by_id(matches)["oud"].obstacle == "status"


def test_active_goes_before_unknown_when_all_else_is_equal() -> None:
    matches = matcher([record("a-stil", status="unknown"), record("b-loopt")]).match(understood(), ())

    assert [m.record.id for m in matches] == ["b-loopt", "a-stil"]


def test_rejected_record_is_not_eligible() -> None:
    built = matcher([record("a"), record("b")])

    matches = built.match(understood(rejected_records=("a",)), ())

    assert [m.record.id for m in matches if m.is_eligible] == ["b"]


@pytest.mark.parametrize(
    ("intent", "first"),
    [
        pytest.param("find_regional_hca", "regio", id="regional agenda asked"),
        pytest.param("find_sectoral_hca", "sector", id="sectoral agenda asked"),
    ],
)
def test_kind_asked_for_goes_first(intent: str, first: str) -> None:
    built = matcher(
        [record("regio", sectors=("techniek",)), record("sector", "sectoral_hca", sectors=("techniek",))]
    )

    matches = built.match(understood(intent=intent, sectors=facets("techniek")), ())

    assert matches[0].record.id == first


def test_order_does_not_depend_on_the_order_of_the_catalogue() -> None:
    asked = understood(places=(municipality("Lelystad"),), sectors=facets("energie"))

    orders = {
        tuple(m.record.id for m in matcher(records, COVERAGE).match(asked, ()))
        for records in (AGENDAS, AGENDAS[::-1], AGENDAS[2:] + AGENDAS[:2])
    }

    assert len(orders) == 1


def test_text_scores_take_the_best_passage_of_each_record() -> None:
    lines = ranking(
        (passage("a#summary", "x", record_id="a"), 0.8),
        (passage("b#summary", "x", record_id="b"), 0.4),
        (passage("b#offer", "x", record_id="b"), 0.1),
        (passage("gids#1", "x"), 0.9),
    )

    scores = text_scores(lines)

    assert scores["a"] == 1.0
    assert 0.4 / 0.8 < scores["b"] < 1.0
    assert set(scores) == {"a", "b"}


def test_text_scores_of_an_empty_ranking() -> None:
    assert text_scores(()) == {}


@pytest.mark.parametrize(
    ("changes", "records"),
    [
        pytest.param({"intent": "compare"}, ("streek", "elders"), id="compare takes all places"),
        pytest.param({"intent": "why_not"}, ("streek",), id="why not takes the first place"),
        pytest.param({"intent": "find_regional_hca"}, (), id="another intent takes none"),
        pytest.param(
            {"intent": "compare", "records": ("provincie",)}, ("provincie",), id="records named stay"
        ),
    ],
)
def test_agendas_meant_by_their_region(changes: dict[str, Any], records: tuple[str, ...]) -> None:
    asked = understood(places=(municipality("Lelystad"), municipality("Emmen")), **changes)

    assert matcher(AGENDAS, COVERAGE).with_agendas_meant(asked, ()).records == records
