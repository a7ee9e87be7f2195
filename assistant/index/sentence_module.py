"""The bundled model as a sentence-transformers module, so that a folder can stand for it."""

from __future__ import annotations

from typing import Any

import torch
from sentence_transformers.base.modules import InputModule

from assistant.index.embedding import BundledEmbeddings

QUERY_PREFIX = "query: "
PASSAGE_PREFIX = "passage: "


class BundledE5(InputModule):
    """Takes texts, gives `sentence_embedding` of shape (n_texts, 384), unit length."""

    save_in_root = True

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._model = BundledEmbeddings()

    @property
    def max_seq_length(self) -> int:
        """Tokens in one window of the model; longer texts are read in several windows."""
        return 512

    def get_embedding_dimension(self) -> int:
        """Length of a vector."""
        return BundledEmbeddings.dimension

    def get_sentence_embedding_dimension(self) -> int:
        """Length of a vector, under its older name."""
        return BundledEmbeddings.dimension

    def preprocess(self, inputs: Any, prompt: str | None = None, **kwargs: Any) -> dict[str, Any]:
        """Keep the texts: the engine reads text, not token ids."""
        return {"texts": [(prompt or "") + str(text) for text in inputs]}

    def forward(self, features: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        """Embed the texts of a batch."""
        texts: list[str] = features["texts"]
        vectors = torch.empty((len(texts), BundledEmbeddings.dimension), dtype=torch.float32)
        for is_query in (True, False):
            chosen = [i for i, text in enumerate(texts) if text.startswith(QUERY_PREFIX) == is_query]
            if chosen:
                prefix = QUERY_PREFIX if is_query else PASSAGE_PREFIX
                bare = [texts[i].removeprefix(prefix) for i in chosen]
                vectors[chosen] = torch.from_numpy(self._model.vectors(bare, is_query=is_query))
        features["sentence_embedding"] = vectors
        return features

    def save(self, output_path: str, *args: Any, **kwargs: Any) -> None:
        """Nothing to save: the weights are in the package."""

    @classmethod
    def load(cls, *args: Any, **kwargs: Any) -> BundledE5:
        """The module; the folder holds no weights."""
        return cls()
