"""Why an answer is what it is: the stored steps in plain words."""

from __future__ import annotations

import streamlit as st

from assistant.errors import StoreError
from assistant.ui.parts.history import moment
from assistant.ui.parts.markup import join, tag
from assistant.ui.parts.trace import trace_sections
from assistant.ui.seams import AssistantLike
from assistant.ui.texts import texts


def show(assistant: AssistantLike, *, review_page: st.Page | None = None) -> None:
    """Draw the steps of the answer that the address names (`?antwoord=`).

    Args:
        review_page: where the same answer can be judged.
    """
    words = texts().why
    answer_id = st.query_params.get("antwoord")
    st.html(str(join(tag("h1", words.title), tag("p", words.intro, class_="tw-lead"))))
    if not answer_id:
        st.html(str(tag("p", words.choose, class_="tw-empty")))
        return
    try:
        logged = assistant.reviews.store.answer(answer_id)
    except StoreError as error:
        lines = (tag("p", texts().queue.store_down), tag("p", tag("code", str(error))))
        st.html(str(tag("div", *lines, class_="tw-bar", role="alert")))
        return
    if logged is None:
        st.html(str(tag("p", words.gone, class_="tw-empty", role="status")))
        return
    asked = tag("p", words.asked.format(date=moment(logged.asked_at)), class_="tw-quiet")
    st.html(str(tag("div", asked, tag("p", logged.answer.question, class_="tw-asked"))))
    with st.container(key="trace", gap="medium"):
        for section in trace_sections(logged):
            st.html(str(section))
    if review_page is not None:
        st.page_link(review_page, label=words.judge, query_params={"antwoord": answer_id})
