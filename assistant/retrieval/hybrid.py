"""The hybrid retriever: both arms over the same candidates, fused."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from assistant.domain.documents import Passage
from assistant.domain.ranking import HybridRanking, Ranking, ScoredPassage
from assistant.index.dense import DenseIndex
from assistant.index.lexical import LexicalIndex
from assistant.retrieval.fusion import convex_combination

Where = Callable[[Passage], bool]
Rerank = Callable[[str, Sequence[ScoredPassage]], Sequence[ScoredPassage]]


@dataclass(frozen=True, slots=True)
class HybridSettings:
    """How rankings are made.

    Attributes:
        candidates: passages each arm puts forward, at least the number asked for.
        lexical_weight: share of BM25 in the fused score, 0 to 1.
    """

    candidates: int = 200
    lexical_weight: float = 0.5


class HybridRetriever:
    """Ranks passages for a query. Holds no state between queries.

    Args:
        passages: by id, the same ones as in both indexes.
        embeddings: model of the dense index.
        rerank: reorders the top of the fused ranking; None leaves it as it is.
    """

    def __init__(
        self,
        passages: Mapping[str, Passage],
        dense: DenseIndex,
        lexical: LexicalIndex,
        embeddings: Embeddings,
        *,
        settings: HybridSettings = HybridSettings(),
        rerank: Rerank | None = None,
    ) -> None:
        if dense.passage_ids != lexical.passage_ids:
            raise ValueError("both arms must hold the same passages in the same order")
        self.passages = [passages[passage_id] for passage_id in dense.passage_ids]
        self.dense = dense
        self.lexical = lexical
        self.embeddings = embeddings
        self.settings = settings
        self._rerank = rerank

    def rank(
        self,
        query: str,
        *,
        query_vector: Sequence[float] | NDArray[np.float32] | None = None,
        k: int = 50,
        where: Where | None = None,
    ) -> HybridRanking:
        """The best passages for a query.

        Args:
            query: text to search with; an empty one gives empty rankings.
            query_vector: its vector when the caller has it already.
            k: length of each ranking at most.
            where: keeps only passages for which it is true.

        Returns:
            Three rankings, best first, ties by passage id. Fused scores lie between 0 and 1.
        """
        if not query.strip() or not self.passages or k <= 0:
            return HybridRanking((), (), ())
        vector = self.embeddings.embed_query(query) if query_vector is None else query_vector
        dense_scores = self.dense.scores(vector)
        lexical_scores = self.lexical.scores(query)
        n = max(self.settings.candidates, k)
        if where is None:
            nearest = self.dense.nearest(vector, n)
            best = self.lexical.best(query, n, scores=lexical_scores)
        else:
            kept = [row for row, passage in enumerate(self.passages) if where(passage)]
            nearest = self._ordered(kept, dense_scores)[:n]
            best = [row for row in self._ordered(kept, lexical_scores) if lexical_scores[row] > 0][:n]
        rows = sorted(set(nearest) | set(best))
        fused_scores = convex_combination(
            dense_scores[rows], lexical_scores[rows], lexical_weight=self.settings.lexical_weight
        )
        fused = self._ranking(rows, fused_scores)
        if self._rerank is not None:
            fused = tuple(self._rerank(query, fused[:k]))
        return HybridRanking(
            fused=fused[:k],
            dense=self._ranking(nearest, dense_scores[nearest])[:k],
            lexical=self._ranking(best, lexical_scores[best])[:k],
        )

    def _ordered(self, rows: Sequence[int], scores: NDArray[np.float32]) -> list[int]:
        return sorted(rows, key=lambda row: (-float(scores[row]), self.passages[row].passage_id))

    def _ranking(self, rows: Sequence[int], scores: NDArray[np.float32]) -> Ranking:
        scored = [
            ScoredPassage(self.passages[row], float(score)) for row, score in zip(rows, scores, strict=True)
        ]
        return tuple(sorted(scored, key=lambda s: (-s.score, s.passage.passage_id)))
