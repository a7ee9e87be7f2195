"""The labelled set: big enough, and every guard keeps its floor on it."""

from __future__ import annotations

from collections import Counter

import pytest

from eval.guards import Labelled, Score, labelled_texts, scores

RECALL_FLOOR = 0.9
"""Below this a guard misses too much to be called one; today's figures are in docs/guards.md."""


@pytest.fixture(scope="module")
def items() -> list[Labelled]:
    return [item for item in labelled_texts() if item.split != "inventive"]


@pytest.fixture(scope="module")
def rows(items: list[Labelled]) -> dict[str, Score]:
    return scores(items)[0]


def test_the_set_is_big_enough(items: list[Labelled]) -> None:
    counts = Counter(item.guard for item in items)

    assert counts["injection"] + counts["personal"] + counts["cleaning"] >= 150
    assert counts["harmless"] >= 300


@pytest.mark.parametrize("guard", ["injection", "personal", "cleaning"])
def test_a_guard_finds_most_and_alarms_seldom(rows: dict[str, Score], guard: str) -> None:
    score = rows[guard]

    assert score.recall >= RECALL_FLOOR
    assert score.false_alarms <= 0.01 * score.harmless
