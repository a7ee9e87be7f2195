"""Twins: what counts as one organisation, and what does not."""

from __future__ import annotations

import pytest

from assistant.domain.catalogue import Record, Source
from assistant.ingest.twins import find_twins


def record(record_id: str, name: str, *, website: str | None = None, aliases: tuple[str, ...] = ()) -> Record:
    return Record(
        id=record_id, name=name, aliases=aliases, kind="initiative", status="active", status_note="Loopt.",
        confidence="high", summary="Een zin.", offer="Een zin.", scope="regional", sectors=("techniek",),
        website=website, sources=(Source(title="Bron", url="https://example.org"),),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param(
            record("a", "Techhuis", website="https://www.example.nl/techhuis/"),
            record("b", "Leerplek", website="http://example.nl/techhuis"),
            "website",
            id="same host and path, other scheme",
        ),
        pytest.param(
            record("a", "Zeeuwse Talentcampus"),
            record("b", "Programma Talentcampus Zeeuwse"),
            "name",
            id="same words in another order",
        ),
        pytest.param(
            record("a", "Werkplaats Waterstof Drenthe"),
            record("b", "Werkplaats Waterstof Drente"),
            "name",
            id="a letter apart",
        ),
        pytest.param(
            record("a", "Fonds Vakmanschap"),
            record("b", "Iets anders", aliases=("Fonds vakmanschap",)),
            "name",
            id="name is an alias of the other",
        ),
    ],
)
def test_twins_are_found(one: Record, other: Record, same: str) -> None:
    assert [(twins.ids, twins.same) for twins in find_twins([other, one])] == [(("a", "b"), same)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            record("a", "Techhuis", website="https://example.nl/een"),
            record("b", "Leerplek", website="https://example.nl/twee"),
            id="pages of one site",
        ),
        pytest.param(
            record("a", "Human Capital Agenda"),
            record("b", "Human Capital Agenda regio"),
            id="only hollow words",
        ),
        pytest.param(
            record("a", "Beroepentuin Utrecht"),
            record("b", "Beroepentuin Almere"),
            id="one formula, two places",
        ),
    ],
)
def test_others_are_left_alone(one: Record, other: Record) -> None:
    assert find_twins([one, other]) == []


def test_pair_kept_apart_is_not_named_again() -> None:
    records = [record("a", "Fonds Vakmanschap"), record("b", "Fonds vakmanschap")]

    assert find_twins(records, kept_apart={frozenset({"a", "b"}): "looked at"}) == []
