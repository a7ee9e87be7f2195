"""What is kept of an answer, and what applicants and readers say of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from assistant.domain.answer import Answer

FeedbackKind = Literal["helpful", "not_helpful", "wrong_source", "missing_initiative", "comment"]
QueueReason = Literal["not_helpful", "low_confidence", "first_of_kind", "random_sample"]
QueueState = Literal["open", "judged", "all"]
SentenceVerdict = Literal["supported", "partial", "unsupported"]
RecommendationVerdict = Literal["right", "wrong"]


@dataclass(frozen=True, slots=True)
class LoggedAnswer:
    """One answer as it was given, with enough to show it, trace it and give it again.

    Attributes:
        answer_id: opaque; unique over all conversations.
        turn: number in its conversation, from 0.
        asked_at: in UTC, with time zone.
        answer: as shown; personal data in the question is masked.
        adjustment: facets that the applicant set by hand, as plain data; None when nothing was.
        trace: everything the answer went through, as plain data (see `assistant explain`).
        stamps: versions, settings and the stamp of the index it was made with.
        confidence: score of the first match, from 0 to 1; None when nothing was to be matched.
    """

    answer_id: str
    conversation_id: str
    turn: int
    asked_at: datetime
    answer: Answer
    adjustment: Mapping[str, Any] | None
    trace: Mapping[str, Any]
    stamps: Mapping[str, Any]
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Feedback:
    """What an applicant said of an answer.

    Attributes:
        citation: number of the marker it is about, for a wrong source.
        record_id: from the catalogue, for a missing initiative; None when it is described in `text` only.
        text: as typed, masked before it is stored.
    """

    answer_id: str
    kind: FeedbackKind
    at: datetime
    citation: int | None = None
    record_id: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """What one reader found of one answer, at one moment; older revisions stay.

    Attributes:
        reader: who judged, by role and not by name ("adviseur-1").
        revision: 1 for the first judgement of this reader on this answer; 0 for one not stored yet.
        sentences: verdict by number of the sentence in `answer.sentences`, from 0; claims only.
        recommendations: verdict by record id.
        missing: ids of records that should have been recommended.
    """

    answer_id: str
    reader: str
    revision: int = 0
    at: datetime | None = None
    sentences: Mapping[int, SentenceVerdict] = field(default_factory=dict)
    recommendations: Mapping[str, RecommendationVerdict] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    comment: str = ""
    corrected_answer: str = ""


@dataclass(frozen=True, slots=True)
class SavedReview:
    """A review that is stored for certain.

    Attributes:
        overtaken: what was stored by the same reader, or by another one, after the revision this one began
            from; the reader has to be told. Both are kept.
    """

    review: Review
    overtaken: tuple[Review, ...] = ()


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Which answers to list; None or empty leaves a filter out. Dates include both ends, in UTC."""

    state: QueueState = "open"
    reason: QueueReason | None = None
    since: datetime | None = None
    until: datetime | None = None
    region: str | None = None
    sector: str | None = None
    status: str | None = None
    reader: str | None = None
    limit: int = 25
    offset: int = 0


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One line of the queue.

    Attributes:
        reasons: why it is worth judging, most urgent first.
        readers: who judged it already.
    """

    answer_id: str
    asked_at: datetime
    question: str
    status: str
    regions: tuple[str, ...]
    sectors: tuple[str, ...]
    reasons: tuple[QueueReason, ...]
    confidence: float | None
    readers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QueuePage:
    """A page of the queue, and what there is to filter by."""

    items: tuple[QueueItem, ...]
    total: int
    regions: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One sentence or recommendation on which two readers differ."""

    answer_id: str
    subject: str
    verdicts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far readers agree with each other, and the claim checker with them.

    Attributes:
        kappa: Cohen's kappa over sentences judged by two readers; None when there are none, or when both only
            ever said one and the same thing.
        pairs: number of judgements that two readers both gave.
        checker_precision, checker_recall: of the claim checker's "not supported" on sentences that readers
            judged; None when nothing can be divided.
        judged_sentences: number of sentences with at least one verdict.
    """

    kappa: float | None
    pairs: int
    disagreements: tuple[Disagreement, ...]
    checker_precision: float | None
    checker_recall: float | None
    judged_sentences: int
    judged_answers: int
