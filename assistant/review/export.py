"""Logged and reviewed answers as files: JSONL for programs, CSV for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from typing import Any

from assistant.domain.answer import Answer
from assistant.domain.review import Feedback, LoggedAnswer, QueueFilter, QueueItem, Review
from assistant.review.entries import json_of
from assistant.review.seams import ReviewStore

COLUMNS = (
    "answer_id", "asked_at", "question", "status", "sentence_number", "sentence", "sources", "checker",
    "reader", "revision", "reviewed_at", "verdict", "comment",
)  # fmt: skip
_PAGE = 500
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is run as a formula by spreadsheets."""


def logged_as_dict(
    logged: LoggedAnswer, feedback: Sequence[Feedback] = (), reviews: Sequence[Review] = ()
) -> dict[str, Any]:
    """An answer with all that is kept of it, as plain data."""
    return {
        "answer_id": logged.answer_id,
        "conversation_id": logged.conversation_id,
        "turn": logged.turn,
        "asked_at": logged.asked_at.isoformat(),
        "confidence": logged.confidence,
        "adjustment": logged.adjustment,
        "stamps": logged.stamps,
        "answer": logged.answer.model_dump(mode="json"),
        "trace": logged.trace,
        "feedback": [
            {name: value for name, value in _plain(said).items() if name != "answer_id"} for said in feedback
        ],
        "reviews": [
            {name: value for name, value in _plain(review).items() if name != "answer_id"}
            for review in reviews
        ],
    }


def _plain(item: Feedback | Review) -> dict[str, Any]:
    return {**asdict(item), "at": item.at.isoformat() if item.at else None}


def conversation_rows(store: ReviewStore, conversation_id: str) -> Iterator[dict[str, Any]]:
    """Everything kept of a conversation, one object an answer, oldest first."""
    for logged in store.conversation(conversation_id):
        yield logged_as_dict(
            logged, store.feedback(logged.answer_id), store.reviews(logged.answer_id, all_revisions=True)
        )


def reviewed_jsonl(store: ReviewStore, answer_ids: Sequence[str]) -> str:
    """Reviewed answers with every revision, one JSON object a line."""
    rows = []
    for answer_id in answer_ids:
        logged = store.answer(answer_id)
        if logged is not None:
            reviews = store.reviews(answer_id, all_revisions=True)
            rows.append(json_of(logged_as_dict(logged, store.feedback(answer_id), reviews)) + "\n")
    return "".join(rows)


def reviewed_csv(store: ReviewStore, answer_ids: Sequence[str]) -> str:
    """One row for each verdict that a reader now gives on a sentence."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for answer_id in answer_ids:
        logged = store.answer(answer_id)
        if logged is None:
            continue
        for review in store.reviews(answer_id):
            for number in sorted(review.sentences):
                writer.writerow([_cell(value) for value in _row(logged, review, number)])
    return out.getvalue()


def _row(logged: LoggedAnswer, review: Review, number: int) -> tuple[object, ...]:
    answer = logged.answer
    sentence = answer.sentences[number]
    return (
        logged.answer_id, logged.asked_at.isoformat(timespec="seconds"), answer.question, answer.status,
        number + 1, sentence.text, "; ".join(_sources(answer, sentence.citations)), sentence.verdict or "",
        review.reader, review.revision, review.at.isoformat(timespec="seconds") if review.at else "",
        review.sentences[number], review.comment,
    )  # fmt: skip


def _sources(answer: Answer, numbers: Sequence[int]) -> Iterator[str]:
    by_number = {citation.n: citation for citation in answer.citations}
    for number in numbers:
        citation = by_number[number]
        where = f"p. {citation.page}" if citation.page else citation.locator or ""
        yield f"[{number}] {citation.title}, {where}".rstrip(", ")


def _cell(value: object) -> object:
    """A value that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def judged_ids(store: ReviewStore) -> tuple[str, ...]:
    """Ids of all judged answers, oldest first."""
    judged = QueueFilter(state="judged", limit=_PAGE)
    found: list[QueueItem] = []
    while (page := store.queue(replace(judged, offset=len(found)))).items:
        found += page.items
    return tuple(item.answer_id for item in sorted(found, key=lambda item: (item.asked_at, item.answer_id)))
