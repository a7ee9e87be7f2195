"""The steps while an answer is made, each by its name."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from assistant.ui.parts.markup import tag
from assistant.ui.texts import texts


def thinking() -> Callable[[str], None]:
    """Draw the steps; the function returned shows the next one.

    A word on what takes time comes by itself: the style sheet holds it back for two seconds.
    """
    place = st.empty()
    names: dict[str, str] = {str(key): name for key, name in texts().thinking.steps.items()}
    started: list[str] = []

    def draw() -> None:
        steps = [
            tag("li", names[name], class_="tw-step" if name == started[-1] else "tw-step tw-done")
            for name in started
        ]
        label = tag("p", texts().thinking.label, class_="tw-quiet")
        slow = tag("p", texts().thinking.slow, class_="tw-quiet tw-slow")
        place.html(str(tag("div", label, tag("ol", *steps), slow, class_="tw-thinking", role="status")))

    def next_step(name: str) -> None:
        if name in names and name not in started:
            started.append(name)
            draw()

    draw()
    return next_step
