"""Does confidence tell right answers from wrong ones: risk-coverage curves and the area under them.

Answers are taken in order of falling confidence; risk is the share of wrong ones so far, coverage the share
of all questions answered so far (El-Yaniv and Wiener 2010). AURC is the mean risk over answers (Geifman et
al. 2019). Questions the assistant did not answer are not on the curve: they end its coverage.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from eval.measures.base import Case, Values
from eval.statistics import LEVEL, RESAMPLES, Estimate, generator

KINDS = ("match", "cosine")


@dataclass(frozen=True, slots=True)
class Curve:
    """Points of rising coverage.

    Attributes:
        threshold: lowest confidence among the answers up to the point.
    """

    coverage: tuple[float, ...]
    risk: tuple[float, ...]
    threshold: tuple[float, ...]

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read a stored curve."""
        return cls(tuple(data["coverage"]), tuple(data["risk"]), tuple(data["threshold"]))


def is_right(case: Case, values: Mapping[str, Values]) -> bool:
    """Whether an answer is right as a whole: first match, cited page, or all key facts, as labelled."""
    item = case.item.id
    if case.item.expected.status != "answered":
        return False
    for measure in ("match Success@1", "page hit", "nugget recall"):
        if item in values.get(measure, {}):
            return values[measure][item][0] >= 1.0
    return False


def _area(errors: np.ndarray[Any, np.dtype[np.float64]]) -> float:
    return float(np.mean(np.cumsum(errors) / np.arange(1, len(errors) + 1)))


def measure_confidence(
    cases: Sequence[Case], values: Mapping[str, Values]
) -> tuple[dict[str, Curve], dict[str, Estimate]]:
    """Curves and areas per kind of confidence; empty when nothing was answered."""
    curves: dict[str, Curve] = {}
    areas: dict[str, Estimate] = {}
    answered = [case for case in cases if case.outcome.answer.status == "answered" and not case.outcome.error]
    for kind in KINDS if answered else ():
        ordered = sorted(answered, key=lambda c: (-c.outcome.confidence.get(kind, 0.0), c.item.id))
        errors = np.array([0.0 if is_right(case, values) else 1.0 for case in ordered])
        risks = np.cumsum(errors) / np.arange(1, len(errors) + 1)
        curves[kind] = Curve(
            tuple(round((i + 1) / len(cases), 4) for i in range(len(ordered))),
            tuple(round(float(risk), 4) for risk in risks),
            tuple(case.outcome.confidence.get(kind, 0.0) for case in ordered),
        )
        draws = np.sort(
            generator(f"AURC {kind}").integers(0, len(errors), size=(RESAMPLES, len(errors))), axis=1
        )
        resampled = (np.cumsum(errors[draws], axis=1) / np.arange(1, len(errors) + 1)).mean(axis=1)
        low, high = np.quantile(resampled, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
        areas[f"AURC {kind}"] = Estimate(
            len(errors), round(_area(errors), 5), round(float(low), 5), round(float(high), 5)
        )
    return curves, areas
