from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import UsageError
from eval.compare import compare, comparison_table, flipped_measures, flips_text, side_by_side
from eval.gate import FLOORS, Floor, Gate, Paired, baseline_of, check_run, load_gate, proposed_gate
from eval.golden_set import load_golden
from eval.measures.base import Case
from eval.run import GOLDEN
from eval.run_store import Run, save_run
from eval.summary import summarise
from tests.unit.eval.examples import (
    LiteralJudge,
    SmallSources,
    make_answer,
    make_case,
    make_item,
    make_recommendation,
)

RunMaker = Callable[[int], Run]
RIGHT, WRONG = make_recommendation("agenda-zeeland"), make_recommendation("agenda-twente")
TODAY = date(2026, 11, 24)


def floor(**changes: Any) -> Floor:
    fields = {
        "name": "agenda-first",
        "measure": "hca Success@1",
        "floor": 0.5,
        "reason": "measured 60%",
        "date": TODAY,
    }
    return Floor.model_validate(fields | changes)


@pytest.fixture
def make_run(tmp_path: Path) -> RunMaker:
    """A run on twenty questions of which the first `wrong` get the wrong agenda first."""

    def make(wrong: int) -> Run:
        cases: list[Case] = []
        for n in range(20):
            found = (WRONG, RIGHT) if n < wrong else (RIGHT,)
            cases.append(
                make_case(
                    make_item(f"test-hca-{n:03}"), make_answer(recommendations=found, answer=f"{wrong}")
                )
            )
        summary = summarise(cases, [], SmallSources(), LiteralJudge())
        now = datetime(2026, 11, 24, wrong, tzinfo=UTC)
        return save_run(
            {}, [c.item for c in cases], [c.outcome for c in cases], [], summary, {}, now=now, runs=tmp_path
        )

    return make


class TestFloors:
    @pytest.mark.parametrize(
        ("wrong", "is_held"),
        [pytest.param(10, True, id="on the floor"), pytest.param(11, False, id="one question below it")],
    )
    def test_floor(self, wrong: int, is_held: bool, make_run: RunMaker) -> None:
        run = make_run(wrong)
        checks = check_run(run, Gate(floors=(floor(),)), run.items)

        assert [(check.name, check.is_held) for check in checks] == [("agenda-first", is_held)]

    def test_broken_floor_says_measure_value_bound_and_reason(self, make_run: RunMaker) -> None:
        run = make_run(15)
        (check,) = check_run(run, Gate(floors=(floor(),)), run.items)

        assert check.message == "hca Success@1 on test/all is 25.0%, floor 50.0% (measured 60%)"

    def test_ceiling(self, make_run: RunMaker) -> None:
        run = make_run(20)
        gate = Gate(floors=(floor(measure="outside region", floor=None, ceiling=0.1),))

        assert not check_run(run, gate, run.items)[0].is_held

    def test_measure_the_run_lacks_breaks_its_floor(self, make_run: RunMaker) -> None:
        run = make_run(0)
        (check,) = check_run(run, Gate(floors=(floor(slice="document"),)), run.items)

        assert not check.is_held
        assert "not measured" in check.message

    def test_run_on_fewer_questions_is_refused(self, make_run: RunMaker) -> None:
        run = make_run(0)

        with pytest.raises(UsageError, match="1 items are missing or differ, such as test-hca-999"):
            check_run(run, Gate(floors=(floor(),)), [*run.items, make_item("test-hca-999")])

    @pytest.mark.parametrize(
        "changes",
        [
            pytest.param({"ceiling": 0.9}, id="both bounds"),
            pytest.param({"floor": None}, id="no bound"),
            pytest.param({"measure": "hca Succes@1"}, id="misspelt measure"),
            pytest.param({"reason": " "}, id="no reason"),
        ],
    )
    def test_floor_that_cannot_be_checked_is_refused(self, changes: dict[str, Any], tmp_path: Path) -> None:
        fields = json.loads(floor().model_dump_json(exclude_none=True)) | changes
        path = tmp_path / "floors.yaml"
        path.write_text(json.dumps({"floors": [fields]}), "utf-8")

        with pytest.raises(UsageError, match=r"floors\.0"):
            load_gate(path)

    def test_proposed_bounds_lie_outside_the_intervals_and_hold(
        self, make_run: RunMaker, tmp_path: Path
    ) -> None:
        run = make_run(4)
        ceiling = floor(name="region", measure="outside region", floor=None, ceiling=0.9)
        fixed = floor(name="promise", floor=0.123, is_fixed=True)
        path = tmp_path / "floors.yaml"
        rules = Gate(floors=(floor(), ceiling, fixed))
        path.write_text(proposed_gate(run, rules, margin=0.25, today=date(2026, 12, 1)), "utf-8")
        gate = load_gate(path)
        first, outside = run.summary.get("hca Success@1", "test"), run.summary.get("outside region", "test")

        assert first is not None
        assert outside is not None
        assert (gate.floors[0].floor or 0) < first.low
        assert (gate.floors[1].ceiling or 0) > outside.high
        assert gate.floors[0].reason == "measured 80.0% [60.0%, 95.0%] on 20 questions"
        assert gate.floors[2] == fixed
        assert all(check.is_held for check in check_run(run, gate, run.items))


