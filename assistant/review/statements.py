"""The statements with which the store reads and changes one answer, each inside the caller's transaction."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from assistant.domain.review import Review
from assistant.errors import StoreError, UsageError
from assistant.review.entries import FLAGS, Entry, review_of, urgency_of
from assistant.review.schema import answer_bodies, answer_facets, answers, kinds, reviews
from assistant.review.schema import feedback as feedback_rows

_THUMBS = ("helpful", "not_helpful")
_COMPLAINTS = ("wrong_source", "missing_initiative")


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


def whole_answers() -> Select[Any]:
    """Answers with their bodies, as `logged_answer` reads them; without a condition all of them."""
    return select(*answers.c, *(c for c in answer_bodies.c if c.name != "seq")).join_from(
        answers, answer_bodies
    )


def locked_seq(connection: Connection, answer_id: str) -> int:
    """Number of an answer, which nobody else changes until this transaction ends.

    Raises:
        StoreError: the answer is not there.
    """
    seq = connection.execute(
        select(answers.c.seq).where(answers.c.answer_id == answer_id).with_for_update()
    ).scalar_one_or_none()
    if seq is None:
        raise StoreError(
            f"Answer {answer_id} is not in the log: it was deleted or its time was over. Nothing was stored."
        )
    return int(seq)


def mark_helpfulness(connection: Connection, seq: int) -> None:
    """Write down whether what was said of an answer makes it worth judging, and how urgent it is now."""
    is_not_helpful = _is_not_helpful(connection, seq)
    flags = connection.execute(select(*(answers.c[c] for c in FLAGS.values())).where(answers.c.seq == seq))
    now = {**flags.mappings().one(), "is_not_helpful": is_not_helpful}
    connection.execute(
        update(answers)
        .where(answers.c.seq == seq)
        .values(is_not_helpful=is_not_helpful, urgency=urgency_of(now))
    )


def _is_not_helpful(connection: Connection, seq: int) -> bool:
    """Whether the applicant's last thumb is down, or something wrong or missing was named."""
    said = connection.execute(
        select(feedback_rows.c.kind).where(feedback_rows.c.seq == seq).order_by(feedback_rows.c.id)
    )
    kinds_said = list(said.scalars())
    thumbs = [kind for kind in kinds_said if kind in _THUMBS]
    return thumbs[-1:] == ["not_helpful"] or any(kind in _COMPLAINTS for kind in kinds_said)


def check_fits(connection: Connection, seq: int, review: Review) -> None:
    """Refuse a review of something that the answer does not have.

    Raises:
        UsageError: a sentence it judges is no claim of the answer, or a record is not recommended in it.
    """
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


def reviews_of(connection: Connection, answer_id: str) -> tuple[Review, ...]:
    """All revisions of all reviews of an answer, oldest first."""
    wanted = (
        select(answers.c.answer_id, *reviews.c)
        .join_from(answers, reviews)
        .where(answers.c.answer_id == answer_id)
        .order_by(reviews.c.id)
    )
    return tuple(review_of(dict(row)) for row in connection.execute(wanted).mappings())


def latest_of_each(found: Sequence[Review]) -> tuple[Review, ...]:
    """The newest revision of each reader, in the order in which they were given."""
    newest = {review.reader: review.revision for review in found}
    return tuple(r for r in found if r.revision == newest[r.reader])
