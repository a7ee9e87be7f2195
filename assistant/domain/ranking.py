"""Rankings of passages."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.domain.documents import Passage


@dataclass(frozen=True, slots=True)
class ScoredPassage:
    """One line of a ranking; higher score is better, only comparable within that ranking."""

    passage: Passage
    score: float


Ranking = tuple[ScoredPassage, ...]
"""Best first; ties broken by passage_id."""


@dataclass(frozen=True, slots=True)
class HybridRanking:
    """A fused ranking with the two it was made from.

    Attributes:
        fused: best first.
        dense: ranking of the embedding arm.
        lexical: ranking of the BM25 arm.
    """

    fused: Ranking
    dense: Ranking
    lexical: Ranking
