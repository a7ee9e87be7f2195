"""The dense arm: Chroma, persistent and embedded, through `langchain_chroma`. Only this file knows Chroma."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
from langchain_core.embeddings import Embeddings
from langchain_core.vectorstores import VectorStore
from numpy.typing import NDArray

from assistant.domain.documents import Passage
from assistant.errors import IndexStateError
from assistant.index.embedding_cache import unit_length

COLLECTION = "passages"
ADD_BATCH = 2_000
"""Passages added to Chroma at once; it takes at most about 5,000."""

MEAN_PRIOR = 10
"""Passages that count as centred already, so that the mean of a handful does not take out what they say."""

MEAN_SHARE = 0.8
"""Part of the mean that is taken out: all of it also takes out what a collection on one subject is about."""

_GRAPH: Any = {
    # Wide search: at this size the graph then finds what an exact search finds.
    "hnsw": {
        "space": "cosine",
        "ef_construction": 200,
        "max_neighbors": 32,
        "ef_search": 400,
        "num_threads": 1,
    }
}

Vectors = NDArray[np.float32]


def _products(vectors: Vectors, query: Vectors) -> Vectors:
    """Inner product of the query with every row.

    Not through BLAS: its threads cost more than this little sum, most of all on a busy machine.
    """
    return np.asarray(np.einsum("ij,j->i", vectors, query), dtype=np.float32)


class DenseIndex:
    """Passages by vector.

    Args:
        passage_ids: in the order of the rows of `vectors`.
        vectors: shape (n_passages, dimension), unit length.
        store: Chroma collection with the same passages; None searches the vectors one by one.
    """

    def __init__(
        self, passage_ids: Sequence[str], vectors: Vectors, store: VectorStore | None = None
    ) -> None:
        self.passage_ids = tuple(passage_ids)
        self.vectors = vectors
        self.vectorstore = store
        self._rows = {passage_id: row for row, passage_id in enumerate(self.passage_ids)}
        self._mean = (
            MEAN_SHARE * vectors.sum(axis=0) / (len(vectors) + MEAN_PRIOR) if len(vectors) else vectors
        )
        self._centred = unit_length(vectors - self._mean) if len(vectors) else vectors

    def __len__(self) -> int:
        return len(self.passage_ids)

    def scores(self, query_vector: Sequence[float] | Vectors) -> Vectors:
        """Cosine of the query with every passage, shape (n_passages,)."""
        if not len(self):
            return np.empty(0, dtype=np.float32)
        return _products(self.vectors, np.asarray(query_vector, dtype=np.float32))

    def centred_scores(self, query_vector: Sequence[float] | Vectors) -> Vectors:
        """Cosine without most of what all passages have in common, shape (n_passages,).

        E5 puts all texts in a narrow cone; without their mean the differences between passages count in full.
        """
        if not len(self):
            return np.empty(0, dtype=np.float32)
        query = unit_length(np.asarray(query_vector, dtype=np.float32) - self._mean)
        return _products(self._centred, query)

    def nearest(self, query_vector: Sequence[float] | Vectors, k: int) -> list[int]:
        """Rows of the `k` nearest passages, nearest first, ties by passage id."""
        k = min(k, len(self))
        if k <= 0:
            return []
        scores = self.scores(query_vector)
        if self.vectorstore is None:
            rows = np.argpartition(-scores, k - 1)[:k].tolist() if k < len(self) else list(range(len(self)))
        else:
            collection = cast(Any, self.vectorstore)._collection
            vector = np.asarray(query_vector, dtype=np.float32).tolist()
            found = collection.query(query_embeddings=[vector], n_results=k, include=["distances"])
            rows = [self._rows[passage_id] for passage_id in found["ids"][0] if passage_id in self._rows]
        return sorted(rows, key=lambda row: (-float(scores[row]), self.passage_ids[row]))


class _Prepared(Embeddings):
    """Hands Chroma the vectors that are already there, batch by batch."""

    def __init__(self, vectors: Vectors) -> None:
        self._vectors = vectors
        self._next = 0

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        start, self._next = self._next, self._next + len(texts)
        vectors: list[list[float]] = self._vectors[start : self._next].tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        raise NotImplementedError("only used to fill the index")


def _chroma(folder: Path, embeddings: Embeddings | None, *, create: bool) -> Any:
    logging.getLogger("chromadb").setLevel(logging.ERROR)
    import chromadb
    from chromadb.config import Settings
    from langchain_chroma import Chroma

    client = chromadb.PersistentClient(path=str(folder), settings=Settings(anonymized_telemetry=False))
    return Chroma(
        collection_name=COLLECTION,
        embedding_function=embeddings,
        client=client,
        collection_configuration=_GRAPH if create else None,
        create_collection_if_not_exists=create,
    )


def embedded_text(passage: Passage) -> str:
    """What is embedded of a passage: headings and text.

    Of a record the aliases count only with its summary: repeated in every field they drown what it says.
    """
    path = passage.heading_path
    if passage.record_id is not None and passage.field != "summary" and len(path) > 2:
        path = (path[0], path[-1])
    return "\n".join([*path, passage.text])


def _metadata(passage: Passage) -> dict[str, str | int]:
    values = {
        "document_id": passage.document_id,
        "page": passage.page,
        "end_page": passage.end_page,
        "start": passage.start,
        "end": passage.end,
        "headings": " > ".join(passage.heading_path),
        "record_id": passage.record_id,
        "field": passage.field,
    }
    return {key: value for key, value in values.items() if value is not None}


def build_dense_index(folder: Path, passages: Sequence[Passage], vectors: Vectors) -> None:
    """Write passages and vectors to a new Chroma folder."""
    store = _chroma(folder, _Prepared(vectors), create=True)
    for start in range(0, len(passages), ADD_BATCH):
        batch = passages[start : start + ADD_BATCH]
        store.add_texts(
            [passage.text for passage in batch],
            metadatas=[_metadata(passage) for passage in batch],
            ids=[passage.passage_id for passage in batch],
        )


def open_dense_index(
    folder: Path, passage_ids: Sequence[str], embeddings: Embeddings | None = None
) -> DenseIndex:
    """Open a Chroma folder.

    Raises:
        IndexStateError: it is damaged, or holds other passages than `passage_ids`.
    """
    mend = "Run `assistant index --rebuild`."
    if not passage_ids:
        return DenseIndex((), np.empty((0, 0), dtype=np.float32))
    try:
        store = _chroma(folder, embeddings, create=False)
        found = store.get(include=["embeddings"])
        rows = {passage_id: row for row, passage_id in enumerate(found["ids"])}
        vectors = np.asarray(found["embeddings"], dtype=np.float32)
    except Exception as error:
        raise IndexStateError(
            f"The vector index in {folder} is damaged ({type(error).__name__}). {mend}"
        ) from error
    if rows.keys() != set(passage_ids):
        raise IndexStateError(f"The vector index in {folder} does not hold the passages it should. {mend}")
    return DenseIndex(passage_ids, vectors[[rows[passage_id] for passage_id in passage_ids]], store)
