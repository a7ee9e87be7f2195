"""What a visitor sees when something is broken, or a question is too long."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from assistant.ui.parts.markup import tag
from assistant.ui.texts import texts


def show_problem(message: str, *, on_retry: Callable[[], None] | None = None) -> None:
    """Say that it went wrong, with the line the administrator needs."""
    words = texts().problem
    title = tag("h3", words.title)
    st.html(
        str(
            tag(
                "div",
                title,
                tag("p", words.body),
                tag("p", tag("code", message)),
                class_="tw-bar",
                role="alert",
            )
        )
    )
    if on_retry:
        st.button(words.retry, key="retry", on_click=on_retry)


def show_too_long(question: str, limit: int, *, on_ask: Callable[[str], None]) -> None:
    """Say how long the question may be, and give back what was typed, to shorten it."""
    words = texts().problem
    said = words.too_long.format(length=_number(len(question)), limit=_number(limit))
    st.html(str(tag("div", tag("h3", words.too_long_title), tag("p", said), class_="tw-bar", role="alert")))
    with st.form("too-long", border=False):
        shorter = st.text_area(words.too_long_text, question, key="too-long-text", height=160)
        if st.form_submit_button(words.too_long_send):
            on_ask(shorter)
            st.rerun()


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")
