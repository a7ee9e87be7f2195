"""The store of answers, feedback and reviews, on SQLite and PostgreSQL."""

from __future__ import annotations

import json
import uuid
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, insert, select, update

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
from assistant.review.agreement import JudgedAnswer, agreement_of
from assistant.review.database import Database
from assistant.review.entries import (
    entry_of,
    feedback_of,
    from_moment,
    logged_answer,
    moment,
    review_of,
    review_row,
)
from assistant.review.masking import masked
from assistant.review.queue import queue_page
from assistant.review.schema import answers, reviews
from assistant.review.schema import feedback as feedback_rows
from assistant.review.statements import (
    check_fits,
    insert_entry,
    latest_of_each,
    locked_seq,
    mark_helpfulness,
    reviews_of,
    whole_answers,
)

__all__ = ["SqlReviewStore", "insert_entry"]
_PURGE_EVERY = timedelta(days=1)


def _now() -> datetime:
    return datetime.now(UTC)


def _new_id() -> str:
    return uuid.uuid4().hex


class SqlReviewStore:
    """Implements `ReviewStore`; safe to share between threads, and between processes on one database."""

    def __init__(
        self,
        database: Database,
        *,
        is_logging: bool = True,
        retention_days: int | None = None,
        stamps: Mapping[str, Any] | Callable[[], Mapping[str, Any]] = {},  # noqa: B006 (never changed)
        clock: Callable[[], datetime] = _now,
        new_id: Callable[[], str] = _new_id,
    ) -> None:
        """The store.

        Args:
            is_logging: False keeps nothing of new answers; what is there stays readable.
            retention_days: answers older than this go, once a day while answers are logged; None keeps them.
            stamps: what answers are made with, or how to find out; asked once, at the first answer.
            clock: the time, with time zone.
            new_id: makes ids of answers.
        """
        self.database = database
        self._is_logging = is_logging
        self._retention_days = retention_days
        self._stamps = stamps
        self._clock = clock
        self._new_id = new_id
        self._purged_at: datetime | None = None

    def log(
        self,
        trace: Trace,
        *,
        conversation_id: str,
        turn: int,
        adjustment: Mapping[str, Any] | None = None,
    ) -> str | None:
        """See `ReviewStore.log`."""
        if not self._is_logging:
            return None
        if callable(self._stamps):
            self._stamps = self._stamps()
        now = self._clock()
        self._purge_when_due(now)
        answer_id = self._new_id()
        entry = entry_of(
            trace,
            answer_id=answer_id,
            conversation_id=conversation_id,
            turn=turn,
            asked_at=now,
            adjustment=adjustment,
            stamps=self._stamps,
        )
        with self.database.writing() as connection:
            insert_entry(connection, entry)
        return answer_id

    def answer(self, answer_id: str) -> LoggedAnswer | None:
        """See `ReviewStore.answer`."""
        with self.database.reading() as connection:
            row = (
                connection.execute(whole_answers().where(answers.c.answer_id == answer_id)).mappings().first()
            )
        return None if row is None else logged_answer(dict(row))

    def conversation(self, conversation_id: str) -> Sequence[LoggedAnswer]:
        """See `ReviewStore.conversation`."""
        wanted = whole_answers().where(answers.c.conversation_id == conversation_id).order_by(answers.c.seq)
        with self.database.reading() as connection:
            rows = connection.execute(wanted).mappings().all()
        return tuple(logged_answer(dict(row)) for row in rows)

    def ids_starting_with(self, prefix: str, *, limit: int = 10) -> Sequence[str]:
        """Ids of answers that begin with a text, in order."""
        wanted = (
            select(answers.c.answer_id)
            .where(answers.c.answer_id.startswith(prefix, autoescape=True))
            .order_by(answers.c.answer_id)
            .limit(limit)
        )
        with self.database.reading() as connection:
            return tuple(connection.execute(wanted).scalars())

    def conversations_starting_with(self, prefix: str, *, limit: int = 10) -> Sequence[str]:
        """Ids of conversations that begin with a text, in order."""
        wanted = (
            select(answers.c.conversation_id)
            .where(answers.c.conversation_id.startswith(prefix, autoescape=True))
            .distinct()
            .order_by(answers.c.conversation_id)
            .limit(limit)
        )
        with self.database.reading() as connection:
            return tuple(connection.execute(wanted).scalars())

    def conversation_ids(self) -> Sequence[str]:
        """Ids of all conversations, in order of their first answer."""
        first = func.min(answers.c.seq)
        wanted = select(answers.c.conversation_id).group_by(answers.c.conversation_id).order_by(first)
        with self.database.reading() as connection:
            return tuple(connection.execute(wanted).scalars())

    def count_before(self, before: datetime) -> int:
        """How many answers a purge would remove."""
        wanted = select(func.count()).select_from(answers).where(answers.c.asked_at < moment(before))
        with self.database.reading() as connection:
            return int(connection.execute(wanted).scalar_one())

    def delete_conversation(self, conversation_id: str) -> int:
        """See `ReviewStore.delete_conversation`."""
        with self.database.writing() as connection:
            gone = connection.execute(
                delete(answers).where(answers.c.conversation_id == conversation_id)
            ).rowcount
        if gone:
            self.database.forget()
        return gone

    def purge(self, before: datetime, *, compact: bool = True) -> int:
        """Remove answers asked before a moment, with all that was said of them; returns how many.

        Args:
            compact: also give the room back to the disk, which takes a while for a large log.
        """
        with self.database.writing() as connection:
            gone = connection.execute(delete(answers).where(answers.c.asked_at < moment(before))).rowcount
        if gone:
            self.database.forget(compact=compact)
        return gone

    def _purge_when_due(self, now: datetime) -> None:
        if self._retention_days is None or (self._purged_at and now - self._purged_at < _PURGE_EVERY):
            return
        self._purged_at = now
        self.purge(now - timedelta(days=self._retention_days), compact=False)

    def add_feedback(self, feedback: Feedback) -> None:
        """See `ReviewStore.add_feedback`."""
        with self.database.writing() as connection:
            seq = locked_seq(connection, feedback.answer_id)
            connection.execute(
                insert(feedback_rows),
                {
                    "seq": seq, "kind": feedback.kind, "at": moment(feedback.at),
                    "citation": feedback.citation, "record_id": feedback.record_id,
                    "text": masked(feedback.text),
                },
            )  # fmt: skip
            mark_helpfulness(connection, seq)

    def feedback(self, answer_id: str) -> Sequence[Feedback]:
        """See `ReviewStore.feedback`."""
        wanted = (
            select(answers.c.answer_id, *feedback_rows.c)
            .join_from(answers, feedback_rows)
            .where(answers.c.answer_id == answer_id)
            .order_by(feedback_rows.c.id)
        )
        with self.database.reading() as connection:
            return tuple(feedback_of(dict(row)) for row in connection.execute(wanted).mappings())

    def queue(self, chosen: QueueFilter) -> QueuePage:
        """See `ReviewStore.queue`.

        With state "open": answers that something singles out and nobody judged, or, when a reader is named,
        that reader did not. With "judged": judged by anybody, or by that reader. With "all": every answer.
        """
        with self.database.reading() as connection:
            return queue_page(connection, chosen)

    def save_review(self, review: Review, *, began_from: Mapping[str, int]) -> SavedReview:
        """See `ReviewStore.save_review`.

        Raises:
            UsageError: it judges a sentence or recommendation that the answer does not have.
            StoreError: the answer is not there, or the store cannot be used.
        """
        with self.database.writing() as connection:
            seq = locked_seq(connection, review.answer_id)
            check_fits(connection, seq, review)
            earlier = reviews_of(connection, review.answer_id)
            overtaken = tuple(r for r in earlier if r.revision > began_from.get(r.reader, 0))
            row = review_row(review)
            saved = replace(
                review,
                reader=row["reader"],
                revision=1 + max((r.revision for r in earlier if r.reader == row["reader"]), default=0),
                at=from_moment(moment(self._clock())),
                comment=row["comment"],
                corrected_answer=row["corrected_answer"],
            )
            assert saved.at is not None
            connection.execute(
                insert(reviews), {**row, "seq": seq, "revision": saved.revision, "at": moment(saved.at)}
            )
            connection.execute(update(answers).where(answers.c.seq == seq).values(is_judged=True))
        return SavedReview(saved, overtaken)

    def reviews(self, answer_id: str, *, all_revisions: bool = False) -> Sequence[Review]:
        """See `ReviewStore.reviews`."""
        with self.database.reading() as connection:
            found = reviews_of(connection, answer_id)
        return found if all_revisions else latest_of_each(found)

    def agreement(self) -> Agreement:
        """See `ReviewStore.agreement`."""
        return agreement_of(self.judged_answers())

    def judged_answers(self) -> Sequence[JudgedAnswer]:
        """Every judged answer with the latest review of each reader, in order of asking."""
        wanted = (
            select(answers.c.answer_id, answers.c.checks, *reviews.c)
            .join_from(answers, reviews)
            .order_by(answers.c.seq, reviews.c.id)
        )
        found: dict[str, list[Review]] = defaultdict(list)
        checks: dict[str, tuple[str | None, ...]] = {}
        with self.database.reading() as connection:
            for row in connection.execute(wanted).mappings():
                found[row["answer_id"]].append(review_of(dict(row)))
                checks.setdefault(row["answer_id"], tuple(json.loads(row["checks"])))
        return tuple(JudgedAnswer(i, checks[i], tuple(latest_of_each(given))) for i, given in found.items())

    def problems(self) -> list[str]:
        """What is wrong inside the store; empty when it is sound."""
        return self.database.problems()

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()
