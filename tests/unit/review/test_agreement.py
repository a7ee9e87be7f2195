"""Agreement of readers and of the claim checker, against figures worked out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from assistant.domain.review import Review
from assistant.review.agreement import JudgedAnswer, agreement_of, cohen_kappa

VERDICTS = st.sampled_from(["supported", "partial", "unsupported"])


def test_kappa_of_cohens_kind_of_table() -> None:
    # 20 both yes, 5 yes/no, 10 no/yes, 15 both no: observed 0.70, by chance 0.50, kappa 0.40.
    pairs = [("j", "j")] * 20 + [("j", "n")] * 5 + [("n", "j")] * 10 + [("n", "n")] * 15

    assert cohen_kappa(pairs) == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        pytest.param([], None, id="nothing judged twice"),
        pytest.param([("a", "a"), ("a", "a")], None, id="both only ever said one thing"),
        pytest.param([("a", "a"), ("b", "b")], 1.0, id="always the same"),
        pytest.param([("a", "b"), ("b", "a")], -1.0, id="always the other"),
    ],
)
def test_kappa_at_its_ends(pairs: list[tuple[str, str]], expected: float | None) -> None:
    assert cohen_kappa(pairs) == expected


@given(
    st.lists(st.tuples(VERDICTS, VERDICTS), min_size=2, max_size=40).filter(lambda p: len({*sum(p, ())}) > 1)
)
def test_kappa_is_that_of_scikit_learn(pairs: list[tuple[str, str]]) -> None:
    left, right = zip(*pairs, strict=True)

    assert cohen_kappa(pairs) == pytest.approx(cohen_kappa_score(left, right))


def test_checker_is_measured_on_what_it_looked_at() -> None:
    # Flagged by the machine: 0, 1. Found wrong by the reader: 0, 2 (and 4, which the machine never saw).
    judged = JudgedAnswer(
        "a",
        ("partial", "unsupported", "supported", "supported", None),
        (Review("a", "x", 1, sentences={
            0: "unsupported", 1: "supported", 2: "partial", 3: "supported", 4: "unsupported",
        }),),
    )  # fmt: skip

    found = agreement_of([judged])

    assert (found.checker_precision, found.checker_recall) == (0.5, 0.5)
    assert (found.kappa, found.pairs, found.judged_sentences, found.judged_answers) == (None, 0, 5, 1)


def test_disagreements_name_readers_and_subject() -> None:
    judged = JudgedAnswer(
        "a",
        ("supported", "supported"),
        (
            Review("a", "x", 1, sentences={0: "supported", 1: "partial"}, recommendations={"r": "right"}),
            Review("a", "y", 1, sentences={0: "supported", 1: "supported"}, recommendations={"r": "wrong"}),
        ),
    )

    found = agreement_of([judged])

    assert [(d.subject, dict(d.verdicts)) for d in found.disagreements] == [
        ("sentence:1", {"x": "partial", "y": "supported"}),
        ("recommendation:r", {"x": "right", "y": "wrong"}),
    ]
    assert found.pairs == 3
