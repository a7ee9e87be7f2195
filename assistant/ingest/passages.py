"""Pages to passages: pieces of one to four sentences that follow headings and never overlap."""

from __future__ import annotations

import hashlib
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from langchain_core.documents import Document
from langchain_text_splitters import TextSplitter

from assistant.domain.documents import Passage
from assistant.domain.text import single_spaced, split_sentences
from assistant.ingest.loaders import PageLayout, layout_of


@dataclass(frozen=True, slots=True)
class PassageSettings:
    """How text is cut; part of the index stamp.

    Attributes:
        max_chars: longest passage; a longer sentence is cut between words.
        max_sentences: most sentences in one passage.
        min_chars: a paragraph shorter than this is joined with the next one under the same heading.
        skipped_headings: sections whose heading starts with one of these words hold no text to retrieve.
        version: raised when the way of cutting changes.
    """

    max_chars: int = 600
    max_sentences: int = 4
    min_chars: int = 120
    skipped_headings: tuple[str, ...] = (
        "inhoud", "inhoudsopgave", "bronnen", "bronvermelding", "literatuur",
        "literatuurlijst", "referenties", "bibliografie", "colofon", "table of contents",
        "contents", "references", "bibliography",
    )  # fmt: skip
    version: int = 3

    @property
    def identity(self) -> str:
        """Text that changes when any of it does."""
        return hashlib.sha256(repr(sorted(asdict(self).items())).encode()).hexdigest()[:12]


_NOTE_CHARS = 60
"""A sentence shorter than this is too short to count as one of the sentences of a passage."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of text to become one passage: where it starts and ends (page index, offset)."""

    first_page: int
    start: int
    last_page: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Section:
    """Stretches of pages under one heading: (page index, start, end), in reading order."""

    heading_path: tuple[str, ...]
    stretches: tuple[tuple[int, int, int], ...]


class PassageSplitter(TextSplitter):
    """A LangChain text splitter that cuts between sentences.

    `split_text` cuts a bare text; `split_documents` cuts pages as loaders give them, without joining pages:
    the metadata of each piece hold `page`, `end_page`, `start_index`, `end_index` and `heading_path`.
    """

    def __init__(self, settings: PassageSettings | None = None, **kwargs: Any) -> None:
        self.settings = settings or PassageSettings()
        super().__init__(chunk_size=self.settings.max_chars, chunk_overlap=0, **kwargs)

    def split_text(self, text: str) -> list[str]:
        """Pieces of a bare text, whitespace runs as one space."""
        page = Document(page_content=single_spaced(text))
        return [piece.text for _, piece in self._pieces([page], [PageLayout()])]

    def split_documents(self, documents: Any) -> list[Document]:
        """Pieces of the pages of one file, in reading order."""
        pages = list(documents)
        return [
            Document(
                page_content=passage.text,
                metadata={
                    **{
                        k: v
                        for k, v in pages[0].metadata.items()
                        if k not in {"headings", "margins", "breaks", "label"}
                    },
                    "page": passage.page,
                    "end_page": passage.end_page,
                    "start_index": passage.start,
                    "end_index": passage.end,
                    "heading_path": list(passage.heading_path),
                    "passage_id": passage.passage_id,
                },
            )
            for passage in self.passages(pages, document_id="document")
        ]

    def passages(
        self, pages: Sequence[Document], *, document_id: str, heading_path: tuple[str, ...] = ()
    ) -> list[Passage]:
        """Passages of one file.

        Args:
            pages: as a loader gives them; texts are single-spaced.
            document_id: first part of every passage id.
            heading_path: headings above everything, for instance the document's title.

        Returns:
            Passages in reading order. A passage on one page is `page_text[start:end]`; one that runs over a
            page end is one sentence: the rest of `page` from `start`, a space, and `end_page` up to `end`.
        """
        layouts = [layout_of(page) for page in pages]
        numbers = [page.metadata.get("page") for page in pages]
        twins = Counter[str]()
        found = []
        for section_path, piece in self._pieces(pages, layouts):
            path = _joined_path(heading_path, section_path)
            digest = hashlib.sha256("\x1f".join([*section_path, piece.text]).encode()).hexdigest()[:8]
            twins[digest] += 1
            suffix = f"-{twins[digest]}" if twins[digest] > 1 else ""
            found.append(
                Passage(
                    passage_id=f"{document_id}#{digest}{suffix}",
                    document_id=document_id,
                    text=piece.text,
                    page=numbers[piece.first_page],
                    end_page=numbers[piece.last_page],
                    start=piece.start,
                    end=piece.end,
                    heading_path=path,
                )
            )
        return found

    def _pieces(
        self, pages: Sequence[Document], layouts: Sequence[PageLayout]
    ) -> Iterator[tuple[tuple[str, ...], _Piece]]:
        texts = [page.page_content for page in pages]
        for section in _sections(texts, layouts):
            if any(self._is_skipped(heading) for heading in section.heading_path):
                continue
            sentences = _sentences(texts, layouts, section, max_chars=self.settings.max_chars)
            for piece in self._grouped(texts, sentences):
                yield section.heading_path, piece

    def _is_skipped(self, heading: str) -> bool:
        words = re.sub(r"^[\d.\s]+", "", heading).casefold()
        return any(re.match(rf"{re.escape(word)}\b", words) for word in self.settings.skipped_headings)

    def _grouped(self, texts: Sequence[str], sentences: list[tuple[_Piece, bool]]) -> Iterator[_Piece]:
        """Join neighbouring sentences of one page into passages; `True` marks the first of a paragraph."""
        current: list[_Piece] = []
        for sentence, opens in sentences:
            if current and not (
                _adjoin(texts, current[-1], sentence) and self._fits(current, sentence, opens)
            ):
                yield _joined(texts, current)
                current = []
            current.append(sentence)
        if current:
            yield _joined(texts, current)

    def _fits(self, current: list[_Piece], sentence: _Piece, opens: bool) -> bool:
        first, last = current[0], current[-1]
        one_page = first.first_page == sentence.last_page and first.last_page == sentence.first_page
        if not one_page or sentence.end - first.start > self.settings.max_chars:
            return False
        # A lead-in keeps its list: "Let op drie dingen:" says nothing on its own.
        leads_in = last.text.endswith(":")
        if opens and last.end - first.start >= self.settings.min_chars and not leads_in:
            return False
        # A source note ("Bron: ...") or a fragment belongs to what stands before it.
        if len(sentence.text) < _NOTE_CHARS and not opens:
            return True
        return sum(len(piece.text) >= _NOTE_CHARS for piece in current) < self.settings.max_sentences


