"""A cross-encoder that reads query and passage together; a setting, off by default."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from assistant.domain.ranking import ScoredPassage
from assistant.errors import ConfigurationError


class CrossEncoderReranker:
    """Reorders the top of a ranking with any sentence-transformers CrossEncoder; loads on first use.

    Args:
        model: name on the Hugging Face hub, or a folder.
        depth: passages that are read again; those below keep their place under them.
    """

    def __init__(self, model: str, *, depth: int = 30, batch_size: int = 16) -> None:
        self.model = model
        self.depth = depth
        self._batch_size = batch_size
        self._encoder: Any = None

    def _loaded(self) -> Any:
        if self._encoder is None:
            try:
                from sentence_transformers import CrossEncoder

                self._encoder = CrossEncoder(self.model, device="cpu")
            except Exception as error:
                raise ConfigurationError(
                    f"Cannot load the reranker {self.model!r}: {' '.join(str(error).split())[:200]} "
                    "Check the name, give a folder, or leave the setting empty."
                ) from error
        return self._encoder

    def __call__(self, query: str, ranking: Sequence[ScoredPassage]) -> tuple[ScoredPassage, ...]:
        """The ranking with its top reordered; scores are places, 1 for the best, going down to 0.

        Returns:
            The same passages; ties keep the order they had.
        """
        if not ranking:
            return ()
        top, rest = list(ranking[: self.depth]), list(ranking[self.depth :])
        pairs = [(query, line.passage.search_text) for line in top]
        scores = np.asarray(self._loaded().predict(pairs, batch_size=self._batch_size), dtype=np.float64)
        if scores.ndim > 1:  # a model with classes: the last one is "relevant"
            scores = scores[:, -1]
        order = sorted(range(len(top)), key=lambda i: (-float(scores[i]), i))
        ordered = [top[i].passage for i in order] + [line.passage for line in rest]
        return tuple(
            ScoredPassage(passage, 1 - place / len(ordered)) for place, passage in enumerate(ordered)
        )
