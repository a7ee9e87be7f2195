"""A proposal as sentences: each with its page, its literal text and the headings above it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from langchain_core.documents import Document

from assistant.domain.text import split_sentences
from assistant.errors import LoaderError
from assistant.ingest.loaders import LoadLimits, layout_of, load_file
from assistant.ingest.timebox import timeboxed

LIMITS = LoadLimits(max_bytes=30_000_000, max_pages=400, max_chars=1_500_000, seconds=60.0)
"""A proposal is far smaller than what a corpus may hold; a larger file is refused with a clear word."""

MIN_LETTERS = 12
"""A shorter piece is a label or a number, not a sentence."""
MAX_QUOTE_CHARS = 400
"""A longer sentence (often a table read as one) is cut at a word when quoted."""
_BULLET = re.compile(r"^(?:[•▪◦‣\-–—*·]\s*)+")
_PSEUDO_HEADING = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*\.?\s+)?[A-Z][\w &,'’-]{2,60}:?$")


@dataclass(frozen=True, slots=True)
class ProposalSentence:
    """One sentence.

    Attributes:
        text: literal text of the page from `start` on.
        page: 1-based page, None for formats without pages.
        headings: headings above it, outermost first.
        block: number of the paragraph, list item or table row it stands in.
    """

    text: str
    page: int | None
    start: int
    headings: tuple[str, ...]
    block: int


@dataclass(frozen=True, slots=True)
class ProposalText:
    """A proposal as read.

    Attributes:
        empty_pages: numbers of pages without text (scans, full-page pictures).
        headings: all headings, in reading order.
    """

    file: str
    title: str
    sentences: tuple[ProposalSentence, ...]
    headings: tuple[str, ...]
    empty_pages: tuple[int, ...]

    @property
    def text(self) -> str:
        """All sentences as one text."""
        return " ".join(sentence.text for sentence in self.sentences)


def read_proposal(path: Path) -> ProposalText:
    """Read a PDF, DOCX, Markdown, HTML or text file.

    Raises:
        LoaderError: the file cannot be read; `reason` says why.
    """
    try:
        pages = timeboxed(lambda: load_file(path, LIMITS), LIMITS.seconds + 1)
    except TimeoutError as error:
        message = (
            f"Cannot load {path.name}: reading took more than {LIMITS.seconds:g} seconds. Split the file."
        )
        raise LoaderError(message, reason="timeout") from error
    return proposal_from_pages(path.name, pages)


def proposal_from_pages(name: str, pages: Sequence[Document]) -> ProposalText:
    """Sentences of loaded pages."""
    sentences: list[ProposalSentence] = []
    headings: list[str] = []
    path: list[tuple[int, str]] = []
    block = 0
    for page in pages:
        for start, end, level in _blocks(page):
            text = page.page_content[start:end].strip()
            block += 1
            if level is None and not sentences_in(text) and _PSEUDO_HEADING.match(text):
                level = 9
            if level is not None:
                path = [*(item for item in path if item[0] < level), (level, text)]
                headings.append(text)
                continue
            above = tuple(heading for _, heading in path)
            for first, last in split_sentences(page.page_content[start:end]):
                literal = page.page_content[start + first : start + last]
                if sum(char.isalpha() for char in literal) >= MIN_LETTERS:
                    number = page.metadata.get("page")
                    sentences.append(ProposalSentence(literal, number, start + first, above, block))
    title = str(pages[0].metadata.get("title") or "") if pages else ""
    empty = tuple(p.metadata["page"] for p in pages if p.metadata.get("page") and not p.page_content.strip())
    title = title or (headings[0] if headings else "")
    return ProposalText(name, title, tuple(sentences), tuple(headings), empty)


def sentences_in(text: str) -> bool:
    """Whether a block ends like a sentence."""
    return text.endswith((".", "!", "?", ";"))


def _blocks(page: Document) -> Iterator[tuple[int, int, int | None]]:
    """Stretches of a page as (start, end, heading level or None), headers and footers left out."""
    layout = layout_of(page)
    length = len(page.page_content)
    fixed = sorted(
        [*((a, b, level) for a, b, level in layout.headings), *((a, b, 0) for a, b in layout.margins)]
    )
    position = 0
    for start, end, level in [*fixed, (length, length, 0)]:
        cuts = [position, *(cut for cut in layout.breaks if position < cut < start), start]
        for first, last in pairwise(cuts):
            if page.page_content[first:last].strip():
                yield first, last, None
        if level and page.page_content[start:end].strip():
            yield start, end, level
        position = max(position, end)


def quote_of(text: str) -> str:
    """A literal quote of a sentence: without its bullet, and cut at a word when it is very long."""
    plain = _BULLET.sub("", text)
    if len(plain) <= MAX_QUOTE_CHARS:
        return plain
    return plain[:MAX_QUOTE_CHARS].rsplit(" ", 1)[0]
