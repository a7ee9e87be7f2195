from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.statistics import difference, estimate, mcnemar, percentile_estimate

YES, NO = (1.0, 1.0), (0.0, 1.0)
VALUES = st.lists(st.tuples(st.floats(0, 5), st.floats(0.5, 5)), min_size=1, max_size=40)


def test_estimate_is_a_ratio_of_sums_and_not_a_mean_of_ratios() -> None:
    found = estimate([(1.0, 1.0), (0.0, 3.0)], seed="x")

    assert found is not None
    assert found.value == 0.25


@given(VALUES)
def test_interval_holds_the_value_between_the_least_and_the_greatest(
    values: list[tuple[float, float]],
) -> None:
    found = estimate(values, seed="x")

    assert found is not None
    ratios = [n / d for n, d in values]
    assert min(ratios) - 1e-4 <= found.low <= found.high <= max(ratios) + 1e-4


def test_interval_narrows_with_more_items() -> None:
    few, many = (estimate([YES, NO] * n, seed="x") for n in (10, 200))

    assert few is not None
    assert many is not None
    assert many.high - many.low < few.high - few.low


def test_same_seed_gives_the_same_interval_and_another_seed_another() -> None:
    values = [(n**0.5, 1.0) for n in range(33)]

    assert estimate(values, seed="a") == estimate(values, seed="a")
    assert estimate(values, seed="a") != estimate(values, seed="b")


def test_nothing_judged_gives_no_estimate() -> None:
    assert estimate([], seed="x") is None
    assert estimate([(0.0, 0.0)], seed="x") is None
    assert percentile_estimate([], 0.5, seed="x") is None


@pytest.mark.parametrize(
    ("gained", "lost", "expected"),
    [
        pytest.param(0, 0, 1.0, id="nothing changed"),
        pytest.param(5, 5, 1.0, id="as many either way"),
        pytest.param(0, 5, 0.0625, id="five lost: twice a half to the fifth"),
        pytest.param(1, 9, 22 / 1024, id="one gained and nine lost"),
    ],
)
def test_mcnemar(gained: int, lost: int, expected: float) -> None:
    assert mcnemar(gained, lost) == pytest.approx(expected)
    assert mcnemar(lost, gained) == mcnemar(gained, lost)


def test_yes_or_no_values_are_tested_with_mcnemar() -> None:
    found = difference([YES] * 12, [NO] * 8 + [YES] * 4, seed="x")

    assert found is not None
    assert found.test == "McNemar"
    assert found.delta == pytest.approx(-2 / 3, abs=1e-4)
    assert found.p_value < 0.01


def test_graded_values_are_tested_with_a_paired_bootstrap() -> None:
    before = [(0.1 * n, 1.0) for n in range(10)]
    found = difference(before, [(n + 0.05, d) for n, d in before], seed="x")

    assert found is not None
    assert found.test == "paired bootstrap"
    assert found.low == found.high == pytest.approx(0.05)
    assert found.p_value == 0.0


def test_equal_runs_differ_by_nothing() -> None:
    values = [YES, NO, YES]
    found = difference(values, values, seed="x")

    assert found is not None
    assert (found.delta, found.p_value) == (0.0, 1.0)


def test_percentile_of_times() -> None:
    found = percentile_estimate([float(n) for n in range(1, 102)], 0.95, seed="x")

    assert found is not None
    assert found.value == 96.0
    assert found.low <= found.value <= found.high
