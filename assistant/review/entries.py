"""From an answer to the rows that are kept of it, and back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import ValidationError

from assistant.domain.answer import Answer
from assistant.domain.review import Feedback, LoggedAnswer, QueueReason, Review
from assistant.errors import StoreError
from assistant.pipeline import Trace
from assistant.review.masking import masked, masked_answer
from assistant.tracing import trace_as_dict

LOW_CONFIDENCE = 0.7
"""A first match below this is worth a look: it is what the lowest tenth of the golden questions score."""
SAMPLED_PERCENT = 5
"""Share of all answers that is shown to readers whatever else is known of them."""
URGENCY: Mapping[QueueReason, int] = {
    "not_helpful": 4, "low_confidence": 3, "first_of_kind": 2, "random_sample": 1,
}  # fmt: skip
"""Most urgent first; 0 is for an answer that nothing singles out."""
FLAGS: Mapping[QueueReason, str] = {
    "not_helpful": "is_not_helpful",
    "low_confidence": "is_low_confidence",
    "first_of_kind": "is_first_of_kind",
    "random_sample": "is_sampled",
}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def moment(at: datetime) -> int:
    """Microseconds since 1970; a moment without time zone counts as UTC."""
    return ((at if at.tzinfo else at.replace(tzinfo=UTC)) - _EPOCH) // _MICROSECOND


def from_moment(microseconds: int) -> datetime:
    """The moment, in UTC."""
    return _EPOCH + microseconds * _MICROSECOND


def json_of(data: object) -> str:
    """Data as compact JSON."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Entry:
    """What is stored of one answer; personal data is masked.

    Attributes:
        row: columns of `answers` that do not depend on what was logged before.
        facets: facet, position and value.
        body: columns of `answer_bodies`.
        kinds: combinations of intent, status, sector and province it is an example of.
    """

    row: Mapping[str, Any]
    facets: tuple[tuple[str, int, str], ...]
    body: Mapping[str, str | None]
    kinds: tuple[str, ...]


def entry_of(
    trace: Trace,
    *,
    answer_id: str,
    conversation_id: str,
    turn: int,
    asked_at: datetime,
    adjustment: Mapping[str, Any] | None,
    stamps: Mapping[str, Any],
) -> Entry:
    """What to store of an answer."""
    answer, plain_trace = masked_answer(trace.answer, trace_as_dict(trace))
    view = answer.understanding
    checks = [s.verdict if s.kind == "claim" else None for s in answer.sentences]
    confidence = first_score(trace)
    is_doubtful = trace.dropped_sentences > 0 or any(v in ("partial", "unsupported") for v in checks)
    regions = tuple(dict.fromkeys((*view.provinces, *view.labour_market_regions)))
    return Entry(
        row={
            "answer_id": answer_id,
            "conversation_id": conversation_id,
            "turn": turn,
            "asked_at": moment(asked_at),
            "question": answer.question,
            "status": answer.status,
            "intent": view.intent,
            "confidence": confidence,
            "is_low_confidence": is_doubtful or (confidence is not None and confidence < LOW_CONFIDENCE),
            "is_sampled": is_sampled(answer_id),
            "is_not_helpful": False,
            "is_judged": False,
            "checks": json_of(checks),
        },
        facets=(
            *(("region", position, value) for position, value in enumerate(regions)),
            *(("sector", position, value) for position, value in enumerate(dict.fromkeys(view.sectors))),
        ),
        body={
            "answer": answer.model_dump_json(),
            "adjustment": None if adjustment is None else json_of(_masked_deep(adjustment)),
            "trace": json_of(plain_trace),
            "stamps": json_of(stamps),
        },
        kinds=tuple(
            sorted(
                f"{view.intent}|{answer.status}|{sector}|{province}"
                for sector in view.sectors or ("",)
                for province in view.provinces or ("",)
            )
        ),
    )


def first_score(trace: Trace) -> float | None:
    """Score of the first recommendation, at most 1; None when there is none."""
    recommended = trace.advice.recommended
    return round(min(1.0, recommended[0][0].score), 4) if recommended else None


def is_sampled(answer_id: str) -> bool:
    """Whether an answer is in the random sample; the same for ever."""
    return int.from_bytes(hashlib.sha256(answer_id.encode()).digest()[:4]) % 100 < SAMPLED_PERCENT


def urgency_of(flags: Mapping[str, Any]) -> int:
    """How urgent it is to judge an answer, from its columns."""
    return max((URGENCY[reason] for reason in reasons_of(flags)), default=0)


def reasons_of(flags: Mapping[str, Any]) -> tuple[QueueReason, ...]:
    """Why an answer is worth judging, most urgent first."""
    return tuple(reason for reason, column in FLAGS.items() if flags[column])


def _masked_deep(data: Any) -> Any:
    if isinstance(data, str):
        return masked(data)
    if isinstance(data, Mapping):
        return {key: _masked_deep(value) for key, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [_masked_deep(value) for value in data]
    return data


def logged_answer(row: Mapping[str, Any]) -> LoggedAnswer:
    """An answer from its row and body.

    Raises:
        StoreError: the answer has a shape that this version does not know.
    """
    try:
        answer = Answer.model_validate_json(row["answer"])
    except ValidationError as error:
        raise StoreError(
            f"Answer {row['answer_id']} was logged by another version and cannot be read. "
            "Use that version, or export it with `assistant log export`."
        ) from error
    return LoggedAnswer(
        answer_id=row["answer_id"],
        conversation_id=row["conversation_id"],
        turn=row["turn"],
        asked_at=from_moment(row["asked_at"]),
        answer=answer,
        adjustment=None if row["adjustment"] is None else json.loads(row["adjustment"]),
        trace=json.loads(row["trace"]),
        stamps=json.loads(row["stamps"]),
        confidence=row["confidence"],
    )


def feedback_of(row: Mapping[str, Any]) -> Feedback:
    """Feedback from its row."""
    return Feedback(
        answer_id=row["answer_id"], kind=row["kind"], at=from_moment(row["at"]), citation=row["citation"],
        record_id=row["record_id"], text=row["text"],
    )  # fmt: skip


def review_of(row: Mapping[str, Any]) -> Review:
    """A review from its row."""
    return Review(
        answer_id=row["answer_id"],
        reader=row["reader"],
        revision=row["revision"],
        at=from_moment(row["at"]),
        sentences={int(n): verdict for n, verdict in json.loads(row["sentences"]).items()},
        recommendations=json.loads(row["recommendations"]),
        missing=tuple(json.loads(row["missing"])),
        comment=row["comment"],
        corrected_answer=row["corrected_answer"],
    )


def review_row(review: Review) -> dict[str, Any]:
    """The columns of a review that come from the reader; free text is masked."""
    return {
        "reader": masked(review.reader),
        "sentences": json_of({str(n): review.sentences[n] for n in sorted(review.sentences)}),
        "recommendations": json_of(dict(sorted(review.recommendations.items()))),
        "missing": json_of(list(review.missing)),
        "comment": masked(review.comment),
        "corrected_answer": masked(review.corrected_answer),
    }