def _adjoin(texts: Sequence[str], before: _Piece, piece: _Piece) -> bool:
    """Whether nothing that passages leave out stands between two pieces of one page."""
    page = before.last_page
    return page != piece.first_page or not texts[page][before.end : piece.start].strip()


def _joined_path(outer: tuple[str, ...], inner: tuple[str, ...]) -> tuple[str, ...]:
    if outer and inner and outer[-1].casefold() == inner[0].casefold():
        return (*outer, *inner[1:])
    return (*outer, *inner)


def _joined(texts: Sequence[str], pieces: list[_Piece]) -> _Piece:
    first, last = pieces[0], pieces[-1]
    if len(pieces) == 1:
        return first
    text = texts[first.first_page][first.start : last.end]
    return _Piece(first.first_page, first.start, last.last_page, last.end, text)


def _sections(texts: Sequence[str], layouts: Sequence[PageLayout]) -> Iterator[_Section]:
    """Cut the pages at headings and margins; a section may run over pages."""
    path: list[tuple[int, str]] = []
    stretches: list[tuple[int, int, int]] = []
    for page, (text, layout) in enumerate(zip(texts, layouts, strict=True)):
        cuts = sorted(
            [(a, b, level) for a, b, level in layout.headings] + [(a, b, 0) for a, b in layout.margins]
        )
        position = 0
        for start, end, level in cuts:
            if start > position:
                stretches.append((page, position, start))
            position = max(position, end)
            if level:
                if stretches:
                    yield _Section(tuple(title for _, title in path), tuple(stretches))
                    stretches = []
                while path and path[-1][0] >= level:
                    path.pop()
                path.append((level, text[start:end]))
        if position < len(text):
            stretches.append((page, position, len(text)))
    if stretches:
        yield _Section(tuple(title for _, title in path), tuple(stretches))


def _sentences(
    texts: Sequence[str], layouts: Sequence[PageLayout], section: _Section, *, max_chars: int
) -> list[tuple[_Piece, bool]]:
    found: list[tuple[_Piece, bool]] = []
    for page, start, end in section.stretches:
        text = texts[page]
        starts = [start, *(b for b in layouts[page].breaks if start < b < end), end]
        for block_start, block_end in itertools.pairwise(starts):
            opens = True
            for a, b in split_sentences(text[block_start:block_end]):
                for c, d in _cut(text, block_start + a, block_start + b, max_chars):
                    piece = _Piece(page, c, page, d, text[c:d])
                    if opens and found and _runs_over(found[-1][0], piece, max_chars):
                        before = found.pop()
                        piece = _Piece(
                            before[0].first_page, before[0].start, page, d, f"{before[0].text} {piece.text}"
                        )
                        found.append((piece, before[1]))
                    else:
                        found.append((piece, opens))
                    opens = False
    return found


def _runs_over(before: _Piece, piece: _Piece, max_chars: int) -> bool:
    """Whether a sentence started on the page before and ends on this one."""
    return (
        before.last_page + 1 == piece.first_page
        and before.first_page == before.last_page
        and before.text[-1] not in '.!?…:;"”’)'
        and (
            piece.text[0].islower()
            or piece.text[0].isdigit()
            or before.text[-1] in ",-–"
            or before.text[-1].islower()
        )
        and len(before.text) + len(piece.text) < max_chars
        and len(before.text.split()) > 2
    )


def _cut(text: str, start: int, end: int, max_chars: int) -> Iterator[tuple[int, int]]:
    """Cut a sentence that is too long after a semicolon or comma, else between words, else anywhere."""
    while end - start > max_chars:
        window = text[start : start + max_chars + 1]
        cut = max(window.rfind("; ") + 1, 0)
        if cut < max_chars // 3:
            cut = window.rfind(", ") + 1
        if cut < max_chars // 3:
            cut = window.rfind(" ")
        if cut <= 0:
            cut = max_chars
        yield start, start + len(text[start : start + cut].rstrip())
        start += cut
        while start < end and text[start] == " ":
            start += 1
    if start < end:
        yield start, end
