"""What the pages ask of the rest of the product; anything that has these methods can stand behind them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from assistant.domain.answer import Answer, Citation
from assistant.domain.catalogue import Record
from assistant.domain.question import Conversation

Progress = Callable[[str, int, int], None]
"""Called with the step ("read", "embed", "write"), how many are done, and how many there are."""

BuildStep = Literal["read", "embed", "write"]
StepName = Literal["understand", "retrieve", "match", "compose", "check"]


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


class AssistantLike(Protocol):
    """Answers questions; holds no conversation, so that one object can serve everybody."""

    def ask(
        self,
        question: str,
        conversation: Conversation,
        *,
        adjustment: Adjustment | None = None,
        on_step: Callable[[str], None] | None = None,
    ) -> tuple[Answer, Conversation]:
        """The answer, and the conversation with this turn added.

        Args:
            question: as typed.
            conversation: earlier turns.
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

    def is_ready(self) -> bool:
        """True when there is an index that fits the sources; False means it has to be built first."""
        ...

    def build(self, progress: Progress) -> None:
        """Build the index or bring it up to date; waits when somebody else is doing so."""
        ...

    def open(self) -> AssistantLike:
        """The assistant, warm; called once per process."""
        ...
