"""How long answers take, per step and against embedding the question plus one vector query."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from eval.runner import Timing
from eval.statistics import LEVEL, RESAMPLES, Estimate, generator, percentile_estimate


def measure_latency(timings: Sequence[Timing]) -> dict[str, Estimate]:
    """p50 and p95 in milliseconds per step and of the reference; ratio of p95 (total) to p50 (reference)."""
    if not timings:
        return {}
    columns = {f"{step} ms": [t.steps[step] for t in timings] for step in timings[0].steps}
    columns["reference ms"] = [t.reference for t in timings]
    found: dict[str, Estimate] = {}
    for name, times in columns.items():
        for label, share in (("p50", 0.50), ("p95", 0.95)):
            value = percentile_estimate(times, share, seed=f"{name} {label}")
            if value is not None:
                found[f"{name} {label}"] = value
    total, reference = np.array(columns["total ms"]), np.array(columns["reference ms"])
    draws = generator("latency ratio").integers(0, len(total), size=(RESAMPLES, len(total)))
    ratios = np.quantile(total[draws], 0.95, axis=1) / np.quantile(reference[draws], 0.50, axis=1)
    low, high = np.quantile(ratios, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    ratio = float(np.quantile(total, 0.95) / np.quantile(reference, 0.50))
    found["latency ratio"] = Estimate(
        len(total), round(ratio, 3), round(float(low), 3), round(float(high), 3)
    )
    return found
