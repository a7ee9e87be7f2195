"""Answers to judge: the queue, and one answer beside its sources."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from assistant.domain.review import QueueFilter, QueuePage
from assistant.errors import AssistantError, StoreError
from assistant.ui.pages import review_item
from assistant.ui.parts.agreement import show_agreement
from assistant.ui.parts.markup import join, tag
from assistant.ui.parts.queue import show_filters, show_queue
from assistant.ui.review_state import READERS, Reading, reading
from assistant.ui.seams import AssistantLike
from assistant.ui.texts import texts

_PAGE_SIZE = 25
_WORKED_THROUGH = 200
"""Answers taken at once from the queue when the first one is opened; a reader judges fewer in one sitting."""


def show(assistant: AssistantLike, *, why_page: st.Page | None = None) -> None:
    """Draw the queue, or one answer when the address names it (`?antwoord=`).

    Args:
        why_page: the page with the steps of an answer.
    """
    state = reading()
    answer_id = st.query_params.get("antwoord")
    try:
        if answer_id:
            review_item.show(answer_id, state, assistant, why_page=why_page, choose_reader=choose_reader)
        else:
            _show_queue(state, assistant)
    except StoreError as error:
        words = texts().queue
        lines = (tag("p", words.store_down), tag("p", tag("code", str(error))))
        st.html(str(join(tag("h1", words.title), tag("div", *lines, class_="tw-bar", role="alert"))))


def choose_reader(state: Reading) -> None:
    """The role in which somebody judges."""
    words = texts().queue
    roles = [words.reader_name.format(n=n) for n in range(1, READERS + 1)]
    st.radio(
        words.reader,
        roles,
        index=roles.index(state.reader) if state.reader in roles else None,
        horizontal=True,
        help=words.reader_help,
        key="review-reader",
        on_change=lambda: setattr(state, "reader", st.session_state["review-reader"]),
    )


def _show_queue(state: Reading, assistant: AssistantLike) -> None:
    words = texts().queue
    store = assistant.reviews.store
    st.html(str(join(tag("h1", words.title), tag("p", words.intro, class_="tw-lead"))))
    _say(state)
    with st.container(key="reader"):
        choose_reader(state)
    shown = int(st.session_state.get("queue-shown", _PAGE_SIZE))
    if state.known is None:
        any_page = store.queue(QueueFilter(state="all", limit=1))
        state.known = (any_page.regions, any_page.sectors)
    chosen = replace(show_filters(*state.known, state.filters), reader=state.reader, limit=shown)
    if chosen != state.chosen:
        if replace(chosen, limit=0) != replace(state.chosen, limit=0):
            st.session_state["queue-shown"] = shown = _PAGE_SIZE
        state.chosen = chosen = replace(chosen, limit=shown)
    page = store.queue(chosen)
    state.known = (page.regions, page.sectors)
    _show_list(page, state, assistant, is_filtered=_is_filtered(chosen))
    show_agreement(assistant, on_open=lambda i: _open(i, state, assistant))


def _show_list(page: QueuePage, state: Reading, assistant: AssistantLike, *, is_filtered: bool) -> None:
    words = texts().queue
    if not page.items:
        said = words.none_found if is_filtered else words.empty
        st.html(str(tag("p", said, class_="tw-empty", role="status")))
        return
    count = words.found_one if page.total == 1 else words.found.format(count=page.total)
    st.html(str(tag("p", f"{count}. {words.keys}", class_="tw-quiet", role="status")))
    st.button(
        words.start,
        key="queue-start",
        type="primary",
        on_click=_open,
        args=(page.items[0].answer_id, state, assistant),
    )
    show_queue(page.items, on_open=lambda answer_id: _open(answer_id, state, assistant))
    if page.total > len(page.items):
        more = {"queue-shown": state.chosen.limit + _PAGE_SIZE}
        st.button(words.more, key="queue-more", on_click=st.session_state.update, args=(more,))


def _open(answer_id: str, state: Reading, assistant: AssistantLike) -> None:
    """Work through the queue from here on."""
    state.message = None
    try:
        page = assistant.reviews.store.queue(replace(state.chosen, limit=_WORKED_THROUGH))
        state.open_from([item.answer_id for item in page.items])
    except AssistantError:
        state.open_from([answer_id])
    st.query_params["antwoord"] = answer_id


def _say(state: Reading) -> None:
    """What was just stored, when there was no next answer to say it above."""
    if state.message:
        st.html(
            str(tag("p", state.message.text, class_=f"tw-bar tw-bar-{state.message.kind}", role="status"))
        )
        state.message = None


def _is_filtered(chosen: QueueFilter) -> bool:
    return replace(chosen, reader=None, limit=0) != QueueFilter(limit=0)
