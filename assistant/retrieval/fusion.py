"""Ways to make one ranking of two score lists."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]


def min_max(scores: Scores) -> Scores:
    """Scores stretched to 0..1; all 0 when they are equal."""
    if not len(scores):
        return scores
    low, high = float(scores.min()), float(scores.max())
    if high - low <= 1e-9:
        return np.zeros_like(scores)
    return np.asarray((scores - low) / (high - low), dtype=np.float32)


def convex_combination(*parts: tuple[float, Scores]) -> Scores:
    """Weighted sum of score lists over the same candidates, each stretched to 0..1.

    Args:
        parts: weight, and scores of shape (n_candidates,), complete: no score is missing. With weights that
            add up to 1 the sum lies between 0 and 1.
    """
    return np.asarray(sum(weight * min_max(scores) for weight, scores in parts), dtype=np.float32)


def reciprocal_rank_fusion(dense: Scores, lexical: Scores, *, k: int = 60) -> Scores:
    """Sum of reciprocal ranks (Cormack et al. 2009) over the same candidates; equal scores share a rank."""
    total = np.zeros(len(dense), dtype=np.float32)
    for scores in (dense, lexical):
        ranks = 1 + (scores[None, :] > scores[:, None]).sum(axis=1)
        total += (1.0 / (k + ranks)).astype(np.float32)
    return total
