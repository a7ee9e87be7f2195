"""What loaders share: limits, the layout of a page, and the choice of a loader by file name."""

from __future__ import annotations

import importlib
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from langchain_core.documents import Document

from assistant.domain.text import single_spaced
from assistant.errors import LoaderError

Span = tuple[int, int]
"""Offsets `(start, end)` in the text of a page."""


@dataclass(frozen=True, slots=True)
class LoadLimits:
    """How large and slow a file may be before it is refused.

    Attributes:
        max_bytes: size of the file.
        max_pages: pages of a PDF, sheets of a workbook.
        max_chars: characters of text in the whole file; guards against small files that unpack to huge ones.
        seconds: time to read one file, checked between pages.
    """

    max_bytes: int = 50_000_000
    max_pages: int = 2_000
    max_chars: int = 8_000_000
    seconds: float = 120.0


@dataclass(frozen=True, slots=True)
class PageLayout:
    """What is known of the structure of one page; all offsets are in its text.

    Attributes:
        headings: `(start, end, level)` in reading order, level 1 is outermost.
        margins: repeated headers and footers and page numbers, left out of passages.
        breaks: offsets where a new paragraph, list item or table row starts.
    """

    headings: tuple[tuple[int, int, int], ...] = ()
    margins: tuple[Span, ...] = ()
    breaks: tuple[int, ...] = ()

    def as_metadata(self) -> dict[str, Any]:
        """The layout as JSON-like metadata of a LangChain document."""
        return {
            "headings": [list(h) for h in self.headings],
            "margins": [list(m) for m in self.margins],
            "breaks": list(self.breaks),
        }


def layout_of(document: Document) -> PageLayout:
    """The layout in a document's metadata; an empty one when it carries none."""
    meta = document.metadata
    return PageLayout(
        headings=tuple((int(a), int(b), int(level)) for a, b, level in meta.get("headings", ())),
        margins=tuple((int(a), int(b)) for a, b in meta.get("margins", ())),
        breaks=tuple(int(b) for b in meta.get("breaks", ())),
    )


@dataclass(slots=True)
class PageBuilder:
    """Collects the blocks of a page: single-spaced text with the offsets of headings and block starts."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    headings: list[tuple[int, int, int]] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)

    def add(self, text: str, *, level: int | None = None) -> None:
        """Add a block; `level` makes it a heading. Empty blocks are dropped."""
        text = single_spaced(text)
        if not text:
            return
        start = self.length + 1 if self.parts else 0
        self.parts.append(text)
        self.length = start + len(text)
        if level is not None:
            self.headings.append((start, self.length, level))
        self.breaks.append(start)

    def document(self, *, page: int | None = None, label: str | None = None, **metadata: Any) -> Document:
        """The page as a LangChain document."""
        layout = PageLayout(headings=tuple(self.headings), breaks=tuple(self.breaks))
        return Document(
            page_content=" ".join(self.parts),
            metadata={**layout.as_metadata(), "page": page, "label": label, **metadata},
        )


class Deadline:
    """Time left to read one file."""

    def __init__(self, path: Path, seconds: float) -> None:
        self._path = path
        self._seconds = seconds
        self._end = time.monotonic() + seconds

    def check(self) -> None:
        """Raise `LoaderError` (timeout) when the time is up."""
        if time.monotonic() > self._end:
            raise LoaderError(
                f"Cannot load {self._path.name}: reading took more than {self._seconds:g} seconds. "
                "Split the file or raise the limit.",
                reason="timeout",
            )


_LOADERS = {
    ".pdf": ("assistant.ingest.loaders.pdf", "load_pdf"),
    ".docx": ("assistant.ingest.loaders.docx", "load_docx"),
    ".md": ("assistant.ingest.loaders.markup", "load_markdown"),
    ".markdown": ("assistant.ingest.loaders.markup", "load_markdown"),
    ".html": ("assistant.ingest.loaders.markup", "load_html"),
    ".htm": ("assistant.ingest.loaders.markup", "load_html"),
    ".txt": ("assistant.ingest.loaders.plain", "load_text"),
    ".yaml": ("assistant.ingest.loaders.plain", "load_yaml"),
    ".yml": ("assistant.ingest.loaders.plain", "load_yaml"),
    ".csv": ("assistant.ingest.loaders.tables", "load_csv"),
    ".xlsx": ("assistant.ingest.loaders.tables", "load_xlsx"),
}


def supported_suffixes() -> tuple[str, ...]:
    """File name endings that can be loaded, lower case."""
    return tuple(_LOADERS)


def load_file(path: Path, limits: LoadLimits = LoadLimits()) -> list[Document]:
    """Read one file, page by page.

    Returns:
        One document per page (or sheet); pages without text are there with an empty text. The first carries
        `title` and `language` when the file names them.

    Raises:
        LoaderError: the file cannot be used; `reason` says why.
    """
    loader = _LOADERS.get(path.suffix.lower())
    if loader is None:
        raise LoaderError(
            f"Cannot load {path.name}: {path.suffix or 'a file without ending'} is not supported. "
            f"Use one of {', '.join(_LOADERS)}.",
            reason="unsupported",
        )
    try:
        size = path.stat().st_size
    except OSError as error:
        raise LoaderError(
            f"Cannot load {path.name}: {error.strerror or error}. Check the file and its permissions.",
            reason="broken",
        ) from error
    if size == 0:
        raise LoaderError(
            f"Cannot load {path.name}: the file is empty. Replace or remove it.", reason="empty"
        )
    if size > limits.max_bytes:
        raise LoaderError(
            f"Cannot load {path.name}: {size / 1e6:.0f} MB is more than {limits.max_bytes / 1e6:.0f} MB. "
            "Split the file or raise the limit.",
            reason="too_large",
        )
    module, function = loader
    pages: list[Document] = getattr(importlib.import_module(module), function)(path, limits)
    check_text(path, pages, limits)
    return pages


def check_text(path: Path, pages: Iterable[Document], limits: LoadLimits) -> None:
    """Refuse a file without any text, or with too much of it.

    Raises:
        LoaderError: reason no_text or too_large.
    """
    chars = sum(len(page.page_content) for page in pages)
    if chars == 0:
        raise LoaderError(
            f"Cannot load {path.name}: no text on any page. A scan needs text recognition (OCR) first.",
            reason="no_text",
        )
    if chars > limits.max_chars:
        raise LoaderError(
            f"Cannot load {path.name}: {chars} characters is more than {limits.max_chars}. Split the file.",
            reason="too_large",
        )


def read_text(path: Path) -> str:
    """The text of a file: UTF-8 (with or without mark), UTF-16 with mark, else Windows-1252.

    Raises:
        LoaderError: the file is binary.
    """
    data = path.read_bytes()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if b"\x00" in data[:4096] and not data.startswith(b"\xef\xbb\xbf"):
        raise LoaderError(f"Cannot load {path.name}: it is no text file.", reason="broken")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
