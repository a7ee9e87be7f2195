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


def convex_combination(dense: Scores, lexical: Scores, *, lexical_weight: float) -> Scores:
    """Weighted sum of two score lists over the same candidates, each stretched to 0..1.

    Args:
        dense, lexical: shape (n_candidates,), both complete: no score is missing.
        lexical_weight: 0 (dense only) to 1 (lexical only).
    """
    return np.asarray(
        (1 - lexical_weight) * min_max(dense) + lexical_weight * min_max(lexical), dtype=np.float32
    )


def reciprocal_rank_fusion(dense: Scores, lexical: Scores, *, k: int = 60) -> Scores:
    """Sum of reciprocal ranks (Cormack et al. 2009) over the same candidates; equal scores share a rank."""
    total = np.zeros(len(dense), dtype=np.float32)
    for scores in (dense, lexical):
        ranks = 1 + (scores[None, :] > scores[:, None]).sum(axis=1)
        total += (1.0 / (k + ranks)).astype(np.float32)
    return total
