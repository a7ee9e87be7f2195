"""Reads and validates the catalogue of records and the coverage of agendas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from assistant.domain.catalogue import Coverage, Record
from assistant.errors import RecordError

M = TypeVar("M", bound=BaseModel)

RECORDS_FOLDER = "records"
COVERAGE_FILE = "gazetteer/hca_coverage.yaml"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All records by id, with the file each came from and the coverage of the agendas.

    Attributes:
        records: in file order; keys are record ids.
        files: record id to path under the corpus root.
        coverage: record id to coverage.
    """

    records: Mapping[str, Record]
    files: Mapping[str, str]
    coverage: Mapping[str, Coverage]

    def __iter__(self) -> Iterator[Record]:
        return iter(self.records.values())

    def __len__(self) -> int:
        return len(self.records)


def _describe(error: ValidationError, item: Any, file: str, index: int) -> str:
    first = error.errors()[0]
    name = item.get("id", f"item {index + 1}") if isinstance(item, dict) else f"item {index + 1}"
    field = ".".join(str(part) for part in first["loc"]) or "(whole record)"
    more = f" ({error.error_count() - 1} more)" if error.error_count() > 1 else ""
    value = repr(first.get("input"))[:80]
    return f"{file}: record {name!r}: field {field}: value {value}: {first['msg']}.{more} Mend the file and index again."


def parse_items(text: str, *, file: str, key: str) -> list[Any]:
    """The list under `key` in a YAML text.

    Raises:
        RecordError: the YAML is broken, or holds no list under that key.
    """
    try:
        data = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" at line {mark.line + 1}" if mark else ""
        raise RecordError(f"{file}: broken YAML{where}. Mend the file and index again.") from error
    if not isinstance(data, dict) or not isinstance(data.get(key), list):
        raise RecordError(f"{file}: expected a list under '{key}:' at the top of the file.")
    items: list[Any] = data[key]
    return items


def validated(model: type[M], items: list[Any], *, file: str) -> list[M]:
    """Validate each item; the error names file, record, field, value and what was expected."""
    found: list[M] = []
    for index, item in enumerate(items):
        try:
            found.append(model.model_validate(item))
        except ValidationError as error:
            raise RecordError(_describe(error, item, file, index)) from error
    return found


def load_catalogue(corpus_root: Path) -> Catalogue:
    """Read every record and the coverage under one corpus folder.

    Raises:
        RecordError: a file is invalid, an id occurs twice, or a reference points nowhere.
    """
    records: dict[str, Record] = {}
    files: dict[str, str] = {}
    for path in sorted((corpus_root / RECORDS_FOLDER).rglob("*.yaml")):
        file = path.relative_to(corpus_root).as_posix()
        for record in validated(Record, parse_items(path.read_text("utf-8"), file=file, key="records"), file=file):
            if record.id in records:
                raise RecordError(f"{file}: record {record.id!r} also stands in {files[record.id]}. Merge the two.")
            records[record.id] = record
            files[record.id] = file
    coverage: dict[str, Coverage] = {}
    path = corpus_root / COVERAGE_FILE
    if path.exists():
        items = parse_items(path.read_text("utf-8"), file=COVERAGE_FILE, key="coverage")
        coverage = {entry.id: entry for entry in validated(Coverage, items, file=COVERAGE_FILE)}
    _check_references(records, files, coverage)
    return Catalogue(records, files, coverage)


def _check_references(
    records: Mapping[str, Record], files: Mapping[str, str], coverage: Mapping[str, Coverage]
) -> None:
    for record in records.values():
        for field in ("part_of", "related", "successors"):
            for target in getattr(record, field):
                if target not in records:
                    raise RecordError(
                        f"{files[record.id]}: record {record.id!r}: field {field}: value {target!r}: "
                        "expected the id of a record in the catalogue."
                    )
    for entry in coverage.values():
        for target in (entry.id, *entry.umbrella):
            if target not in records:
                raise RecordError(f"{COVERAGE_FILE}: entry {entry.id!r}: {target!r} is no record in the catalogue.")
