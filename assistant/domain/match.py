"""Matches: how well one record fits what was understood, facet by facet, with the proof."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.domain.answer import FacetName, Fit, LinkUp
from assistant.domain.catalogue import Record

EvidenceKind = Literal["record", "coverage", "gazetteer", "passage"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One literal piece of a source.

    Attributes:
        kind: where it stands.
        source_id: record id, municipality name (gazetteer) or passage id.
        field: record or coverage field; None for a passage.
        quote: literal text that stands there.
    """

    kind: EvidenceKind
    source_id: str
    field: str | None
    quote: str


@dataclass(frozen=True, slots=True)
class FacetFit:
    """How one record fits one facet.

    Attributes:
        asked: what the applicant asked, in words that can be shown.
        found: what the record says, in words that can be shown; empty when it says nothing.
        fit: fits, does_not_fit, or unknown when the record is silent.
        score: 0 (does not fit) to 1 (fits exactly).
        evidence: what proves `found`.
    """

    facet: FacetName
    asked: str
    found: str
    fit: Fit
    score: float
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """One record weighed against the question; higher score is better, comparable within one question.

    Attributes:
        text_score: 0 to 1, how well the record's text answers the need.
        area_size: number of municipalities it works in; 342 for the whole country.
        similarity: cosine of the question with its nearest passage; None when that was not among the best.
        limited_to: sectors a regional agenda works for; empty for all sectors.
        covered: share, 0 to 1, of the places asked that lie in its area; 0 when none was asked.
        falls_under_it: number of agendas that name it as their umbrella.
        is_eligible: False when it may not be recommended (ended, outside the region, rejected).
        obstacle: facet that made it ineligible, or None.
    """

    record: Record
    score: float
    facets: tuple[FacetFit, ...]
    text_score: float
    area_size: int
    is_eligible: bool
    obstacle: FacetName | None = None
    similarity: float | None = None
    limited_to: tuple[str, ...] = ()
    covered: float = 0.0
    falls_under_it: int = 0

    def facet(self, name: FacetName) -> FacetFit | None:
        """The fit for one facet, None when it was not asked."""
        return next((fit for fit in self.facets if fit.facet == name), None)


@dataclass(frozen=True, slots=True)
class Advice:
    """What to recommend, and what was weighed besides.

    Attributes:
        recommended: best first, at most five, with the way to link up.
        considered: the nearest ones that were not recommended, best first.
        ended: ended records that would otherwise have fitted, best first.
        nearest_id: an initiative that was asked for and only comes near; None when one fits.
    """

    recommended: tuple[tuple[Match, LinkUp], ...]
    considered: tuple[Match, ...]
    ended: tuple[Match, ...]
    nearest_id: str | None = None
