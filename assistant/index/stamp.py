"""The stamp of an index: what it was made with. Written last, so that an unfinished index does not count."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.errors import IndexStateError

STAMP_FILE = "stamp.json"
FORMAT = 2
"""Raised when the files of an index change."""

MEND = "Run `assistant index`."


@dataclass(frozen=True, slots=True)
class IndexStamp:
    """What an index was made with.

    Attributes:
        format: version of the files.
        embedder: identity of the embedding model.
        analyzer: identity of the Dutch analyzer and the numbers of BM25.
        passages: identity of the way text is cut.
        corpus: hash of the content of all files and of their places.
        generation: folder with the files of this index.
        n_passages: passages in it.
    """

    format: int
    embedder: str
    analyzer: str
    passages: str
    corpus: str
    generation: str
    n_passages: int

    @property
    def identity(self) -> str:
        """Short text that tells this index from others."""
        return self.generation


def read_stamp(index_dir: Path) -> IndexStamp:
    """The stamp of a finished index.

    Raises:
        IndexStateError: there is no index, or it is damaged or of another version.
    """
    path = index_dir / STAMP_FILE
    if not path.is_file():
        raise IndexStateError(f"There is no index in {index_dir}. {MEND}")
    try:
        stamp = IndexStamp(**json.loads(path.read_text("utf-8")))
    except (ValueError, TypeError, OSError) as error:
        raise IndexStateError(f"The stamp of the index in {index_dir} is damaged. {MEND}") from error
    if stamp.format != FORMAT:
        raise IndexStateError(f"The index in {index_dir} was made by another version. {MEND}")
    if not (index_dir / stamp.generation).is_dir():
        raise IndexStateError(
            f"The index in {index_dir} is incomplete: {stamp.generation} is missing. {MEND}"
        )
    return stamp


def write_stamp(index_dir: Path, stamp: IndexStamp) -> None:
    """Put a finished index in use, in one step."""
    aside = index_dir / f"{STAMP_FILE}.{os.getpid()}"
    with aside.open("w", encoding="utf-8") as handle:
        json.dump(asdict(stamp), handle, indent=1)
        handle.flush()
        os.fsync(handle.fileno())
    aside.replace(index_dir / STAMP_FILE)


@contextlib.contextmanager
def writer_lock(index_dir: Path) -> Iterator[None]:
    """Let one process write; the lock falls away when that process ends, however it ends.

    Raises:
        IndexStateError: another process is writing, or the folder cannot be written.
    """
    try:
        index_dir.mkdir(parents=True, exist_ok=True)
        handle = (index_dir / "lock").open("w")
    except OSError as error:
        raise IndexStateError(
            f"Cannot write in {index_dir}: {error.strerror or error}. Give another folder with --index."
        ) from error
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise IndexStateError(
                f"Another process is writing the index in {index_dir}. Wait until it is done and try again."
            ) from error
        yield
