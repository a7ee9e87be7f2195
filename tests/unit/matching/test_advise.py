"""From weighed records to advice: how many, in which order, how to link up, what has ended."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.match import Advice, Match
from assistant.matching.advise import MAX_RECOMMENDED, advise, agenda_of_place, named_advice
from assistant.matching.weights import default_weights
from tests.support.builders import facets, fit, match, municipality, record, understood

NEED = {"sectors": facets("techniek")}
TECHNIEK = fit("sector")


def agendas(n: int, **changes: Any) -> list[Match]:
    return [match(record(f"agenda-{i}", **changes), 0.9 - i / 100) for i in range(n)]


def initiatives(n: int) -> list[Match]:
    return [match(record(f"project-{i}", "initiative"), 0.6 - i / 100, TECHNIEK) for i in range(n)]


def ids(advice: Advice) -> list[str]:
    return [m.record.id for m, _ in advice.recommended]


def advice_on(matches: list[Match], **asked: Any) -> Advice:
    return advise(matches, understood(**asked), default_weights())


@pytest.mark.parametrize(
    ("n_agendas", "n_initiatives", "asked", "expected"),
    [
        pytest.param(4, 4, NEED, "aaapp", id="three agendas and two initiatives"),
        pytest.param(1, 9, NEED, "apppp", id="initiatives fill what agendas leave"),
        pytest.param(9, 1, NEED, "aaaap", id="agendas fill what initiatives leave"),
        pytest.param(9, 9, {}, "aaaaa", id="no initiatives without a need"),
        pytest.param(0, 2, NEED, "pp", id="initiatives alone"),
        pytest.param(0, 0, NEED, "", id="nothing fits"),
        pytest.param(4, 4, {**NEED, "intent": "find_initiative"}, "pppaa", id="initiative asked, no place"),
        pytest.param(
            4, 4, {**NEED, "intent": "find_initiative", "places": (municipality("Emmen"),)}, "apppa",
            id="initiative asked in a place: its agenda leads",
        ),
    ],
)  # fmt: skip
def test_how_many_and_in_which_order(
    n_agendas: int, n_initiatives: int, asked: dict[str, Any], expected: str
) -> None:
    advice = advice_on([*agendas(n_agendas), *initiatives(n_initiatives)], **asked)

    assert "".join(record_id[0] for record_id in ids(advice)) == expected


@pytest.mark.parametrize(
    ("fits", "text_score", "is_recommended"),
    [
        pytest.param((TECHNIEK,), 0.5, True, id="in the sector"),
        pytest.param((fit("sector", "does_not_fit", 0.0),), 0.9, False, id="outside the sector"),
        pytest.param((fit("sector", "unknown", 0.5),), 0.9, False, id="in a related sector"),
        pytest.param((fit("sector", "does_not_fit", 0.0),), 1.0, True, id="outside, but the text fits best"),
    ],
)
def test_initiative_and_its_sector(fits: tuple[Any, ...], text_score: float, is_recommended: bool) -> None:
    project = match(record("project", "initiative"), 0.6, *fits, text_score=text_score)

    assert bool(ids(advice_on([project], **NEED))) is is_recommended


def test_weak_initiative_is_not_recommended() -> None:
    weak = match(record("project", "initiative"), default_weights().min_initiative_score - 0.01, TECHNIEK)

    assert ids(advice_on([weak], **NEED)) == []


@pytest.mark.parametrize(
    ("fits", "text_score", "asked", "is_recommended"),
    [
        pytest.param((fit("sector"),), 0.1, NEED, True, id="sector asked"),
        pytest.param((fit("sector", "does_not_fit", 0.0),), 1.0, NEED, False, id="another sector asked"),
        pytest.param((), 0.1, {"places": (municipality("Emmen"),)}, False, id="only a place asked"),
        pytest.param((), 1.0, {"places": (municipality("Emmen"),)}, True, id="only a place, text fits best"),
        pytest.param((), 0.1, {}, True, id="nothing asked"),
    ],
)
def test_programme_counts_for_its_sector_or_its_text(
    fits: tuple[Any, ...], text_score: float, asked: dict[str, Any], is_recommended: bool
) -> None:
    programme = match(record("programma", "programme"), 0.6, *fits, text_score=text_score)

    assert bool(ids(advice_on([programme], **asked))) is is_recommended


def test_ways_to_link_up() -> None:
    matches = [
        match(record("eerste"), 0.9),
        match(record("tweede"), 0.8),
        match(record("stil", status="unknown"), 0.7),
        match(record("project", "initiative"), 0.6, TECHNIEK),
    ]

    advice = advice_on(matches, **NEED)

    assert [(m.record.id, how) for m, how in advice.recommended] == [
        ("eerste", "join"),
        ("tweede", "coordinate"),
        ("stil", "ask_first"),
        ("project", "add_to"),
    ]


def test_ended_record_that_would_have_come_first_is_named_as_ended() -> None:
    penalty = default_weights().status_penalty.ended
    old = match(record("oud", status="ended"), 0.95 - penalty)
    older = match(record("ouder", status="ended"), 0.2 - penalty)

    advice = advice_on([*agendas(2), old, older])

    assert ids(advice) == ["agenda-0", "agenda-1"]
    assert [m.record.id for m in advice.ended] == ["oud"]


def test_ended_record_of_another_region_is_not_named() -> None:
    old = match(record("oud", status="ended"), 0.9, fit("region", "does_not_fit", 0.0))

    assert advice_on([old]).ended == ()


def test_considered_are_the_nearest_that_are_not_shown() -> None:
    elsewhere = match(record("elders"), 0.95, is_eligible=False, obstacle="region")

    advice = advice_on([elsewhere, *agendas(7)])

    assert advice.considered[0].record.id == "elders"
    assert {m.record.id for m in advice.considered}.isdisjoint(ids(advice))


@given(
    data=st.lists(
        st.tuples(
            st.sampled_from(["regional_hca", "sectoral_hca", "programme", "initiative"]),
            st.sampled_from(["active", "unknown", "ended"]),
            st.floats(0, 1),
            st.booleans(),
        ),
        max_size=14,
    ),
    intent=st.sampled_from(["find_regional_hca", "find_sectoral_hca", "find_initiative"]),
)
def test_advice_never_holds_what_may_not_be_recommended(
    data: list[tuple[str, str, float, bool]], intent: Any
) -> None:
    matches = [
        match(
            record(f"r-{i}", kind, status=status), score, TECHNIEK,
            is_eligible=is_eligible and status != "ended",
            obstacle="status" if status == "ended" else None if is_eligible else "region",
        )
        for i, (kind, status, score, is_eligible) in enumerate(data)
    ]  # fmt: skip
    matches.sort(key=lambda m: (-m.score, m.record.id))

    advice = advice_on(matches, intent=intent, **NEED)

    assert len(advice.recommended) <= MAX_RECOMMENDED
    assert all(m.is_eligible and m.record.status != "ended" for m, _ in advice.recommended)
    assert len(set(ids(advice))) == len(advice.recommended)
    assert all(m.record.status == "ended" for m in advice.ended)


EMMEN = (municipality("Emmen"),)


def placed(name: str, score: float, *, size: int, covered: float = 1.0, **changes: Any) -> Match:
    return match(record(name), score, fit("region"), area_size=size, covered=covered, **changes)


@pytest.mark.parametrize(
    ("agendas", "asked", "expected"),
    [
        pytest.param(
            [placed("wijd", 0.9, size=40), placed("klein", 0.5, size=8)], {}, ["klein", "wijd"],
            id="the smallest first, whatever its text",
        ),
        pytest.param(
            [placed("eerst", 0.9, size=10), placed("kleiner", 0.5, size=9)], {}, ["eerst", "kleiner"],
            id="about the same size: by score",
        ),
        pytest.param(
            [placed("half", 0.9, size=5, covered=0.5), placed("heel", 0.5, size=30)], {}, ["heel", "half"],
            id="one that covers all places first",
        ),
        pytest.param(
            [placed("zorgagenda", 0.9, size=5, limited_to=("zorg",)), placed("alles", 0.5, size=30)], {},
            ["alles", "zorgagenda"], id="one for a sector nobody asked for comes last",
        ),
        pytest.param(
            [placed("alles", 0.6, size=5), placed("zorgagenda", 0.5, size=5, limited_to=("zorg",))],
            {"sectors": facets("zorg")}, ["zorgagenda", "alles"], id="same size: that of the sector asked",
        ),
        pytest.param(
            [placed("deel", 0.52, size=10), placed("koepel", 0.5, size=10, falls_under_it=1)], {},
            ["koepel", "deel"], id="the umbrella of the same area first",
        ),
    ],
)  # fmt: skip
def test_order_of_agendas_for_a_place(
    agendas: list[Match], asked: dict[str, Any], expected: list[str]
) -> None:
    assert ids(advice_on(agendas, places=EMMEN, **asked)) == expected


def test_regional_agenda_goes_before_that_of_the_country() -> None:
    national = match(record("landelijk", "sectoral_hca"), 0.9, fit("sector"))

    assert ids(advice_on([national, placed("regio", 0.4, size=10)], places=EMMEN, **NEED))[0] == "regio"


@pytest.mark.parametrize(
    ("similarity", "score", "is_recommended"),
    [
        pytest.param(0.9, 0.6, True, id="near in meaning"),
        pytest.param(0.5, 0.6, False, id="far in meaning"),
        pytest.param(0.5, 0.95, True, id="far in meaning, but all that was asked fits"),
        pytest.param(None, 0.6, True, id="not known"),
    ],
)
def test_far_off_initiatives_are_left_out(
    similarity: float | None, score: float, is_recommended: bool
) -> None:
    project = match(record("project", "initiative"), score, TECHNIEK, similarity=similarity)

    assert bool(ids(advice_on([project], **NEED))) is is_recommended


def test_nearest_initiative_is_shown_as_such_when_one_was_asked_for() -> None:
    far = [match(record(f"ver-{i}", "initiative"), 0.6 - i / 100, TECHNIEK, similarity=0.5) for i in range(3)]

    advice = advice_on(far, intent="find_initiative", **NEED)

    assert (ids(advice), advice.nearest_id) == (["ver-0"], "ver-0")


def test_named_records_are_recommended_in_the_order_of_the_question() -> None:
    matches = [match(record("a"), 0.9), match(record("b"), 0.1), match(record("oud", status="ended"), 0.5)]

    advice = named_advice(matches, ["b", "oud", "a", "bestaat-niet"])

    assert ids(advice) == ["b", "a"]
    assert [m.record.id for m in advice.ended] == ["oud"]


def test_agenda_of_a_place_is_the_tightest_that_runs() -> None:
    matches = [
        match(record("ruim"), 0.9, fit("region", "fits", 0.7)),
        match(record("krap"), 0.8, fit("region", "fits", 0.95)),
        match(record("gestopt", status="ended"), 0.4, fit("region", "fits", 1.0)),
        match(record("project", "initiative"), 0.9, fit("region", "fits", 1.0)),
    ]

    found = agenda_of_place(matches)

    assert found is not None
    assert found.record.id == "krap"


def test_place_without_a_regional_agenda_has_none() -> None:
    assert agenda_of_place([match(record("project", "initiative"))]) is None
