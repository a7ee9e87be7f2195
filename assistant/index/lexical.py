"""The lexical arm: BM25 (`bm25s`) over the terms of the Dutch analyzer, and the same over runs of letters."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.domain.documents import Passage
from assistant.errors import IndexStateError
from assistant.index.dutch import AnalyzerSettings, DutchAnalyzer, corpus_vocabulary
from assistant.index.grams import GramIndex, build_gram_index, open_gram_index

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class LexicalSettings:
    """BM25's numbers; part of the index stamp.

    Attributes:
        k1: how much a term that returns in a passage counts again.
        b: how much long passages are held back, 0 to 1.
        heading_weight: times the terms of a heading count, against once for the text; a whole number.
        part_weight: weight of a part of a compound in a query, against 1 for a word as typed.
        expansion_weight: weight in a query of the other form of an abbreviation.
    """

    k1: float = 1.0
    b: float = 0.75
    heading_weight: int = 1
    part_weight: float = 1.0
    expansion_weight: float = 0.5


class LexicalIndex:
    """Passages by their terms.

    Args:
        passage_ids: in the order of the scores.
        engine: the BM25 index of `bm25s`, or None when there is no passage with a term.
        grams: the same passages by runs of letters.
    """

    def __init__(
        self,
        passage_ids: Sequence[str],
        engine: Any,
        analyzer: DutchAnalyzer,
        settings: LexicalSettings,
        grams: GramIndex,
    ) -> None:
        self.passage_ids = tuple(passage_ids)
        self.analyzer = analyzer
        self.settings = settings
        self._engine = engine
        self._grams = grams

    def __len__(self) -> int:
        return len(self.passage_ids)

    def scores(self, query: str) -> Scores:
        """BM25 of the query with every passage, shape (n_passages,); 0 where no term is shared."""
        total = np.zeros(len(self), dtype=np.float32)
        if self._engine is None:
            return total
        terms = self.analyzer.query_terms(
            query, part_weight=self.settings.part_weight, expansion_weight=self.settings.expansion_weight
        )
        columns = self._engine.scores
        for term, weight in terms.items():
            number = self._engine.vocab_dict.get(term)
            if number is None or number + 1 >= len(columns["indptr"]):
                continue
            start, end = columns["indptr"][number], columns["indptr"][number + 1]
            total[columns["indices"][start:end]] += weight * columns["data"][start:end]
        return total

    def gram_scores(self, query: str) -> Scores:
        """BM25 by runs of letters, shape (n_passages,); 0 where no run is shared."""
        return self._grams.scores(query)

    def best(self, query: str, k: int, *, scores: Scores | None = None) -> list[int]:
        """Rows of at most `k` passages that share a term with the query, best first, ties by passage id."""
        scores = self.scores(query) if scores is None else scores
        rows = np.flatnonzero(scores > 0)
        if len(rows) > k:
            threshold = np.partition(scores[rows], len(rows) - k)[len(rows) - k]
            rows = rows[scores[rows] >= threshold]
        ordered = sorted(rows.tolist(), key=lambda row: (-float(scores[row]), self.passage_ids[row]))
        return ordered[:k]

    def save(self, folder: Path) -> None:
        """Write the index to a new folder."""
        folder.mkdir(parents=True, exist_ok=True)
        state = {
            "passage_ids": self.passage_ids,
            "settings": asdict(self.settings),
            "analyzer": asdict(self.analyzer.settings),
            "vocabulary": dict(self.analyzer.vocabulary),
        }
        (folder / "lexical.json").write_text(json.dumps(state, ensure_ascii=False), "utf-8")
        self._grams.save(folder)
        if self._engine is not None:
            self._engine.save(str(folder / "bm25"), show_progress=False)


def _search_terms(passage: Passage, analyzer: DutchAnalyzer, settings: LexicalSettings) -> list[str]:
    return analyzer.terms("\n".join(passage.heading_path)) * settings.heading_weight + analyzer.terms(
        passage.text
    )


def build_lexical_index(
    passages: Sequence[Passage],
    *,
    analyzer: AnalyzerSettings = AnalyzerSettings(),  # noqa: B008
    settings: LexicalSettings = LexicalSettings(),
    abbreviations: Mapping[str, str] | None = None,
) -> LexicalIndex:
    """Index passages; the words of the corpus help to take compounds apart."""
    import bm25s

    dutch = DutchAnalyzer(analyzer, corpus_vocabulary([p.search_text for p in passages]), abbreviations or {})
    corpus = [_search_terms(passage, dutch, settings) for passage in passages]
    engine = None
    if any(corpus):
        engine = bm25s.BM25(method="lucene", k1=settings.k1, b=settings.b)
        numbers: dict[str, int] = {}
        for terms in corpus:
            for term in terms:
                numbers.setdefault(term, len(numbers))
        coded = [[numbers[term] for term in terms] for terms in corpus]
        engine.index((coded, numbers), show_progress=False)
    return LexicalIndex([p.passage_id for p in passages], engine, dutch, settings, build_gram_index(passages))


def open_lexical_index(
    folder: Path, passages: Sequence[Passage], *, abbreviations: Mapping[str, str] | None = None
) -> LexicalIndex:
    """Open a folder written by `LexicalIndex.save`.

    Args:
        passages: those it was made of. An index of before there were runs of letters gets them in memory.

    Raises:
        IndexStateError: it is damaged.
    """
    import bm25s

    try:
        state = json.loads((folder / "lexical.json").read_text("utf-8"))
        analyzer = DutchAnalyzer(
            AnalyzerSettings(**state["analyzer"]), state["vocabulary"], abbreviations or {}
        )
        engine = (
            bm25s.BM25.load(str(folder / "bm25"), show_progress=False) if (folder / "bm25").is_dir() else None
        )
        grams = open_gram_index(folder)
        if grams is None or len(grams) != len(passages):
            grams = build_gram_index(passages)
        settings = LexicalSettings(**state["settings"])
        return LexicalIndex(state["passage_ids"], engine, analyzer, settings, grams)
    except Exception as error:
        raise IndexStateError(
            f"The word index {folder} is damaged ({type(error).__name__}). Run `assistant index --rebuild`."
        ) from error
