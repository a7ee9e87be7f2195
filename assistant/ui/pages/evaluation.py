"""How good the answers are: the runs of the evaluation, from figure to question to answer."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from assistant.review.seams import ReviewStore
from assistant.ui.parts import evaluation_runs as stored
from assistant.ui.parts.evaluation_flips import show_flips
from assistant.ui.parts.evaluation_numbers import show_numbers, show_risk, show_runs, show_slices
from assistant.ui.parts.evaluation_question import show_questions
from assistant.ui.parts.evaluation_readers import show_readers
from assistant.ui.parts.evaluation_texts import evaluation_texts
from assistant.ui.parts.markup import join, tag

_STYLE = Path(__file__).parents[1] / "parts" / "evaluation_style.css"


def show(store: ReviewStore | None, *, runs: Path | None = None) -> None:
    """Draw the page.

    Args:
        store: what readers said of answers; None where nothing is kept.
        runs: folder with runs; None takes the one that `assistant eval run` writes in.
    """
    words = evaluation_texts().page
    st.html(_STYLE)
    with st.container(key="evaluation"):
        st.html(str(join(tag("h1", words.title), tag("p", words.intro, class_="tw-lead"))))
        folder = runs or stored.runs_folder()
        _show_measured(stored.run_folders(folder), folder)
        show_readers(store)


def _show_measured(folders: list[Path], folder: Path) -> None:
    words = evaluation_texts().page
    if not folders:
        _show_empty(folder)
        return
    chosen = st.selectbox(words.run, folders, format_func=stored.run_label, key="evaluation-run")
    run = stored.opened_run(chosen)
    if run is None:
        st.html(str(tag("p", words.unreadable.format(name=chosen.name), class_="tw-bar", role="status")))
        return
    splits = stored.splits_of(run)
    split = splits[0]
    if len(splits) > 1:
        split = st.segmented_control(
            words.split, splits, default=splits[0], format_func=lambda name: words.splits.get(name, name),
            key="evaluation-split", required=True,
        )  # fmt: skip
    if run.config.get("variant"):
        st.html(str(tag("p", words.variant.format(variant=run.config["variant"]), class_="tw-bar")))
    if split == "test":
        st.html(str(tag("p", words.test_note, class_="tw-bar")))
    show_numbers(run, split)
    show_slices(run, split)
    show_questions(run, split)
    show_flips(run, split, folders)
    show_risk(run, split)
    show_runs(folders, split)


def _show_empty(folder: Path) -> None:
    words = evaluation_texts().empty
    parts = (
        tag("h2", words.title),
        tag("p", words.body),
        tag("code", words.command, class_="ev-command"),
        tag("p", words.then.format(folder=folder)),
    )
    st.html(str(tag("div", *parts, class_="tw-empty")))
