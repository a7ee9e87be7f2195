"""Two runs beside each other: which figures moved, which questions flipped, both answers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from assistant.ui.parts.evaluation_question import answer_text
from assistant.ui.parts.evaluation_runs import opened_run, run_label
from assistant.ui.parts.evaluation_shown import dutch_value, measure_name, table
from assistant.ui.parts.evaluation_texts import evaluation_texts
from assistant.ui.parts.markup import Html, join, tag

if TYPE_CHECKING:
    from eval.compare import Comparison
    from eval.run_store import Run

_QUESTION_CHARS = 110


def show_flips(run: Run, split: str, folders: Sequence[Path]) -> None:
    """Compare a run with another one, the newest earlier one first."""
    words = evaluation_texts().flips
    st.html(str(join(tag("h2", words.title), tag("p", words.about, class_="tw-quiet"))))
    others = [f for f in folders if f.name < run.name] + [f for f in folders if f.name > run.name]
    if not others:
        st.html(str(tag("p", words.none, class_="tw-empty")))
        return
    chosen = st.selectbox(words.other, others, format_func=run_label, key="evaluation-other")
    other = opened_run(chosen)
    if other is None:
        unreadable = evaluation_texts().page.unreadable.format(name=chosen.name)
        st.html(str(tag("p", unreadable, class_="tw-bar", role="status")))
        return
    _show_changes(other, run, split)


def _show_changes(before: Run, after: Run, split: str) -> None:
    from eval.compare import compare, flipped_measures, shared_items

    words = evaluation_texts().flips
    items = {item.id: item for item in shared_items(before.items, after.items, split)}
    if not items:
        st.html(str(tag("p", words.none, class_="tw-empty", role="status")))
        return
    changed = [c for c in compare(before, after, split=split) if c.is_changed]
    shown = [c for c in changed if c.measure in evaluation_texts().numbers.measures]
    flipped = {item: names for item, names in flipped_measures(changed).items() if item in items}
    if not flipped:
        st.html(str(tag("p", words.same, class_="tw-empty", role="status")))
        return
    if shown:
        header = (words.measure, words.before, words.after, words.better, words.worse, words.chance)
        caption = words.caption.format(run=run_label(before.folder))
        st.html(str(table(caption, header, [_row(found) for found in shown])))
    item_id = st.selectbox(
        words.choose,
        list(flipped),
        format_func=lambda i: _short(items[i].text),
        key="evaluation-flipped",
    )
    parts = [tag("h3", items[item_id].last_question, class_="ev-question")]
    for sign, text in (("+", words.better_on), ("-", words.worse_on)):
        names = [evaluation_texts().measure(m[1:]) for m in flipped[item_id] if m.startswith(sign)]
        if names:
            parts.append(tag("p", text.format(measures=", ".join(names))))
    sides = [_side(run, title, item_id) for run, title in ((before, words.before), (after, words.after))]
    parts.append(tag("div", *sides, class_="ev-sides"))
    st.html(str(tag("article", *parts, class_="ev-detail")))


def _row(found: Comparison) -> tuple[str, ...]:
    change = found.difference
    return (
        measure_name(found.measure),
        dutch_value(found.measure, change.before),
        dutch_value(found.measure, change.after),
        tag("span", f"+{len(found.better)}", class_="ev-yes"),
        tag("span", f"−{len(found.worse)}", class_="ev-no"),
        f"{100 * change.p_value:.0f}%",
    )


def _side(run: Run, title: str, item_id: str) -> Html:
    outcome = next(outcome for outcome in run.outcomes if outcome.id == item_id)
    statuses = evaluation_texts().questions.statuses
    named = ", ".join(r.name for r in outcome.answer.recommendations)
    said = statuses[outcome.answer.status] + (f": {named}" if named else "")
    label = f"{title} · {run_label(run.folder)}"
    return tag("section", tag("h4", label), tag("p", said, class_="tw-quiet"), answer_text(outcome.answer))


def _short(text: str) -> str:
    line = " / ".join(text.splitlines())
    return line if len(line) <= _QUESTION_CHARS else line[:_QUESTION_CHARS].rsplit(" ", 1)[0] + " …"
