"""The figures of one run: the main ones, per kind of question, risk against coverage, earlier runs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from assistant.ui.parts.evaluation_runs import measured_run, run_label
from assistant.ui.parts.evaluation_shown import bar, figure, measure_name, table
from assistant.ui.parts.evaluation_texts import evaluation_texts
from assistant.ui.parts.markup import tag

if TYPE_CHECKING:
    from eval.run_store import Run

_COVERAGES = (0.25, 0.5, 0.75)
_LINES = ("#1F8A83", "#C2711A", "#7C74D8")
"""Colours of plotted lines; each has more than 3 to 1 contrast to the light and to the dark ground."""
_PLOT_STEPS = 20
"""Points of a plotted curve."""
_EARLIER = 8
"""Runs in the table of earlier ones."""


def shown_measures(run: Run, split: str) -> list[str]:
    """The measures of the page that a run has, in the order of the page."""
    return [name for name in evaluation_texts().numbers.measures if run.summary.get(name, split)]


def share_measures(run: Run, split: str) -> list[str]:
    """Those of them that are right or wrong per question."""
    from eval.measures.catalog import CATALOG

    return [
        name
        for name in shown_measures(run, split)
        if CATALOG[name].unit == "share" and name in run.summary.values
    ]


def show_numbers(run: Run, split: str) -> None:
    """The main figures, each with its interval."""
    words = evaluation_texts()
    st.html(str(tag("h2", words.numbers.title)))
    rows = []
    for name in shown_measures(run, split):
        found = run.summary.get(name, split)
        if found is not None:
            top = 1.0 if found.high <= 1 else max(found.high, 5.0)
            rows.append((measure_name(name), figure(name, found), bar(found, top), str(found.n)))
    header = (words.numbers.measure, words.numbers.value, "", words.numbers.n)
    st.html(str(tag("p", words.page.interval, class_="tw-quiet")))
    st.html(str(table(words.numbers.caption, header, rows, class_="ev-numbers")))


def show_slices(run: Run, split: str) -> None:
    """One figure per kind of question."""
    words = evaluation_texts()
    names = [n for n in shown_measures(run, split) if len(run.summary.estimates[n].get(split, {})) > 2]
    if not names:
        return
    st.html(str(tag("h2", words.slices.title)))
    chosen = st.selectbox(words.slices.choose, names, format_func=words.measure, key="evaluation-slices")
    parts = run.summary.estimates[chosen][split]
    rows = [
        (words.slice(part), figure(chosen, found), bar(found), str(found.n))
        for part, found in parts.items()
        if part != "all"
    ]
    caption = words.slices.caption.format(measure=words.measure(chosen))
    header = (words.slices.slice, words.numbers.value, "", words.numbers.n)
    st.html(str(table(caption, header, rows, class_="ev-numbers")))


def show_risk(run: Run, split: str) -> None:
    """Share of wrong answers among the surest ones, as a plot and as a table."""
    curves = {kind: curve for kind, curve in run.summary.curves.get(split, {}).items() if curve.coverage}
    if not curves:
        return
    words = evaluation_texts().risk
    names = {kind: words.kinds.get(kind, kind) for kind in curves}
    st.html(str(tag("h2", words.title)))
    st.html(str(tag("p", words.about, class_="tw-quiet")))
    shares = [step / _PLOT_STEPS for step in range(1, _PLOT_STEPS + 1)]
    lines: dict[str, list[float | None]] = {words.coverage: [100 * share for share in shares]}
    for kind, curve in curves.items():
        risks = [_risk_at(curve.coverage, curve.risk, share) for share in shares]
        lines[names[kind]] = [None if risk is None else 100 * risk for risk in risks]
    with st.container(key="evaluation-plot"):
        st.line_chart(
            lines,
            x=words.coverage,
            y=list(names.values()),
            x_label=words.x,
            y_label=words.y,
            color=list(_LINES[: len(names)]),
            height=260,
        )
    rows = []
    furthest = max(max(curve.coverage) for curve in curves.values())
    for share in (*(share for share in _COVERAGES if share < furthest), furthest):
        risks = [_risk_at(curve.coverage, curve.risk, share) for curve in curves.values()]
        cells = ["–" if risk is None else f"{100 * risk:.1f}%".replace(".", ",") for risk in risks]
        rows.append((f"{share:.0%}", *cells))
    header = (words.coverage, *(f"{words.y}: {name}" for name in names.values()))
    st.html(str(table(words.caption, header, rows)))


def _risk_at(coverage: Sequence[float], risk: Sequence[float], share: float) -> float | None:
    """Share wrong among the surest answers; None when fewer than that have this kind of confidence."""
    reached = [value for at, value in zip(coverage, risk, strict=True) if at <= share + 1e-9]
    return reached[-1] if reached and max(coverage) >= share - 1e-9 else None


def show_runs(folders: Sequence[Path], split: str) -> None:
    """One figure over the newest runs."""
    words = evaluation_texts()
    st.html(str(tag("h2", words.runs.title)))
    if len(folders) < 2:
        st.html(str(tag("p", words.runs.one, class_="tw-quiet")))
        return
    names = list(words.numbers.measures)
    chosen = st.selectbox(words.slices.choose, names, format_func=words.measure, key="evaluation-runs")
    rows = []
    for folder in folders[:_EARLIER]:
        summary = measured_run(folder)
        found = summary.get(chosen, split) if summary else None
        if found is not None:
            top = 1.0 if found.high <= 1 else max(found.high, 5.0)
            rows.append((run_label(folder), figure(chosen, found), bar(found, top), str(found.n)))
    caption = words.runs.caption.format(measure=words.measure(chosen))
    header = (words.runs.run, words.numbers.value, "", words.numbers.n)
    st.html(str(table(caption, header, rows, class_="ev-numbers")))
