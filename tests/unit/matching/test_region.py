"""The region facet: the smaller the area around the place, the better, and only the country covers all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.catalogue import Coverage, Record
from assistant.domain.match import FacetFit
from assistant.domain.question import Place
from assistant.matching.areas import Area, area_of
from assistant.matching.region import covered_share, fit_one_place, fit_region
from assistant.matching.weights import default_weights
from tests.support.builders import (
    country,
    coverage,
    geography,
    labour_market_region,
    municipality,
    province,
    record,
)

ALL = sorted(geography().municipalities)


def weighed(item: Record, entry: Coverage | None, *places: Place) -> FacetFit:
    area = area_of(item, entry, geography(), lambda _: frozenset())
    if len(places) == 1:
        return fit_one_place(item, area, places[0], geography(), default_weights())
    return fit_region(item, area, places, geography(), default_weights())


def agenda_for(*municipalities: str) -> tuple[Record, Coverage]:
    return record("agenda", region="Streek"), coverage("agenda", municipalities=municipalities)


def test_areas_around_a_place_score_from_small_to_large() -> None:
    lelystad = municipality("Lelystad")
    region = geography().municipalities_of_region(lelystad.labour_market_regions[0])
    small = weighed(*agenda_for("Lelystad"), lelystad)
    middle = weighed(*agenda_for(*region), lelystad)
    large = weighed(
        record("agenda", region="Streek"),
        coverage("agenda", provinces=("Flevoland", "Gelderland")),
        lelystad,
    )
    national = weighed(record("agenda"), None, lelystad)

    scores = [small.score, middle.score, large.score, national.score]
    assert [f.fit for f in (small, middle, large, national)] == ["fits"] * 4
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 4


@pytest.mark.parametrize(
    ("asked", "entry", "expected"),
    [
        pytest.param(
            municipality("Emmen"), {"municipalities": ("Emmen", "Coevorden")}, "fits", id="municipality named"
        ),
        pytest.param(
            municipality("Emmen"), {"provinces": ("Drenthe",)}, "fits", id="municipality in the province"
        ),
        pytest.param(municipality("Emmen"), {"municipalities": ("Breda",)}, "does_not_fit", id="elsewhere"),
        pytest.param(
            labour_market_region("Achterhoek"), {"provinces": ("Gelderland",)}, "fits",
            id="labour market region in the province",
        ),
        pytest.param(
            province("Drenthe"), {"municipalities": ("Emmen",)}, "fits", id="one of its municipalities"
        ),
        pytest.param(
            province("Drenthe"), {"provinces": ("Zeeland",)}, "does_not_fit", id="another province"
        ),
        pytest.param(
            country(), {"provinces": ("Drenthe",)}, "does_not_fit", id="a province is not the country"
        ),
    ],
)  # fmt: skip
def test_agenda_fits_the_places_it_covers(
    asked: Place, entry: dict[str, tuple[str, ...]], expected: str
) -> None:
    fit = weighed(record("agenda", region="Streek"), coverage("agenda", **entry), asked)

    assert fit.fit == expected
    assert (fit.score == 0.0) == (expected == "does_not_fit" and asked.kind != "country")


def test_whole_province_beats_a_part_of_it_when_the_province_is_asked() -> None:
    item = record("agenda", region="Streek")
    whole = weighed(item, coverage("agenda", provinces=("Drenthe",)), province("Drenthe"))
    part = weighed(item, coverage("agenda", municipalities=("Emmen",)), province("Drenthe"))

    assert whole.score > part.score


def test_national_record_fits_the_country_best() -> None:
    assert weighed(record("agenda"), None, country()).score == 1.0
    assert weighed(record("agenda"), None, municipality("Emmen")).score < 1.0


def test_national_record_seated_elsewhere_scores_below_one_without_a_seat() -> None:
    near = record("opleiding", "initiative", scope="national", provinces=("Drenthe",))
    far = record("opleiding", "initiative", scope="national", provinces=("Zeeland",))

    emmen = municipality("Emmen")

    assert weighed(near, None, emmen).score > weighed(far, None, emmen).score


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        pytest.param({"municipalities": ("Coevorden",)}, "fits", id="same province"),
        pytest.param(
            {"municipalities": ("Coevorden",), "scope": "local"}, "does_not_fit", id="local elsewhere"
        ),
        pytest.param(
            {"municipalities": ("Breda",), "provinces": ("Noord-Brabant",)}, "does_not_fit", id="far away"
        ),
    ],
)
def test_initiatives_near_the_place(item: dict[str, object], expected: str) -> None:
    near = record("opleiding", "initiative", **{"provinces": ("Drenthe",), "scope": "regional", **item})

    assert weighed(near, None, municipality("Emmen")).fit == expected


def test_same_labour_market_region_is_nearer_than_same_province() -> None:
    emmen = municipality("Emmen")
    others = [name for name in geography().municipalities_of_province("Drenthe") if name != "Emmen"]
    inside = [
        n for n in others if geography().municipalities[n].labour_market_region in emmen.labour_market_regions
    ]
    outside = [n for n in others if n not in inside]
    initiatives = [
        record("opleiding", "initiative", scope="regional", municipalities=(name,), provinces=("Drenthe",))
        for name in (inside[0], outside[0])
    ]

    near, far = (weighed(item, None, emmen) for item in initiatives)

    assert near.score > far.score > 0


def test_proof_of_a_named_municipality_is_its_row_of_the_coverage() -> None:
    fit = weighed(*agenda_for("Emmen", "Coevorden"), municipality("Emmen"))

    assert [(e.kind, e.field, e.quote) for e in fit.evidence] == [("coverage", "municipalities", "Emmen")]


def test_proof_through_the_province_says_first_where_the_place_lies() -> None:
    item = record("agenda", region="Streek")

    fit = weighed(item, coverage("agenda", provinces=("Friesland",)), municipality("Leeuwarden"))

    assert [(e.kind, e.field) for e in fit.evidence] == [("gazetteer", None), ("coverage", "provinces")]
    assert fit.evidence[0].quote.startswith("Leeuwarden,Friesland,")
    assert fit.evidence[1].quote == "Friesland"


def test_of_two_places_the_better_fit_is_shown_and_the_other_lowers_the_score() -> None:
    both = weighed(*agenda_for("Emmen"), municipality("Breda"), municipality("Emmen"))

    assert both.asked == "Emmen"
    assert both.fit == "fits"
    assert 0 < both.score < weighed(*agenda_for("Emmen"), municipality("Emmen")).score


@given(asked=st.sampled_from(ALL), core=st.sets(st.sampled_from(ALL), min_size=1, max_size=30))
def test_agenda_fits_exactly_the_municipalities_it_names(asked: str, core: set[str]) -> None:
    fit = weighed(*agenda_for(*sorted(core)), municipality(asked))

    assert (fit.fit == "fits") == (asked in core)
    assert 0.0 <= fit.score <= 1.0


@pytest.mark.parametrize(
    ("core", "places", "expected"),
    [
        pytest.param({"Emmen", "Assen"}, ("Emmen",), 1.0, id="inside"),
        pytest.param({"Assen"}, ("Emmen",), 0.0, id="outside"),
        pytest.param({"Emmen"}, ("Emmen", "Assen"), 0.5, id="one of two places"),
        pytest.param({"Emmen"}, ("Drenthe", "Emmen"), 1.0, id="a province around the place does not count"),
    ],
)
def test_share_of_the_places_that_is_covered(
    core: set[str], places: tuple[str, ...], expected: float
) -> None:
    asked = [province(name) if name == "Drenthe" else municipality(name) for name in places]

    assert covered_share(Area(frozenset(core), ("Drenthe",), False), asked) == expected
