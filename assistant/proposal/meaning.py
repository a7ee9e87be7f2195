"""Sentences that say what a criterion asks in words no cue knows, found by comparing vectors."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Any

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from assistant.proposal.criteria import Criteria
from assistant.proposal.reading import ProposalSentence

MAX_SENTENCES = 80
"""Sentences embedded per proposal, spread over its length; about 12 ms each on one core."""
MIN_WORDS = 6
"""A shorter sentence says too little to compare."""
MIN_SIMILARITY = 0.4
"""Cosine after the common direction of all sentences is taken off."""
MARGIN = 0.12
"""How much nearer a sentence must be to the criterion than to anything else in a proposal."""

Vectors = NDArray[np.float32]


class MeaningFinder:
    """Compares sentences of a proposal with example sentences; embeds the examples once, on first use."""

    def __init__(self, criteria: Criteria, embeddings: Embeddings) -> None:
        self._embeddings = embeddings
        self._labels: list[str | None] = []
        self._examples: list[str] = []
        for criterion in criteria.criteria:
            for example in criterion.text.examples:
                self._labels.append(criterion.text.id)
                self._examples.append(example)
        for sentence in criteria.texts.background:
            self._labels.append(None)
            self._examples.append(sentence)
        self._known: tuple[Vectors, Vectors] | None = None

    def find(self, sentences: Sequence[ProposalSentence], wanted: Set[str]) -> dict[str, set[int]]:
        """Numbers of sentences per criterion.

        Args:
            sentences: of the whole proposal.
            wanted: ids of the criteria to look for; the others are only rivals.
        """
        chosen = _spread([n for n, s in enumerate(sentences) if len(s.text.split()) >= MIN_WORDS])
        if not chosen or not wanted:
            return {}
        mean, examples = self._loaded()
        vectors = _centred(self._embed([sentences[n].text for n in chosen]), mean)
        found: dict[str, set[int]] = {}
        for number, similarities in zip(chosen, vectors @ examples.T, strict=True):
            label = self._label(similarities)
            if label in wanted and label is not None:
                found.setdefault(label, set()).add(number)
        return found

    def _label(self, similarities: Any) -> str | None:
        """The criterion a sentence belongs to, None when nothing is near enough."""
        best: dict[str | None, float] = {}
        for label, value in zip(self._labels, similarities, strict=True):
            best[label] = max(best.get(label, -1.0), float(value))
        ranked = sorted(best.items(), key=lambda item: (-item[1], item[0] or ""))
        label, score = ranked[0]
        if label is None or score < MIN_SIMILARITY or score - ranked[1][1] < MARGIN:
            return None
        return label

    def _loaded(self) -> tuple[Vectors, Vectors]:
        if self._known is None:
            raw = self._embed(self._examples)
            mean = raw.mean(axis=0)
            self._known = (mean, _centred(raw, mean))
        return self._known

    def _embed(self, texts: list[str]) -> Vectors:
        return np.asarray(self._embeddings.embed_documents(texts), dtype=np.float32)


def _centred(vectors: Vectors, mean: Vectors) -> Vectors:
    moved = vectors - mean
    lengths = np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9)
    return np.asarray(moved / lengths, dtype=np.float32)


def _spread(numbers: Sequence[int]) -> list[int]:
    """At most `MAX_SENTENCES` of the numbers, evenly over all."""
    if len(numbers) <= MAX_SENTENCES:
        return list(numbers)
    step = len(numbers) / MAX_SENTENCES
    return [numbers[int(i * step)] for i in range(MAX_SENTENCES)]
