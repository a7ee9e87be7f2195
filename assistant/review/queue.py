"""The queue: which answers are worth judging, most urgent first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, exists, func, select

from assistant.domain.review import QueueFilter, QueueItem, QueuePage
from assistant.review.entries import FLAGS, from_moment, moment, reasons_of
from assistant.review.schema import answer_facets, answers, reviews

_SHOWN = (
    answers.c.seq, answers.c.answer_id, answers.c.asked_at, answers.c.question, answers.c.status,
    answers.c.confidence, *(answers.c[column] for column in FLAGS.values()),
)  # fmt: skip


def queue_page(connection: Connection, chosen: QueueFilter) -> QueuePage:
    """One page of the queue, and what there is to filter by."""
    conditions = _conditions(chosen)
    total = connection.execute(select(func.count()).select_from(answers).where(*conditions)).scalar_one()
    wanted = (
        select(*_SHOWN)
        .where(*conditions)
        .order_by(answers.c.urgency.desc(), answers.c.asked_at.desc(), answers.c.seq.desc())
        .limit(chosen.limit)
        .offset(chosen.offset)
    )
    rows = connection.execute(wanted).mappings().all()
    return QueuePage(
        items=_items(connection, rows),
        total=total,
        regions=_values(connection, "region"),
        sectors=_values(connection, "sector"),
    )


def _conditions(chosen: QueueFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if chosen.state != "all":
        found.append(_is_judged(chosen.reader) if chosen.state == "judged" else ~_is_judged(chosen.reader))
    if chosen.state == "open":
        found.append(answers.c.urgency > 0)
    if chosen.reason is not None:
        found.append(answers.c[FLAGS[chosen.reason]])
    if chosen.since is not None:
        found.append(answers.c.asked_at >= moment(chosen.since))
    if chosen.until is not None:
        found.append(answers.c.asked_at <= moment(chosen.until))
    if chosen.status:
        found.append(answers.c.status == chosen.status)
    for facet, value in (("region", chosen.region), ("sector", chosen.sector)):
        if value:
            having = select(answer_facets.c.seq).where(
                answer_facets.c.facet == facet, answer_facets.c.value == value
            )
            found.append(answers.c.seq.in_(having))
    return found


def _is_judged(reader: str | None) -> ColumnElement[bool]:
    """Judged by this reader, or by anybody when no reader is named."""
    if not reader:
        return answers.c.is_judged
    return exists().where(reviews.c.seq == answers.c.seq, reviews.c.reader == reader)


def _values(connection: Connection, facet: str) -> tuple[str, ...]:
    wanted = select(answer_facets.c.value).where(answer_facets.c.facet == facet).distinct()
    return tuple(sorted(connection.execute(wanted).scalars()))


def _items(connection: Connection, rows: Sequence[Any]) -> tuple[QueueItem, ...]:
    numbers = [row["seq"] for row in rows]
    facets: dict[tuple[int, str], list[str]] = defaultdict(list)
    for row in connection.execute(
        select(answer_facets)
        .where(answer_facets.c.seq.in_(numbers))
        .order_by(answer_facets.c.seq, answer_facets.c.facet, answer_facets.c.position)
    ):
        facets[row.seq, row.facet].append(row.value)
    readers: dict[int, list[str]] = defaultdict(list)
    for row in connection.execute(
        select(reviews.c.seq, reviews.c.reader)
        .where(reviews.c.seq.in_(numbers), reviews.c.revision == 1)
        .order_by(reviews.c.id)
    ):
        readers[row.seq].append(row.reader)
    return tuple(
        QueueItem(
            answer_id=row["answer_id"],
            asked_at=from_moment(row["asked_at"]),
            question=row["question"],
            status=row["status"],
            regions=tuple(facets[row["seq"], "region"]),
            sectors=tuple(facets[row["seq"], "sector"]),
            reasons=reasons_of(row),
            confidence=row["confidence"],
            readers=tuple(readers[row["seq"]]),
        )
        for row in rows
    )
