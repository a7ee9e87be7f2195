"""Is the right agenda or initiative among the first recommended, and is each in the region asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import ir_measures
from ir_measures import RR, Success

from assistant.domain.answer import Recommendation
from eval.golden_set import GoldenItem
from eval.measures.base import Case, Sources, Value, Values, yes

Kind = Literal["hca", "initiative"]
MEASURES = {"Success@1": Success @ 1, "Success@3": Success @ 3, "RR": RR}
_OWN_KIND: dict[str, Kind] = {"hca": "hca", "sectoral": "hca", "initiative": "initiative"}


def judged_kinds(item: GoldenItem) -> tuple[Kind, ...]:
    """Kinds of record on which an item is judged; where both are, one of the two right is right."""
    own = _OWN_KIND.get(item.slice)
    labels: dict[Kind, tuple[str, ...]] = {"hca": item.expected.hcas, "initiative": item.expected.initiatives}
    return tuple(kind for kind, ids in labels.items() if ids and own in (None, kind))


def _ids(recommendations: Sequence[Recommendation], kind: Kind) -> list[str]:
    return [r.id for r in recommendations if (r.kind == "initiative") == (kind == "initiative")]


def _scores(cases: Sequence[Case], kind: Kind) -> dict[str, Values]:
    """Ranking measures over the recommendations of one kind, for the items judged on it."""
    qrels: dict[str, dict[str, int]] = {}
    run: dict[str, dict[str, float]] = {}
    for case in cases:
        if kind not in judged_kinds(case.item):
            continue
        expected = case.item.expected.hcas if kind == "hca" else case.item.expected.initiatives
        qrels[case.item.id] = dict.fromkeys(expected, 1)
        found = _ids(case.outcome.answer.recommendations, kind)
        run[case.item.id] = {record: -float(rank) for rank, record in enumerate(found)}
    values: dict[str, Values] = {name: dict.fromkeys(qrels, (0.0, 1.0)) for name in MEASURES}
    if qrels:
        names = {str(measure): name for name, measure in MEASURES.items()}
        for line in ir_measures.iter_calc(list(MEASURES.values()), qrels, run):
            values[names[str(line.measure)]][line.query_id] = (float(line.value), 1.0)
    return values


def _is_outside(case: Case, record_id: str, sources: Sources) -> bool:
    lies_in = sources.provinces_of(record_id)
    asked, dropped = set(case.item.expected.facets.provinces), set(case.item.expected.forbidden_regions)
    if asked:
        return not lies_in & asked
    return bool(lies_in & dropped)


def _outside(case: Case, sources: Sources) -> Value | None:
    expected = case.item.expected
    if not (expected.facets.provinces or expected.forbidden_regions):
        return None
    regional = [r.id for r in case.outcome.answer.recommendations if sources.provinces_of(r.id)]
    return (float(sum(_is_outside(case, i, sources) for i in regional)), float(len(regional)))


def _dropped_context(case: Case, sources: Sources) -> Value | None:
    """Whether a recommendation still lies in a region the conversation left, and not in the one asked now."""
    dropped = set(case.item.expected.forbidden_regions)
    if not dropped:
        return None
    asked = set(case.item.expected.facets.provinces)
    areas = [sources.provinces_of(r.id) for r in case.outcome.answer.recommendations]
    return yes(any(area & dropped and not area & asked for area in areas))


def measure_matching(cases: Sequence[Case], sources: Sources) -> dict[str, Values]:
    """`match` takes each item as a whole; `hca` and `initiative` those items judged on that kind alone."""
    by_kind: dict[Kind, dict[str, Values]] = {
        "hca": _scores(cases, "hca"),
        "initiative": _scores(cases, "initiative"),
    }
    found: dict[str, Values] = {}
    for name in MEASURES:
        whole: Values = {}
        for case in cases:
            kinds = judged_kinds(case.item)
            if not kinds:
                continue
            values = [by_kind[kind][name][case.item.id] for kind in kinds]
            whole[case.item.id] = max(values)
            if len(kinds) == 1:
                found.setdefault(f"{kinds[0]} {name}", {})[case.item.id] = values[0]
        found[f"match {name}"] = whole
    for label, value_of in (("outside region", _outside), ("dropped context left", _dropped_context)):
        values_by_id = {case.item.id: value_of(case, sources) for case in cases}
        found[label] = {item_id: value for item_id, value in values_by_id.items() if value is not None}
    return found
