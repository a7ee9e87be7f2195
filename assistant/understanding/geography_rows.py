"""What the files of the gazetteer hold: municipalities, settlements, areas; and how those files are read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import yaml
from pydantic import BaseModel, ConfigDict

from assistant.errors import CorpusError


class RowText(NamedTuple):
    """Where a fact on a place is written: path under the corpus root, row, literal text of that row."""

    file: str
    locator: str
    quote: str


@dataclass(frozen=True, slots=True)
class Municipality:
    """One municipality; `lat`/`lon` are WGS84 degrees of its centre, `line` its line in the file, from 1."""

    name: str
    province: str
    labour_market_region: str
    code: str
    lat: float
    lon: float
    line: int
    quote: str


@dataclass(frozen=True, slots=True)
class Settlement:
    """A town, village or neighbourhood inside a municipality.

    Attributes:
        is_neighbourhood: a quarter or hamlet without an official place name; weaker evidence.
        line: its line in the file, from 1.
        quote: name, municipality and province as the file writes them.
    """

    name: str
    municipality: str
    province: str
    is_neighbourhood: bool
    lat: float
    lon: float
    line: int
    quote: str


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Province(_Model):
    """A province with its other names, abbreviations, and the provinces it borders on land or by a dam."""

    name: str
    aliases: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    borders: tuple[str, ...]


class LabourMarketRegion(_Model):
    """A labour market region (CBS division of 2025)."""

    name: str
    aliases: tuple[str, ...] = ()


class Area(_Model):
    """A named region or partnership of municipalities; `approximate` when it has no fixed border."""

    name: str
    aliases: tuple[str, ...] = ()
    kind: str
    basis: str
    approximate: bool = False
    source: str | None = None
    municipalities: tuple[str, ...]


class FormerMunicipality(_Model):
    """A municipality that ceased to exist in `until`; `now` holds where its land went."""

    name: str
    until: int
    now: tuple[str, ...]


class AreaLists(_Model):
    """Everything in the file of areas."""

    provinces: tuple[Province, ...]
    labour_market_regions: tuple[LabourMarketRegion, ...]
    areas: tuple[Area, ...]
    former_municipalities: tuple[FormerMunicipality, ...]


def read_corpus_text(corpus_root: Path, file: str) -> str:
    """Text of a gazetteer file, line ends as written.

    Raises:
        CorpusError: the file is missing or not UTF-8.
    """
    try:
        return (corpus_root / file).read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(
            f"{file}: cannot be read ({error}). Restore the file under {corpus_root}."
        ) from error


def parse_yaml(text: str, *, file: str) -> object:
    """The value in a YAML text.

    Raises:
        CorpusError: the YAML is broken.
    """
    try:
        value: object = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" at line {mark.line + 1}" if mark else ""
        raise CorpusError(f"{file}: broken YAML{where}. Mend the file.") from error
    return value