class TestBaseline:
    PAIRED = Paired(baseline="b.json", measures=("hca Success@1",), reason="x", date=TODAY)

    def checked(self, before: Run, after: Run, folder: Path) -> bool:
        (folder / "b.json").write_text(json.dumps(baseline_of(before, self.PAIRED.measures)), "utf-8")
        return check_run(after, Gate(floors=(), paired=self.PAIRED), after.items, folder)[-1].is_held

    @pytest.mark.parametrize(
        ("before", "after", "is_held"),
        [
            pytest.param(2, 2, True, id="the same"),
            pytest.param(8, 0, True, id="better"),
            pytest.param(0, 3, True, id="three lost may be chance"),
            pytest.param(0, 8, False, id="eight lost and none gained is not"),
        ],
    )
    def test_paired(self, before: int, after: int, is_held: bool, make_run: RunMaker, tmp_path: Path) -> None:
        assert self.checked(make_run(before), make_run(after), tmp_path) is is_held

    def test_question_with_a_new_label_is_left_out(self, make_run: RunMaker, tmp_path: Path) -> None:
        before, after = make_run(0), make_run(8)
        relabelled = tuple(
            item.model_copy(update={"judged_by": "tweede adviseur"}) if n < 8 else item
            for n, item in enumerate(after.items)
        )

        assert self.checked(before, replace(after, items=relabelled), tmp_path)

    def test_missing_baseline_is_named(self, make_run: RunMaker, tmp_path: Path) -> None:
        run = make_run(0)

        with pytest.raises(UsageError, match=r"b\.json.*--write-baseline"):
            check_run(run, Gate(floors=(), paired=self.PAIRED), run.items, tmp_path)


class TestCompare:
    def test_flipped_questions_with_both_answers(self, make_run: RunMaker) -> None:
        before, after = make_run(1), make_run(3)
        comparisons = compare(before, after)
        changed = {c.measure: (c.better, c.worse) for c in comparisons if c.is_changed}

        assert changed["hca Success@1"] == ((), ("test-hca-001", "test-hca-002"))
        assert changed["outside region"] == ((), ("test-hca-001", "test-hca-002"))
        assert "-hca Success@1" in flipped_measures(comparisons)["test-hca-001"]
        text = flips_text(before, after, comparisons, limit=1)
        assert before.name in text
        assert "1. agenda-zeeland (regional_hca) 0.500" in text
        assert "2. agenda-zeeland (regional_hca) 0.500" in text
        assert "1 more questions flipped" in text
        assert "+0 -2" in comparison_table(comparisons)

    def test_a_run_against_itself_flips_nothing(self, make_run: RunMaker) -> None:
        run = make_run(5)

        assert not any(c.is_changed for c in compare(run, run))

    def test_other_split_has_nothing_to_compare(self, make_run: RunMaker) -> None:
        assert compare(make_run(0), make_run(1), split="dev") == []

    def test_columns_keep_their_places(self) -> None:
        lines = side_by_side("een twee drie", "vier", width=8).splitlines()

        assert [line.index("│") for line in lines] == [9, 9]
        assert lines[0].endswith("vier")


def test_floors_of_the_project_hold_the_golden_set_in_view() -> None:
    gate = load_gate(FLOORS)
    items = load_golden(GOLDEN)
    slices = {item.slice for item in items if item.split == "test"} | {"all"}

    assert gate.floors
    assert {floor.slice for floor in gate.floors} <= slices
    assert len({floor.name for floor in gate.floors}) == len(gate.floors)
