"""Intervals and tests: percentile bootstrap over items, paired bootstrap, exact McNemar. All seeded."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from math import comb

import numpy as np
from numpy.typing import NDArray

from eval.measures.base import Value, total

RESAMPLES = 2000
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measure over `n` items with its 95 % bootstrap interval.

    When all items have the same value the interval has no width: with few items it then says too much.
    """

    n: int
    value: float
    low: float
    high: float


def generator(seed: str) -> np.random.Generator:
    """Random numbers that only depend on the text."""
    return np.random.default_rng(int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8], "big"))


def _counts(n: int, seed: str) -> NDArray[np.float64]:
    """How often each item is drawn in each resample, shape (RESAMPLES, n)."""
    return generator(seed).multinomial(n, np.full(n, 1 / n), size=RESAMPLES).astype(np.float64)


def _ratios(counts: NDArray[np.float64], values: NDArray[np.float64]) -> NDArray[np.float64]:
    sums = counts @ values
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(sums[:, 1] > 0, sums[:, 0] / sums[:, 1], np.nan))


def estimate(values: Sequence[Value], *, seed: str) -> Estimate | None:
    """A measure with its interval; None when nothing was judged.

    Args:
        values: one per item, in a fixed order.
        seed: any text; the same text gives the same interval.
    """
    value = total(values)
    if value is None:
        return None
    ratios = _ratios(_counts(len(values), seed), np.asarray(values, dtype=np.float64))
    low, high = np.nanquantile(ratios, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Estimate(len(values), round(value, 5), round(float(low), 5), round(float(high), 5))


def percentile_estimate(values: Sequence[float], share: float, *, seed: str) -> Estimate | None:
    """A percentile of values with its interval; None when there are none."""
    if not values:
        return None
    array = np.asarray(values, dtype=np.float64)
    draws = array[generator(seed).integers(0, len(array), size=(RESAMPLES, len(array)))]
    low, high = np.quantile(np.quantile(draws, share, axis=1), [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    value = float(np.quantile(array, share))
    return Estimate(len(array), round(value, 3), round(float(low), 3), round(float(high), 3))


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed from one run to another on the same items.

    Attributes:
        delta: value after minus value before, over the `n` items both runs judged.
        p_value: two-sided.
        test: "McNemar" (exact) for yes-or-no values, else "paired bootstrap".
    """

    n: int
    before: float
    after: float
    delta: float
    low: float
    high: float
    p_value: float
    test: str


def mcnemar(gained: int, lost: int) -> float:
    """Exact two-sided p-value of counts of items that changed either way (McNemar 1947, binomial form)."""
    n = gained + lost
    if n == 0:
        return 1.0
    tail = sum(comb(n, i) for i in range(min(gained, lost) + 1)) / 2**n
    return float(min(1.0, 2 * tail))


def difference(before: Sequence[Value], after: Sequence[Value], *, seed: str) -> Difference | None:
    """Compare two runs item by item; None when nothing was judged.

    Args:
        before, after: values of the same items in the same order.
    """
    first, second = total(before), total(after)
    if first is None or second is None or not before:
        return None
    counts = _counts(len(before), seed)
    old, new = np.asarray(before, dtype=np.float64), np.asarray(after, dtype=np.float64)
    deltas = _ratios(counts, new) - _ratios(counts, old)
    low, high = np.nanquantile(deltas, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    is_binary = all(v in ((0.0, 1.0), (1.0, 1.0)) for v in (*map(tuple, before), *map(tuple, after)))
    if is_binary:
        gained = int(np.sum(new[:, 0] > old[:, 0]))
        lost = int(np.sum(new[:, 0] < old[:, 0]))
        p_value, test = mcnemar(gained, lost), "McNemar"
    else:
        below, above = float(np.mean(deltas <= 0)), float(np.mean(deltas >= 0))
        p_value, test = min(1.0, 2 * min(below, above)), "paired bootstrap"
    return Difference(
        len(before), round(first, 5), round(second, 5), round(second - first, 5), round(float(low), 5),
        round(float(high), 5), round(p_value, 5), test,
    )  # fmt: skip
