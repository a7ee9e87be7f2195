"""The gate: named floors, and a paired comparison with a baseline that small regressions do not slip past.

A floor lies below the interval of what was measured, so it only stops what is clearly worse. The baseline
keeps values per question of an earlier run: the same questions answered twice differ only by what changed, so
a paired test sees a loss of a few questions that a floor cannot.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from assistant.errors import UsageError
from eval.compare import compare_values
from eval.golden_set import GoldenItem
from eval.measures.base import Values
from eval.measures.catalog import CATALOG
from eval.run_store import Run
from eval.summary import ALL, Summary
from eval.tables import shown

FLOORS = Path(__file__).parent / "floors.yaml"
BASELINES = Path(__file__).parent / "baselines"
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Floor(_Model):
    """The worst a measure may be.

    Attributes:
        name: what the gate calls it when it breaks.
        floor: least value; `ceiling` is the most for measures where lower is better. One of the two is given.
        is_fixed: a promise; proposals leave it where it is.
        reason: why it lies there.
    """

    name: Text
    measure: Text
    split: Literal["dev", "test"] = "test"
    slice: Text = ALL
    floor: float | None = None
    ceiling: float | None = None
    is_fixed: bool = False
    reason: Text
    date: date

    @model_validator(mode="after")
    def _has_one_bound(self) -> Self:
        if (self.floor is None) == (self.ceiling is None):
            raise ValueError("give either floor or ceiling")
        if self.measure not in CATALOG:
            raise ValueError(f"no measure is called {self.measure!r}")
        return self


class Paired(_Model):
    """What may not get worse than the baseline, question by question.

    Attributes:
        baseline: file in `eval/baselines`.
        alpha: a loss with a one-sided p-value below this breaks the gate.
        min_loss: a smaller loss never does, in units of the measure.
    """

    baseline: Text
    alpha: float = Field(default=0.05, gt=0, lt=1)
    min_loss: float = Field(default=0.01, ge=0)
    measures: tuple[Text, ...]
    reason: Text
    date: date


class Gate(_Model):
    """The content of `floors.yaml`."""

    floors: tuple[Floor, ...]
    paired: Paired | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One floor or paired test, held or broken."""

    name: str
    is_held: bool
    message: str


def load_gate(path: Path = FLOORS) -> Gate:
    """Read the floors.

    Raises:
        UsageError: the file cannot be used; names the place.
    """
    try:
        return Gate.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except (OSError, yaml.YAMLError) as error:
        raise UsageError(f"Cannot read {path}: {error}.") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise UsageError(f"{path}: {where}: {first['msg']}. Mend the line.") from error


def check_floors(summary: Summary, floors: Sequence[Floor]) -> list[Check]:
    """Each floor against the run; a measure the run does not have breaks its floor."""
    checks = []
    for floor in floors:
        info, found = CATALOG[floor.measure], summary.get(floor.measure, floor.split, floor.slice)
        place = f"{floor.measure} on {floor.split}/{floor.slice}"
        bound, word = (floor.floor, "floor") if floor.floor is not None else (floor.ceiling, "ceiling")
        assert bound is not None
        if found is None:
            checks.append(Check(floor.name, False, f"{place} was not measured"))
            continue
        is_held = found.value >= bound if word == "floor" else found.value <= bound
        message = f"{place} is {info.shown(found.value)}, {word} {info.shown(bound)}"
        checks.append(Check(floor.name, is_held, message if is_held else f"{message} ({floor.reason})"))
    return checks


def item_digest(item: GoldenItem) -> str:
    """Changes when the question or its label does."""
    return hashlib.sha256(item.model_dump_json().encode()).hexdigest()[:12]


def baseline_of(run: Run, measures: Sequence[str], split: str = "test") -> dict[str, Any]:
    """What a baseline file keeps of a run."""
    items = {item.id: item_digest(item) for item in run.items if item.split == split}
    return {
        "run": run.name,
        "split": split,
        "commit": run.config.get("commit"),
        "code": run.config.get("code"),
        "items": items,
        "values": {
            name: {i: list(v) for i, v in run.summary.values.get(name, {}).items() if i in items}
            for name in measures
        },
    }


