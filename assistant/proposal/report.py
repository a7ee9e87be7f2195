"""What a check of a proposal hands over. Keys are stable."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from assistant.domain.answer import Citation, Recommendation, UnderstandingView

Verdict = Literal["present", "weak", "missing"]
PartId = Literal["analyse", "interventies", "samenwerking"]
PARTS: tuple[PartId, ...] = ("analyse", "interventies", "samenwerking")


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Proof(_Model):
    """A literal sentence of the proposal.

    Attributes:
        quote: literal substring of the text of its page (whitespace runs count as one space).
        page: 1-based page, None for formats without pages.
    """

    quote: str
    page: int | None


class CriterionResult(_Model):
    """One criterion judged.

    Attributes:
        label: what the criterion asks, in the language of the report.
        evidence: sentences that led to the verdict, at most three; empty when missing.
        asked_by: the sentence of the handreiking that asks for it; None when that document is not indexed.
        advice: what to do next.
    """

    id: str
    label: str
    verdict: Verdict
    evidence: tuple[Proof, ...] = ()
    asked_by: Citation | None = None
    advice: str


class PartResult(_Model):
    """One of the three parts."""

    verdict: Verdict
    criteria: tuple[CriterionResult, ...]


class ProposalReport(_Model):
    """A whole proposal judged.

    Attributes:
        question: the summing-up that was matched with the catalogue; empty when it is no proposal.
        citations: all citations, in number order; markers in warnings and reasons refer to them.
        warnings: what the applicant should know besides, as sentences; those with facts end in their markers.
    """

    file: str
    language: Literal["nl", "en"]
    is_proposal: bool
    analyse: PartResult
    interventies: PartResult
    samenwerking: PartResult
    recommendations: tuple[Recommendation, ...] = ()
    understanding: UnderstandingView
    warnings: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    question: str = ""

    def part(self, part_id: PartId) -> PartResult:
        """The result of one part."""
        return {
            "analyse": self.analyse,
            "interventies": self.interventies,
            "samenwerking": self.samenwerking,
        }[part_id]
