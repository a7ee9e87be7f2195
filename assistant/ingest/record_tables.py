"""Records in a table: one row per record, columns named as the fields.

Lists are separated by ";". A source is written "title | url | publisher | year"; the last parts may lack.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_origin

from assistant.domain.catalogue import Record
from assistant.errors import LoaderError, RecordError
from assistant.ingest.loaders.base import LoadLimits
from assistant.ingest.loaders.tables import csv_rows, xlsx_sheets

_SOURCE_PARTS = ("title", "url", "publisher", "year")


def items_from_table(path: Path, *, file: str) -> list[dict[str, Any]]:
    """Rows of a CSV file, or of the first sheet of a workbook, as items to validate.

    Raises:
        RecordError: the file cannot be read, or a column is no field of a record.
    """
    try:
        rows = csv_rows(path) if path.suffix.lower() == ".csv" else xlsx_sheets(path, LoadLimits())[0][1]
    except (LoaderError, IndexError) as error:
        raise RecordError(f"{file}: {error}") from error
    rows = [row for row in rows if any(row)]
    if not rows:
        raise RecordError(f"{file}: the table is empty. Add a row with the names of the fields.")
    header = [name.strip().lower() for name in rows[0]]
    unknown = [name for name in header if name and name not in Record.model_fields]
    if unknown:
        raise RecordError(f"{file}: column {unknown[0]!r}: expected one of {', '.join(Record.model_fields)}.")
    return [
        {name: _value(name, cell) for name, cell in zip(header, row, strict=False) if name and cell}
        for row in rows[1:]
    ]


def _value(name: str, cell: str) -> Any:
    if name == "sources":
        return [_source(part) for part in cell.split(";") if part.strip()]
    if get_origin(Record.model_fields[name].annotation) is tuple:
        return [part.strip() for part in cell.split(";") if part.strip()]
    if name.endswith("year") or name == "as_of":
        return int(cell) if cell.isdigit() else cell
    return cell


def _source(text: str) -> dict[str, Any]:
    parts = [part.strip() for part in text.split("|")]
    pairs = zip(_SOURCE_PARTS, parts, strict=False)
    return {key: int(part) if key == "year" and part.isdigit() else part for key, part in pairs if part}
