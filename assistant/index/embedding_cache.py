"""Vectors by content: nothing that did not change is embedded twice."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from assistant.errors import IndexStateError
from assistant.index.embedding import BATCH, identity_of

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done, how many there are."""


class EmbeddingCache:
    """An SQLite file of vectors; safe to kill at any moment, at the price of the last batch.

    Args:
        path: file, made when missing; a damaged file is replaced. None keeps the vectors in memory.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._connection = self._opened()

    def _opened(self) -> sqlite3.Connection:
        try:
            return self._connected()
        except sqlite3.DatabaseError as error:
            if self._path is None or (
                isinstance(error, sqlite3.OperationalError) and not self._path.is_file()
            ):
                raise IndexStateError(
                    f"Cannot open {self._path}: {error}. Check the folder and its permissions."
                ) from error
            self._path.unlink(missing_ok=True)
            return self._connected()

    def _connected(self) -> sqlite3.Connection:
        if self._path is not None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(str(self._path) if self._path else ":memory:")
        try:
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID"
            )
            connection.commit()
        except sqlite3.DatabaseError:
            connection.close()
            raise
        return connection

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def clear(self) -> None:
        """Forget every vector."""
        with self._connection:
            self._connection.execute("DELETE FROM vectors")

    def vectors(
        self, texts: Sequence[str], embeddings: Embeddings, *, progress: Progress | None = None
    ) -> NDArray[np.float32]:
        """Vectors of passages, of unit length, from the cache or else computed.

        Returns:
            Shape (n_texts, dimension).
        """
        identity = identity_of(embeddings)
        keys = [hashlib.sha256(f"{identity}\x1f{text}".encode("utf-8", "replace")).digest() for text in texts]
        found = self._found(keys)
        # Texts of about equal length in a batch waste no work on padding.
        missing = sorted({k: t for k, t in zip(keys, texts, strict=True) if k not in found}.items(),
                         key=lambda item: (len(item[1]), item[0]))  # fmt: skip
        for start in range(0, len(missing), BATCH):
            batch = missing[start : start + BATCH]
            computed = unit_length(
                np.asarray(embeddings.embed_documents([text for _, text in batch]), np.float32)
            )
            rows = [(key, vector.tobytes()) for (key, _), vector in zip(batch, computed, strict=True)]
            with self._connection:
                self._connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)
            found.update(zip((key for key, _ in batch), computed, strict=True))
            if progress:
                progress("embed", min(start + BATCH, len(missing)), len(missing))
        if not keys:
            return np.empty((0, 0), dtype=np.float32)
        return np.stack([found[key] for key in keys])

    def _found(self, keys: Sequence[bytes]) -> dict[bytes, NDArray[np.float32]]:
        found: dict[bytes, NDArray[np.float32]] = {}
        unique = sorted(set(keys))
        for start in range(0, len(unique), 500):
            part = unique[start : start + 500]
            marks = ",".join("?" * len(part))
            for key, blob in self._connection.execute(
                f"SELECT key, vector FROM vectors WHERE key IN ({marks})", part
            ):
                found[key] = np.frombuffer(blob, dtype=np.float32)
        return found


def unit_length(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The vectors scaled to length one; a zero vector stays zero."""
    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.where(norms > 0, norms, 1.0), dtype=np.float32)
