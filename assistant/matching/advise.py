"""From weighed records to advice: which to recommend, in which order, and how to link up."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.domain.answer import LinkUp
from assistant.domain.match import Advice, Match
from assistant.domain.question import Understanding
from assistant.matching.weights import Weights

MAX_RECOMMENDED = 5
MAX_CONSIDERED = 10
MAX_ENDED = 2


def _quota(understanding: Understanding) -> tuple[int, int]:
    """How many agendas and initiatives an answer shows at most."""
    return (1, 4) if understanding.intent == "find_initiative" else (3, 2)


def _link_up(match: Match, is_first_hca: bool) -> LinkUp:
    if match.record.status == "ended":
        return "ended"
    if match.record.status == "unknown":
        return "ask_first"
    if match.record.kind == "initiative":
        return "add_to"
    return "join" if is_first_hca else "coordinate"


def _is_strong(match: Match, weights: Weights) -> bool:
    """An initiative is shown when its text or what it lists answers the need."""
    return match.record.is_hca or match.score >= weights.min_initiative_score


def advise(matches: Sequence[Match], understanding: Understanding, weights: Weights) -> Advice:
    """Pick the recommendations.

    Agendas come first unless an initiative is asked for; the kinds keep their own order by score.

    Args:
        matches: all records, best first.
    """
    eligible = [m for m in matches if m.is_eligible and _is_strong(m, weights)]
    hcas = [m for m in eligible if m.record.is_hca]
    initiatives = [m for m in eligible if not m.record.is_hca]
    n_hcas, n_initiatives = _quota(understanding)
    n_hcas = max(n_hcas, MAX_RECOMMENDED - len(initiatives))
    n_initiatives = max(n_initiatives, MAX_RECOMMENDED - len(hcas))
    chosen_hcas, chosen_initiatives = hcas[:n_hcas], initiatives[:n_initiatives]
    if understanding.intent == "find_initiative":
        ordered = [*chosen_initiatives, *chosen_hcas]
    else:
        ordered = [*chosen_hcas, *chosen_initiatives]
    ordered = ordered[:MAX_RECOMMENDED]
    first_hca = chosen_hcas[0].record.id if chosen_hcas else None
    recommended = tuple((m, _link_up(m, m.record.id == first_hca)) for m in ordered)
    shown = {m.record.id for m in ordered}
    ended = tuple(m for m in matches if m.obstacle == "status" and _would_fit(m))[:MAX_ENDED]
    considered = tuple(m for m in matches if m.record.id not in shown)[:MAX_CONSIDERED]
    return Advice(recommended, considered, ended)


def _would_fit(match: Match) -> bool:
    """An ended record that fits the place and the need, so that it must be named as ended."""
    region = match.facet("region")
    sector = match.facet("sector")
    fits_region = region is None or region.fit == "fits"
    fits_sector = sector is None or sector.fit == "fits"
    return fits_region and fits_sector and (match.text_score >= 0.6 or (region is not None and region.score >= 0.75))
