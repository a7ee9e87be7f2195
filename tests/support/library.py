"""A library of a few records, one two-page document and one coverage entry, and drafts on it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from assistant.answering.citations import CitationBook
from assistant.answering.documents import DocumentComposer, TermWeights
from assistant.answering.draft import Draft
from assistant.answering.texts import Texts, load_texts
from assistant.domain.catalogue import Coverage, Record
from assistant.domain.documents import Passage, SourceDocument
from assistant.domain.text import single_spaced
from tests.support.builders import PROMPTS, coverage, passage, record

PAGES = (
    "Werken met partners Zoek eerst wie er al is. Leg samen vast wie wat doet. Het gesprek begint bij de",
    "school in de buurt. Daarna volgt het bedrijf.",
)
"""The text of both pages of the document `gids`; the third sentence runs over the page end."""
OVER_PAGE_END = "Het gesprek begint bij de school in de buurt."


@dataclass(frozen=True)
class SmallLibrary:
    """What quoting needs of an index, held in memory."""

    records: Mapping[str, Record]
    coverage: Mapping[str, Coverage] = field(default_factory=dict)
    pages: Mapping[tuple[str, int | None], str] = field(
        default_factory=lambda: {("gids", n): text for n, text in enumerate(PAGES, start=1)}
    )

    @property
    def record_files(self) -> Mapping[str, str]:
        return dict.fromkeys(self.records, "records/hcas/streek.yaml")

    def document(self, document_id: str) -> SourceDocument:
        return SourceDocument(document_id, f"documents/{document_id}.pdf", "Gids", "Uitgever", 2022)

    def page_text(self, document_id: str, page: int | None) -> str:
        return self.pages[(document_id, page)]


def library(*records: Record, entries: Sequence[Coverage] = ()) -> SmallLibrary:
    """A library; without records it holds the agenda `streek`."""
    held = records or (record("streek", region="Streek"),)
    covered = entries or [
        coverage("streek", municipalities=("Lelystad",)) for item in held if item.id == "streek"
    ]
    return SmallLibrary({r.id: r for r in held}, {c.id: c for c in covered})


@cache
def texts(language: str = "nl") -> Texts:
    """The reply texts that ship with the product."""
    return load_texts(PROMPTS, language)


def draft(held: SmallLibrary | None = None, language: str = "nl") -> Draft:
    """An empty draft."""
    words = texts(language)
    book = CitationBook(
        held or library(),
        words("titles.gazetteer"),
        words("titles.coverage"),
        words.in_dutch_under("sectors"),
    )
    return Draft(book, quote_form=words.raw("quote"))


def guide(text: str | None = None, number: int = 1, page: int = 1, end_page: int | None = None) -> Passage:
    """A passage of the document `gids`; its first page without a text."""
    return passage(
        f"gids#{number}", text or PAGES[0], page=page, end_page=end_page or page, heading_path=("Partners",)
    )


def held_by_pages(*passages: Passage) -> SmallLibrary:
    """A library in which each passage stands on its page."""
    pages: dict[tuple[str, int | None], str] = {}
    for item in passages:
        key = (item.document_id, item.page)
        pages[key] = single_spaced(f"{pages.get(key, '')} {item.text}")
    return SmallLibrary({}, {}, pages)


def words_of(text: str) -> list[str]:
    """Lower-case words; stands in for the Dutch analyzer."""
    return re.findall(r"\w+", text.lower())


def document_composer(*passages: Passage, language: str = "nl") -> DocumentComposer:
    """A composer whose terms are weighed over these passages."""
    return DocumentComposer(texts(language), TermWeights.of(passages, words_of))
