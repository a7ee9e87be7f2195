"""One corpus file to a document with its pages and passages, or to the reason why not."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from langchain_core.documents import Document

from assistant.domain.catalogue import Record
from assistant.domain.documents import Passage, SourceDocument
from assistant.domain.text import single_spaced
from assistant.errors import LoaderError
from assistant.guards import DocumentFlag, HiddenText, flag_document, hidden_spans, hidden_text
from assistant.index.dutch import folded
from assistant.ingest.corpus import CorpusFile
from assistant.ingest.loaders import LoadLimits, layout_of, load_file
from assistant.ingest.loaders.base import Span
from assistant.ingest.manifest import ManifestEntry
from assistant.ingest.passages import PassageSplitter
from assistant.ingest.timebox import timeboxed

MAX_TITLE_CHARS = 150


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document as it was read.

    Attributes:
        pages: (page number, text), in order.
        warnings: what is odd about it: hidden text, and orders to a machine; a line each.
    """

    document: SourceDocument
    pages: tuple[tuple[int | None, str], ...]
    passages: tuple[Passage, ...]
    warnings: tuple[str, ...] = ()


def document_id_of(file: str) -> str:
    """Id from a file name: lower-case kebab-case, never empty."""
    stem = file.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return re.sub(r"[^a-z0-9]+", "-", folded(stem)).strip("-") or "document"


def read_document(
    source: CorpusFile,
    entry: ManifestEntry | None,
    document_id: str,
    splitter: PassageSplitter,
    limits: LoadLimits,
) -> ReadDocument:
    """Load one file and cut it into passages.

    Raises:
        LoaderError: the file cannot be used; `reason` says why.
    """
    pages = _loaded(source, limits)
    document = _described(source, entry, document_id, pages)
    pages, warnings = _looked_through(source, pages)
    passages = splitter.passages(pages, document_id=document_id, heading_path=(document.title,))
    if not passages:
        raise LoaderError(
            f"Cannot load {source.path.name}: it holds no text besides headings.", reason="no_text"
        )
    texts = tuple((page.metadata.get("page"), page.page_content) for page in pages)
    return ReadDocument(document, texts, tuple(passages), warnings)


def _loaded(source: CorpusFile, limits: LoadLimits) -> list[Document]:
    try:
        return timeboxed(lambda: load_file(source.path, limits), limits.seconds)
    except TimeoutError as error:
        raise LoaderError(
            f"Cannot load {source.path.name}: it took more than {limits.seconds:g} seconds. Split the file.",
            reason="timeout",
        ) from error
    except LoaderError:
        raise
    except (Exception, RecursionError) as error:
        raise LoaderError(
            f"Cannot load {source.path.name}: {type(error).__name__}. Save the file again or remove it.",
            reason="broken",
        ) from error


def _looked_through(source: CorpusFile, pages: list[Document]) -> tuple[list[Document], tuple[str, ...]]:
    """The pages with hidden text marked as margin, which no passage holds, and the warnings about them.

    The text of a page stays as it was read, so no offset moves. Looking is an extra: a file that cannot be
    looked through is indexed all the same.
    """
    texts: dict[int | None, str] = {page.metadata.get("page"): page.page_content for page in pages}
    hidden: tuple[HiddenText, ...] = ()
    if source.path.suffix.lower() == ".pdf":
        try:
            hidden = hidden_text(source.path)
        except LoaderError:
            logging.getLogger(__name__).debug("hidden text cannot be looked for", exc_info=True)
    spans = hidden_spans(texts, hidden)
    warnings = tuple(_warning(flag) for flag in flag_document(texts, hidden=hidden))
    return [_without(page, spans.get(page.metadata.get("page") or 0, ())) for page in pages], warnings


def _without(page: Document, spans: Sequence[Span]) -> Document:
    if not spans:
        return page
    layout = layout_of(page)
    seen = replace(
        layout,
        headings=tuple(
            (start, end, level)
            for start, end, level in layout.headings
            if not any(start < stop and begin < end for begin, stop in spans)
        ),
        margins=tuple(sorted([*layout.margins, *spans])),
    )
    return Document(page_content=page.page_content, metadata={**page.metadata, **seen.as_metadata()})


_HIDING = {
    "same_colour": "in the colour of the page",
    "tiny": "too small to read",
    "off_page": "outside the page",
    "invisible": "drawn invisibly",
}
_WARNING_CHARS = 120


def _warning(flag: DocumentFlag) -> str:
    where = f"page {flag.page}: " if flag.page is not None else ""
    what = (
        f"hidden text, {_HIDING[flag.detail]}, left out of the passages"
        if flag.kind == "hidden_text"
        else f"an order to a machine ({flag.detail})"
    )
    shown = flag.text if len(flag.text) <= _WARNING_CHARS else f"{flag.text[:_WARNING_CHARS]}…"
    return f'{where}{what}: "{shown}"'


def _described(
    source: CorpusFile, entry: ManifestEntry | None, document_id: str, pages: list[Document]
) -> SourceDocument:
    if entry is None:
        language = pages[0].metadata.get("language")
        return SourceDocument(
            document_id=document_id,
            file=source.file,
            title=_title(source, pages),
            language=language if isinstance(language, str) and re.fullmatch("[a-z]{2}", language) else "nl",
        )
    official = entry.official
    return SourceDocument(
        document_id=document_id,
        file=source.file,
        title=entry.title,
        publisher=entry.publisher or (official.publisher if official else None),
        year=entry.year or (official.year if official else None),
        url=entry.url or (official.url if official else None),
        confidence=entry.confidence,
        language=entry.language,
    )


def _title(source: CorpusFile, pages: list[Document]) -> str:
    """From the file's metadata, else its first outermost heading, else its name."""
    named = single_spaced(str(pages[0].metadata.get("title") or ""))
    if named:
        return named[:MAX_TITLE_CHARS]
    for page in pages:
        headings = layout_of(page).headings
        if headings:
            start, end, _ = min(headings, key=lambda heading: (heading[2], heading[0]))
            return page.page_content[start:end][:MAX_TITLE_CHARS]
    stem = source.path.stem.replace("_", " ").replace("-", " ")
    return (single_spaced(stem) or source.path.name)[:MAX_TITLE_CHARS].capitalize()


def record_document(record: Record, file: str) -> SourceDocument:
    """A record as it is cited: publisher, year and address of its first source."""
    first = record.sources[0]
    return SourceDocument(
        document_id=record.id,
        file=file,
        title=record.name,
        publisher=first.publisher,
        year=record.as_of or first.year,
        url=first.url or record.website,
        confidence=record.confidence,
    )
