"""BM25 over runs of four letters: finds what stems and parts of compounds miss, such as odd spellings."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.domain.documents import Passage
from assistant.index.dutch import words

Scores = NDArray[np.float32]
GRAMS_FILE = "grams.npz"


@dataclass(frozen=True, slots=True)
class GramSettings:
    """Numbers of the letter index.

    Attributes:
        n: letters in a run; a space counts as a letter at both ends of a word.
        k1, b: as in BM25. A passage holds many runs, so length is held against it almost in full.
    """

    n: int = 4
    k1: float = 1.0
    b: float = 0.9


def grams(text: str, n: int) -> list[str]:
    """Runs of `n` letters inside each word, with a space at both its ends; a shorter word is one run."""
    found = []
    for word in words(text):
        padded = f" {word} "
        if len(padded) <= n:
            found.append(padded)
        else:
            found += [padded[i : i + n] for i in range(len(padded) - n + 1)]
    return found


class GramIndex:
    """Passages by runs of letters, as a sparse matrix by run.

    Args:
        vocabulary: the runs in order of their code points.
        starts: shape (n_runs + 1,), where the passages of each run begin in `rows`.
        rows, weights: shape (n_pairs,), passages with a run and what the run adds to their scores.
    """

    def __init__(
        self,
        settings: GramSettings,
        n_passages: int,
        vocabulary: Sequence[str],
        starts: NDArray[np.int64],
        rows: NDArray[np.int32],
        weights: Scores,
    ) -> None:
        self.settings = settings
        self._n_passages = n_passages
        self._vocabulary = vocabulary
        self._numbers = {gram: number for number, gram in enumerate(vocabulary)}
        self._starts, self._rows, self._weights = starts, rows, weights

    def __len__(self) -> int:
        return self._n_passages

    def scores(self, query: str) -> Scores:
        """BM25 of the query's runs with every passage, shape (n_passages,); each run counts once."""
        total = np.zeros(len(self), dtype=np.float32)
        for gram in dict.fromkeys(grams(query, self.settings.n)):
            number = self._numbers.get(gram)
            if number is not None:
                start, end = self._starts[number], self._starts[number + 1]
                total[self._rows[start:end]] += self._weights[start:end]
        return total

    def save(self, folder: Path) -> None:
        """Write `grams.npz` in an existing folder."""
        np.savez(
            folder / GRAMS_FILE,
            about=np.array(json.dumps({**asdict(self.settings), "n_passages": len(self)})),
            vocabulary=np.array("\n".join(self._vocabulary)),
            starts=self._starts,
            rows=self._rows,
            weights=self._weights,
        )


def build_gram_index(passages: Sequence[Passage], settings: GramSettings = GramSettings()) -> GramIndex:
    """Index headings and texts."""
    counts = [_counts(passage.search_text, settings.n) for passage in passages]
    vocabulary = sorted(set().union(*counts)) if counts else []
    numbers = {gram: number for number, gram in enumerate(vocabulary)}
    columns = np.fromiter((numbers[gram] for found in counts for gram in found), dtype=np.int64)
    times = np.fromiter((n for found in counts for n in found.values()), dtype=np.float32)
    rows = np.repeat(np.arange(len(counts), dtype=np.int32), [len(found) for found in counts])
    by_gram = np.argsort(columns, kind="stable")
    columns, times, rows = columns[by_gram], times[by_gram], rows[by_gram]
    in_passages = np.bincount(columns, minlength=len(vocabulary))
    starts = np.concatenate([[0], np.cumsum(in_passages)]).astype(np.int64)
    lengths = np.array([sum(found.values()) for found in counts], dtype=np.float32)
    mean = max(float(lengths.mean()), 1.0) if len(lengths) else 1.0
    damping = settings.k1 * (1 - settings.b + settings.b * lengths / mean)
    rarity = np.log(1 + (len(counts) - in_passages + 0.5) / (in_passages + 0.5))
    weights = (rarity[columns] * times / (times + damping[rows])).astype(np.float32)
    return GramIndex(settings, len(counts), vocabulary, starts, rows, weights)


def open_gram_index(folder: Path, settings: GramSettings = GramSettings()) -> GramIndex | None:
    """Open what `GramIndex.save` wrote; None when there is none, or when it was made with other numbers.

    Raises:
        OSError, ValueError, KeyError: the file is damaged.
    """
    path = folder / GRAMS_FILE
    if not path.is_file():
        return None
    with np.load(path) as kept:
        about = json.loads(str(kept["about"]))
        n_passages = about.pop("n_passages")
        if about != asdict(settings):
            return None
        text = str(kept["vocabulary"])
        vocabulary = text.split("\n") if text else []
        return GramIndex(settings, n_passages, vocabulary, kept["starts"], kept["rows"], kept["weights"])


def _counts(text: str, n: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for gram in grams(text, n):
        found[gram] = found.get(gram, 0) + 1
    return found
