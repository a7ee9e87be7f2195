"""All measures of a run, per slice, with intervals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from eval.golden_set import GoldenItem
from eval.measures.base import Case, Sources, Values
from eval.measures.catalog import CATALOG
from eval.measures.citations import SupportJudge, measure_citations
from eval.measures.confidence import Curve, measure_confidence
from eval.measures.facets import measure_facets
from eval.measures.latency import measure_latency
from eval.measures.matching import measure_matching
from eval.measures.nuggets import measure_nuggets
from eval.measures.passages import measure_passages
from eval.measures.readability import measure_style
from eval.measures.standing import measure_standing
from eval.runner import Timing
from eval.statistics import Estimate, estimate

ALL = "all"


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run is worth.

    Attributes:
        estimates: measure to split to slice ("all" for the whole split) to its estimate.
        values: measure to item to (numerator, denominator).
        curves: split to kind of confidence to its risk-coverage curve.
    """

    estimates: Mapping[str, Mapping[str, Mapping[str, Estimate]]]
    values: Mapping[str, Values]
    curves: Mapping[str, Mapping[str, Curve]]

    def get(self, measure: str, split: str, part: str = ALL) -> Estimate | None:
        """One estimate, None when the run does not have it."""
        return self.estimates.get(measure, {}).get(split, {}).get(part)

    def as_dict(self) -> dict[str, Any]:
        """As stored in `measures.json`."""
        return {
            "estimates": {
                m: {s: {p: asdict(e) for p, e in parts.items()} for s, parts in splits.items()}
                for m, splits in self.estimates.items()
            },
            "curves": {s: {k: asdict(c) for k, c in curves.items()} for s, curves in self.curves.items()},
            "values": {m: {i: list(v) for i, v in values.items()} for m, values in self.values.items()},
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Summary:
        """Read what `as_dict` gave."""
        return cls(
            {
                m: {s: {p: Estimate(**e) for p, e in parts.items()} for s, parts in splits.items()}
                for m, splits in data["estimates"].items()
            },
            {m: {i: (v[0], v[1]) for i, v in values.items()} for m, values in data["values"].items()},
            {s: {k: Curve.from_dict(c) for k, c in curves.items()} for s, curves in data["curves"].items()},
        )


def item_values(cases: Sequence[Case], sources: Sources, judge: SupportJudge) -> dict[str, Values]:
    """Every measure of answers, per item, in the order of the catalog."""
    found = {
        **measure_matching(cases, sources),
        **measure_standing(cases),
        **measure_facets(cases),
        **measure_passages(cases, sources),
        **measure_citations(cases, sources, judge),
        **measure_nuggets(cases),
        **measure_style(cases),
    }
    return {name: found[name] for name in sorted(found, key=lambda name: (CATALOG.place(name), name))}


def summarise(
    cases: Sequence[Case],
    timings: Sequence[Timing],
    sources: Sources,
    judge: SupportJudge,
    *,
    parts: Mapping[str, Values] | None = None,
) -> Summary:
    """Measure a run.

    Args:
        judge: says whether passages support a sentence.
        parts: measures of a part of the product that do not depend on the items; shown with every split.
    """
    values = item_values(cases, sources, judge)
    items = [case.item for case in cases]
    splits = sorted({item.split for item in items})
    estimates: dict[str, dict[str, dict[str, Estimate]]] = {}
    for measure, by_item in values.items():
        for split, part, members in _parts_of(items):
            found = estimate([by_item[i] for i in members if i in by_item], seed=measure)
            if found is not None:
                estimates.setdefault(measure, {}).setdefault(split, {})[part] = found
    for measure, by_part in (parts or {}).items():
        found = estimate(list(by_part.values()), seed=measure)
        estimates |= {measure: {split: {ALL: found} for split in splits}} if found else {}
    curves: dict[str, dict[str, Curve]] = {}
    for split in splits:
        within = [case for case in cases if case.item.split == split]
        ids = {case.item.id for case in within}
        curves[split], areas = measure_confidence(within, values)
        times = measure_latency([timing for timing in timings if timing.id in ids])
        for name, found in (areas | times).items():
            estimates.setdefault(name, {}).setdefault(split, {})[ALL] = found
    return Summary(estimates, values | dict(parts or {}), curves)


def _parts_of(items: Sequence[GoldenItem]) -> Iterator[tuple[str, str, list[str]]]:
    """Split, slice ("all" first) and ids of the items in it."""
    for split in sorted({item.split for item in items}):
        within = [item for item in items if item.split == split]
        yield split, ALL, [item.id for item in within]
        for part in sorted({item.slice for item in within}):
            yield split, part, [item.id for item in within if item.slice == part]
