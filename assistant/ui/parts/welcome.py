"""What a visitor sees before the first question."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from assistant.ui.parts.markup import join, plain_label, tag
from assistant.ui.parts.script import script
from assistant.ui.texts import texts

_SCRIPT = script("welcome.js")
_component = st.components.v2.component("talentwijzer_welcome", js=_SCRIPT, isolate_styles=False)


def show_welcome(on_ask: Callable[[str], None], keeping: str) -> None:
    """What the assistant can and cannot do, examples to click, and what is kept of a conversation."""
    words = texts().welcome
    with st.container(key="welcome"):
        st.html(str(join(tag("h1", words.title), tag("p", words.intro, class_="tw-lead"))))
        st.html(str(tag("h2", words.examples_title)))
        with st.container(key="examples", gap="xsmall"):
            for index, example in enumerate(words.examples):
                st.button(
                    plain_label(example),
                    key=f"example-{index}",
                    on_click=on_ask,
                    args=(example,),
                    width="stretch",
                )
        can = tag("section", tag("h2", words.can_title), tag("ul", *(tag("li", item) for item in words.can)))
        cannot = tag(
            "section", tag("h2", words.cannot_title), tag("ul", *(tag("li", item) for item in words.cannot))
        )
        st.html(str(join(tag("div", can, cannot, class_="tw-can"), tag("p", words.proof, class_="tw-quiet"))))
        st.html(str(tag("p", keeping, class_="tw-quiet tw-keeping")))
        with st.container(key="opening"):
            _component(key="welcome-top", data={})
