"""Reads data sets in BEIR layout."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import UsageError

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class BeirDocument:
    """One document to find; `title` may be empty."""

    document_id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class BeirDataset:
    """A test collection.

    Attributes:
        documents: in file order.
        queries: query id to text; only queries with a judgement.
        qrels: query id to document id to relevance, 0 or more.
    """

    name: str
    documents: tuple[BeirDocument, ...]
    queries: Mapping[str, str]
    qrels: Mapping[str, Mapping[str, int]]


def read_beir(folder: Path, *, split: str = "test") -> BeirDataset:
    """Read `corpus.jsonl`, `queries.jsonl`, and `qrels/<split>.tsv` or `qrels.tsv`.

    Raises:
        UsageError: a file is missing, or a line is wrong; names file and line.
    """
    if not folder.is_dir():
        raise UsageError(f"There is no folder {folder}. Give a data set in BEIR layout.")
    documents: dict[str, BeirDocument] = {}
    for number, row in _json_lines(folder / "corpus.jsonl"):
        where = f"corpus.jsonl line {number}"
        document_id = _text(row, "_id", where)
        if document_id in documents:
            raise UsageError(f"{where}: _id {document_id!r} stands in it twice. Remove one.")
        title = row.get("title") or ""
        documents[document_id] = BeirDocument(
            document_id, str(title), _text(row, "text", where, may_be_empty=True)
        )
    queries: dict[str, str] = {}
    for number, row in _json_lines(folder / "queries.jsonl"):
        where = f"queries.jsonl line {number}"
        query_id = _text(row, "_id", where)
        if query_id in queries:
            raise UsageError(f"{where}: _id {query_id!r} stands in it twice. Remove one.")
        queries[query_id] = _text(row, "text", where, may_be_empty=True)
    qrels = _qrels(folder, split)
    unknown = [query_id for query_id in qrels if query_id not in queries]
    if unknown:
        raise UsageError(
            f"qrels name query {unknown[0]!r}, which is not in queries.jsonl ({len(unknown)} such queries)."
        )
    strangers = {d for judged in qrels.values() for d in judged} - documents.keys()
    if strangers:
        LOG.warning("%d judged documents are not in corpus.jsonl and can never be found", len(strangers))
    if not documents or not qrels:
        raise UsageError(
            f"{folder}: there is nothing to measure: {len(documents)} documents, {len(qrels)} judged queries."
        )
    judged_queries = {query_id: text for query_id, text in queries.items() if query_id in qrels}
    return BeirDataset(folder.resolve().name, tuple(documents.values()), judged_queries, qrels)


def _json_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in _lines(path):
        try:
            row = json.loads(line)
        except ValueError as error:
            raise UsageError(f"{path.name} line {number}: no JSON ({error}).") from error
        if not isinstance(row, dict):
            raise UsageError(f"{path.name} line {number}: expected an object with _id and text.")
        yield number, row


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        with path.open(encoding="utf-8-sig") as handle:
            for number, line in enumerate(handle, start=1):
                if line.strip():
                    yield number, line.rstrip("\r\n")
    except FileNotFoundError as error:
        raise UsageError(
            f"There is no {path}. A BEIR data set has corpus.jsonl, queries.jsonl and qrels."
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"Cannot read {path} as UTF-8 text: {error}.") from error


def _text(row: Mapping[str, Any], key: str, where: str, *, may_be_empty: bool = False) -> str:
    value = row.get(key)
    if isinstance(value, int) and not isinstance(value, bool) and key == "_id":
        value = str(value)
    if not isinstance(value, str) or (not value and not may_be_empty):
        raise UsageError(f"{where}: {key} is {value!r}; expected text.")
    return value


def _qrels(folder: Path, split: str) -> dict[str, dict[str, int]]:
    places = [folder / "qrels" / f"{split}.tsv", folder / "qrels.tsv"]
    path = next((place for place in places if place.is_file()), places[0])
    qrels: dict[str, dict[str, int]] = {}
    for number, line in _lines(path):
        fields = line.split("\t") if "\t" in line else line.split()
        if len(fields) == 4:  # TREC layout has an unused second column
            fields = [fields[0], fields[2], fields[3]]
        if len(fields) != 3:
            raise UsageError(
                f"{path.name} line {number}: expected query, document and relevance, found {line[:60]!r}."
            )
        query_id, document_id, relevance = (field.strip() for field in fields)
        try:
            value = int(float(relevance))
        except ValueError as error:
            if number == 1:
                continue  # the header line
            raise UsageError(f"{path.name} line {number}: relevance {relevance!r} is no number.") from error
        qrels.setdefault(query_id, {})[document_id] = value
    return qrels
