"""All measures of a run, per slice, with intervals."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
    cases: Sequence[Case], timings: Sequence[Timing], sources: Sources, judge: SupportJudge
) -> Summary:
    """Measure a run.

    Args:
        judge: says whether passages support a sentence.
    """
    values = item_values(cases, sources, judge)
    items = [case.item for case in cases]
    estimates: dict[str, dict[str, dict[str, Estimate]]] = {}
    for measure, by_item in values.items():
        _add(estimates, measure, items, lambda ids, m=measure, v=by_item: estimate(  # type: ignore[misc]
            [v[i] for i in ids if i in v], seed=m))  # fmt: skip
    curves: dict[str, dict[str, Curve]] = {}
    for split in sorted({item.split for item in items}):
        within = [case for case in cases if case.item.split == split]
        curves[split], areas = measure_confidence(within, values)
        for name, area in areas.items():
            estimates.setdefault(name, {}).setdefault(split, {})[ALL] = area
        for name, found in measure_latency(
            [t for t in timings if t.id in {c.item.id for c in within}]
        ).items():
            estimates.setdefault(name, {}).setdefault(split, {})[ALL] = found
    return Summary(estimates, values, curves)


def _add(
    estimates: dict[str, dict[str, dict[str, Estimate]]],
    measure: str,
    items: Sequence[GoldenItem],
    value_of: Callable[[Sequence[str]], Estimate | None],
) -> None:
    for split in sorted({item.split for item in items}):
        within = [item for item in items if item.split == split]
        parts = {ALL: within} | {
            s: [i for i in within if i.slice == s] for s in sorted({i.slice for i in within})
        }
        for part, members in parts.items():
            found = value_of([item.id for item in members])
            if found is not None:
                estimates.setdefault(measure, {}).setdefault(split, {})[part] = found
