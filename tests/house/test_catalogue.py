"""The shipped catalogue: it loads, has no twins, names its sources, and knows its municipalities."""

from __future__ import annotations

import csv
from pathlib import Path

from assistant.ingest.catalogue import Catalogue
from assistant.ingest.twins import KEPT_APART, find_twins

PRESENTATION = "Presentatie Handreiking talent voor innovatie"
"""The only source without an address: it was handed over, not published."""
DOUBTFUL = ("niet geverifieerd", "ongeverifieerd", "unverified", "te verifiëren", "TODO", "FIXME", "???")


def municipality_names(root: Path) -> set[str]:
    with (root / "corpus" / "gazetteer" / "gemeenten.csv").open(encoding="utf-8") as rows:
        return {row["name"] for row in csv.DictReader(rows)}


def test_no_two_records_are_one_organisation(catalogue: Catalogue) -> None:
    assert find_twins(catalogue, kept_apart=KEPT_APART) == []


def test_pairs_kept_apart_still_look_like_twins(catalogue: Catalogue) -> None:
    found = {frozenset(twins.ids) for twins in find_twins(catalogue)}

    assert [sorted(pair) for pair in KEPT_APART if pair not in found] == []


def test_every_source_has_an_address_or_is_the_presentation(catalogue: Catalogue) -> None:
    without = [
        f"{record.id}: {source.title}"
        for record in catalogue
        for source in record.sources
        if not (source.url or "").startswith(("https://", "http://")) and source.title != PRESENTATION
    ]

    assert without == []


def test_every_municipality_exists(catalogue: Catalogue, root: Path) -> None:
    known = municipality_names(root)
    in_records = [f"{r.id}: {name}" for r in catalogue for name in r.municipalities if name not in known]
    in_coverage = [
        f"{i}: {name}"
        for i, c in catalogue.coverage.items()
        for name in c.municipalities
        if name not in known
    ]

    assert in_records + in_coverage == []


def test_every_active_regional_agenda_says_what_it_covers(catalogue: Catalogue) -> None:
    without = [
        record.id
        for record in catalogue
        if record.kind == "regional_hca"
        and record.status == "active"
        and record.id not in catalogue.coverage
        and not record.municipalities
        and not record.provinces
        and record.scope != "national"
    ]

    assert without == []


def test_nothing_doubtful_is_in_the_records(catalogue: Catalogue) -> None:
    doubtful = [
        f"{record.id}: {field}: {word}"
        for record in catalogue
        for field in type(record).model_fields
        for text in record.field_texts(field)
        for word in DOUBTFUL
        if word in text
    ]

    assert doubtful == []


def test_an_ended_record_is_not_its_own_successor(catalogue: Catalogue) -> None:
    ended = [
        f"{record.id}: {successor}"
        for record in catalogue
        for successor in record.successors
        if successor == record.id or catalogue.records[successor].status == "ended"
    ]

    assert ended == []
