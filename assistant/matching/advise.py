"""From weighed records to advice: which to recommend, in which order, and how to link up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.domain.answer import LinkUp
from assistant.domain.match import Advice, Match
from assistant.domain.question import Language, Understanding
from assistant.matching.areas import ALL_MUNICIPALITIES
from assistant.matching.weights import Weights

MAX_RECOMMENDED = 5
MAX_CONSIDERED = 10
MAX_ENDED = 2
SAME_SIZE = 1.4
"""Areas whose numbers of municipalities differ by less than this factor are of about the same size."""
MAX_AUTHORITY = 2
"""Agendas below an umbrella that count; one that holds two is an umbrella as much as one that holds ten."""


def _quota(understanding: Understanding) -> tuple[int, int]:
    """How many agendas and initiatives an answer shows at most."""
    if understanding.intent == "find_initiative":
        return (2, 3)
    return (3, 2)


def has_need(understanding: Understanding) -> bool:
    """Whether anything but a place was asked; without a need an initiative would be a guess."""
    return bool(
        understanding.sectors
        or understanding.education_levels
        or understanding.target_groups
        or understanding.interventions
        or understanding.intent == "find_initiative"
    )


def _agendas_first(understanding: Understanding) -> bool:
    """Agendas lead, unless an initiative is asked for and no place says which agenda comes first."""
    return understanding.intent != "find_initiative" or bool(
        understanding.places and not understanding.national
    )


def _link_up(match: Match, is_first_hca: bool) -> LinkUp:
    if match.record.status == "ended":
        return "ended"
    if match.record.status == "unknown":
        return "ask_first"
    if match.record.kind == "initiative":
        return "add_to"
    return "join" if is_first_hca else "coordinate"


def _is_near(match: Match, language: Language, weights: Weights) -> bool:
    """Whether an initiative has anything to do with the question; unknown counts as yes."""
    return match.similarity is None or match.similarity >= weights.min_initiative_similarity[language]


def _is_strong(match: Match, weights: Weights) -> bool:
    """An initiative is shown when it works in the sector asked, or its text answers the need best."""
    if match.record.is_hca:
        return True
    sector = match.facet("sector")
    if sector is not None and sector.fit != "fits" and match.text_score < weights.min_text_without_sector:
        return False
    return match.score >= weights.min_initiative_score


def advise(matches: Sequence[Match], understanding: Understanding, weights: Weights) -> Advice:
    """Pick the recommendations.

    Agendas come first unless an initiative is asked for; the kinds keep their own order by score.

    Args:
        matches: all records, best first.
    """
    eligible = [m for m in matches if m.is_eligible and _is_strong(m, weights)]
    hcas = [m for m in eligible if m.record.is_hca and _is_agenda_for(m, understanding, weights)]
    hcas = _in_order(hcas, understanding, weights)
    fitting = [m for m in eligible if not m.record.is_hca] if has_need(understanding) else []
    initiatives = [
        m
        for m in fitting
        if m.score >= weights.sure_initiative_score or _is_near(m, understanding.language, weights)
    ]
    nearest_id = None
    if not initiatives and fitting and understanding.intent == "find_initiative":
        initiatives = fitting[:1]
        nearest_id = fitting[0].record.id
    n_hcas, n_initiatives = _quota(understanding)
    n_hcas = (
        max(n_hcas, MAX_RECOMMENDED - len(initiatives))
        if understanding.intent != "find_initiative"
        else n_hcas
    )
    n_initiatives = max(n_initiatives, MAX_RECOMMENDED - len(hcas))
    chosen_hcas, chosen_initiatives = hcas[:n_hcas], initiatives[:n_initiatives]
    leading = chosen_hcas[:1] if _agendas_first(understanding) else []
    rest = chosen_hcas[len(leading) :]
    if understanding.intent == "find_initiative":
        ordered = [*leading, *chosen_initiatives, *rest]
    else:
        ordered = [*leading, *rest, *chosen_initiatives]
    ordered = ordered[:MAX_RECOMMENDED]
    first_hca = chosen_hcas[0].record.id if chosen_hcas else None
    recommended = tuple((m, _link_up(m, m.record.id == first_hca)) for m in ordered)
    shown = {m.record.id for m in ordered}
    ended = tuple(
        m
        for m in matches
        if m.obstacle == "status"
        and (m.record.is_hca or has_need(understanding))
        and _outranks(m, ordered, weights)
    )[:MAX_ENDED]
    considered = tuple(m for m in matches if m.record.id not in shown)[:MAX_CONSIDERED]
    return Advice(recommended, considered, ended, nearest_id if nearest_id in shown else None)


def _is_agenda_for(match: Match, understanding: Understanding, weights: Weights) -> bool:
    """A sectoral agenda or programme only counts where its sector is asked or its text answers the need."""
    if match.record.kind == "regional_hca":
        return True
    sector = match.facet("sector")
    if sector is not None:
        return sector.score > weights.sector_related
    return not understanding.places or match.text_score >= weights.min_programme_text


def _in_order(agendas: Sequence[Match], understanding: Understanding, weights: Weights) -> list[Match]:
    """Where a place is asked: the smallest agenda that covers it, then its umbrella, then the country's.

    Agendas for an area of about the same size are ordered by score; one that others fall under is the better
    known of them. An agenda for sectors nobody asked for comes after those for all sectors.
    """
    by_score = sorted(agendas, key=lambda m: (-m.score, m.record.id))
    if not understanding.places or understanding.intent == "find_sectoral_hca":
        return by_score
    sizes = _size_classes([m.area_size for m in agendas if m.record.kind == "regional_hca"])
    asked = set(understanding.sector_ids)

    def order(match: Match) -> tuple[float, ...]:
        if match.record.kind != "regional_hca":
            return (1.0,)
        is_beside = bool(match.limited_to) and not asked.intersection(match.limited_to)
        share = round(match.covered, 1)
        authority = weights.umbrella_bonus * min(match.falls_under_it, MAX_AUTHORITY)
        return (
            0.0,
            is_beside,
            -share,
            sizes[match.area_size],
            not match.limited_to,
            -(match.score + authority),
        )

    return sorted(by_score, key=order)


def _size_classes(sizes: Sequence[int]) -> dict[int, int]:
    """Rank of each size, from small to large; sizes that differ little share a rank."""
    classes: dict[int, int] = {}
    smallest = rank = 0
    for size in sorted(set(sizes)):
        if size > SAME_SIZE * smallest:
            smallest = size
            rank += 1
        classes[size] = rank
    return classes


def _outranks(match: Match, recommended: Sequence[Match], weights: Weights) -> bool:
    """An ended record that would have come first among its kind, so that it must be named as ended."""
    penalty = weights.status_penalty
    without_status = match.score + penalty.ended
    if any(fit is not None and fit.fit != "fits" for fit in (match.facet("region"), match.facet("sector"))):
        return False
    rivals = [m.score for m in recommended if m.record.is_hca == match.record.is_hca]
    return not rivals or without_status > max(rivals)


def named_advice(matches: Sequence[Match], record_ids: Sequence[str]) -> Advice:
    """The records a question names, as recommendations; ended ones are only named as such."""
    by_id = {m.record.id: m for m in matches}
    named = [by_id[record_id] for record_id in record_ids if record_id in by_id]
    running = [m for m in named if m.record.status != "ended"]
    recommended = tuple((m, _link_up(m, m.record.is_hca)) for m in running[:MAX_RECOMMENDED])
    return Advice(recommended, (), tuple(m for m in named if m.record.status == "ended"))


def for_every_region(advice: Advice) -> Advice:
    """What can be said before the place is known: those that work in the whole country."""
    kept = tuple(pair for pair in advice.recommended if pair[0].area_size >= ALL_MUNICIPALITIES)
    return replace(advice, recommended=kept, ended=())


def agenda_of_place(matches: Sequence[Match]) -> Match | None:
    """The regional agenda one means by the name of its region ("Brainport"): the tightest that runs."""
    regional = [m for m in matches if m.record.kind == "regional_hca" and m.is_eligible]
    return max(regional, key=lambda m: (_region_score(m), m.score), default=None)


def _region_score(match: Match) -> float:
    region = match.facet("region")
    return region.score if region is not None and region.fit == "fits" else 0.0
