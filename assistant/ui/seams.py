"""What the pages ask of the rest of the product; anything that has these methods can stand behind them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from assistant.domain.answer import Answer, Citation
from assistant.domain.catalogue import Record
from assistant.domain.question import Conversation
from assistant.review.seams import ReviewStore

if TYPE_CHECKING:
    from assistant.ui.access import PasswordDoor

Progress = Callable[[str, int, int], None]
"""Called with the step ("read", "embed", "write"), how many are done, and how many there are."""

BuildStep = Literal["read", "embed", "write"]
StepName = Literal["understand", "retrieve", "match", "compose", "check"]
ExportForm = Literal["csv", "jsonl", "pdf"]


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What the applicant says was meant, in place of what was understood; None leaves a facet as understood.

    Attributes:
        places: names of places; empty means no place at all.
        sectors: ids of sectors.
        education_levels: ids of levels.
        target_groups: ids of target groups.
    """

    places: tuple[str, ...] | None = None
    sectors: tuple[str, ...] | None = None
    education_levels: tuple[str, ...] | None = None
    target_groups: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class SourceView:
    """What is shown of the place a citation points to.

    Attributes:
        before: text of the page or field just before the quote; empty at its start.
        after: text just after the quote.
        pdf: the file, when it is a PDF that can be rendered.
        record: the catalogue record, when the citation points to one.
        field: name of the cited field of that record.
    """

    before: str = ""
    after: str = ""
    pdf: Path | None = None
    record: Record | None = None
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer, and what became of it.

    Attributes:
        conversation: with this turn added.
        answer_id: under which it is kept; None when it is not.
        has_log_failed: True when it should have been kept and could not be.
    """

    answer: Answer
    conversation: Conversation
    answer_id: str | None = None
    has_log_failed: bool = False


@dataclass(frozen=True, slots=True)
class GoldenOutcome:
    """What came of sending a reviewed question to the golden set.

    Attributes:
        item_id: of the item made; None when it was refused.
        reason: why it was refused, in Dutch; empty when it was not.
    """

    item_id: str | None
    reason: str = ""


class Reviews(Protocol):
    """What is kept of answers, and what readers do with it."""

    is_keeping: bool
    """False when nothing is kept of new answers."""
    retention_days: int

    @property
    def store(self) -> ReviewStore:
        """Answers, feedback and reviews.

        Raises:
            StoreError: it cannot be opened.
        """
        ...

    def to_golden(self, answer_id: str, reader: str) -> GoldenOutcome:
        """Make a reviewed question a labelled item of the golden set."""
        ...

    def export(self, form: ExportForm, answer_id: str | None = None) -> bytes:
        """Reviewed answers as a file; of one answer, or of all (CSV and JSONL)."""
        ...


class AssistantLike(Protocol):
    """Answers questions; holds no conversation, so that one object can serve everybody."""

    reviews: Reviews

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
        """The answer, kept in the log when that is on.

        Args:
            question: as typed.
            conversation: earlier turns.
            conversation_id: under which it is logged; empty logs nothing.
            turn: number of the question in its conversation, from 0; the same when it is asked again.
            adjustment: facets set by hand.
            on_step: called with the name of each step (`StepName`) just before it starts.

        Raises:
            AssistantError: something is broken; the message says how to mend it.
        """
        ...

    def source_context(self, citation: Citation) -> SourceView | None:
        """Where the quote stands, or None when the source is no longer there."""
        ...

    def records(self) -> Sequence[Record]:
        """All records of the catalogue."""
        ...

    def sources_date(self) -> str | None:
        """ISO date on which the index was brought in line with the sources, or None when unknown."""
        ...


class Opener(Protocol):
    """Gets an assistant ready to answer."""

    max_question_chars: int
    door: PasswordDoor
    """Shared by all visitors, so that guessing is slow however many windows are open."""

    def is_ready(self) -> bool:
        """True when there is an index that fits the sources; False means it has to be built first."""
        ...

    def build(self, progress: Progress) -> None:
        """Build the index or bring it up to date; waits when somebody else is doing so."""
        ...

    def open(self) -> AssistantLike:
        """The assistant, warm; called once per process."""
        ...