def check_paired(run: Run, paired: Paired, folder: Path = BASELINES) -> list[Check]:
    """Each measure of the paired test against the baseline, over the questions that did not change.

    Raises:
        UsageError: the baseline cannot be read.
    """
    path = folder / paired.baseline
    try:
        data: Mapping[str, Any] = json.loads(path.read_text("utf-8"))
        kept: Mapping[str, str] = data["items"]
        values: Mapping[str, Mapping[str, Sequence[float]]] = data["values"]
    except (OSError, ValueError, KeyError) as error:
        raise UsageError(f"Cannot use baseline {path}: {error}. Write one with --write-baseline.") from error
    ids = [item.id for item in run.items if kept.get(item.id) == item_digest(item)]
    checks = []
    for measure in paired.measures:
        before: Values = {i: (v[0], v[1]) for i, v in values.get(measure, {}).items()}
        found = compare_values(measure, before, run.summary.values.get(measure, {}), ids)
        name = f"baseline {measure}"
        if found is None:
            checks.append(Check(name, False, f"{measure} cannot be compared with {data['run']}"))
            continue
        info, change = CATALOG[measure], found.difference
        loss = change.delta if info.better == "lower" else -change.delta
        p_value = change.p_value / 2 if loss > 0 else 1.0  # only a loss is asked for
        is_held = loss < paired.min_loss or p_value >= paired.alpha
        message = (
            f"{measure} was {info.shown(change.before)}, is {info.shown(change.after)} on {change.n} items "
            f"(p {p_value:.4f}, {change.test}; {len(found.better)} better, {len(found.worse)} worse)"
        )
        checks.append(Check(name, is_held, message))
    return checks


def check_run(run: Run, gate: Gate, golden: Sequence[GoldenItem], folder: Path = BASELINES) -> list[Check]:
    """Everything the gate asks of a run.

    Args:
        golden: the golden set as it is now; a run on fewer or other items of a gated split is refused.

    Raises:
        UsageError: the run does not cover the split, or the baseline cannot be read.
    """
    ran = {item.id: item for item in run.items}
    splits = {floor.split for floor in gate.floors}
    missing = [item.id for item in golden if item.split in splits and ran.get(item.id) != item]
    if missing:
        raise UsageError(
            f"Run {run.name} does not hold the golden set as it is now: {len(missing)} items are missing or "
            f"differ, such as {missing[0]}. Make a new run."
        )
    checks = check_floors(run.summary, gate.floors)
    return checks + (check_paired(run, gate.paired, folder) if gate.paired else [])


HEADER = """# What may not get worse. A floor is the least a measure may be, a ceiling the most; each is
# measured on the test split and lies a margin outside the interval. is_fixed: a promise of the product.
# `assistant eval gate --run RUN --propose` writes this file anew; say in the commit why the floors move.
"""


def proposed_gate(run: Run, gate: Gate, *, margin: float, today: date) -> str:
    """The floors file with bounds measured in a run; fixed floors and the paired test stay as they are.

    Args:
        margin: part of the distance from value to interval that a bound lies outside it.
    """
    floors = [floor if floor.is_fixed else _measured(floor, run, margin, today) for floor in gate.floors]
    proposed = Gate(floors=tuple(floors), paired=gate.paired)
    data = proposed.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    listed = {"floors": list(data["floors"])}
    if gate.paired is not None:
        listed["paired"] = data["paired"] | {"measures": list(gate.paired.measures)}
    return HEADER + yaml.safe_dump(listed, sort_keys=False, allow_unicode=True, width=110)


def _measured(floor: Floor, run: Run, margin: float, today: date) -> Floor:
    found, info = run.summary.get(floor.measure, floor.split, floor.slice), CATALOG[floor.measure]
    if found is None:
        raise UsageError(f"Run {run.name} did not measure {floor.measure} on {floor.split}/{floor.slice}.")
    edge = found.high if floor.ceiling is not None else found.low
    gap = max(abs(found.value - edge), 1 / found.n) * (1 + margin)
    reason = f"measured {shown(info, found)} on {found.n} questions"
    changes = {"reason": reason, "date": today}
    if floor.ceiling is not None:
        return floor.model_copy(update={**changes, "ceiling": round(found.value + gap, 3)})
    return floor.model_copy(update={**changes, "floor": round(max(0.0, found.value - gap), 3)})
