"""The measures by name: what each says, which way is better, and how it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import yaml

FILE = Path(__file__).parent / "catalog.yaml"
Unit = Literal["share", "number", "ms"]
Better = Literal["higher", "lower", "neither"]


@dataclass(frozen=True, slots=True)
class MeasureInfo:
    """One measure as readers see it."""

    name: str
    group: str
    better: Better
    unit: Unit
    about: str

    def shown(self, value: float) -> str:
        """A value as it is printed: shares as percentages."""
        if self.unit == "share":
            return f"{100 * value:.1f}%"
        return f"{value:.1f}" if abs(value) >= 10 else f"{value:.3f}"


class Catalog:
    """All measures in the order of `catalog.yaml`."""

    @cached_property
    def _measures(self) -> Mapping[str, MeasureInfo]:
        groups: list[dict[str, Any]] = yaml.safe_load(FILE.read_text("utf-8"))["groups"]
        return {
            row["name"]: MeasureInfo(
                row["name"],
                group["group"],
                row.get("better", "higher"),
                row.get("unit", "share"),
                row["about"],
            )
            for group in groups
            for row in group["measures"]
        }

    def __getitem__(self, name: str) -> MeasureInfo:
        known = self._measures.get(name)
        return known or MeasureInfo(name, "Other", "higher", "number", "")

    def __contains__(self, name: str) -> bool:
        return name in self._measures

    @property
    def names(self) -> tuple[str, ...]:
        """Names in order."""
        return tuple(self._measures)

    @property
    def groups(self) -> tuple[str, ...]:
        """Names of the groups, in order."""
        return tuple(dict.fromkeys(m.group for m in self._measures.values()))

    def place(self, name: str) -> int:
        """Place in the order; unknown names come last."""
        return self._places.get(name, len(self._places))

    @cached_property
    def _places(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self._measures)}


CATALOG = Catalog()
