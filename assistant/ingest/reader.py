"""A corpus to the content of an index: every file read, or taken over when it did not change."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.domain.documents import Passage, SourceDocument
from assistant.errors import LoaderError, RecordError
from assistant.index.dutch import AnalyzerSettings
from assistant.index.embedding_cache import Progress
from assistant.index.lexical import LexicalSettings
from assistant.index.store import Content, FileEntry
from assistant.ingest.catalogue import Catalogue, load_catalogue
from assistant.ingest.corpus import CorpusFile
from assistant.ingest.loaders import LoadLimits
from assistant.ingest.manifest import ManifestEntry, load_manifest
from assistant.ingest.passages import PassageSettings, PassageSplitter
from assistant.ingest.read import document_id_of, read_document, record_document
from assistant.ingest.records import record_passages


@dataclass(frozen=True, slots=True)
class IndexSettings:
    """How the corpus is read and indexed."""

    passages: PassageSettings = field(default_factory=PassageSettings)
    analyzer: AnalyzerSettings = field(default_factory=AnalyzerSettings)
    lexical: LexicalSettings = field(default_factory=LexicalSettings)
    limits: LoadLimits = field(default_factory=LoadLimits)


def read_corpus(
    corpus_roots: Sequence[Path],
    files: Sequence[CorpusFile],
    settings: IndexSettings,
    old: Content | None,
    progress: Progress | None,
) -> Content:
    """Read a corpus.

    Args:
        old: content of the index in use, made with the same settings; files that did not change come from it.
    """
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
                warnings=read.warnings,
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
