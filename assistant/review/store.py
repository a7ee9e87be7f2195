"""The store of answers, feedback and reviews, on SQLite and PostgreSQL."""

from __future__ import annotations

import json
import uuid
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from assistant.domain.review import (
    Agreement,
    Feedback,
    LoggedAnswer,
    QueueFilter,
    QueuePage,
    Review,
    SavedReview,
)
from assistant.errors import StoreError, UsageError
from assistant.pipeline import Trace
from assistant.review.agreement import JudgedAnswer, agreement_of
from assistant.review.database import Database
from assistant.review.entries import (
    FLAGS,
    Entry,
    entry_of,
    feedback_of,
    from_moment,
    logged_answer,
    moment,
    review_of,
    review_row,
    urgency_of,
)
from assistant.review.masking import masked
from assistant.review.queue import queue_page
from assistant.review.schema import answer_bodies, answer_facets, answers, kinds, reviews
from assistant.review.schema import feedback as feedback_rows

_THUMBS = ("helpful", "not_helpful")
_COMPLAINTS = ("wrong_source", "missing_initiative")
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
            row = connection.execute(_whole().where(answers.c.answer_id == answer_id)).mappings().first()
        return None if row is None else logged_answer(dict(row))

    def conversation(self, conversation_id: str) -> Sequence[LoggedAnswer]:
        """See `ReviewStore.conversation`."""
        wanted = _whole().where(answers.c.conversation_id == conversation_id).order_by(answers.c.seq)
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
            seq = _locked(connection, feedback.answer_id)
            connection.execute(
                insert(feedback_rows),
                {
                    "seq": seq, "kind": feedback.kind, "at": moment(feedback.at),
                    "citation": feedback.citation, "record_id": feedback.record_id,
                    "text": masked(feedback.text),
                },
            )  # fmt: skip
            _mark(connection, seq, is_not_helpful=_is_not_helpful(connection, seq))

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
            seq = _locked(connection, review.answer_id)
            _check_fits(connection, seq, review)
            earlier = _reviews(connection, review.answer_id)
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
            found = _reviews(connection, answer_id)
        return found if all_revisions else _latest(found)

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
        return tuple(JudgedAnswer(i, checks[i], tuple(_latest(given))) for i, given in found.items())

    def problems(self) -> list[str]:
        """What is wrong inside the store; empty when it is sound."""
        return self.database.problems()

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()


def insert_entry(connection: Connection, entry: Entry) -> None:
    """Store an answer; it is the first of its kind when one of its kinds was never seen."""
    rows = [{"kind": kind} for kind in entry.kinds]
    is_sqlite = connection.dialect.name == "sqlite"
    new_kinds: Any = sqlite.insert(kinds) if is_sqlite else postgresql.insert(kinds)
    inserted_kinds = new_kinds.values(rows).on_conflict_do_nothing().returning(kinds.c.kind)
    is_first = bool(connection.execute(inserted_kinds).all())
    row = {**entry.row, "is_first_of_kind": is_first}
    row["urgency"] = urgency_of(row)
    inserted = connection.execute(insert(answers).values(row)).inserted_primary_key
    assert inserted is not None
    (seq,) = inserted
    if entry.facets:
        connection.execute(
            insert(answer_facets),
            [{"seq": seq, "facet": f, "position": p, "value": v} for f, p, v in entry.facets],
        )
    connection.execute(insert(answer_bodies).values(seq=seq, **entry.body))


def _whole() -> Select[Any]:
    return select(*answers.c, *(c for c in answer_bodies.c if c.name != "seq")).join_from(
        answers, answer_bodies
    )


def _locked(connection: Connection, answer_id: str) -> int:
    """Number of an answer, which nobody else changes until this transaction ends."""
    seq = connection.execute(
        select(answers.c.seq).where(answers.c.answer_id == answer_id).with_for_update()
    ).scalar_one_or_none()
    if seq is None:
        raise StoreError(
            f"Answer {answer_id} is not in the log: it was deleted or its time was over. Nothing was stored."
        )
    return int(seq)


def _is_not_helpful(connection: Connection, seq: int) -> bool:
    """Whether the applicant's last thumb is down, or something wrong or missing was named."""
    said = connection.execute(
        select(feedback_rows.c.kind).where(feedback_rows.c.seq == seq).order_by(feedback_rows.c.id)
    )
    kinds_said = list(said.scalars())
    thumbs = [kind for kind in kinds_said if kind in _THUMBS]
    return thumbs[-1:] == ["not_helpful"] or any(kind in _COMPLAINTS for kind in kinds_said)


def _mark(connection: Connection, seq: int, *, is_not_helpful: bool) -> None:
    flags = connection.execute(select(*(answers.c[c] for c in FLAGS.values())).where(answers.c.seq == seq))
    now = {**flags.mappings().one(), "is_not_helpful": is_not_helpful}
    connection.execute(
        update(answers)
        .where(answers.c.seq == seq)
        .values(is_not_helpful=is_not_helpful, urgency=urgency_of(now))
    )


def _check_fits(connection: Connection, seq: int, review: Review) -> None:
    row = connection.execute(
        select(answers.c.checks, answer_bodies.c.answer)
        .join_from(answers, answer_bodies)
        .where(answers.c.seq == seq)
    ).one()
    data = json.loads(row.answer)
    claims = {n for n, s in enumerate(data["sentences"]) if s["kind"] == "claim"}
    recommended = {r["id"] for r in data["recommendations"]}
    wrong = [*(set(review.sentences) - claims), *(set(review.recommendations) - recommended)]
    if wrong:
        raise UsageError(
            f"Answer {review.answer_id} has no claim or recommendation {wrong[0]!r}; nothing was stored."
        )


def _reviews(connection: Connection, answer_id: str) -> tuple[Review, ...]:
    wanted = (
        select(answers.c.answer_id, *reviews.c)
        .join_from(answers, reviews)
        .where(answers.c.answer_id == answer_id)
        .order_by(reviews.c.id)
    )
    return tuple(review_of(dict(row)) for row in connection.execute(wanted).mappings())


def _latest(found: Sequence[Review]) -> tuple[Review, ...]:
    """The newest revision of each reader, in the order in which they were given."""
    newest = {review.reader: review.revision for review in found}
    return tuple(r for r in found if r.revision == newest[r.reader])
