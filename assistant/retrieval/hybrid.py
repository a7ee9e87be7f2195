"""The hybrid retriever: both arms over the same candidates, fused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from assistant.domain.documents import Passage
from assistant.domain.ranking import HybridRanking, Ranking, ScoredPassage
from assistant.index.dense import DenseIndex
from assistant.index.lexical import LexicalIndex
from assistant.retrieval.fusion import convex_combination

Scores = NDArray[np.float32]
Vector = Sequence[float] | Scores
Where = Callable[[Passage], bool]
Rerank = Callable[[str, Sequence[ScoredPassage]], Sequence[ScoredPassage]]


Arm = Literal["dense", "bm25", "hybrid"]


@dataclass(frozen=True, slots=True)
class HybridSettings:
    """How rankings are made.

    Attributes:
        lexical_weight: share of BM25 over words in the fused score, 0 to 1.
        gram_weight: share of BM25 over runs of letters. The vectors get what is left; on question sets held
            out in turn about two thirds for the vectors was best (docs/benchmarks.md).
        folds_twins: keep only the best of passages with the same text.
    """

    lexical_weight: float = 0.15
    gram_weight: float = 0.2
    folds_twins: bool = True


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
        # Place of each passage in the order of ids: breaks ties without comparing texts.
        by_id = sorted(range(len(self.passages)), key=lambda row: self.passages[row].passage_id)
        self._tie = np.empty(len(by_id), dtype=np.int64)
        self._tie[by_id] = np.arange(len(by_id))

    def rank(
        self,
        query: str,
        *,
        query_vector: Vector | None = None,
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
        vector = self._vector(query, query_vector)
        lexical_scores = self.lexical.scores(query)
        return HybridRanking(
            fused=self._fused(query, vector, lexical_scores, k, where),
            dense=self._dense(vector, k, where),
            lexical=self._lexical(lexical_scores, k, where),
        )

    def rank_by(
        self,
        arm: Arm,
        query: str,
        *,
        query_vector: Vector | None = None,
        k: int = 50,
        where: Where | None = None,
    ) -> Ranking:
        """One ranking alone; `bm25` needs no embedding of the query."""
        if not query.strip() or not self.passages or k <= 0:
            return ()
        if arm == "bm25":
            return self._lexical(self.lexical.scores(query), k, where)
        vector = self._vector(query, query_vector)
        if arm == "dense":
            return self._dense(vector, k, where)
        return self._fused(query, vector, self.lexical.scores(query), k, where)

    def _vector(self, query: str, given: Vector | None) -> Vector:
        return self.embeddings.embed_query(query) if given is None else given

    def _fused(
        self, query: str, vector: Vector, lexical_scores: Scores, k: int, where: Where | None
    ) -> Ranking:
        scores = self.fused_scores(query, self.dense.centred_scores(vector), lexical_scores)
        rows = self._best(scores, where)
        ranking = self._ranking(self._without_twins(rows, k), scores)
        return ranking if self._rerank is None else tuple(self._rerank(query, ranking))

    def fused_scores(self, query: str, dense: Scores, lexical: Scores) -> Scores:
        """One score per passage, 0 to 1; every passage has all scores, so none is held back for missing one.

        Args:
            dense, lexical: scores of the two arms, shape (n_passages,).
        """
        words, letters = self.settings.lexical_weight, self.settings.gram_weight
        grams = self.lexical.gram_scores(query)
        return convex_combination((1 - words - letters, dense), (words, lexical), (letters, grams))

    def _dense(self, vector: Vector, k: int, where: Where | None) -> Ranking:
        scores = self.dense.scores(vector)
        rows: Iterable[int] = self.dense.nearest(vector, k) if where is None else self._best(scores, where)
        return self._ranking(list(islice(rows, k)), scores)

    def _lexical(self, scores: Scores, k: int, where: Where | None) -> Ranking:
        rows: Iterable[int] = self._best(scores, where) if where else self.lexical.best("", k, scores=scores)
        return self._ranking([row for row in islice(rows, k) if scores[row] > 0], scores)

    def _best(self, scores: Scores, where: Where | None) -> Iterator[int]:
        """Rows, best first, ties by passage id."""
        for row in np.lexsort((self._tie, -scores)).tolist():
            if where is None or where(self.passages[row]):
                yield row

    def _without_twins(self, rows: Iterable[int], k: int) -> list[int]:
        kept: list[int] = []
        seen: set[str] = set()
        for row in rows:
            text = self.passages[row].text.casefold()
            if self.settings.folds_twins and text in seen:
                continue
            seen.add(text)
            kept.append(row)
            if len(kept) == k:
                break
        return kept

    def _ranking(self, rows: Sequence[int], scores: Scores) -> Ranking:
        return tuple(ScoredPassage(self.passages[row], float(scores[row])) for row in rows)
