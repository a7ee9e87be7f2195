"""Hybrid retrieval of other libraries on our passages and vectors, for `assistant eval beir`.

The packages are optional (`requirements-bench.txt`) and are imported when a peer is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from numpy.typing import NDArray
from pydantic import ConfigDict

from assistant.domain.documents import Passage
from assistant.domain.ranking import Ranking, ScoredPassage
from assistant.errors import ConfigurationError
from assistant.index.dense import DenseIndex

Vectors = NDArray[np.float32]
Search = Callable[[str, int], Ranking]
"""Query and number of passages to ranking."""


class PeerError(ConfigurationError):
    """A peer's packages are not installed."""


def _imported(module: str, peer: str) -> Any:
    try:
        return import_module(module)
    except ImportError as error:
        raise PeerError(
            f"The configuration {peer!r} needs the package {module.split('.')[0]}, which is not installed. "
            "Run `pip install -r requirements-bench.txt`, or leave it out of --configs."
        ) from error


class _NearestPassages(BaseRetriever):
    """Plain cosine over the vectors that are already there."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    documents: list[Document]
    dense: DenseIndex
    embeddings: Embeddings
    k: int

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, **kwargs: Any
    ) -> list[Document]:
        vector = self.embeddings.embed_query(query)
        return [self.documents[row] for row in self.dense.nearest(vector, self.k)]


def ensemble(passages: Sequence[Passage], vectors: Vectors, embeddings: Embeddings, *, depth: int) -> Search:
    """LangChain's `EnsembleRetriever` over its `BM25Retriever` and the vectors.

    Its defaults stay: equal weights, c = 60, words split at spaces. Only the depth of both arms is raised
    from 4, with which ten results could not be filled.

    Raises:
        PeerError: its packages are not installed.
    """
    fusing = _imported("langchain_classic.retrievers", "ensemble")
    retrievers = _imported("langchain_community.retrievers", "ensemble")
    _imported("rank_bm25", "ensemble")
    documents = [
        Document(page_content=passage.search_text, metadata={"row": row})
        for row, passage in enumerate(passages)
    ]
    words = retrievers.BM25Retriever.from_documents(documents, k=depth)
    dense = DenseIndex([passage.passage_id for passage in passages], vectors)
    nearest = _NearestPassages(documents=documents, dense=dense, embeddings=embeddings, k=depth)
    both = fusing.EnsembleRetriever(retrievers=[words, nearest], id_key="row")

    def search(query: str, k: int) -> Ranking:
        found = [passages[document.metadata["row"]] for document in both.invoke(query)[:k]]
        return tuple(ScoredPassage(passage, 1 / rank) for rank, passage in enumerate(found, start=1))

    return search


def txtai(passages: Sequence[Passage], vectors: Vectors, embeddings: Embeddings, *, depth: int) -> Search:
    """txtai's hybrid search with its defaults: BM25 and Faiss in equal weights.

    Raises:
        PeerError: its packages are not installed.
    """
    library = _imported("txtai", "txtai")
    ready: dict[str, Vectors] = {
        passage.search_text: vector for passage, vector in zip(passages, vectors, strict=True)
    }

    def transform(texts: Sequence[str]) -> Vectors:
        if ready:  # while indexing
            return np.stack([ready[text] for text in texts])
        return np.asarray([embeddings.embed_query(text) for text in texts], dtype=np.float32)

    index = library.Embeddings(hybrid=True, method="external", transform=transform)
    index.index((row, passage.search_text, None) for row, passage in enumerate(passages))
    ready.clear()

    def search(query: str, k: int) -> Ranking:
        return tuple(ScoredPassage(passages[row], float(score)) for row, score in index.search(query, k))

    return search


PEERS: Mapping[str, Callable[..., Search]] = {"ensemble": ensemble, "txtai": txtai}
"""By the name of their configuration."""
