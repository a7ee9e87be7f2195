"""The manifest: what is known of documents beyond what the files say."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from assistant.domain.catalogue import RecordId, Text, Url, Year
from assistant.domain.documents import Confidence
from assistant.errors import RecordError
from assistant.ingest.catalogue import parse_items, validated

MANIFEST_FILE = "manifest.yaml"

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class OfficialDocument(_Model):
    """The official document that a summary of ours stands beside."""

    title: Text
    publisher: Text | None = None
    year: Year | None = None
    url: Url | None = None
    note: Text | None = None


class ManifestEntry(_Model):
    """One document; `file` is its path under the corpus root.

    Attributes:
        kind: `summary` when the text is ours, `official` when it is the publisher's.
        summary_by: who wrote the summary.
        official: the document that is summarised.
    """

    file: Text
    document_id: RecordId
    title: Text
    publisher: Text | None = None
    year: Year | None = None
    url: Url | None = None
    confidence: Confidence = "medium"
    language: Language = "nl"
    kind: Literal["summary", "official", "own"] = "official"
    summary_by: Text | None = None
    official: OfficialDocument | None = Field(default=None)


def load_manifest(corpus_root: Path) -> dict[str, ManifestEntry]:
    """Entries by file; empty when the corpus has no manifest.

    Raises:
        RecordError: the manifest is broken, or a file or document_id stands in it twice.
    """
    path = corpus_root / MANIFEST_FILE
    if not path.is_file():
        return {}
    items = parse_items(path.read_text("utf-8"), file=MANIFEST_FILE, key="documents")
    entries: dict[str, ManifestEntry] = {}
    seen: dict[str, str] = {}
    for entry in validated(ManifestEntry, items, file=MANIFEST_FILE):
        file = entry.file.replace("\\", "/").removeprefix("./")
        if file in entries:
            raise RecordError(f"{MANIFEST_FILE}: file {file!r} stands in it twice. Remove one entry.")
        if entry.document_id in seen:
            raise RecordError(
                f"{MANIFEST_FILE}: document_id {entry.document_id!r} is used for "
                f"{seen[entry.document_id]!r} and {file!r}. Give each its own."
            )
        entries[file] = entry
        seen[entry.document_id] = file
    return entries
