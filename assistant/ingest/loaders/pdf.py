"""PDF files, page by page: the text as pypdf reads it, with headings, margins and paragraph starts."""

from __future__ import annotations

import io
import logging
from collections import Counter
from pathlib import Path
from typing import Any

from langchain_core.documents import Document

from assistant.domain.text import single_spaced
from assistant.errors import LoaderError
from assistant.ingest.loaders.base import Deadline, LoadLimits, PageLayout
from assistant.ingest.loaders.pdf_layout import Line, OutlineEntry, layouts_of_pages

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its complaints about odd files are ours to word


def load_pdf(path: Path, limits: LoadLimits) -> list[Document]:
    """One document per page.

    Raises:
        LoaderError: the file is encrypted, broken, too large or too slow to read.
    """
    import pypdf

    deadline = Deadline(path, limits.seconds)
    try:
        reader = pypdf.PdfReader(io.BytesIO(path.read_bytes()))
        if reader.is_encrypted and not reader.decrypt(""):
            raise LoaderError(
                f"Cannot load {path.name}: the file is encrypted with a password. Save it without password.",
                reason="encrypted",
            )
        n_pages = len(reader.pages)
        if n_pages > limits.max_pages:
            raise LoaderError(
                f"Cannot load {path.name}: {n_pages} pages is more than {limits.max_pages}. Split the file.",
                reason="too_large",
            )
        pages: list[list[Line]] = []
        texts: list[str] = []
        chars = 0
        for page in reader.pages:
            deadline.check()
            text, lines = _read_page(page)
            chars += len(text)
            if chars > limits.max_chars:
                raise LoaderError(
                    f"Cannot load {path.name}: more than {limits.max_chars} characters. Split the file.",
                    reason="too_large",
                )
            texts.append(text)
            pages.append(lines)
        outline = _outline(reader)
        title, language = _title(reader), _language(reader)
    except LoaderError:
        raise
    except pypdf.errors.DependencyError as error:
        raise LoaderError(
            f"Cannot load {path.name}: it is encrypted in a way that needs the package 'cryptography'. "
            "Save it without password.",
            reason="encrypted",
        ) from error
    except (MemoryError, RecursionError, Exception) as error:
        raise LoaderError(
            f"Cannot load {path.name}: it is no readable PDF ({type(error).__name__}). "
            "Open it in a PDF reader and save it again.",
            reason="broken",
        ) from error
    if not pages:
        raise LoaderError(
            f"Cannot load {path.name}: the PDF has no pages. Replace or remove it.", reason="empty"
        )
    layouts = layouts_of_pages(pages, outline)
    return [
        _document(number, text, layout, title=title, language=language)
        for number, (text, layout) in enumerate(zip(texts, layouts, strict=True), start=1)
    ]


def _document(number: int, text: str, layout: PageLayout, **metadata: Any) -> Document:
    return Document(
        page_content=text, metadata={**layout.as_metadata(), "page": number, "label": None, **metadata}
    )


def _read_page(page: Any) -> tuple[str, list[Line]]:
    """Single-spaced text of a page and its lines, whose offsets are in that text."""
    pieces: list[tuple[str, float, float, bool]] = []

    def visit(text: str, cm: list[float], tm: list[float], font: dict[str, Any] | None, size: float) -> None:
        if text:
            pieces.append((text, *_geometry(cm, tm, size), _is_bold(font)))

    raw: str = page.extract_text(visitor_text=visit) or ""
    if "".join(piece[0] for piece in pieces) != raw:  # rotated text is put together afterwards
        pieces = [(raw, 0.0, 0.0, False)]
    return single_spaced(raw), _lines(pieces)


def _geometry(cm: list[float], tm: list[float], size: float) -> tuple[float, float]:
    """Height of the letters and baseline above the page's bottom, both in points."""
    try:
        scale = abs((tm[0] * tm[3] - tm[1] * tm[2]) * (cm[0] * cm[3] - cm[1] * cm[2])) ** 0.5
        return round(size * scale, 1), tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
    except (TypeError, IndexError, OverflowError):
        return 0.0, 0.0


def _is_bold(font: dict[str, Any] | None) -> bool:
    name = str((font or {}).get("/BaseFont", "")).lower()
    return any(word in name for word in ("bold", "black", "heavy"))


def _lines(pieces: list[tuple[str, float, float, bool]]) -> list[Line]:
    lines: list[Line] = []
    offset = 0
    current: list[tuple[str, float, float, bool]] = []

    def close() -> None:
        nonlocal offset
        text = single_spaced("".join(piece[0] for piece in current))
        if text:
            inked = [piece for piece in current if piece[0].strip()]
            sizes = Counter[float]()
            for piece in inked:
                sizes[piece[1]] += len(piece[0].strip())
            start = offset + 1 if lines else 0
            lines.append(
                Line(
                    text=text,
                    start=start,
                    end=start + len(text),
                    size=max(sizes, key=lambda s: (sizes[s], s)),
                    baseline=inked[0][2],
                    is_bold=all(piece[3] for piece in inked),
                )
            )
            offset = start + len(text)
        current.clear()

    for text, size, baseline, bold in pieces:
        parts = text.replace("\r", "\n").split("\n")
        for number, part in enumerate(parts):
            if number:
                close()
            if part:
                current.append((part, size, baseline, bold))
    close()
    return lines


def _outline(reader: Any) -> list[OutlineEntry]:
    """Bookmarks as (page from 0, level from 1, title); empty when the file has none or they are damaged."""
    found: list[OutlineEntry] = []

    def walk(items: list[Any], level: int) -> None:
        for item in items:
            if isinstance(item, list):
                walk(item, level + 1)
            else:
                number = reader.get_destination_page_number(item)
                if number is not None and number >= 0:
                    found.append(OutlineEntry(page=number, level=level, title=single_spaced(str(item.title))))

    try:
        walk(reader.outline, 1)
    except Exception:  # a damaged outline is no reason to refuse the text
        logging.getLogger(__name__).debug("outline cannot be read", exc_info=True)
    return found


def _title(reader: Any) -> str | None:
    try:
        title = single_spaced(str(reader.metadata.title or "")) if reader.metadata else ""
    except Exception:
        return None
    is_file_name = title.lower().endswith((".doc", ".docx", ".pdf", ".indd", ".ppt", ".pptx", ".qxd", ".rtf"))
    if len(title) < 3 or is_file_name or title.lower() in {"untitled", "document", "document1", "naamloos"}:
        return None
    return title.removeprefix("Microsoft Word - ").removeprefix("Microsoft PowerPoint - ")


def _language(reader: Any) -> str | None:
    try:
        value = str(reader.trailer["/Root"].get("/Lang") or "")[:2].lower()
    except Exception:
        return None
    return value if value.isalpha() and len(value) == 2 else None
