"""The map answers where a place lies, and cites the row that says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import CorpusError
from assistant.understanding.geography import Geography, load_geography
from tests.unit.understanding.places_support import CORPUS, geography


@pytest.fixture(scope="module")
def map_() -> Geography:
    return geography()


def test_every_municipality_has_a_known_province_and_region(map_: Geography) -> None:
    provinces = {m.province for m in map_.municipalities.values()}
    regions = {m.labour_market_region for m in map_.municipalities.values()}

    assert len(map_.municipalities) == 342
    assert provinces == set(map_.provinces)
    assert regions == set(map_.labour_market_regions)


def test_every_settlement_lies_in_the_province_of_its_municipality(map_: Geography) -> None:
    strays = [s for s in map_.settlements if map_.municipalities[s.municipality].province != s.province]

    assert strays == []


def test_row_texts_are_literal_lines_of_their_file(map_: Geography) -> None:
    lines = (CORPUS / "gazetteer/gemeenten.csv").read_text(encoding="utf-8").split("\n")

    for name, municipality in map_.municipalities.items():
        row = map_.row_text(name)
        assert lines[municipality.line - 1].startswith(row.quote)
        assert name in row.quote
        assert row.quote.endswith(f",{municipality.province},{municipality.labour_market_region}")


def test_settlement_row_names_the_municipality(map_: Geography) -> None:
    row = map_.settlement_row_text("Emmeloord", "Noordoostpolder")

    assert row.quote == "Emmeloord,Noordoostpolder,Flevoland"
    assert row.file == "gazetteer/woonplaatsen.csv"


def test_settlement_row_of_a_wrong_municipality_is_an_error(map_: Geography) -> None:
    with pytest.raises(KeyError, match="Emmeloord in Utrecht"):
        map_.settlement_row_text("Emmeloord", "Utrecht")


def test_borders_go_both_ways_and_not_to_itself(map_: Geography) -> None:
    for name, province in map_.provinces.items():
        assert not map_.are_neighbours(name, name)
        assert all(map_.are_neighbours(other, name) for other in province.borders)


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        pytest.param("Amsterdam", "Utrecht", 30, 40, id="two cities"),
        pytest.param("Maastricht", "Groningen", 250, 290, id="end to end"),
        pytest.param("Ede", "Ede", 0, 0, id="itself"),
    ],
)
def test_distance_is_in_kilometres(map_: Geography, one: str, other: str, low: int, high: int) -> None:
    assert low <= map_.distance_km(one, other) <= high


def test_provinces_of_an_area_come_by_number_of_municipalities(map_: Geography) -> None:
    foodvalley = map_.areas["Regio Foodvalley"]

    assert map_.provinces_of(foodvalley.municipalities) == ("Gelderland", "Utrecht")


def test_areas_with_a_municipality_come_smallest_first(map_: Geography) -> None:
    sizes = [len(area.municipalities) for area in map_.areas_with("Eindhoven")]

    assert sizes == sorted(sizes)
    assert "Metropoolregio Eindhoven" in {area.name for area in map_.areas_with("Eindhoven")}


def test_members_of_provinces_and_regions_are_all_municipalities(map_: Geography) -> None:
    of_provinces = [name for p in map_.provinces for name in map_.municipalities_of_province(p)]
    of_regions = [name for r in map_.labour_market_regions for name in map_.municipalities_of_region(r)]

    assert sorted(of_provinces) == sorted(of_regions) == sorted(map_.municipalities)


def _copy(folder: Path) -> Path:
    (folder / "gazetteer").mkdir()
    for name in ("gemeenten.csv", "woonplaatsen.csv", "areas.yaml"):
        (folder / "gazetteer" / name).write_bytes((CORPUS / "gazetteer" / name).read_bytes())
    return folder


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        pytest.param("gemeenten.csv", "GM0358,", "GM0358", "fields, expected", id="field missing"),
        pytest.param("gemeenten.csv", ",52.2577,", ",noord,", "gemeenten.csv line", id="no number"),
        pytest.param(
            "woonplaatsen.csv", ",Almelo,", ",Almeloo,", "'Almeloo' is not a munic", id="unknown municipality"
        ),
        pytest.param("areas.yaml", "provinces:", "provinces: [", "broken YAML", id="broken yaml"),
        pytest.param(
            "areas.yaml", "kind: landsdeel", "sort: landsdeel", "areas.yaml: field", id="unknown field"
        ),
        pytest.param(
            "areas.yaml", "[Aa en Hunze,", "[Aa en Hunzee,", "'Aa en Hunzee' is not", id="unknown member"
        ),
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, file: str, old: str, new: str, message: str) -> None:
    path = _copy(tmp_path) / "gazetteer" / file
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")

    with pytest.raises(CorpusError, match=message):
        load_geography(tmp_path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"gemeenten\.csv: cannot be read"):
        load_geography(tmp_path)
