"""Brings an index in line with a corpus."""

from __future__ import annotations

import hashlib
import secrets
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from langchain_core.embeddings import Embeddings

from assistant.domain.documents import Passage, SourceDocument
from assistant.errors import IndexStateError, LoaderError, RecordError
from assistant.index.dense import build_dense_index
from assistant.index.dutch import AnalyzerSettings
from assistant.index.embedding import identity_of
from assistant.index.embedding_cache import EmbeddingCache, Progress
from assistant.index.index import Index, analyzer_identity
from assistant.index.lexical import LexicalSettings, build_lexical_index
from assistant.index.stamp import FORMAT, IndexStamp, read_stamp, write_stamp, writer_lock
from assistant.index.store import Content, FileEntry, load_content, save_content
from assistant.ingest.catalogue import Catalogue, load_catalogue
from assistant.ingest.corpus import CorpusFile, corpus_files, hash_of_files
from assistant.ingest.loaders import LoadLimits
from assistant.ingest.manifest import ManifestEntry, load_manifest
from assistant.ingest.passages import PassageSettings, PassageSplitter
from assistant.ingest.read import document_id_of, read_document, record_document
from assistant.ingest.records import record_passages

FileStatus = Literal["added", "changed", "removed", "unchanged", "refused"]
CACHE_FILE = "embeddings.sqlite"


@dataclass(frozen=True, slots=True)
class IndexSettings:
    """How the corpus is read and indexed."""

    passages: PassageSettings = field(default_factory=PassageSettings)
    analyzer: AnalyzerSettings = field(default_factory=AnalyzerSettings)
    lexical: LexicalSettings = field(default_factory=LexicalSettings)
    limits: LoadLimits = field(default_factory=LoadLimits)


@dataclass(frozen=True, slots=True)
class FileReport:
    """What happened to one file; `pages` counts the pages read, `passages` what they gave."""

    file: str
    status: FileStatus
    pages: int
    passages: int
    pages_without_text: tuple[int, ...] = ()
    reason: str | None = None
    message: str | None = None


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What indexing did; counts are of files, but for `passages`."""

    added: int
    changed: int
    removed: int
    unchanged: int
    refused: int
    passages: int
    seconds: float
    files: tuple[FileReport, ...]

    def as_dict(self) -> dict[str, Any]:
        """The report as `assistant index --json` prints it."""
        return {**asdict(self), "files": [{**asdict(f), "pages_without_text": list(f.pages_without_text)}
                                          for f in self.files]}  # fmt: skip


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

    A new index is written beside the old one and put in use in one step: a run that is broken off leaves the old one.
    Files that cannot be used are refused and reported; the rest is indexed.

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
            content = _read(corpus_roots, files, settings, old[1] if old else None, progress)
            wanted = _write(index_dir, wanted, content, embedder, settings, progress, rebuild=rebuild)
        _tidy(index_dir, wanted.generation)
    return _report(content, previous, rebuild=rebuild, seconds=clock() - started)


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
    """Whether an index is what would be made now; the last part of a generation's name tells attempts apart."""
    return stamp.generation.rsplit("-", 1)[0] == wanted.generation


def _previous_entries(index_dir: Path) -> dict[tuple[int, str], FileEntry]:
    try:
        content = load_content(index_dir / read_stamp(index_dir).generation)
    except IndexStateError:
        return {}
    return {(entry.root, entry.file): entry for entry in content.files}


def _read(
    corpus_roots: Sequence[Path],
    files: Sequence[CorpusFile],
    settings: IndexSettings,
    old: Content | None,
    progress: Progress | None,
) -> Content:
    reader = _Reader(settings, old)
    manifests: list[dict[str, ManifestEntry]] = []
    bad_manifests: dict[int, str] = {}
    for number, root in enumerate(corpus_roots):
        try:
            manifests.append(load_manifest(root))
        except (RecordError, OSError, UnicodeDecodeError) as error:
            manifests.append({})
            bad_manifests[number] = str(error)
    ids = _document_ids(files, manifests)
    for done, source in enumerate(files):
        if progress:
            progress("read", done, len(files))
        if source.kind == "document":
            key = (source.root, source.file)
            reader.add_document(source, manifests[source.root].get(source.file), ids[key])
        elif source.kind == "manifest" and source.root in bad_manifests:
            reader.refuse(source, "invalid", bad_manifests[source.root])
    reader.add_catalogue(corpus_roots, files)
    if progress:
        progress("read", len(files), len(files))
    return reader.content()


def _document_ids(
    files: Sequence[CorpusFile], manifests: Sequence[Mapping[str, ManifestEntry]]
) -> dict[tuple[int, str], str]:
    """Ids of documents; those in a manifest come first, twins get a number."""
    documents = [file for file in files if file.kind == "document"]
    taken: set[str] = set()
    ids: dict[tuple[int, str], str] = {}
    for source in sorted(documents, key=lambda s: (s.file not in manifests[s.root], s.root, s.file)):
        entry = manifests[source.root].get(source.file)
        wanted = entry.document_id if entry else document_id_of(source.file)
        unique, number = wanted, 2
        while unique in taken:
            unique, number = f"{wanted}-{number}", number + 1
        taken.add(unique)
        ids[(source.root, source.file)] = unique
    return ids


