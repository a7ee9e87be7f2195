"""Everything an answer needs, next to the two search indexes: documents, page texts, passages, records."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assistant.domain.catalogue import Coverage, Record
from assistant.domain.documents import Passage, SourceDocument
from assistant.errors import IndexStateError
from assistant.index.stamp import MEND

STORE_FILE = "store.json"


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One file of the corpus, as it went into the index.

    Attributes:
        root: number of the corpus folder, from 0.
        file: path under that folder.
        key: hash of the content and of everything else its passages depend on.
        reason, message: why it was refused, or None.
        page_numbers: numbers of its pages, None for a format without pages.
        empty_pages: numbers of pages without text.
        passage_ids: passages made from it.
        document_ids: documents or records in it.
        warnings: what is odd about it, a line each; none in an index written before they were kept.
    """

    root: int
    file: str
    key: str
    reason: str | None = None
    message: str | None = None
    page_numbers: tuple[int | None, ...] = ()
    empty_pages: tuple[int, ...] = ()
    passage_ids: tuple[str, ...] = ()
    document_ids: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """The content of a corpus after ingest.

    Attributes:
        page_texts: (document_id, page) to the text of that page, whitespace runs as one space.
        records, coverage, record_files: the catalogue, by record id.
    """

    files: tuple[FileEntry, ...]
    documents: Mapping[str, SourceDocument]
    page_texts: Mapping[tuple[str, int | None], str]
    passages: tuple[Passage, ...]
    records: Mapping[str, Record]
    record_files: Mapping[str, str]
    coverage: Mapping[str, Coverage]


def save_content(folder: Path, content: Content) -> None:
    """Write the content to a new folder."""
    data = {
        "files": [asdict(entry) for entry in content.files],
        "documents": [asdict(document) for document in content.documents.values()],
        "page_texts": [[document_id, page, text] for (document_id, page), text in content.page_texts.items()],
        "passages": [_row(passage) for passage in content.passages],
        "records": [
            record.model_dump(mode="json", exclude_defaults=True) for record in content.records.values()
        ],
        "record_files": dict(content.record_files),
        "coverage": [
            entry.model_dump(mode="json", exclude_defaults=True) for entry in content.coverage.values()
        ],
    }
    (folder / STORE_FILE).write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")), "utf-8")


def load_content(folder: Path) -> Content:
    """Read what `save_content` wrote.

    Raises:
        IndexStateError: the file is missing or damaged.
    """
    try:
        data: dict[str, Any] = json.loads((folder / STORE_FILE).read_text("utf-8"))
        return Content(
            files=tuple(_file(entry) for entry in data["files"]),
            documents={entry["document_id"]: SourceDocument(**entry) for entry in data["documents"]},
            page_texts={(document_id, page): text for document_id, page, text in data["page_texts"]},
            passages=tuple(_passage(row) for row in data["passages"]),
            records={entry["id"]: Record.model_validate(entry) for entry in data["records"]},
            record_files=data["record_files"],
            coverage={entry["id"]: Coverage.model_validate(entry) for entry in data["coverage"]},
        )
    except (ValueError, TypeError, KeyError, OSError) as error:
        raise IndexStateError(f"The index in {folder} is damaged ({type(error).__name__}). {MEND}") from error


def _row(passage: Passage) -> list[Any]:
    return [
        passage.passage_id, passage.document_id, passage.text, passage.page, passage.end_page, passage.start,
        passage.end, list(passage.heading_path), passage.record_id, passage.field,
    ]  # fmt: skip


def _passage(row: Sequence[Any]) -> Passage:
    passage_id, document_id, text, page, end_page, start, end, headings, record_id, field = row
    return Passage(
        passage_id, document_id, text, page, end_page, start, end, tuple(headings), record_id, field
    )


def _file(entry: dict[str, Any]) -> FileEntry:
    values: dict[str, Any] = {key: tuple(v) if isinstance(v, list) else v for key, v in entry.items()}
    return FileEntry(**values)
