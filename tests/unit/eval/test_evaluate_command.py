"""`assistant eval` on the command line, without an index."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import pytest

from assistant.commands import evaluate
from assistant.errors import UsageError
from eval import commands, run_store
from eval.measures.base import Case
from eval.run_store import Run
from tests.unit.eval.test_report import run_of


@pytest.fixture
def runs(
    matched: list[Case], documented: list[Case], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> list[Run]:
    """Two runs in the folder where commands look."""
    monkeypatch.setattr(run_store.find_run, "__defaults__", (tmp_path,))
    return [run_of([*matched, *documented], tmp_path, hour) for hour in (1, 2)]


def call(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    evaluate.register(parser.add_subparsers())
    args = parser.parse_args(["eval", *arguments])
    return int(args.run(args))


def test_every_part_of_the_command_line_has_a_function() -> None:
    parser = argparse.ArgumentParser()
    evaluate.register(parser.add_subparsers())
    needed = {"compare": ["A", "B"], "beir": ["DIR"]}
    names = ("run", "compare", "gate", "ablate", "report", "misses", "beir")

    assert all(callable(parser.parse_args(["eval", n, *needed.get(n, [])]).run) for n in names)
    assert all(hasattr(commands, n) for n in ("run_golden_sets", "compare_runs", *names[2:]))


def test_installation_without_eval_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name == "eval" or name.startswith("eval.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "eval", None)

    with pytest.raises(UsageError, match=r"package 'eval' is missing.*make app"):
        call("report")


def test_report_compares_with_the_run_before(runs: list[Run], capsys: pytest.CaptureFixture[str]) -> None:
    assert call("report", "--json") == 0

    told = json.loads(capsys.readouterr().out)
    assert told["before"] == runs[0].name
    assert Path(told["report"]) == runs[1].folder / "report.html"
    assert "Nothing flipped since" in Path(told["report"]).read_text("utf-8")


def test_report_that_cannot_be_written_is_a_usage_error(runs: list[Run], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Cannot write"):
        call("report", "--out", str(tmp_path / "no" / "such.html"))


def test_compare_of_equal_runs(runs: list[Run], capsys: pytest.CaptureFixture[str]) -> None:
    assert call("compare", str(runs[0].folder), str(runs[1].folder)) == 0
    assert "Nothing flipped." in capsys.readouterr().out


def test_compare_refuses_a_measure_that_does_not_exist(runs: list[Run]) -> None:
    with pytest.raises(UsageError, match="'Succes@1'"):
        call("compare", str(runs[0].folder), str(runs[1].folder), "--measure", "Succes@1")


def test_misses_tell_nothing_of_the_test_split(runs: list[Run], capsys: pytest.CaptureFixture[str]) -> None:
    assert call("misses", "--json") == 0

    told = json.loads(capsys.readouterr().out)
    assert all(ids == [] for ids in told["misses"].values())  # the hand-made run is all test


def test_unknown_variant_names_the_ones_there_are() -> None:
    with pytest.raises(UsageError, match="english-stemmer"):
        call("run", "--variant", "nope")
