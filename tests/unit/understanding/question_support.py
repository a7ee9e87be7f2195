"""Small real parts for tests of understanding: a tiny catalogue, a map of six places, a fixed embedding."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.domain.catalogue import Record
from assistant.domain.question import Place
from assistant.ingest.catalogue import Catalogue
from assistant.understanding.build import build_understander
from assistant.understanding.understand import Understander

CORPUS = Path(__file__).parents[3] / "corpus"
PLACES = {
    "Drenthe": ("province", ("Emmen", "Assen"), ("Drenthe",)),
    "Limburg": ("province", ("Bergen (L.)",), ("Limburg",)),
    "Twente": ("area", ("Hengelo", "Enschede"), ("Overijssel",)),
    "Breda": ("municipality", ("Breda",), ("Noord-Brabant",)),
    "Tilburg": ("municipality", ("Tilburg",), ("Noord-Brabant",)),
    "Emmen": ("municipality", ("Emmen",), ("Drenthe",)),
}


@dataclass(frozen=True)
class Found:
    places: tuple[Place, ...] = ()
    foreign: tuple[str, ...] = ()


class SixPlaces:
    """Finds six places and one city abroad; "Bergen" has two readings."""

    def find(self, text: str, *, known_names: Sequence[str | tuple[int, int]] = ()) -> Found:
        taken = [span for span in known_names if isinstance(span, tuple)]
        places = []
        for name, (kind, municipalities, provinces) in PLACES.items():
            for match in re.finditer(rf"\b{name}\b", text):
                if not any(start <= match.start() < end for start, end in taken):
                    places.append(_place(name, kind, municipalities, provinces, match.start(), match.end()))
        for match in re.finditer(r"\bBergen\b", text):
            north = _place("Bergen (NH.)", "municipality", ("Bergen (NH.)",), ("Noord-Holland",), 0, 0)
            south = _place(
                "Bergen (L.)", "municipality", ("Bergen (L.)",), ("Limburg",), *match.span(), (north,)
            )
            places.append(south)
        foreign = ("Antwerpen",) if "Antwerpen" in text else ()
        return Found(tuple(sorted(places, key=lambda place: place.start)), foreign)


def _place(
    name: str, kind: Any, municipalities: tuple[str, ...], provinces: tuple[str, ...], start: int, end: int,
    alternatives: tuple[Place, ...] = (),
) -> Place:  # fmt: skip
    surface = name.split(" (")[0]
    return Place(name, kind, municipalities, provinces, (), surface, start, end, False, alternatives)


def record(record_id: str, name: str, *, aliases: tuple[str, ...] = (), **changes: Any) -> Record:
    """A valid record with a name; the rest is filled in."""
    fields: dict[str, Any] = {
        "id": record_id,
        "name": name,
        "aliases": aliases,
        "kind": "initiative",
        "status": "active",
        "status_note": "Loopt.",
        "confidence": "high",
        "summary": "Een initiatief.",
        "offer": "Aansluiten.",
        "scope": "national",
        "sectors": ("techniek",),
        "sources": ({"title": "Bron"},),
    }
    return Record.model_validate({**fields, **changes})


def catalogue() -> Catalogue:
    """Five records: a plain name, an abbreviation, a name that is also a word, an agenda, one that ended."""
    records = [
        record("staalhart", "Staalhart Opleidingshuis", aliases=("SOH",)),
        record("zonnekring", "Zonnekring Academie (eerder Zonnelab)", aliases=("Zonnelab",)),
        record("stap", "STAP-budget", aliases=("STAP",), status="ended"),
        record("merk", "Merk"),
        record("hca-noordrand", "Human Capital Agenda Noordrand", kind="regional_hca"),
    ]
    return Catalogue({r.id: r for r in records}, {r.id: "records/x.yaml" for r in records}, {})


def fixed_embedding(text: str) -> list[float]:
    """A vector of 24 numbers that depends on the text alone."""
    digest = hashlib.sha256(text.encode()).digest()
    return [(byte - 127) / 128 for byte in digest[:24]]


def understander() -> Understander:
    """The understander over the real vocabularies, the tiny catalogue and six places."""
    return build_understander(CORPUS, catalogue(), SixPlaces(), fixed_embedding)
