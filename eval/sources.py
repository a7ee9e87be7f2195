"""The corpus as measures see it: the opened index, and files read afresh to check quotes against."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, cast

import yaml

from assistant import Assistant
from assistant.domain.catalogue import Coverage, Record
from assistant.domain.documents import Passage
from assistant.domain.text import single_spaced
from assistant.factory import main_corpus
from assistant.index.index import Index
from assistant.understanding.geography import load_geography


class CorpusSources:
    """Sources of an opened assistant. Files are read once and kept."""

    def __init__(self, assistant: Assistant) -> None:
        index = cast(Index, assistant.pipeline.library)
        self.records: Mapping[str, Record] = index.records
        self.coverage: Mapping[str, Coverage] = index.coverage
        self.passages: Mapping[str, Passage] = index.passages
        self.page_text = index.page_text
        self._files = CitedFiles(assistant.settings.corpus)
        self._root = main_corpus(assistant.settings)
        self._provinces: dict[str, frozenset[str]] = {}

    def cited_texts(self, file: str, page: int | None, locator: str | None) -> tuple[str, ...]:
        """Texts read afresh from a cited file, in any of which a quote may stand."""
        return self._files.texts(file, page, locator)

    @cached_property
    def _province_of(self) -> Mapping[str, str]:
        return {m.name: m.province for m in load_geography(self._root).municipalities.values()}

    def provinces_of(self, record_id: str) -> frozenset[str]:
        """Provinces in which a regional record works; empty for a national one or when unknown."""
        if record_id not in self._provinces:
            self._provinces[record_id] = self._find_provinces(record_id)
        return self._provinces[record_id]

    def _find_provinces(self, record_id: str) -> frozenset[str]:
        record, coverage = self.records.get(record_id), self.coverage.get(record_id)
        if (
            record is None
            or record.scope == "national"
            or (coverage is not None and coverage.level == "national")
        ):
            return frozenset()
        municipalities = (*record.municipalities, *(coverage.municipalities if coverage else ()))
        found = {self._province_of[name] for name in municipalities if name in self._province_of}
        return frozenset({*found, *record.provinces, *(coverage.provinces if coverage else ())})


class CitedFiles:
    """Reads cited files without the product's loaders: pypdf for pages, YAML for fields, lines for tables."""

    def __init__(self, roots: Sequence[Path]) -> None:
        self._roots = tuple(roots)
        self._pages: dict[str, list[str]] = {}
        self._items: dict[str, dict[str, dict[str, Any]]] = {}
        self._known: dict[tuple[str, int | None, str | None], tuple[str, ...]] = {}

    def texts(self, file: str, page: int | None, locator: str | None) -> tuple[str, ...]:
        """Candidate texts, whitespace runs as one space; empty when the place does not exist."""
        key = (file, page, locator)
        if key not in self._known:
            path = next((root / file for root in self._roots if (root / file).is_file()), None)
            self._known[key] = (
                () if path is None else tuple(map(single_spaced, self._read(path, file, page, locator)))
            )
        return self._known[key]

    def _read(self, path: Path, file: str, page: int | None, locator: str | None) -> Iterator[str]:
        suffix = path.suffix.lower()
        if suffix == ".pdf":
            pages = self._pdf_pages(path, file)
            if page is not None and 1 <= page <= len(pages):
                yield pages[page - 1]
        elif suffix in (".yaml", ".yml"):
            yield from self._fields(path, file, locator)
        elif suffix == ".csv":
            text = path.read_text("utf-8-sig")
            yield from text.splitlines()
            yield from (cell for row in csv.reader(text.splitlines()) for cell in row)
        else:
            yield path.read_text("utf-8", errors="replace")

    def _pdf_pages(self, path: Path, file: str) -> list[str]:
        if file not in self._pages:
            from pypdf import PdfReader

            self._pages[file] = [page.extract_text() for page in PdfReader(path).pages]
        return self._pages[file]

    def _fields(self, path: Path, file: str, locator: str | None) -> Iterator[str]:
        """Texts of the field a locator `<record id>: <field>` names."""
        if file not in self._items:
            data = yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
            lists = (
                [value for value in data.values() if isinstance(value, list)]
                if isinstance(data, dict)
                else []
            )
            self._items[file] = {
                str(i["id"]): i for items in lists for i in items if isinstance(i, dict) and "id" in i
            }
        record_id, _, field = (locator or "").partition(": ")
        value = self._items[file].get(record_id, {}).get(field)
        if isinstance(value, list):
            yield from (str(item) for item in value)
        elif value is not None:
            yield str(value)
