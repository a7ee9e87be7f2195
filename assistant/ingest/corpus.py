"""Which files a corpus consists of, and the hash that tells whether any of it changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant.errors import UsageError
from assistant.ingest.catalogue import COVERAGE_FILE, RECORD_SUFFIXES, RECORDS_FOLDER, record_files
from assistant.ingest.manifest import MANIFEST_FILE

DOCUMENTS_FOLDER = "documents"
SOURCES_FOLDER = "src"
"""Folder under the documents with the texts that documents are built from; not part of the corpus."""

_NO_DOCUMENTS = frozenset({RECORDS_FOLDER, "gazetteer"})
_LEFT_OUT_NAMES = frozenset({"readme.md", "readme.txt", "license", "license.md", "license.txt", "thumbs.db"})

FileKind = Literal["document", "records", "coverage", "manifest"]


@dataclass(frozen=True, slots=True)
class CorpusFile:
    """One file of a corpus.

    Attributes:
        root: number of the corpus folder, from 0.
        file: path under that folder, with forward slashes.
        digest: SHA-256 of the content; empty when it cannot be read.
    """

    root: int
    file: str
    path: Path
    kind: FileKind
    digest: str


def corpus_files(corpus_roots: Sequence[Path]) -> list[CorpusFile]:
    """All files of the corpus, in order of folder and path.

    A folder without `documents/` and `records/` is taken as a folder of documents.

    Raises:
        UsageError: a corpus folder does not exist.
    """
    found = []
    for number, root in enumerate(corpus_roots):
        if not root.is_dir():
            raise UsageError(f"There is no corpus folder {root}. Check the path.")
        for kind, path in sorted(_files(root), key=lambda item: item[1].relative_to(root).as_posix()):
            found.append(CorpusFile(number, path.relative_to(root).as_posix(), path, kind, _digest(path)))
    return found


def corpus_hash(corpus_roots: Sequence[Path]) -> str:
    """Changes when any file of the corpus is added, changed, moved or removed."""
    return hash_of_files(corpus_files(corpus_roots))


def hash_of_files(files: Sequence[CorpusFile]) -> str:
    """Hash of files that were already read."""
    lines = [f"{file.root}\x1f{file.file}\x1f{file.digest}" for file in files]
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()


def _files(root: Path) -> Iterator[tuple[FileKind, Path]]:
    for path in record_files(root):
        yield "records", path
    if (root / COVERAGE_FILE).is_file():
        yield "coverage", root / COVERAGE_FILE
    if (root / MANIFEST_FILE).is_file():
        yield "manifest", root / MANIFEST_FILE
    for path in root.rglob("*"):
        parts = path.relative_to(root).parts
        hidden = any(part.startswith((".", "~$", "__")) for part in parts)
        if hidden or parts[0] in _NO_DOCUMENTS or parts[:2] == (DOCUMENTS_FOLDER, SOURCES_FOLDER):
            continue
        in_documents = parts[0] == DOCUMENTS_FOLDER
        # Beside the documents folder stand notes and data of the corpus itself: only documents count there.
        is_loose_data = not in_documents and path.suffix.lower() in RECORD_SUFFIXES and _has_rooms(root)
        if path.name.lower() in _LEFT_OUT_NAMES or parts == (MANIFEST_FILE,) or is_loose_data:
            continue
        if path.is_file():
            yield "document", path


def _has_rooms(root: Path) -> bool:
    return (root / DOCUMENTS_FOLDER).is_dir() or (root / RECORDS_FOLDER).is_dir()


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError:
        return ""
