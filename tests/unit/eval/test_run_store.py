from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.domain.answer import Timing as AnswerTiming
from assistant.errors import UsageError
from eval.measures.base import Case
from eval.outcome import outcome_from_json
from eval.run_store import Run, find_run, load_run, run_folders, save_run
from eval.runner import Timing
from eval.summary import summarise
from tests.unit.eval.examples import LiteralJudge, SmallSources

MORNING = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def stored(
    cases: list[Case], runs: Path, *, now: datetime = MORNING, ms: float = 2.0, config: Any = None
) -> Run:
    timings = [Timing(c.item.id, {"understand": 1.0, "total": ms}, 1.0) for c in cases]
    summary = summarise(cases, timings, SmallSources(), LiteralJudge())
    items, outcomes = [c.item for c in cases], [c.outcome for c in cases]
    return save_run(
        config or {"commit": "abc"},
        items,
        outcomes,
        timings,
        summary,
        {"gids#1": "Tekst."},
        now=now,
        runs=runs,
    )


def test_run_reads_back_as_it_was_written(documented: list[Case], tmp_path: Path) -> None:
    run = stored(documented, tmp_path)

    assert load_run(run.folder) == run


def test_times_do_not_change_outputs_nor_the_hash(documented: list[Case], tmp_path: Path) -> None:
    first = stored(documented, tmp_path)
    answer = documented[0].outcome.answer.model_copy(update={"timing_ms": AnswerTiming(total=99)})
    slower = [replace(documented[0], outcome=replace(documented[0].outcome, answer=answer))]
    second = stored(slower, tmp_path, now=MORNING.replace(hour=10), ms=99.0)

    assert first.name != second.name
    assert first.name[-8:] == second.name[-8:]
    for name in ("outputs.jsonl", "config.json", "items.jsonl"):
        assert (first.folder / name).read_bytes() == (second.folder / name).read_bytes()


@pytest.mark.parametrize("change", ["answer", "config"])
def test_another_answer_or_configuration_gives_another_hash(
    change: str, documented: list[Case], tmp_path: Path
) -> None:
    first = stored(documented, tmp_path)
    if change == "config":
        second = stored(documented, tmp_path, config={"commit": "def"})
    else:
        answer = documented[0].outcome.answer.model_copy(update={"answer": "Iets anders."})
        second = stored(
            [replace(documented[0], outcome=replace(documented[0].outcome, answer=answer))], tmp_path
        )

    assert first.name[-8:] != second.name[-8:]


def test_output_line_holds_no_times(documented: list[Case]) -> None:
    line = documented[0].outcome.as_json()

    assert "timing" not in line
    assert outcome_from_json(line) == documented[0].outcome


class TestFindRun:
    def test_newest_by_default_and_any_by_the_end_of_its_name(
        self, documented: list[Case], tmp_path: Path
    ) -> None:
        old = stored(documented, tmp_path)
        new = stored(documented, tmp_path, now=MORNING.replace(day=25), config={"commit": "new"})

        assert find_run(None, tmp_path) == new.folder
        assert find_run(old.name[-8:], tmp_path) == find_run(str(old.folder), tmp_path) == old.folder

    def test_unfinished_run_is_no_run(self, documented: list[Case], tmp_path: Path) -> None:
        run = stored(documented, tmp_path)
        (run.folder / "measures.json").unlink()

        assert run_folders(tmp_path) == []
        with pytest.raises(UsageError, match="assistant eval run"):
            find_run(None, tmp_path)

    def test_unknown_name_names_the_newest(self, documented: list[Case], tmp_path: Path) -> None:
        run = stored(documented, tmp_path)

        with pytest.raises(UsageError, match=run.name):
            find_run("nope", tmp_path)

    def test_ambiguous_end_is_refused(self, documented: list[Case], tmp_path: Path) -> None:
        run = stored(documented, tmp_path)
        stored(documented, tmp_path, now=MORNING.replace(hour=11))

        with pytest.raises(UsageError, match="more than one"):
            find_run(run.name[-8:], tmp_path)


def test_damaged_run_is_refused_with_the_way_to_mend_it(documented: list[Case], tmp_path: Path) -> None:
    run = stored(documented, tmp_path)
    (run.folder / "outputs.jsonl").write_text('{"id": 1}\n', "utf-8")

    with pytest.raises(UsageError, match="Make it again"):
        load_run(run.folder)


def test_measures_file_is_plain_data(documented: list[Case], tmp_path: Path) -> None:
    run = stored(documented, tmp_path)
    data = json.loads((run.folder / "measures.json").read_text("utf-8"))

    assert data["estimates"]["page accuracy"]["test"]["all"] == {
        "n": 1,
        "value": 1.0,
        "low": 1.0,
        "high": 1.0,
    }
    assert data["values"]["page accuracy"] == {"test-document-001": [1.0, 1.0]}
