"""The page while the index is built: what happens, how far it is."""

from __future__ import annotations

from typing import get_args

import streamlit as st

from assistant.errors import AssistantError
from assistant.ui.parts.markup import join, tag
from assistant.ui.parts.problem import show_problem
from assistant.ui.seams import BuildStep, Opener
from assistant.ui.texts import texts

_SHARE: dict[str, tuple[float, float]] = {"read": (0.0, 0.15), "embed": (0.15, 0.95), "write": (0.95, 1.0)}
"""Where each step begins and ends on the bar; embedding takes nearly all the time."""


def prepare(opener: Opener) -> bool:
    """Build the index when there is none that fits; True when questions can be asked."""
    if opener.is_ready():
        return True
    words = texts().preparing
    with st.container(key="preparing"):
        st.html(str(join(tag("h1", words.title), tag("p", words.why, class_="tw-lead"))))
        bar = st.progress(0.0, text=words.start)
    names: dict[str, str] = {step: words.steps[step] for step in get_args(BuildStep)}

    def advance(step: str, done: int, total: int) -> None:
        begin, end = _SHARE.get(step, (0.0, 0.0))
        part = begin + (end - begin) * (done / total if total else 1.0)
        bar.progress(min(part, 1.0), text=names.get(step, words.start).format(done=done, total=total))

    try:
        opener.build(advance)
    except AssistantError as error:
        show_problem(str(error))
        return False
    if not opener.is_ready():
        show_problem(words.not_ready)
        return False
    st.rerun()
    return False
