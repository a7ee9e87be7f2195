"""What every measure works on and gives back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.domain.catalogue import Coverage, Record
from assistant.domain.documents import Passage
from eval.golden_set import GoldenItem
from eval.outcome import Outcome

Value = tuple[float, float]
"""Numerator and denominator; a measure over items is the sum of the first over the sum of the second."""
Values = dict[str, Value]
"""Item id to value; an item that a measure does not judge is left out."""


@dataclass(frozen=True, slots=True)
class Case:
    """A golden item with what it came to."""

    item: GoldenItem
    outcome: Outcome


class Sources(Protocol):
    """What measures need of the corpus."""

    @property
    def records(self) -> Mapping[str, Record]:
        """Record id to record."""

    @property
    def coverage(self) -> Mapping[str, Coverage]:
        """Record id to the area it covers."""

    @property
    def passages(self) -> Mapping[str, Passage]:
        """Passage id to passage."""

    def page_text(self, document_id: str, page: int | None) -> str:
        """Text of a page as it was indexed; KeyError when there is none."""

    def cited_texts(self, file: str, page: int | None, locator: str | None) -> tuple[str, ...]:
        """Texts read afresh from a cited file, in any of which a quote may stand."""

    def provinces_of(self, record_id: str) -> frozenset[str]:
        """Provinces in which a regional record works; empty for a national one or when unknown."""


def cases_of(items: Iterable[GoldenItem], outcomes: Iterable[Outcome]) -> list[Case]:
    """Pair items with outcomes by id, in the order of the items; items without an outcome are left out."""
    by_id = {outcome.id: outcome for outcome in outcomes}
    return [Case(item, by_id[item.id]) for item in items if item.id in by_id]


def yes(condition: bool) -> Value:
    """The value of a measure that is a share of items."""
    return (1.0 if condition else 0.0, 1.0)


def total(values: Iterable[Value]) -> float | None:
    """The measure over items; None when nothing was judged."""
    listed: Sequence[Value] = list(values)
    denominator = sum(d for _, d in listed)
    return sum(n for n, _ in listed) / denominator if denominator else None
