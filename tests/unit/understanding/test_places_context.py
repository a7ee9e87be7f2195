"""What else a text says chooses between places of one name."""

from __future__ import annotations

import pytest

from tests.unit.understanding.places_support import found, recogniser


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "een winkel in Bergen (NH)", ["municipality:Bergen (NH.)"], id="abbreviation in brackets"
        ),
        pytest.param(
            "een winkel in Bergen, Limburg", ["municipality:Bergen (L.)"], id="province behind a comma"
        ),
        pytest.param(
            "een winkel in Rijswijk in Gelderland", ["settlement:Rijswijk (GLD)"], id="in a province"
        ),
        pytest.param("een winkel in Beek, gemeente Montferland", ["settlement:Beek"], id="in a municipality"),
        pytest.param("een winkel in Laren bij Lochem", ["settlement:Laren"], id="near a town"),
        pytest.param("in Almelo in Overijssel", ["municipality:Almelo"], id="province is taken in"),
        pytest.param(
            "in Almelo en Overijssel", ["municipality:Almelo", "province:Overijssel"], id="province is listed"
        ),
        pytest.param("provincie Groningen", ["province:Groningen"], id="noun for province"),
        pytest.param("de stad Groningen", ["municipality:Groningen"], id="noun for city"),
        pytest.param("Groningen province", ["province:Groningen"], id="noun behind it"),
        pytest.param(
            "arbeidsmarktregio Zeeland", ["labour_market_region:Zeeland"], id="noun for labour market region"
        ),
        pytest.param("de regio Zwolle", ["area:Regio Zwolle"], id="noun is part of the name"),
        pytest.param(
            "in Utrecht en Flevoland", ["province:Utrecht", "province:Flevoland"], id="list of provinces"
        ),
        pytest.param(
            "in Utrecht en Zeist", ["municipality:Utrecht", "municipality:Zeist"], id="list of towns"
        ),
    ],
)
def test_the_right_namesake_is_chosen(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_a_second_place_nearby_decides() -> None:
    (beek, _) = recogniser().find("Wij werken in Beek en in Maastricht").places

    assert (beek.provinces, beek.alternatives) == (("Limburg",), ())


def test_without_context_other_readings_are_kept() -> None:
    (place,) = recogniser().find("Wij zitten in Bergen").places

    assert {place.provinces, *(other.provinces for other in place.alternatives)} == {
        ("Limburg",),
        ("Noord-Holland",),
    }


def test_a_city_keeps_its_province_and_offers_the_other_reading() -> None:
    (place,) = recogniser().find("Wij zitten in Utrecht").places

    assert (place.kind, place.provinces) == ("municipality", ("Utrecht",))
    assert [other.kind for other in place.alternatives] == ["province"]
