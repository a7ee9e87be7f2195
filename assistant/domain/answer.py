"""The answer object: what every surface shows and other programs read. Keys are stable."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from assistant.domain.catalogue import RecordKind, RecordStatus
from assistant.domain.documents import Confidence

AnswerStatus = Literal["answered", "clarify", "abstained"]
FacetName = Literal["region", "sector", "level", "target_group", "activity", "text", "status"]
Fit = Literal["fits", "does_not_fit", "unknown"]
LinkUp = Literal["join", "add_to", "coordinate", "new", "ask_first", "ended"]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Citation(_Model):
    """Where a sentence is written; `quote` stands there literally.

    Attributes:
        n: marker number, from 1, without gaps.
        file: path under the corpus root.
        page: 1-based page, None where the file has no pages.
        locator: for a record `"<record id>: <field>"`, else the heading above the quote.
        passage_id: id of the passage quoted; `start` and `end` are offsets of the quote in the page or field.
    """

    n: int
    document_id: str
    file: str
    title: str
    publisher: str | None
    year: int | None
    page: int | None
    locator: str | None
    quote: str
    url: str | None
    confidence: Confidence
    passage_id: str | None = None
    start: int | None = None
    end: int | None = None


class Sentence(_Model):
    """One sentence of the answer; a claim has citations, a frame claims no fact.

    Attributes:
        block: the part of the answer it belongs to ("advice", "what", "write", "status", "notice", ...).
        opens_paragraph: True when it begins a new paragraph within its block.
        verdict: outcome of the claim check; None for frames.
    """

    text: str
    citations: tuple[int, ...] = ()
    kind: Literal["claim", "frame"] = "claim"
    block: str = "advice"
    opens_paragraph: bool = False
    verdict: Literal["supported", "partial", "unsupported", "no_claim"] | None = None


class Reason(_Model):
    """Why a record fits or not, for one facet."""

    facet: FacetName
    asked: str
    found: str
    fit: Fit = "fits"
    citations: tuple[int, ...] = ()


class Recommendation(_Model):
    """One record to link up with; `score` is comparable within one answer only."""

    id: str
    name: str
    kind: RecordKind
    status: RecordStatus
    score: float
    reasons: tuple[Reason, ...]
    website: str | None
    link_up: LinkUp = "join"
    as_of: int | None = None


class Considered(_Model):
    """A record that was weighed and not recommended, with what would make it fit."""

    id: str
    name: str
    score: float
    reasons: tuple[Reason, ...] = ()
    would_fit_if: str | None = None


class UnderstandingView(_Model):
    """What was understood, as shown to the applicant."""

    intent: str
    places: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    labour_market_regions: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    education_levels: tuple[str, ...] = ()
    target_groups: tuple[str, ...] = ()
    interventions: tuple[str, ...] = ()
    carried_over: tuple[str, ...] = ()
    corrected: tuple[str, ...] = ()


class Timing(_Model):
    """Milliseconds per step."""

    understand: float = 0
    retrieve: float = 0
    match: float = 0
    compose: float = 0
    check: float = 0
    total: float = 0


class Answer(_Model):
    """One answer. `answer` is Markdown; every factual sentence in it ends in its markers."""

    question: str
    language: Literal["nl", "en"]
    status: AnswerStatus
    answer: str
    sentences: tuple[Sentence, ...]
    recommendations: tuple[Recommendation, ...] = ()
    citations: tuple[Citation, ...] = ()
    understanding: UnderstandingView
    clarifying_question: str | None = None
    abstention: str | None = None
    considered: tuple[Considered, ...] = ()
    followups: tuple[str, ...] = ()
    timing_ms: Timing = Timing()
