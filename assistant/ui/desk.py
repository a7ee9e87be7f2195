"""The pipeline as the pages see it: one question in a conversation, and the place a citation points to."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from assistant.domain.answer import Citation
from assistant.domain.catalogue import Record
from assistant.domain.question import Conversation
from assistant.errors import StoreError
from assistant.pipeline import Pipeline, Trace
from assistant.ui.seams import Adjustment, Asked, AssistantLike, Reviews, SourceView
from assistant.understanding.adjusting import adjusted

log = logging.getLogger(__name__)

_CONTEXT_CHARS = 220
"""Text shown on each side of a quote; about two sentences."""


@dataclass(frozen=True)
class Desk(AssistantLike):
    """Answers with a pipeline.

    Attributes:
        corpus: corpus folders, the product's own first.
        reviews: keeps the answers.
        built_on: ISO date of the index, or None when unknown.
    """

    pipeline: Pipeline
    corpus: tuple[Path, ...]
    reviews: Reviews
    language: Literal["auto", "nl", "en"] = "auto"
    built_on: str | None = None

    def ask(
        self,
        question: str,
        conversation: Conversation,
        *,
        conversation_id: str = "",
        turn: int = 0,
        adjustment: Adjustment | None = None,
        on_step: Callable[[str], None] | None = None,
    ) -> Asked:
        """See `AssistantLike.ask`."""
        change = adjustment if adjustment and adjustment != Adjustment() else None
        override = partial(adjusted, self.pipeline.understander, change=asdict(change)) if change else None
        trace = self.pipeline.run(
            question,
            conversation,
            language=self.language,
            override=override,
            on_step=on_step,
        )
        after = conversation.then(trace.turn)
        if not conversation_id or not self.reviews.is_keeping:
            return Asked(trace.answer, after)
        answer_id = keep(self.reviews, trace, conversation_id, turn, change)
        return Asked(trace.answer, after, answer_id, has_log_failed=answer_id is None)

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


def keep(
    reviews: Reviews, trace: Trace, conversation_id: str, turn: int, change: Adjustment | None
) -> str | None:
    """Log an answer; None when that fails, because nothing in the store may cost the applicant the answer."""
    try:
        return reviews.store.log(
            trace,
            conversation_id=conversation_id,
            turn=turn,
            adjustment=asdict(change) if change is not None else None,
        )
    except StoreError as error:
        log.warning("The answer is not kept: %s", error)
    except Exception:
        log.exception("The answer is not kept")
    return None


def _tail(text: str) -> str:
    return text if len(text) <= _CONTEXT_CHARS else "… " + text[-_CONTEXT_CHARS:].partition(" ")[2]


def _head(text: str) -> str:
    return text if len(text) <= _CONTEXT_CHARS else text[:_CONTEXT_CHARS].rpartition(" ")[0] + " …"
