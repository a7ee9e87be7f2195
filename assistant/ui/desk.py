"""The pipeline as the pages see it: one question in a conversation, and the place a citation points to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from assistant.domain.answer import Answer, Citation
from assistant.domain.catalogue import Record
from assistant.domain.question import Conversation, Facet, Place, Understanding
from assistant.pipeline import Pipeline
from assistant.ui.seams import Adjustment, AssistantLike, SourceView

_CONTEXT_CHARS = 220
"""Text shown on each side of a quote; about two sentences."""


@dataclass(frozen=True)
class Desk(AssistantLike):
    """Answers with a pipeline.

    Attributes:
        corpus: corpus folders, the product's own first.
        built_on: ISO date of the index, or None when unknown.
    """

    pipeline: Pipeline
    corpus: tuple[Path, ...]
    language: Literal["auto", "nl", "en"] = "auto"
    built_on: str | None = None

    def ask(
        self,
        question: str,
        conversation: Conversation,
        *,
        adjustment: Adjustment | None = None,
        on_step: Callable[[str], None] | None = None,
    ) -> tuple[Answer, Conversation]:
        """See `AssistantLike.ask`."""
        change = adjustment if adjustment and adjustment != Adjustment() else None
        trace = self.pipeline.run(
            question,
            conversation,
            language=self.language,
            override=(lambda understood: self._adjusted(understood, change)) if change else None,
            on_step=on_step,
        )
        return trace.answer, conversation.then(trace.turn)

    def source_context(self, citation: Citation) -> SourceView | None:
        """See `AssistantLike.source_context`."""
        record = self.pipeline.library.records.get(citation.document_id)
        if record is not None and citation.page is None:
            field = (citation.locator or "").removeprefix(f"{record.id}: ")
            return SourceView(record=record, field=field if field in type(record).model_fields else None)
        file = next((root / citation.file for root in self.corpus if (root / citation.file).is_file()), None)
        if file is None:
            return None
        before, after = self._around(citation)
        return SourceView(before, after, pdf=file if file.suffix.lower() == ".pdf" else None)

    def records(self) -> Sequence[Record]:
        """See `AssistantLike.records`."""
        return tuple(self.pipeline.library.records.values())

    def sources_date(self) -> str | None:
        """See `AssistantLike.sources_date`."""
        return self.built_on

    def _adjusted(self, understood: Understanding, change: Adjustment) -> Understanding:
        """What was understood, with the facets set by hand in place."""
        query = understood.query
        if change.places is not None:
            places = tuple(place for name in change.places for place in self._places(name))
            understood = replace(
                understood,
                places=places,
                national=False if places else understood.national,
                clarify=None if places else understood.clarify,
            )
            query = " ".join([query, *(place.name for place in places)])
        if change.sectors is not None:
            understood = replace(understood, sectors=_facets(change.sectors))
        if change.education_levels is not None:
            understood = replace(understood, education_levels=_facets(change.education_levels))
        if change.target_groups is not None:
            understood = replace(understood, target_groups=_facets(change.target_groups))
        return replace(understood, query=query)

    def _places(self, name: str) -> tuple[Place, ...]:
        return self.pipeline.understander.understand(name, Conversation(), language="nl").places

    def _around(self, citation: Citation) -> tuple[str, str]:
        """Text before and after the quote, cut between words."""
        try:
            text = " ".join(self.pipeline.library.page_text(citation.document_id, citation.page).split())
        except KeyError:
            return "", ""
        before, found, after = text.partition(" ".join(citation.quote.split()))
        if not found:
            return "", ""
        return _tail(before.strip()), _head(after.strip())


def _facets(values: tuple[str, ...]) -> tuple[Facet, ...]:
    return tuple(Facet(value, value) for value in values)


def _tail(text: str) -> str:
    return text if len(text) <= _CONTEXT_CHARS else "… " + text[-_CONTEXT_CHARS:].partition(" ")[2]


def _head(text: str) -> str:
    return text if len(text) <= _CONTEXT_CHARS else text[:_CONTEXT_CHARS].rpartition(" ")[0] + " …"
