"""The real assistant, opened once a process, and its sources as other programs read them."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from typing import Any

import pypdf
import yaml

from assistant import Assistant
from assistant.domain.text import single_spaced
from tests.support.builders import CORPUS


@cache
def assistant() -> Assistant:
    """The assistant as it ships; without an index this fails with the command that makes one."""
    return Assistant.open()


@cache
def _pages(file: str) -> tuple[str, ...]:
    return tuple(single_spaced(page.extract_text()) for page in pypdf.PdfReader(CORPUS / file).pages)


@cache
def _entries(file: str) -> Mapping[str, Mapping[str, Any]]:
    """Entries of a YAML file by id: records, or coverage."""
    data = yaml.load((CORPUS / file).read_text("utf-8"), Loader=yaml.CSafeLoader)
    (entries,) = data.values()
    return {entry["id"]: entry for entry in entries}


@cache
def _rows(file: str) -> frozenset[tuple[str, ...]]:
    with (CORPUS / file).open(encoding="utf-8", newline="") as lines:
        return frozenset(tuple(row) for row in csv.reader(lines))


def is_literal(citation: Mapping[str, Any]) -> bool:
    """Whether the quote stands on the cited page as pypdf reads it, in the field, or at the head of a row."""
    file, quote = citation["file"], single_spaced(citation["quote"])
    if file.endswith(".pdf"):
        return quote in _pages(file)[citation["page"] - 1]
    if file.endswith(".csv"):
        (cells,) = csv.reader([quote])
        return any(list(row[: len(cells)]) == cells for row in _rows(file))
    entry_id, _, field = citation["locator"].partition(": ")
    value = _entries(file)[entry_id][field]
    return any(quote in single_spaced(str(item)) for item in (value if isinstance(value, list) else [value]))
