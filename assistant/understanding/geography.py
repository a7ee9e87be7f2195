"""The map of the Netherlands as the corpus holds it: municipalities, places, regions, provinces."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from types import MappingProxyType

from pydantic import ValidationError

from assistant.errors import CorpusError
from assistant.understanding.geography_rows import (
    Area,
    AreaLists,
    FormerMunicipality,
    LabourMarketRegion,
    Municipality,
    Province,
    RowText,
    Settlement,
    parse_yaml,
    read_corpus_text,
)

MUNICIPALITIES_FILE = "gazetteer/gemeenten.csv"
SETTLEMENTS_FILE = "gazetteer/woonplaatsen.csv"
AREAS_FILE = "gazetteer/areas.yaml"
EARTH_RADIUS_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Geography:
    """Everything known of the map; all mappings are by official name and read-only.

    Attributes:
        municipalities: name to municipality, in alphabetical order.
        settlements: all settlements, in alphabetical order; a name may occur more than once.
        provinces: name to province.
        labour_market_regions: name to region.
        areas: name to area.
        former: name to former municipality.
    """

    municipalities: Mapping[str, Municipality]
    settlements: tuple[Settlement, ...]
    provinces: Mapping[str, Province]
    labour_market_regions: Mapping[str, LabourMarketRegion]
    areas: Mapping[str, Area]
    former: Mapping[str, FormerMunicipality]

    def municipalities_of_province(self, province: str) -> tuple[str, ...]:
        """Names of the municipalities in a province; empty when there is no such province."""
        return tuple(m.name for m in self.municipalities.values() if m.province == province)

    def municipalities_of_region(self, region: str) -> tuple[str, ...]:
        """Names of the municipalities in a labour market region; empty when there is no such region."""
        return tuple(m.name for m in self.municipalities.values() if m.labour_market_region == region)

    def provinces_of(self, municipalities: Iterable[str]) -> tuple[str, ...]:
        """Provinces of the named municipalities, the one with most of them first."""
        return _by_count(self.municipalities[name].province for name in municipalities)

    def regions_of(self, municipalities: Iterable[str]) -> tuple[str, ...]:
        """Labour market regions of the named municipalities, the one with most of them first."""
        return _by_count(self.municipalities[name].labour_market_region for name in municipalities)

    def areas_with(self, municipality: str) -> tuple[Area, ...]:
        """Areas that hold the municipality, smallest first."""
        found = [area for area in self.areas.values() if municipality in area.municipalities]
        return tuple(sorted(found, key=lambda area: (len(area.municipalities), area.name)))

    def settlements_named(self, name: str) -> tuple[Settlement, ...]:
        """All settlements with exactly this name."""
        return tuple(s for s in self.settlements if s.name == name)

    def are_neighbours(self, one: str, other: str) -> bool:
        """Whether two provinces border each other."""
        return one in self.provinces and other in self.provinces[one].borders

    def distance_km(self, one: str, other: str) -> float:
        """Distance between the centres of two municipalities, in kilometres as the crow flies.

        Raises:
            KeyError: a name is not a municipality.
        """
        a, b = self.municipalities[one], self.municipalities[other]
        return distance_km(a.lat, a.lon, b.lat, b.lon)

    def row_text(self, municipality: str) -> RowText:
        """The row that says in which province and labour market region a municipality lies.

        Raises:
            KeyError: the name is not a municipality.
        """
        row = self.municipalities[municipality]
        return RowText(MUNICIPALITIES_FILE, f"regel {row.line}: {row.name}", row.quote)

    def settlement_row_text(self, name: str, municipality: str) -> RowText:
        """The row that says in which municipality a settlement lies.

        Raises:
            KeyError: no such settlement in that municipality.
        """
        for row in self.settlements:
            if row.name == name and row.municipality == municipality:
                return RowText(SETTLEMENTS_FILE, f"regel {row.line}: {row.name}", row.quote)
        raise KeyError(f"{name} in {municipality}")


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance between two WGS84 points in degrees, in kilometres."""
    a, b = radians(lat), radians(other_lat)
    half = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(other_lon - lon) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(half))


