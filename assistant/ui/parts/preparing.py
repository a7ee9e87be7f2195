"""The page while the index is built: what happens, how far it is."""

from __future__ import annotations

import streamlit as st

from assistant.errors import AssistantError
from assistant.ui.parts.markup import join, tag
from assistant.ui.parts.problem import show_problem
from assistant.ui.seams import Opener
from assistant.ui.texts import texts


def prepare(opener: Opener) -> bool:
    """Build the index when there is none that fits; True when questions can be asked.

    Two visitors at once wait for one build: the lock is the opener's.
    """
    if opener.is_ready():
        return True
    words = texts().preparing
    place = st.container(key="preparing")
    with place:
        st.html(str(join(tag("h1", words.title), tag("p", words.why, class_="tw-lead"))))
        bar = st.progress(0.0, text=words.start)
    try:
        opener.build(lambda part, what: _advance(bar, part, what))
    except AssistantError as error:
        show_problem(str(error))
        return False
    st.rerun()


def _advance(bar: st.delta_generator.DeltaGenerator, part: float, what: str) -> None:
    bar.progress(min(max(part, 0.0), 1.0), text=what.replace("*", r"\*").replace("_", r"\_"))
