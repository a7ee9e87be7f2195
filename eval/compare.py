"""Two runs side by side: what changed per measure, how sure that is, and which questions flipped."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.golden_set import GoldenItem
from eval.measures.base import Value, Values
from eval.measures.catalog import CATALOG
from eval.run_store import Run
from eval.statistics import Difference, difference
from eval.tables import text_table

SIDE_WIDTH = 62
"""Characters per side when two answers stand next to each other."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One measure in two runs, over the items both judged.

    Attributes:
        better, worse: ids of items whose value rose or fell in the good or the bad direction.
    """

    measure: str
    difference: Difference
    better: tuple[str, ...]
    worse: tuple[str, ...]

    @property
    def is_changed(self) -> bool:
        """Whether any item flipped."""
        return bool(self.better or self.worse)


def shared_items(before: Sequence[GoldenItem], after: Sequence[GoldenItem], split: str) -> list[GoldenItem]:
    """Items that both runs have with the same question and the same label."""
    known = {item.id: item for item in before}
    return [i for i in after if known.get(i.id) == i and split in ("all", i.split)]


def _ratio(value: Value) -> float:
    return value[0] / value[1] if value[1] else 0.0


def compare_values(measure: str, before: Values, after: Values, ids: Sequence[str]) -> Comparison | None:
    """One measure over the items that both judged; None when there are none."""
    judged = [i for i in ids if i in before and i in after]
    found = difference([before[i] for i in judged], [after[i] for i in judged], seed=measure)
    if found is None:
        return None
    sign = -1 if CATALOG[measure].better == "lower" else 1
    changes = {i: sign * (_ratio(after[i]) - _ratio(before[i])) for i in judged}
    better = tuple(i for i, change in changes.items() if change > 0)
    worse = tuple(i for i, change in changes.items() if change < 0)
    return Comparison(measure, found, better, worse)


def compare(before: Run, after: Run, *, split: str = "all", measures: Sequence[str] = ()) -> list[Comparison]:
    """Every measure both runs have, in the order of the catalog."""
    ids = [item.id for item in shared_items(before.items, after.items, split)]
    names = measures or [name for name in after.summary.values if name in before.summary.values]
    found = [
        compare_values(name, before.summary.values.get(name, {}), after.summary.values.get(name, {}), ids)
        for name in names
    ]
    return [comparison for comparison in found if comparison is not None]


def comparison_table(comparisons: Sequence[Comparison]) -> str:
    """One line per measure: before, after, change with interval, p-value, questions that flipped."""
    rows = []
    for found in comparisons:
        info, change = CATALOG[found.measure], found.difference
        rows.append(
            [
                found.measure, str(change.n), info.shown(change.before), info.shown(change.after),
                f"{info.shown(change.delta)} [{info.shown(change.low)}, {info.shown(change.high)}]",
                f"{change.p_value:.3f} {change.test}", f"+{len(found.better)} -{len(found.worse)}",
            ]
        )  # fmt: skip
    header = ["measure", "n", "before", "after", "change [95%]", "p", "flips"]
    return text_table(header, rows)


def flipped_measures(comparisons: Sequence[Comparison]) -> dict[str, list[str]]:
    """Item id to what flipped on it, "+measure" or "-measure", in order of most flips.

    Style is left out: a changed sentence moves it on every answer and says nothing of right or wrong.
    """
    found: dict[str, list[str]] = {}
    for comparison in comparisons:
        if CATALOG[comparison.measure].group == "Style":
            continue
        for ids, sign in ((comparison.worse, "-"), (comparison.better, "+")):
            for item in ids:
                found.setdefault(item, []).append(sign + comparison.measure)
    return dict(sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0])))


def side_by_side(left: str, right: str, *, width: int = SIDE_WIDTH) -> str:
    """Two texts in two columns."""
    columns = [
        [line for part in text.splitlines() for line in (textwrap.wrap(part, width) or [""])]
        for text in (left, right)
    ]
    height = max(len(column) for column in columns)
    rows = zip(*(column + [""] * (height - len(column)) for column in columns), strict=True)
    return "\n".join(f"{one.ljust(width)} │ {other}".rstrip() for one, other in rows)


def _answer_text(run: Run, answers: Mapping[str, int], item: str) -> str:
    answer = run.outcomes[answers[item]].answer
    recommended = [f"{n}. {r.id} ({r.kind}) {r.score:.3f}" for n, r in enumerate(answer.recommendations, 1)]
    status = answer.status + (f" ({answer.abstention})" if answer.abstention else "")
    return "\n".join([status, *recommended, "", answer.answer])


def flips_text(before: Run, after: Run, comparisons: Sequence[Comparison], *, limit: int) -> str:
    """The questions with most flips, with what flipped and both answers side by side."""
    flipped = flipped_measures(comparisons)
    questions = {item.id: item.text for item in after.items}
    places = [{outcome.id: n for n, outcome in enumerate(run.outcomes)} for run in (before, after)]
    parts = []
    for item, measures in list(flipped.items())[:limit]:
        sides = side_by_side(_answer_text(before, places[0], item), _answer_text(after, places[1], item))
        title = side_by_side(before.name, after.name)
        parts.append(f"{item}: {questions[item]}\n  {', '.join(measures)}\n{title}\n{sides}")
    if len(flipped) > limit:
        parts.append(f"{len(flipped) - limit} more questions flipped; show them with --answers.")
    return "\n\n".join(parts)
