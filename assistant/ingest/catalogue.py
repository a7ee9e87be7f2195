"""Reads and validates the catalogue of records and the coverage of agendas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from assistant.domain.catalogue import Coverage, Record
from assistant.errors import RecordError

M = TypeVar("M", bound=BaseModel)

RECORDS_FOLDER = "records"
COVERAGE_FILE = "gazetteer/hca_coverage.yaml"
RECORD_SUFFIXES = (".yaml", ".yml", ".csv", ".xlsx")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All records by id, with the file each came from and the coverage of the agendas.

    Attributes:
        records: in file order; keys are record ids.
        files: record id to path under the corpus root.
        coverage: record id to coverage.
        roots: record id to the number of the corpus folder it came from.
    """

    records: Mapping[str, Record]
    files: Mapping[str, str]
    coverage: Mapping[str, Coverage]
    roots: Mapping[str, int] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Record]:
        return iter(self.records.values())

    def __len__(self) -> int:
        return len(self.records)


def _describe(error: ValidationError, item: Any, file: str, index: int) -> str:
    first = error.errors()[0]
    name = item.get("id", f"item {index + 1}") if isinstance(item, dict) else f"item {index + 1}"
    where = ".".join(str(part) for part in first["loc"]) or "(whole record)"
    more = f" ({error.error_count() - 1} more)" if error.error_count() > 1 else ""
    value = repr(first.get("input"))[:80]
    return (
        f"{file}: record {name!r}: field {where}: value {value}: {first['msg']}.{more} "
        "Mend the file and index again."
    )


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


def record_files(corpus_root: Path) -> list[Path]:
    """Files with records under one corpus folder, in order."""
    folder = corpus_root / RECORDS_FOLDER
    found = [path for path in folder.rglob("*") if path.suffix.lower() in RECORD_SUFFIXES and path.is_file()]
    return sorted(path for path in found if not path.name.startswith((".", "~")))


def read_records(path: Path, *, file: str) -> list[Record]:
    """Validated records of one YAML, CSV or Excel file.

    Raises:
        RecordError: the file or a record in it is invalid.
    """
    if path.suffix.lower() in {".csv", ".xlsx"}:
        from assistant.ingest.record_tables import items_from_table

        items: list[Any] = items_from_table(path, file=file)
    else:
        items = parse_items(_text(path, file=file), file=file, key="records")
    return validated(Record, items, file=file)


def _text(path: Path, *, file: str) -> str:
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise RecordError(
            f"{file}: cannot be read as UTF-8 text. Save it as UTF-8 and index again."
        ) from error


def load_catalogue(
    *corpus_roots: Path, refused: dict[tuple[int, str], RecordError] | None = None
) -> Catalogue:
    """Read every record and the coverage under one or more corpus folders.

    Args:
        refused: when given, invalid files land in it by (number of the folder, file), and the rest is read;
            references to records that are left out are dropped.

    Raises:
        RecordError: a file is invalid, an id occurs twice, or a reference points nowhere.
    """
    records: dict[str, Record] = {}
    files: dict[str, str] = {}
    roots: dict[str, int] = {}
    coverage: dict[str, Coverage] = {}
    with_references: list[tuple[int, str, list[Record] | list[Coverage]]] = []
    for number, root in enumerate(corpus_roots):
        for path in record_files(root):
            file = path.relative_to(root).as_posix()
            try:
                found = read_records(path, file=file)
                _check_ids(found, file, records, files)
            except RecordError as error:
                _refuse(error, (number, file), refused)
                continue
            with_references.append((number, file, found))
            records.update({record.id: record for record in found})
            files.update({record.id: file for record in found})
            roots.update({record.id: number for record in found})
        path = root / COVERAGE_FILE
        if path.exists():
            try:
                items = parse_items(_text(path, file=COVERAGE_FILE), file=COVERAGE_FILE, key="coverage")
                entries = validated(Coverage, items, file=COVERAGE_FILE)
            except RecordError as error:
                _refuse(error, (number, COVERAGE_FILE), refused)
                continue
            with_references.append((number, COVERAGE_FILE, entries))
            coverage.update({entry.id: entry for entry in entries})
    if refused:
        records, coverage = _without_dangling(records, coverage)
    else:
        for number, file, items in with_references:
            try:
                _check_references(items, file, records)
            except RecordError as error:
                _refuse(error, (number, file), refused)
    if refused and any(key in refused for key in ((roots[i], files[i]) for i in records)):
        kept = {i: record for i, record in records.items() if (roots[i], files[i]) not in refused}
        bad = [number for number, file in refused if file == COVERAGE_FILE]
        records, coverage = _without_dangling(kept, {} if bad else coverage)
    return Catalogue(
        records,
        {i: file for i, file in files.items() if i in records},
        coverage,
        {i: number for i, number in roots.items() if i in records},
    )


def _refuse(
    error: RecordError, key: tuple[int, str], refused: dict[tuple[int, str], RecordError] | None
) -> None:
    if refused is None:
        raise error
    refused[key] = error


def _check_ids(
    found: list[Record], file: str, records: Mapping[str, Record], files: Mapping[str, str]
) -> None:
    seen: set[str] = set()
    for record in found:
        if record.id in records or record.id in seen:
            where = files.get(record.id, file)
            raise RecordError(f"{file}: record {record.id!r} also stands in {where}. Merge the two.")
        seen.add(record.id)


_REFERENCES = ("part_of", "related", "successors")


def _check_references(items: list[Record] | list[Coverage], file: str, records: Mapping[str, Record]) -> None:
    for item in items:
        if isinstance(item, Record):
            targets = [(name, target) for name in _REFERENCES for target in getattr(item, name)]
        else:
            targets = [("id", item.id), *(("umbrella", target) for target in item.umbrella)]
        for name, target in targets:
            if target not in records:
                raise RecordError(
                    f"{file}: record {item.id!r}: field {name}: value {target!r}: "
                    "expected the id of a record in the catalogue."
                )


def _without_dangling(
    records: Mapping[str, Record], coverage: Mapping[str, Coverage]
) -> tuple[dict[str, Record], dict[str, Coverage]]:
    """Drop references to records that were refused."""

    def known(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(i for i in ids if i in records)

    return (
        {
            i: record.model_copy(update={name: known(getattr(record, name)) for name in _REFERENCES})
            for i, record in records.items()
        },
        {
            i: entry.model_copy(update={"umbrella": known(entry.umbrella)})
            for i, entry in coverage.items()
            if i in records
        },
    )