class _Reader:
    """Collects the content of a corpus, file by file, taking over what did not change."""

    def __init__(self, settings: IndexSettings, old: Content | None) -> None:
        self._settings = settings
        self._splitter = PassageSplitter(settings.passages)
        self._old = old
        self._old_entries = {(e.root, e.file): e for e in old.files} if old else {}
        self._old_passages = {p.passage_id: p for p in old.passages} if old else {}
        self._entries: list[FileEntry] = []
        self._documents: dict[str, SourceDocument] = {}
        self._page_texts: dict[tuple[str, int | None], str] = {}
        self._passages: list[Passage] = []
        self._catalogue = Catalogue({}, {}, {})

    def refuse(self, source: CorpusFile, reason: str, message: str, key: str | None = None) -> None:
        self._entries.append(FileEntry(source.root, source.file, key or source.digest, reason, message))

    def add_document(self, source: CorpusFile, entry: ManifestEntry | None, document_id: str) -> None:
        described = f"{source.digest}\x1f{document_id}\x1f{entry.model_dump_json() if entry else ''}"
        key = hashlib.sha256(described.encode()).hexdigest()
        known = self._old_entries.get((source.root, source.file))
        if known is not None and known.key == key and self._take_over(known, document_id):
            return
        try:
            read = read_document(source, entry, document_id, self._splitter, self._settings.limits)
        except LoaderError as error:
            self.refuse(source, error.reason, str(error), key)
            return
        self._documents[document_id] = read.document
        self._page_texts.update({(document_id, page): text for page, text in read.pages})
        self._passages += read.passages
        self._entries.append(
            FileEntry(
                source.root,
                source.file,
                key,
                page_numbers=tuple(page for page, _ in read.pages),
                empty_pages=tuple(page for page, text in read.pages if not text and page is not None),
                passage_ids=tuple(passage.passage_id for passage in read.passages),
                document_ids=(document_id,),
            )
        )

    def _take_over(self, known: FileEntry, document_id: str) -> bool:
        if self._old is None:
            return False
        if known.reason is not None:
            # A file that was too slow may have had bad luck: it gets another chance.
            if known.reason != "timeout":
                self._entries.append(known)
            return known.reason != "timeout"
        try:
            document = self._old.documents[document_id]
            texts = {
                (document_id, page): self._old.page_texts[(document_id, page)] for page in known.page_numbers
            }
            passages = [self._old_passages[passage_id] for passage_id in known.passage_ids]
        except KeyError:
            return False
        self._documents[document_id] = document
        self._page_texts.update(texts)
        self._passages += passages
        self._entries.append(known)
        return True

    def add_catalogue(self, corpus_roots: Sequence[Path], files: Sequence[CorpusFile]) -> None:
        refused: dict[tuple[int, str], RecordError] = {}
        catalogue = self._catalogue = load_catalogue(*corpus_roots, refused=refused)
        for source in files:
            if source.kind not in {"records", "coverage"}:
                continue
            error = refused.get((source.root, source.file))
            if error is not None:
                self.refuse(source, "invalid", str(error))
                continue
            chosen = [
                record
                for record in catalogue
                if (catalogue.roots[record.id], catalogue.files[record.id]) == (source.root, source.file)
            ]
            passages = [passage for record in chosen for passage in record_passages(record)]
            self._documents.update({record.id: record_document(record, source.file) for record in chosen})
            self._passages += passages
            self._entries.append(
                FileEntry(
                    source.root,
                    source.file,
                    source.digest,
                    passage_ids=tuple(passage.passage_id for passage in passages),
                    document_ids=tuple(record.id for record in chosen),
                )
            )

    def content(self) -> Content:
        return Content(
            files=tuple(sorted(self._entries, key=lambda entry: (entry.root, entry.file))),
            documents=self._documents,
            page_texts=self._page_texts,
            passages=tuple(self._passages),
            records=self._catalogue.records,
            record_files=self._catalogue.files,
            coverage=self._catalogue.coverage,
        )


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
        vectors = cache.vectors([p.search_text for p in content.passages], embedder, progress=progress)
    finally:
        cache.close()
    if progress:
        progress("write", 0, 1)
    # A folder of its own for every attempt: what a broken run left behind is never taken for finished, and a running
    # program that still reads an earlier one is not disturbed.
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


def _report(
    content: Content, previous: Mapping[tuple[int, str], FileEntry], *, rebuild: bool, seconds: float
) -> IndexReport:
    reports = []
    for entry in content.files:
        known = previous.get((entry.root, entry.file))
        status: FileStatus
        if entry.reason is not None:
            status = "refused"
        elif known is None or known.reason is not None:
            status = "added"
        else:
            status = "unchanged" if known.key == entry.key and not rebuild else "changed"
        reports.append(
            FileReport(
                entry.file, status, len(entry.page_numbers), len(entry.passage_ids), entry.empty_pages,
                entry.reason, entry.message,
            )
        )  # fmt: skip
    now = {(entry.root, entry.file) for entry in content.files}
    reports += [FileReport(file, "removed", 0, 0) for root, file in sorted(previous.keys() - now)]
    counts = {s: sum(report.status == s for report in reports) for s in
              ("added", "changed", "removed", "unchanged", "refused")}  # fmt: skip
    return IndexReport(
        **counts, passages=len(content.passages), seconds=round(seconds, 3), files=tuple(reports)
    )
