"""Brings an index in line with a corpus."""

from __future__ import annotations

import hashlib
import secrets
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from langchain_core.embeddings import Embeddings

from assistant.errors import IndexStateError
from assistant.index.dense import build_dense_index, embedded_text
from assistant.index.embedding import identity_of
from assistant.index.embedding_cache import EmbeddingCache, Progress
from assistant.index.index import Index, analyzer_identity
from assistant.index.lexical import build_lexical_index
from assistant.index.stamp import FORMAT, IndexStamp, read_stamp, write_stamp, writer_lock
from assistant.index.store import Content, FileEntry, load_content, save_content
from assistant.ingest.catalogue import Catalogue
from assistant.ingest.corpus import CorpusFile, corpus_files, hash_of_files
from assistant.ingest.reader import IndexSettings, read_corpus
from assistant.ingest.report import IndexReport, report_of

__all__ = ["IndexReport", "IndexSettings", "catalogue_of", "index_corpus", "open_index"]

CACHE_FILE = "embeddings.sqlite"


def index_corpus(
    corpus_roots: Sequence[Path],
    index_dir: Path,
    embedder: Embeddings,
    *,
    rebuild: bool = False,
    progress: Progress | None = None,
    settings: IndexSettings | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> IndexReport:
    """Read the corpus and bring the index in line with it.

    A new index is written beside the old one and put in use in one step: a run that is broken off leaves the
    old one. Files that cannot be used are refused and reported; the rest is indexed.

    Args:
        rebuild: read and embed everything again.
        progress: called with the step ("read", "embed", "write"), how many are done, and how many there are.

    Raises:
        UsageError: a corpus folder does not exist.
        IndexStateError: the folder cannot be written, or another process is writing it.
    """
    started = clock()
    settings = settings or IndexSettings()
    files = corpus_files(corpus_roots)
    with writer_lock(index_dir):
        wanted = _wanted_stamp(files, embedder, settings)
        old = None if rebuild else _old(index_dir, wanted)
        previous = _previous_entries(index_dir)
        if old is not None and _same(old[0], wanted):
            wanted, content = old
        else:
            content = read_corpus(corpus_roots, files, settings, old[1] if old else None, progress)
            wanted = _write(index_dir, wanted, content, embedder, settings, progress, rebuild=rebuild)
        _tidy(index_dir, wanted.generation)
    return report_of(content, previous, rebuild=rebuild, seconds=clock() - started)


def open_index(
    corpus_roots: Sequence[Path],
    index_dir: Path,
    embedder: Embeddings | None,
    *,
    settings: IndexSettings | None = None,
    abbreviations: Mapping[str, str] | None = None,
) -> Index:
    """Open the index, and refuse one that does not fit the corpus, the model or the settings.

    Raises:
        IndexStateError: missing, stale or damaged; the message names the command that mends it.
    """
    settings = settings or IndexSettings()
    return Index.open(
        index_dir,
        embeddings=embedder,
        corpus_hash=lambda: hash_of_files(corpus_files(corpus_roots)),
        passages_identity=settings.passages.identity,
        analyzer=settings.analyzer,
        lexical=settings.lexical,
        abbreviations=abbreviations,
    )


def catalogue_of(index: Index) -> Catalogue:
    """The catalogue as it stands in the index."""
    return Catalogue(index.records, index.record_files, index.coverage)


def _wanted_stamp(files: Sequence[CorpusFile], embedder: Embeddings, settings: IndexSettings) -> IndexStamp:
    corpus = hash_of_files(files)
    made_with = (identity_of(embedder), analyzer_identity(settings.analyzer, settings.lexical),
                 settings.passages.identity)  # fmt: skip
    digest = hashlib.sha256("\x1f".join([str(FORMAT), corpus, *made_with]).encode()).hexdigest()[:12]
    return IndexStamp(FORMAT, *made_with, corpus=corpus, generation=f"gen-{digest}", n_passages=0)


def _old(index_dir: Path, wanted: IndexStamp) -> tuple[IndexStamp, Content] | None:
    """The index in use; None when nothing of it can be used."""
    try:
        stamp = read_stamp(index_dir)
        content = load_content(index_dir / stamp.generation)
    except IndexStateError:
        return None
    if stamp.passages != wanted.passages or len(content.passages) != stamp.n_passages:
        return None
    complete = all((index_dir / stamp.generation / part).is_dir() for part in ("lexical", "chroma"))
    if not complete and content.passages:
        stamp = replace(stamp, generation="damaged")
    return stamp, content


def _same(stamp: IndexStamp, wanted: IndexStamp) -> bool:
    """Whether an index is what would be made now; the end of a generation's name tells attempts apart."""
    return stamp.generation.rsplit("-", 1)[0] == wanted.generation


def _previous_entries(index_dir: Path) -> dict[tuple[int, str], FileEntry]:
    try:
        content = load_content(index_dir / read_stamp(index_dir).generation)
    except IndexStateError:
        return {}
    return {(entry.root, entry.file): entry for entry in content.files}


def _write(
    index_dir: Path,
    stamp: IndexStamp,
    content: Content,
    embedder: Embeddings,
    settings: IndexSettings,
    progress: Progress | None,
    *,
    rebuild: bool,
) -> IndexStamp:
    cache = EmbeddingCache(index_dir / CACHE_FILE)
    try:
        if rebuild:
            cache.clear()
        vectors = cache.vectors([embedded_text(p) for p in content.passages], embedder, progress=progress)
    finally:
        cache.close()
    if progress:
        progress("write", 0, 1)
    # A folder of its own for every attempt: what a broken run left behind is never taken for finished, and a
    # running program that still reads an earlier one is not disturbed.
    generation = f"{stamp.generation}-{secrets.token_hex(4)}"
    folder = index_dir / generation
    folder.mkdir()
    save_content(folder, content)
    lexical = build_lexical_index(content.passages, analyzer=settings.analyzer, settings=settings.lexical)
    lexical.save(folder / "lexical")
    if content.passages:
        build_dense_index(folder / "chroma", content.passages, vectors)
    finished = replace(stamp, generation=generation, n_passages=len(content.passages))
    write_stamp(index_dir, finished)
    if progress:
        progress("write", 1, 1)
    return finished


def _tidy(index_dir: Path, in_use: str) -> None:
    """Remove folders of earlier indexes but the last one, which a running program may still read."""
    folders = [path for path in index_dir.glob("gen-*") if path.is_dir() and path.name != in_use]
    folders.sort(key=lambda path: (path.stat().st_mtime_ns, path.name))
    for folder in folders[:-1]:
        shutil.rmtree(folder, ignore_errors=True)
