"""What pages and commands ask of the store; one implementation on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from assistant.domain.review import (
    Agreement,
    Feedback,
    LoggedAnswer,
    QueueFilter,
    QueuePage,
    Review,
    SavedReview,
)
from assistant.pipeline import Trace


class ReviewStore(Protocol):
    """Answers, feedback and reviews. Every method that returns has stored for certain what it was given.

    All methods raise StoreError when the store cannot be reached or is damaged.
    """

    def log(
        self,
        trace: Trace,
        *,
        conversation_id: str,
        turn: int,
        adjustment: Mapping[str, Any] | None = None,
    ) -> str | None:
        """Keep an answer; returns its id, or None when the switch says that nothing is kept."""
        ...

    def answer(self, answer_id: str) -> LoggedAnswer | None:
        """One logged answer, or None when it is not (or no longer) there."""
        ...

    def conversation(self, conversation_id: str) -> Sequence[LoggedAnswer]:
        """The answers of one conversation, oldest first."""
        ...

    def delete_conversation(self, conversation_id: str) -> int:
        """Remove a conversation with all that was said of it; returns the number of answers removed."""
        ...

    def add_feedback(self, feedback: Feedback) -> None:
        """Keep what an applicant said; free text is masked first."""
        ...

    def feedback(self, answer_id: str) -> Sequence[Feedback]:
        """What applicants said of an answer, oldest first."""
        ...

    def queue(self, chosen: QueueFilter) -> QueuePage:
        """The answers that are worth judging, most urgent first, then newest first."""
        ...

    def save_review(self, review: Review, *, began_from: Mapping[str, int]) -> SavedReview:
        """Add a revision; nothing is overwritten.

        Args:
            review: `revision` and `at` are given by the store.
            began_from: the latest revision per reader when this reader opened the answer.
        """
        ...

    def reviews(self, answer_id: str, *, all_revisions: bool = False) -> Sequence[Review]:
        """The latest review of each reader, or every revision, oldest first."""
        ...

    def agreement(self) -> Agreement:
        """Agreement between readers, and of the claim checker with them."""
        ...
