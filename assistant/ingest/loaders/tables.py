"""CSV and Excel files as text: one line per row, `column: value` pairs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from langchain_core.documents import Document

from assistant.domain.text import single_spaced
from assistant.errors import LoaderError
from assistant.ingest.loaders.base import Deadline, LoadLimits, PageBuilder, read_text
from assistant.ingest.loaders.docx import check_archive

_DELIMITERS = ",;\t|"


def csv_rows(path: Path) -> list[list[str]]:
    """Rows of a CSV file; the delimiter is guessed from the first line.

    Raises:
        LoaderError: a field is unreasonably long or a quote is not closed.
    """
    text = read_text(path)
    first = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=lambda mark: (first.count(mark), -_DELIMITERS.index(mark)))
    try:
        return [
            [single_spaced(cell) for cell in row]
            for row in csv.reader(io.StringIO(text), delimiter=delimiter)
        ]
    except csv.Error as error:
        raise LoaderError(f"Cannot load {path.name}: broken CSV ({error}).", reason="broken") from error


def xlsx_sheets(path: Path, limits: LoadLimits) -> list[tuple[str, list[list[str]]]]:
    """Visible sheets of a workbook as (name, rows); formulas give their last value.

    Raises:
        LoaderError: the workbook is encrypted, broken or too large.
    """
    check_archive(path, limits)
    import openpyxl

    deadline = Deadline(path, limits.seconds)
    try:
        workbook = openpyxl.load_workbook(path, read_only=True, data_only=True)
        sheets = []
        for sheet in workbook.worksheets[: limits.max_pages]:
            if sheet.sheet_state != "visible":
                continue
            rows = []
            for row in sheet.iter_rows(values_only=True):
                deadline.check()
                rows.append([_cell(value) for value in row])
            sheets.append((sheet.title, rows))
        workbook.close()
    except LoaderError:
        raise
    except Exception as error:
        raise LoaderError(
            f"Cannot load {path.name}: no readable workbook ({type(error).__name__}). Save it as .xlsx.",
            reason="broken",
        ) from error
    return sheets


def load_csv(path: Path, limits: LoadLimits) -> list[Document]:
    """One document without pages."""
    builder = PageBuilder()
    _add_rows(builder, csv_rows(path))
    return [builder.document()]


def load_xlsx(path: Path, limits: LoadLimits) -> list[Document]:
    """One document per visible sheet; the sheet's number is its page, its name a heading."""
    pages = []
    for number, (name, rows) in enumerate(xlsx_sheets(path, limits), start=1):
        builder = PageBuilder()
        if any(any(row) for row in rows):
            builder.add(name, level=1)
            _add_rows(builder, rows)
        pages.append(builder.document(page=number, label=name))
    return pages


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return single_spaced(str(value))


def _add_rows(builder: PageBuilder, rows: Iterable[Sequence[str]]) -> None:
    header: Sequence[str] | None = None
    for row in rows:
        if not any(row):
            continue
        if header is None:
            header = row
            continue
        cells = [
            f"{header[i]}: {cell}" if i < len(header) and header[i] else cell
            for i, cell in enumerate(row)
            if cell
        ]
        builder.add("; ".join(cells))
    if header is not None and not builder.parts:
        builder.add("; ".join(cell for cell in header if cell))
