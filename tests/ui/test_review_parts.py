"""What readers see and send: the draft of a browser, the history of a review, what to judge next."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from assistant.domain.review import LoggedAnswer, Review
from assistant.ui.parts.history import changes, history, subject_name
from assistant.ui.parts.review_item import is_empty, item_data, review_of_draft
from assistant.ui.parts.trace import trace_sections
from assistant.ui.review_state import Reading, is_role
from tests.ui.fake_answers import ADVICE, FLEVOLAND, SKILLS

NAMES = {FLEVOLAND.id: FLEVOLAND.name, SKILLS.id: SKILLS.name}
AT = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)


@pytest.fixture
def logged() -> LoggedAnswer:
    return LoggedAnswer("a1", "c1", 0, AT, ADVICE, None, {}, {}, 0.9)


@pytest.mark.parametrize(
    ("draft", "sentences", "recommendations"),
    [
        pytest.param(
            {"sentences": {"1": "supported", "2": "partial"}}, {1: "supported", 2: "partial"}, {}, id="claims"
        ),
        pytest.param({"sentences": {"0": "supported"}}, {}, {}, id="a frame claims nothing"),
        pytest.param(
            {"sentences": {"99": "supported", "x": "partial", "1": "maybe"}}, {}, {}, id="what is not there"
        ),
        pytest.param(
            {"recommendations": {FLEVOLAND.id: "right", "iets-anders": "wrong"}}, {}, {FLEVOLAND.id: "right"},
            id="recommendations of this answer alone",
        ),
        pytest.param({}, {}, {}, id="nothing"),
    ],
)  # fmt: skip
def test_draft_becomes_a_review_of_this_answer(
    logged: LoggedAnswer, draft: dict[str, Any], sentences: dict[int, str], recommendations: dict[str, str]
) -> None:
    review = review_of_draft({"reader": "adviseur-1", **draft}, logged)

    assert review.sentences == sentences
    assert review.recommendations == recommendations


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        pytest.param({}, True, id="nothing"),
        pytest.param({"comment": "  "}, True, id="blanks"),
        pytest.param({"comment": "Klopt."}, False, id="a comment"),
        pytest.param({"missing": [SKILLS.id]}, False, id="what is missing"),
    ],
)
def test_only_what_says_something_is_worth_storing(
    logged: LoggedAnswer, draft: dict[str, Any], expected: bool
) -> None:
    assert is_empty(review_of_draft(draft, logged)) is expected


def test_own_review_is_what_a_draft_begins_with(logged: LoggedAnswer) -> None:
    own = Review("a1", "adviseur-1", 2, AT, sentences={1: "partial"}, missing=(SKILLS.id,), comment="Waarom?")

    data = item_data(logged, own, "adviseur-1", (FLEVOLAND, SKILLS))

    assert data["revision"] == 2
    assert review_of_draft({"reader": "adviseur-1", **data["own"]}, logged).sentences == {1: "partial"}
    assert [r["id"] for r in data["catalogue"]] == [FLEVOLAND.id, SKILLS.id]


def test_change_tells_the_old_value(logged: LoggedAnswer) -> None:
    before = Review("a1", "adviseur-1", 1, AT, sentences={1: "supported", 2: "supported"})
    after = Review("a1", "adviseur-1", 2, AT, sentences={1: "unsupported"}, comment="Jaartal")

    assert changes(before, after, ADVICE, NAMES) == [
        "zin 1: niet (was: gestaafd)",
        "opmerking: ‘Jaartal’",
        "zin 2: zonder oordeel (was: gestaafd)",
    ]


def test_history_compares_a_reader_with_the_same_reader() -> None:
    first = Review("a1", "adviseur-1", 1, AT, sentences={1: "supported"})
    other = Review("a1", "adviseur-2", 1, AT, sentences={1: "unsupported"})

    shown = history((first, other), ADVICE, NAMES)

    assert "was:" not in shown
    assert shown.index("adviseur-2") < shown.index("adviseur-1")
    assert "25 november 2026, 10:30" in shown


@pytest.mark.parametrize(
    ("subject", "name"),
    [
        pytest.param("sentence:1", "zin 1", id="the first claim"),
        pytest.param("sentence:3", "zin 3", id="frames are not counted"),
        pytest.param(f"recommendation:{SKILLS.id}", SKILLS.name, id="a record by its name"),
        pytest.param("recommendation:weg", "weg", id="a record that is gone"),
    ],
)
def test_subject_of_a_disagreement_has_a_plain_name(subject: str, name: str) -> None:
    assert subject_name(subject, ADVICE, NAMES) == name


def test_next_goes_on_after_this_one_and_then_from_the_start() -> None:
    state = Reading()
    state.open_from(["a", "b", "c"])
    state.done.add("b")

    assert state.next_after("b") == "c"
    state.done.add("c")
    assert state.next_after("c") == "a"
    state.done.add("a")
    assert state.next_after("a") is None


def test_where_a_reader_began_is_remembered_until_it_is_stored() -> None:
    state = Reading()
    state.began_from("a", [Review("a", "adviseur-1", 1)])

    assert state.began_from("a", [Review("a", "adviseur-1", 2), Review("a", "adviseur-2", 1)]) == {
        "adviseur-1": 1
    }


@pytest.mark.parametrize(
    ("name", "expected"), [("adviseur-1", True), ("Jan Jansen", False), (None, False), ("adviseur-0", False)]
)
def test_a_reader_is_a_role(name: str | None, expected: bool) -> None:
    assert is_role(name) is expected


def test_trace_of_an_unknown_shape_is_shown_as_far_as_it_goes(logged: LoggedAnswer) -> None:
    odd: dict[str, Any] = {
        "understanding": None,
        "rankings": [],
        "matches": "?",
        "checks": {"sentences": [1]},
    }

    sections = trace_sections(LoggedAnswer("a1", "c1", 0, AT, ADVICE, None, odd, {"x": {"y": None}}, None))

    assert len(sections) == 6
    assert "x.y" in sections[-1]
