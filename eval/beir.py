"""`assistant eval beir`: ranking measures and query times of dense, BM25, hybrid and peers on a data set."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ir_measures
import numpy as np
from ir_measures import RR, R, nDCG
from langchain_core.embeddings import Embeddings

from assistant.domain.documents import Passage
from assistant.domain.ranking import Ranking
from assistant.domain.text import single_spaced
from assistant.errors import UsageError
from assistant.index.dense import DenseIndex
from assistant.index.embedding_cache import EmbeddingCache, Progress
from assistant.index.lexical import build_lexical_index
from assistant.ingest.passages import PassageSettings, PassageSplitter
from assistant.retrieval.hybrid import Arm, HybridRetriever
from eval.beir_data import BeirDataset, BeirDocument, read_beir
from eval.peers import PEERS, Search

ARMS: tuple[Arm, ...] = ("dense", "bm25", "hybrid")
CONFIGS: tuple[str, ...] = (*ARMS, *PEERS)
MEASURES = {"nDCG@10": nDCG @ 10, "Recall@10": R @ 10, "MRR@10": RR @ 10}
DEPTH = 100
"""Documents per query in a run."""
PARTS_DEPTH = 3 * DEPTH
"""Parts of documents per query, from which a run is made."""

PART_SETTINGS = PassageSettings(max_chars=1_000, max_sentences=1_000, min_chars=1_000, skipped_headings=())
"""Longer texts are cut in parts; a document scores as its best part."""

Run = dict[str, dict[str, float]]
"""Query id to document id to score."""


@dataclass(frozen=True, slots=True)
class BeirResult:
    """Measures per configuration, with the runs they come from."""

    dataset: str
    n_documents: int
    n_queries: int
    configs: Mapping[str, Mapping[str, float]]
    runs: Mapping[str, Run]

    def as_dict(self) -> dict[str, Any]:
        """The result as `assistant eval beir --json` prints it."""
        return {
            "dataset": self.dataset,
            "documents": self.n_documents,
            "queries": self.n_queries,
            "configs": {name: dict(values) for name, values in self.configs.items()},
        }


def passages_of_documents(documents: Sequence[BeirDocument]) -> list[Passage]:
    """Parts of every document, each with the title as its heading; a document without text keeps one part."""
    splitter = PassageSplitter(PART_SETTINGS)
    found = []
    for number, document in enumerate(documents):
        title = single_spaced(document.title)
        texts = splitter.split_text(document.text) or [title or "."]
        for part, text in enumerate(texts):
            found.append(
                Passage(
                    passage_id=f"{number:08d}#{part:04d}",
                    document_id=document.document_id,
                    text=text,
                    end=len(text),
                    heading_path=(title,) if title else (),
                )
            )
    return found


def make_retriever(dataset: BeirDataset, embeddings: Embeddings, cache: EmbeddingCache,
                   progress: Progress | None = None) -> HybridRetriever:  # fmt: skip
    """Index a data set once, for all configurations."""
    passages = passages_of_documents(dataset.documents)
    vectors = cache.vectors([passage.search_text for passage in passages], embeddings, progress=progress)
    ids = [passage.passage_id for passage in passages]
    lexical = build_lexical_index(passages)
    return HybridRetriever({p.passage_id: p for p in passages}, DenseIndex(ids, vectors), lexical, embeddings)


def _search(config: str, retriever: HybridRetriever) -> Search:
    """What ranks parts of documents for a configuration; a peer gets the same parts and vectors."""
    for arm in ARMS:
        if arm == config:
            return lambda query, k: retriever.rank_by(arm, query, k=k)
    vectors = retriever.dense.vectors
    return PEERS[config](retriever.passages, vectors, retriever.embeddings, depth=PARTS_DEPTH)


def best_parts(ranking: Ranking, depth: int) -> dict[str, float]:
    """Document scores: those of the best part, for the first `depth` documents."""
    scores: dict[str, float] = {}
    for line in ranking:
        scores.setdefault(line.passage.document_id, line.score)
        if len(scores) >= depth:
            break
    return scores


def evaluate_beir(
    dataset: BeirDataset,
    embeddings: Embeddings,
    *,
    configs: Sequence[str] = ARMS,
    cache: EmbeddingCache | None = None,
    progress: Progress | None = None,
    clock: Callable[[], float] = time.perf_counter,
) -> BeirResult:
    """Index, search and measure. Query times hold embedding the query, but not starting up.

    Raises:
        PeerError: a peer's packages are not installed.
    """
    retriever = make_retriever(dataset, embeddings, cache or EmbeddingCache(None), progress)
    searches = {config: _search(config, retriever) for config in configs}
    for search in searches.values():
        search("warm up", 10)
    runs: dict[str, Run] = {config: {} for config in configs}
    times: dict[str, list[float]] = {config: [] for config in configs}
    for done, (query_id, query) in enumerate(dataset.queries.items()):
        for config, search in searches.items():
            begin = clock()
            ranking = search(query, PARTS_DEPTH)
            times[config].append(1000 * (clock() - begin))
            runs[config][query_id] = best_parts(ranking, DEPTH)
        if progress:
            progress("query", done + 1, len(dataset.queries))
    measured: dict[str, dict[str, float]] = {
        config: {
            **measure(dataset.qrels, runs[config]),
            "p50_ms": round(float(np.percentile(times[config], 50)), 2),
            "p95_ms": round(float(np.percentile(times[config], 95)), 2),
        }
        for config in configs
    }
    return BeirResult(dataset.name, len(dataset.documents), len(dataset.queries), measured, runs)


def measure(qrels: Mapping[str, Mapping[str, int]], run: Run) -> dict[str, float]:
    """Means over all judged queries; a query without results counts as 0."""
    judged = {query_id: dict(documents) for query_id, documents in qrels.items()}
    found = ir_measures.calc_aggregate(list(MEASURES.values()), judged, run)
    return {name: round(float(found[value]), 5) for name, value in MEASURES.items()}


def write_trec_run(path: Path, run: Run, *, tag: str) -> None:
    """Write a run in TREC layout: query, Q0, document, rank, score, tag."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [
        f"{query_id} Q0 {document_id} {rank} {score:.6f} {tag}\n"
        for query_id, scores in run.items()
        for rank, (document_id, score) in enumerate(
            sorted(scores.items(), key=lambda i: (-i[1], i[0])), start=1
        )
    ]
    path.write_text("".join(lines), "utf-8")


def run_beir(
    folder: Path,
    embeddings: Embeddings,
    *,
    configs: Sequence[str] = ARMS,
    split: str = "test",
    out: Path | None = None,
    cache_file: Path | None = None,
    progress: Progress | None = None,
) -> BeirResult:
    """Everything the command does: read, evaluate, write `<out>/<data set>.<config>.trec`.

    Args:
        cache_file: SQLite file that keeps vectors for a next time; None keeps them in memory.

    Raises:
        UsageError: the data set or the name of a configuration is wrong.
    """
    chosen = [config for config in CONFIGS if config in configs]
    unknown = [config for config in configs if config not in CONFIGS]
    if unknown or not chosen:
        raise UsageError(
            f"Unknown configuration {', '.join(unknown) or '(none)'}. Choose from {', '.join(CONFIGS)}."
        )
    dataset = read_beir(folder, split=split)
    cache = EmbeddingCache(cache_file)
    try:
        result = evaluate_beir(dataset, embeddings, configs=chosen, cache=cache, progress=progress)
    finally:
        cache.close()
    if out is not None:
        for config in chosen:
            write_trec_run(out / f"{dataset.name}.{config}.trec", result.runs[config], tag=config)
    return result
