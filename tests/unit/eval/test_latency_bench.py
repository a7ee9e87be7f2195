from __future__ import annotations

import pytest

from eval.bench.latency import as_lines, latency_of, spread
from eval.runner import Timing
from tests.unit.eval.examples import make_item


def timing(answer: float, reference: float) -> Timing:
    return Timing("dev-hca-001", {"understand": answer / 2, "total": answer}, reference)


def test_ratio_is_taken_per_question_and_p95_against_p95_and_median() -> None:
    found = latency_of([timing(20, 10), timing(30, 10), timing(100, 20)])

    assert (found.answer_p50, found.reference_p50) == (30, 10)
    assert found.ratio_p50 == 3.0
    assert found.ratio_p95 == pytest.approx(93 / 19, abs=0.01)
    assert found.ratio_p95_to_p50 == pytest.approx(9.3)
    assert found.steps == {"understand": 15}
    assert "ref p50 9.3" in "\n".join(as_lines(found))


@pytest.mark.parametrize(("count", "expected"), [(2, [0, 5]), (10, list(range(10))), (99, list(range(10)))])
def test_chosen_questions_lie_at_even_distances(count: int, expected: list[int]) -> None:
    items = [make_item(f"dev-hca-{n:03d}") for n in range(10)]

    assert spread(items, count) == [items[n] for n in expected]
