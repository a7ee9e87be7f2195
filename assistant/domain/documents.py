"""Documents and passages: what the corpus consists of once it is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Confidence = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """One file of the corpus, as it is cited.

    Attributes:
        document_id: lower-case kebab-case, unique in the corpus.
        file: path under the corpus root, with forward slashes.
        title: what a reader sees.
        publisher: publisher of the (official) document, or None.
        year: year of the facts, or None when the source shows no date.
        url: address of the source, or None.
        confidence: how sure the source is.
        language: ISO 639-1 code.
    """

    document_id: str
    file: str
    title: str
    publisher: str | None = None
    year: int | None = None
    url: str | None = None
    confidence: Confidence = "medium"
    language: str = "nl"


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text that can be retrieved and quoted.

    Attributes:
        passage_id: `<document_id>#<n>`, or `<record_id>#<field>` for a record; stable for unchanged content.
        document_id: document (or record) the passage comes from.
        text: literal text, as read from the page (whitespace runs count as one space).
        page: 1-based page where the text starts, or None for formats without pages and for records.
        end_page: page where the text ends; equals `page` unless a sentence runs over the page end.
        start: offset of the first character in the text of its page (or field).
        end: offset after the last character, in the text of `end_page`.
        heading_path: headings above the passage, outermost first.
        record_id: id of the catalogue record when the passage comes from one.
        field: name of the record field when the passage comes from one.
    """

    passage_id: str
    document_id: str
    text: str
    page: int | None = None
    end_page: int | None = None
    start: int = 0
    end: int = 0
    heading_path: tuple[str, ...] = ()
    record_id: str | None = None
    field: str | None = None

    @property
    def search_text(self) -> str:
        """What is embedded and searched: headings, then text."""
        return "\n".join([*self.heading_path, self.text])
