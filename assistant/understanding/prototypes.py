"""Meaning by example: sentences with a label, their vectors, and a linear model over them."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

_log = logging.getLogger(__name__)

EmbedQuery = Callable[[str], Sequence[float]]
EmbedDocuments = Callable[[list[str]], Sequence[Sequence[float]]]

KERNEL_WIDTH = 3.0
"""Larger sees only near neighbours; with the bundled model 3 to 6 do equally well, left-out examples say."""
KERNEL_RIDGE = 0.05
RIDGE = 1.0
"""Strength of the ridge penalty; unit-length vectors of a small embedder need a strong one."""


class PrototypeVectors:
    """Vectors of example sentences, kept in one file between runs.

    Args:
        embed: gives the vector of one sentence, as a question.
        embedder: name of the embedding model; part of the key.
        cache: file to keep the vectors in, or None.
    """

    def __init__(self, embed: EmbedQuery, *, embedder: str, cache: Path | None = None) -> None:
        self._embed = embed
        self._embedder = embedder
        self._cache = cache
        self._known: dict[str, Any] = {}
        self._is_changed = False
        if cache is not None and cache.exists():
            import numpy as np

            try:
                with np.load(cache, allow_pickle=False) as stored:
                    self._known = dict(zip(stored["keys"].tolist(), stored["vectors"], strict=True))
            except (OSError, ValueError, KeyError) as error:
                _log.warning(
                    "Example vectors in %s are unreadable (%s) and are computed again.", cache, error
                )

    def of(self, sentences: Sequence[str]) -> Any:
        """Vectors of the sentences, shape (n_sentences, dimension), unit length."""
        import numpy as np

        rows = []
        for sentence in sentences:
            key = hashlib.sha256(f"{self._embedder}\n{sentence}".encode()).hexdigest()[:24]
            if key not in self._known:
                self._known[key] = np.asarray(self._embed(sentence), dtype=np.float32)
                self._is_changed = True
            rows.append(self._known[key])
        matrix = np.stack(rows).astype(np.float32)
        return matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9)

    def save(self) -> None:
        """Write the cache when something was computed; a folder that cannot be written is no error."""
        if self._cache is None or not self._is_changed:
            return
        import numpy as np

        try:
            self._cache.parent.mkdir(parents=True, exist_ok=True)
            keys = sorted(self._known)
            np.savez(self._cache, keys=np.array(keys), vectors=np.stack([self._known[key] for key in keys]))
        except OSError as error:
            _log.warning("Example vectors could not be written to %s: %s", self._cache, error)
        self._is_changed = False


class KernelModel:
    """One-against-rest kernel ridge regression over example vectors, with a Gaussian kernel.

    Deterministic and closed-form, as `LinearModel`, but it follows classes that lie in several clumps:
    "outside the subject" is no direction. Rare labels weigh more than their number.
    """

    def __init__(self, examples: Mapping[str, Sequence[str]], vectors: PrototypeVectors) -> None:
        import numpy as np

        self.labels = tuple(label for label in examples if examples[label])
        sentences = [sentence for label in self.labels for sentence in examples[label]]
        self.owner = np.array([i for i, label in enumerate(self.labels) for _ in examples[label]])
        self._matrix = vectors.of(sentences)
        weights = 1.0 / np.sqrt(np.bincount(self.owner, minlength=len(self.labels)))[self.owner]
        weights /= weights.mean()
        self._targets = np.where(self.owner[:, None] == np.arange(len(self.labels))[None, :], 1.0, 0.0)
        self._bias = (self._targets * weights[:, None]).sum(axis=0) / weights.sum()
        self._gram = self._kernel(self._matrix) + np.diag(KERNEL_RIDGE / weights)
        self._duals = np.linalg.solve(self._gram, self._targets - self._bias)

    def _kernel(self, rows: Any) -> Any:
        import numpy as np

        return np.exp(-KERNEL_WIDTH * np.maximum(0.0, 2.0 - 2.0 * (rows @ self._matrix.T)))

    def scores(self, vector: Sequence[float]) -> dict[str, float]:
        """Score per label, in the order of `labels`; about 1 for a clear case and 0 for none."""
        import numpy as np

        unit = np.asarray(vector, dtype=np.float32)
        unit = unit / max(float(np.linalg.norm(unit)), 1e-9)
        cosines = np.einsum(
            "ij,j->i", self._matrix, unit
        )  # no BLAS: its threads cost more than they save here
        near = np.exp(-KERNEL_WIDTH * np.maximum(0.0, 2.0 - 2.0 * cosines))
        values = np.einsum("i,ij->j", near, self._duals) + self._bias
        return {label: float(values[i]) for i, label in enumerate(self.labels)}

    def held_out(self) -> Any:
        """Scores of every example by the model without it, shape (n_examples, n_labels); for fitting."""
        import numpy as np

        diagonal = np.diag(np.linalg.inv(self._gram))
        return self._targets - self._duals / diagonal[:, None]


class LinearModel:
    """One-against-rest ridge regression over example vectors, with the nearest example mixed in.

    Deterministic and closed-form: the same examples give the same model, with no training run to keep.
    """

    def __init__(self, examples: Mapping[str, Sequence[str]], vectors: PrototypeVectors) -> None:
        import numpy as np

        self.labels = tuple(label for label in examples if examples[label])
        sentences = [sentence for label in self.labels for sentence in examples[label]]
        owner = np.array([i for i, label in enumerate(self.labels) for _ in examples[label]])
        matrix = vectors.of(sentences)
        self._mean = matrix.mean(axis=0)
        centred = matrix - self._mean
        targets = np.where(owner[:, None] == np.arange(len(self.labels))[None, :], 1.0, 0.0)
        weights = 1.0 / np.sqrt(np.bincount(owner, minlength=len(self.labels)))[owner]
        gram = (centred * weights[:, None]).T @ centred + RIDGE * 0.1 * np.eye(centred.shape[1])
        self._bias = (targets * weights[:, None]).sum(axis=0) / weights.sum()
        self._coefficients = np.linalg.solve(gram, (centred * weights[:, None]).T @ (targets - self._bias))
        self._matrix = matrix
        self._owner = owner

    def scores(self, vector: Sequence[float]) -> dict[str, float]:
        """Score per label, best first; about 1 for a clear case and 0 for none."""
        import numpy as np

        unit = np.asarray(vector, dtype=np.float32)
        unit = unit / max(float(np.linalg.norm(unit)), 1e-9)
        linear = (unit - self._mean) @ self._coefficients + self._bias
        scored = {label: float(linear[i]) for i, label in enumerate(self.labels)}
        return dict(sorted(scored.items(), key=lambda item: (-item[1], item[0])))

    def nearest(self, vector: Sequence[float]) -> dict[str, float]:
        """Highest cosine to an example, per label."""
        import numpy as np

        unit = np.asarray(vector, dtype=np.float32)
        unit = unit / max(float(np.linalg.norm(unit)), 1e-9)
        cosines = self._matrix @ unit
        return {label: float(cosines[self._owner == i].max()) for i, label in enumerate(self.labels)}
