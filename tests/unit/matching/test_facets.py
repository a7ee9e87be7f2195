"""Sector, level, target group and kind of intervention: literal items, silence, and misfits."""

from __future__ import annotations

import pytest

from assistant.domain.catalogue import Record
from assistant.domain.question import Facet
from assistant.matching.facets import (
    RELATED_SECTORS,
    fit_activity,
    fit_level,
    fit_sector,
    fit_target_group,
    target_groups_by_id,
)
from assistant.matching.weights import default_weights
from tests.support.builders import facets, record

WEIGHTS = default_weights()


def working_in(*sectors: str, **changes: object) -> Record:
    return record("a", "initiative", sectors=sectors, **changes)


@pytest.mark.parametrize(
    ("sectors", "asked", "fit", "found"),
    [
        pytest.param(("zorg", "ict"), ("zorg",), "fits", "zorg", id="literal"),
        pytest.param(("intersectoraal",), ("zorg",), "fits", "alle sectoren", id="all sectors"),
        pytest.param(("techniek",), ("energie",), "unknown", "techniek", id="related is not a fit"),
        pytest.param(("creatief",), ("zorg",), "does_not_fit", "creatief", id="another sector"),
        pytest.param(("zorg",), ("intersectoraal",), "does_not_fit", "zorg", id="one is not all"),
    ],
)
def test_sector(sectors: tuple[str, ...], asked: tuple[str, ...], fit: str, found: str) -> None:
    weighed = fit_sector(working_in(*sectors), facets(*asked), WEIGHTS)

    assert (weighed.fit, weighed.found) == (fit, found)
    assert all(piece.quote in sectors for piece in weighed.evidence)


def test_sector_scores_go_from_literal_to_all_to_related_to_other() -> None:
    scores = [
        fit_sector(working_in(*sectors), facets("energie"), WEIGHTS).score
        for sectors in (("energie",), ("intersectoraal",), ("techniek",), ("creatief",))
    ]

    assert scores == sorted(scores, reverse=True)
    assert scores[-1] == 0.0


def test_sector_said_literally_weighs_more_than_one_inferred() -> None:
    said = fit_sector(working_in("zorg"), (Facet("zorg", "zorg"),), WEIGHTS)
    inferred = fit_sector(working_in("zorg"), (Facet("zorg", "patiënten", 0.4),), WEIGHTS)

    assert said.score > inferred.score


def test_focus_on_few_sectors_scores_above_a_long_list() -> None:
    few = fit_sector(working_in("zorg"), facets("zorg"), WEIGHTS)
    many = fit_sector(working_in("zorg", "ict", "bouw", "water"), facets("zorg"), WEIGHTS)

    assert few.score > many.score


def test_no_sector_is_related_to_itself() -> None:
    assert [sector for sector, related in RELATED_SECTORS.items() if sector in related] == []


@pytest.mark.parametrize(
    ("levels", "asked", "fit", "found"),
    [
        pytest.param(("mbo", "hbo"), ("mbo",), "fits", "mbo", id="listed"),
        pytest.param((), ("mbo",), "unknown", "", id="silence is unknown"),
        pytest.param(("wo",), ("mbo",), "does_not_fit", "wo", id="lists others"),
    ],
)
def test_level(levels: tuple[str, ...], asked: tuple[str, ...], fit: str, found: str) -> None:
    weighed = fit_level(working_in("zorg", education_levels=levels), facets(*asked))

    assert (weighed.fit, weighed.found) == (fit, found)


def test_all_levels_asked_score_above_some_of_them() -> None:
    asked = facets("mbo", "hbo")
    both = fit_level(working_in("zorg", education_levels=("mbo", "hbo")), asked)
    one = fit_level(working_in("zorg", education_levels=("mbo",)), asked)
    silent = fit_level(working_in("zorg"), asked)

    assert both.score > one.score > silent.score > 0


def test_target_group_is_cited_in_the_words_of_the_record() -> None:
    item = working_in("zorg", target_groups=("mensen die van werk wisselen",))
    listed = target_groups_by_id(item, lambda text: ("zij-instromers",) if "wisselen" in text else ())

    weighed = fit_target_group(item, facets("zij-instromers"), listed)

    assert weighed.fit == "fits"
    assert [piece.quote for piece in weighed.evidence] == ["mensen die van werk wisselen"]


def test_activity_is_the_kind_of_intervention() -> None:
    campus = working_in("zorg", interventions=("campus",))

    assert fit_activity(campus, facets("campus")).fit == "fits"
    assert fit_activity(campus, facets("llo")).fit == "does_not_fit"
