"""Numbered citations; a quote that does not stand literally in its source gets no number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from assistant.answering.meanings import meaning_of
from assistant.domain.answer import Citation
from assistant.domain.catalogue import Coverage, Record, Source
from assistant.domain.documents import Passage, SourceDocument
from assistant.domain.match import Evidence
from assistant.domain.text import single_spaced, split_sentences
from assistant.ingest.catalogue import COVERAGE_FILE


class Library(Protocol):
    """What quoting needs of the index."""

    @property
    def records(self) -> Mapping[str, Record]: ...

    @property
    def record_files(self) -> Mapping[str, str]: ...

    @property
    def coverage(self) -> Mapping[str, Coverage]: ...

    def document(self, document_id: str) -> SourceDocument: ...

    def page_text(self, document_id: str, page: int | None) -> str: ...


def source_for(record: Record, field: str | None) -> Source:
    """The newest source that supports the field; else the newest of all."""
    if field is not None:
        supporting = [s for s in record.sources if any(item.split()[0] == field for item in s.supports)]
    else:
        supporting = []
    candidates = supporting or list(record.sources)
    return max(candidates, key=lambda s: (s.url is not None, s.year or 0))


class CitationBook:
    """Collects the citations of one answer; the same quote of the same source has one number."""

    def __init__(
        self,
        library: Library,
        gazetteer_title: str,
        coverage_title: str,
        sector_names: Mapping[str, str] | None = None,
    ) -> None:
        self._library = library
        self._sector_names = sector_names or {}
        self._titles = {"gazetteer": gazetteer_title, "coverage": coverage_title}
        self._numbers: dict[tuple[str, str | None, int | None, str], int] = {}
        self._citations: list[Citation] = []
        self._contexts: dict[int, str] = {}

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations so far, in number order."""
        return tuple(self._citations)

    @property
    def contexts(self) -> Mapping[int, str]:
        """Per number the text the claim check reads: the quote with the name of what it is about."""
        return self._contexts

    def cite(self, evidence: Evidence) -> int | None:
        """The number of a piece of evidence; None when the quote is not literally there."""
        if evidence.kind == "record":
            return self._cite_record(evidence)
        if evidence.kind == "coverage":
            return self._cite_coverage(evidence)
        return self._cite_gazetteer(evidence)

    def cite_summary(self, record_id: str) -> int | None:
        """The number of the first sentence of a record's summary."""
        summary = self._library.records[record_id].summary
        start, end = split_sentences(summary)[0]
        return self._cite_record(Evidence("record", record_id, "summary", summary[start:end]))

    def cite_passage(self, passage: Passage, quote: str) -> int | None:
        """The number of a quote from a passage of a document or record."""
        if passage.record_id is not None:
            return self.cite(Evidence("record", passage.record_id, passage.field, quote))
        document = self._library.document(passage.document_id)
        pages = [passage.page] if passage.page == passage.end_page else [passage.page, passage.end_page]
        for page in pages:
            start = self._find(passage.document_id, page, quote)
            if start is not None:
                return self._add(
                    Citation(
                        n=0, document_id=document.document_id, file=document.file, title=document.title,
                        publisher=document.publisher, year=document.year, page=page,
                        locator=" › ".join(passage.heading_path) or None, quote=quote, url=document.url,
                        confidence=document.confidence, passage_id=passage.passage_id,
                        start=start, end=start + len(quote),
                    ),
                    context=" ".join([*passage.heading_path[-1:], passage.text]),
                )  # fmt: skip
        return None

    def _find(self, document_id: str, page: int | None, quote: str) -> int | None:
        position = single_spaced(self._library.page_text(document_id, page)).find(single_spaced(quote))
        return position if position >= 0 else None

    def _cite_record(self, evidence: Evidence) -> int | None:
        record = self._library.records[evidence.source_id]
        field = evidence.field or "name"
        texts = record.field_texts(field)
        text = next((t for t in texts if single_spaced(evidence.quote) in single_spaced(t)), None)
        if text is None:
            return None
        source = source_for(record, field)
        start = single_spaced(text).find(single_spaced(evidence.quote))
        return self._add(
            Citation(
                n=0, document_id=record.id, file=self._library.record_files[record.id], title=record.name,
                publisher=source.publisher, year=source.year or record.as_of, page=None,
                locator=f"{record.id}: {field}", quote=evidence.quote, url=source.url,
                confidence=record.confidence, passage_id=f"{record.id}#{field}",
                start=start, end=start + len(single_spaced(evidence.quote)),
            ),
            context=f"{record.name} ({', '.join(record.aliases)}). "
            f"{meaning_of(field, text, self._sector_names)}",
        )  # fmt: skip

    def _cite_coverage(self, evidence: Evidence) -> int | None:
        record = self._library.records[evidence.source_id]
        entry = self._library.coverage[evidence.source_id]
        field = evidence.field or "municipalities"
        if evidence.quote not in getattr(entry, field):
            return None
        source = entry.sources[0] if entry.sources else source_for(record, "region")
        label = self._titles["coverage"]
        members = ", ".join(getattr(entry, field))
        says = f"Het werkgebied: {members}"
        return self._add(
            Citation(
                n=0, document_id=record.id, file=COVERAGE_FILE, title=f"{record.name}: {label}",
                publisher=source.publisher, year=source.year or record.as_of, page=None,
                locator=f"{record.id}: {field}", quote=evidence.quote, url=source.url,
                confidence="high" if entry.basis == "bron" else "medium",
                passage_id=f"{record.id}#{field}", start=0, end=len(evidence.quote),
            ),
            context=f"{record.name} ({record.region}). {says}",
        )  # fmt: skip

    def _cite_gazetteer(self, evidence: Evidence) -> int | None:
        file, _, locator = evidence.source_id.partition("|")
        name = file.rsplit("/", 1)[-1].rsplit(".", 1)[0]
        return self._add(
            Citation(
                n=0, document_id=name, file=file, title=self._titles["gazetteer"], publisher="CBS", year=2025,
                page=None, locator=locator, quote=evidence.quote, url=None, confidence="high",
                passage_id=f"{name}#{locator}", start=0, end=len(evidence.quote),
            ),
            context=f"Provincie, gemeente, arbeidsmarktregio: {evidence.quote.replace(',', ', ')}",
        )  # fmt: skip

    def _add(self, citation: Citation, *, context: str) -> int:
        key = (citation.document_id, citation.locator, citation.page, citation.quote)
        number = self._numbers.get(key)
        if number is None:
            number = len(self._citations) + 1
            self._numbers[key] = number
            self._citations.append(citation.model_copy(update={"n": number}))
            self._contexts[number] = context
        return number
