"""What the claim checker says about a sentence and about a whole answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How well the cited passages carry one sentence."""

    SUPPORTED = "supported"
    PARTIAL = "partial"
    UNSUPPORTED = "unsupported"
    NO_CLAIM = "no_claim"


@dataclass(frozen=True, slots=True)
class SentenceVerdict:
    """One sentence with its verdict.

    Attributes:
        text: the sentence without its markers.
        citations: marker numbers in the order they appear, without doubles.
        verdict: supported, partial, unsupported or no_claim.
        reasons: plain Dutch, one line a reason; empty when supported or no_claim.
    """

    text: str
    citations: tuple[int, ...]
    verdict: Verdict
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerVerdict:
    """All sentences of an answer, in reading order."""

    sentences: tuple[SentenceVerdict, ...]

    @property
    def is_grounded(self) -> bool:
        """True when no sentence is partial or unsupported."""
        return all(s.verdict in (Verdict.SUPPORTED, Verdict.NO_CLAIM) for s in self.sentences)
