"""Word documents: paragraphs, headings by style, table rows, in document order."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

from langchain_core.documents import Document

from assistant.errors import LoaderError
from assistant.ingest.loaders.base import Deadline, LoadLimits, PageBuilder

_LEVEL = re.compile(r"(?:heading|kop)\s*(\d)", re.IGNORECASE)
_OLE_HEADER = bytes.fromhex("d0cf11e0a1b11ae1")


def load_docx(path: Path, limits: LoadLimits) -> list[Document]:
    """One document without pages, because Word files do not hold page numbers.

    Raises:
        LoaderError: the file is encrypted, broken or unpacks to too much.
    """
    check_archive(path, limits)
    import docx
    from docx.table import Table

    deadline = Deadline(path, limits.seconds)
    try:
        source = docx.Document(str(path))
        builder = PageBuilder()
        for block in source.iter_inner_content():
            deadline.check()
            if isinstance(block, Table):
                _add_table(builder, block)
            else:
                builder.add(block.text, level=_level(block))
        title = source.core_properties.title or None
        language = (source.core_properties.language or "")[:2].lower() or None
    except LoaderError:
        raise
    except Exception as error:
        raise LoaderError(
            f"Cannot load {path.name}: it is no readable Word document ({type(error).__name__}). "
            "Open it in Word and save it again.",
            reason="broken",
        ) from error
    return [builder.document(title=title, language=language)]


def check_archive(path: Path, limits: LoadLimits) -> None:
    """Refuse an Office file that is encrypted, no archive, or unpacks to too much.

    Raises:
        LoaderError: reason encrypted, broken or too_large.
    """
    with path.open("rb") as handle:
        if handle.read(8) == _OLE_HEADER:
            raise LoaderError(
                f"Cannot load {path.name}: it is protected with a password or saved in an old format. "
                "Save it without password as .docx or .xlsx.",
                reason="encrypted",
            )
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(info.file_size for info in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise LoaderError(
            f"Cannot load {path.name}: the file is damaged. Save it again.", reason="broken"
        ) from error
    if unpacked > 10 * limits.max_bytes:
        raise LoaderError(
            f"Cannot load {path.name}: it unpacks to {unpacked / 1e6:.0f} MB.", reason="too_large"
        )


def _level(paragraph: Any) -> int | None:
    name = paragraph.style.name if paragraph.style is not None else ""
    if name in {"Title", "Titel"}:
        return 1
    match = _LEVEL.match(name or "")
    return int(match.group(1)) if match else None


def _add_table(builder: PageBuilder, table: Any) -> None:
    for row in table.rows:
        texts: list[str] = []
        for cell in row.cells:
            if not texts or cell.text != texts[-1]:  # merged cells are given once per column
                texts.append(cell.text)
        builder.add(" ".join(texts))
