"""Finds records that are likely one organisation: the same address, or nearly the same name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Literal
from urllib.parse import urlsplit

from rapidfuzz import fuzz

from assistant.domain.catalogue import Record
from assistant.index.dutch import folded

MIN_NAME_RATIO = 92.0
"""Similarity (0-100) of two names, words in any order, from which they count as the same."""
MIN_NAME_LETTERS = 5
_WORD = re.compile(r"[^\W_]+")
_HOLLOW = frozenset(
    [
        "de",
        "het",
        "een",
        "van",
        "voor",
        "in",
        "en",
        "the",
        "of",
        "for",
        "and",
        "hca",
        "human",
        "capital",
        "agenda",
        "programma",
        "project",
        "netwerk",
        "regio",
    ]
)

Pair = frozenset[str]


@dataclass(frozen=True, slots=True)
class Twins:
    """Two records that are likely one organisation.

    Attributes:
        ids: in alphabetical order.
        same: what they share.
        found: the shared address, or the two names.
    """

    ids: tuple[str, str]
    same: Literal["website", "name"]
    found: str


def find_twins(records: Iterable[Record], *, kept_apart: Mapping[Pair, str] | None = None) -> list[Twins]:
    """Pairs of records to look at.

    Args:
        records: of the whole catalogue.
        kept_apart: pairs that were looked at, with the reason to keep them apart.

    Returns:
        In order of ids; a pair is named once, with its address before its name.
    """
    known = kept_apart or {}
    found: dict[tuple[str, str], Twins] = {}
    ordered = sorted(records, key=lambda record: record.id)
    names = {record.id: _names(record) for record in ordered}
    for one, other in combinations(ordered, 2):
        pair = (one.id, other.id)
        if frozenset(pair) in known:
            continue
        address = _address(one)
        if address is not None and address == _address(other):
            found[pair] = Twins(pair, "website", address)
            continue
        alike = _alike(names[one.id], names[other.id])
        if alike is not None:
            found[pair] = Twins(pair, "name", alike)
    return list(found.values())


def _address(record: Record) -> str | None:
    """Host and path of a website, without `www.` and without what says the same page twice."""
    if record.website is None:
        return None
    parts = urlsplit(record.website)
    return f"{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/').lower()}"


def _names(record: Record) -> list[tuple[str, str]]:
    """Names as written and as compared: folded, without hollow words, words in alphabetical order."""
    found = []
    for name in (record.name, *record.aliases):
        words = [word for word in _WORD.findall(folded(name)) if word not in _HOLLOW]
        compared = " ".join(sorted(words))
        if len(compared.replace(" ", "")) >= MIN_NAME_LETTERS:
            found.append((name, compared))
    return found


def _alike(ours: list[tuple[str, str]], theirs: list[tuple[str, str]]) -> str | None:
    for name, compared in ours:
        for other_name, other in theirs:
            if compared == other or (
                min(len(compared), len(other)) > 2 * MIN_NAME_LETTERS
                and fuzz.ratio(compared, other) >= MIN_NAME_RATIO
            ):
                return f"{name} / {other_name}"
    return None


def _pairs(reasons: Mapping[tuple[str, str], str]) -> dict[Pair, str]:
    return {frozenset(pair): reason for pair, reason in reasons.items()}


KEPT_APART: Mapping[Pair, str] = _pairs(
    {
        (
            "hca-regio-zwolle",
            "upgrade-jezelf-regio-zwolle",
        ): "an agenda and the training fund below it, on one website",
        ("hca-photondelta", "masterplus-optics-photonics"): "an agenda and a course within it",
        (
            "it-career-centre-utrecht",
            "u-tech-community",
        ): "a cooperation of trainers for career changers, and the network of the region",
        (
            "praktijkleren-praktijkverklaring",
            "praktijkverklaringen-utrecht",
        ): "a national learning route and a regional project",
    }
)
"""Pairs that were looked at and are two organisations, with the reason."""