def load_geography(corpus_root: Path) -> Geography:
    """Read the gazetteer under the corpus root.

    Raises:
        CorpusError: a file is missing or broken, or names something the others don't have.
    """
    municipalities: dict[str, Municipality] = {}
    for line, quote, row in _rows(corpus_root, MUNICIPALITIES_FILE, quoted=3):
        try:
            municipalities[row["name"]] = Municipality(
                row["name"],
                row["province"],
                row["labour_market_region"],
                row["code"],
                float(row["lat"]),
                float(row["lon"]),
                line,
                quote,
            )
        except (KeyError, ValueError) as error:
            raise _broken_row(MUNICIPALITIES_FILE, line, error) from error
    settlements: list[Settlement] = []
    for line, quote, row in _rows(corpus_root, SETTLEMENTS_FILE, quoted=3):
        try:
            settlements.append(
                Settlement(
                    row["name"],
                    row["municipality"],
                    row["province"],
                    row["kind"] == "neighbourhood",
                    float(row["lat"]),
                    float(row["lon"]),
                    line,
                    quote,
                )
            )
        except (KeyError, ValueError) as error:
            raise _broken_row(SETTLEMENTS_FILE, line, error) from error
        _known(row["municipality"], municipalities, f"{SETTLEMENTS_FILE} line {line}")
    areas = _areas(corpus_root)
    for area in areas.areas:
        for name in area.municipalities:
            _known(name, municipalities, f"{AREAS_FILE}, area {area.name!r}")
    for former in areas.former_municipalities:
        for name in former.now:
            _known(name, municipalities, f"{AREAS_FILE}, former municipality {former.name!r}")
    return Geography(
        municipalities=MappingProxyType(municipalities),
        settlements=tuple(settlements),
        provinces=MappingProxyType({p.name: p for p in areas.provinces}),
        labour_market_regions=MappingProxyType({r.name: r for r in areas.labour_market_regions}),
        areas=MappingProxyType({a.name: a for a in areas.areas}),
        former=MappingProxyType({f.name: f for f in areas.former_municipalities}),
    )


def _areas(corpus_root: Path) -> AreaLists:
    data = parse_yaml(read_corpus_text(corpus_root, AREAS_FILE), file=AREAS_FILE)
    try:
        return AreaLists.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise CorpusError(f"{AREAS_FILE}: field {field}: {first['msg']}. Mend the file.") from error


def _rows(corpus_root: Path, file: str, *, quoted: int) -> Iterable[tuple[int, str, dict[str, str]]]:
    """Line number (from 1), raw text of the first `quoted` fields, and fields by header name."""
    lines = read_corpus_text(corpus_root, file).splitlines()
    header = lines[0].split(",") if lines else []
    for number, line in enumerate(lines[1:], start=2):
        values = next(csv.reader(io.StringIO(line)), [])
        if len(values) != len(header):
            raise CorpusError(
                f"{file} line {number}: {len(values)} fields, expected {len(header)}. Mend the file."
            )
        tail = ",".join(values[quoted:])
        yield number, line[: len(line) - len(tail) - 1], dict(zip(header, values, strict=True))


def _broken_row(file: str, line: int, error: Exception) -> CorpusError:
    return CorpusError(f"{file} line {line}: {error}. Mend the row.")


def _known(name: str, municipalities: Mapping[str, Municipality], where: str) -> None:
    if name not in municipalities:
        raise CorpusError(f"{where}: {name!r} is not a municipality in {MUNICIPALITIES_FILE}. Mend the name.")


def _by_count(names: Iterable[str]) -> tuple[str, ...]:
    counts: dict[str, int] = {}
    for name in names:
        counts[name] = counts.get(name, 0) + 1
    return tuple(sorted(counts, key=lambda name: (-counts[name], name)))
