"""The stored runs of the evaluation, as the page offers them; the only parts that open one.

The package `eval` is imported when the page is drawn, so that the other pages start without it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from assistant.errors import UsageError
from assistant.ui.parts.evaluation_texts import evaluation_texts
from assistant.ui.texts import texts

if TYPE_CHECKING:
    from eval.run_store import Run
    from eval.summary import Summary

_NAME = re.compile(r"(\d{4})(\d{2})(\d{2})-(\d{2})(\d{2})\d{2}-(\w+)")
_KEPT_RUNS = 4
"""Opened runs kept in memory; one takes about 100 MB."""


def run_folders(runs: Path) -> list[Path]:
    """Finished runs, newest first."""
    from eval.run_store import run_folders as oldest_first

    return oldest_first(runs)[::-1]


def runs_folder() -> Path:
    """Where `assistant eval run` keeps its runs."""
    from eval.run_store import RUNS

    return RUNS


@st.cache_resource(show_spinner=False, max_entries=_KEPT_RUNS)
def _opened(folder: str, changed: int) -> Run | None:
    from eval.run_store import load_run

    try:
        return load_run(Path(folder))
    except UsageError:
        return None


def opened_run(folder: Path) -> Run | None:
    """A run with everything in it; None when it was made by another version or is damaged."""
    return _opened(str(folder), _changed(folder))


@st.cache_resource(show_spinner=False, max_entries=50)
def _measured(folder: str, changed: int) -> Summary | None:
    from eval.run_store import load_summary

    try:
        return load_summary(Path(folder))
    except UsageError:
        return None


def measured_run(folder: Path) -> Summary | None:
    """The measures of a run alone; None as for `opened_run`."""
    return _measured(str(folder), _changed(folder))


def _changed(folder: Path) -> int:
    from eval.run_store import MEASURES

    return (folder / MEASURES).stat().st_mtime_ns


@st.cache_data(show_spinner=False, max_entries=200)
def _question_count(folder: str) -> int:
    from eval.run_store import ITEMS

    try:
        with (Path(folder) / ITEMS).open("rb") as lines:
            return sum(1 for line in lines if line.strip())
    except OSError:
        return 0


def run_label(folder: Path) -> str:
    """A run by date, time and size; a folder of another name keeps its name."""
    found = _NAME.fullmatch(folder.name)
    if found is None:
        return folder.name
    year, month, day, hour, minute, tag = found.groups()
    return evaluation_texts().page.run_label.format(
        date=texts().date(f"{year}-{month}-{day}"),
        time=f"{hour}:{minute}",
        count=_question_count(str(folder)),
        tag=tag,
    )


def splits_of(run: Run) -> Sequence[str]:
    """The splits a run has, the one to practise on first."""
    return sorted({item.split for item in run.items})
