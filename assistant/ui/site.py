"""The frame around the pages: title, style, menu, and the one assistant all visitors share."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import get_args

import streamlit as st

from assistant.domain.review import QueueFilter, QueueReason
from assistant.errors import AssistantError, StoreError
from assistant.review.seams import ReviewStore
from assistant.ui.access import is_open, may_review
from assistant.ui.pages import catalogue, chat, evaluation, review, why
from assistant.ui.parts.keeping import keeping_line, show_delete
from assistant.ui.parts.markup import tag
from assistant.ui.parts.preparing import prepare
from assistant.ui.review_state import COUNT_SECONDS, Waiting, reading
from assistant.ui.seams import AssistantLike, Opener
from assistant.ui.state import chat as current_chat
from assistant.ui.state import new_conversation
from assistant.ui.texts import texts

_STYLE = Path(__file__).with_name("style.css")
_ICON = Path(__file__).with_name("icon.svg")
_DOCUMENT = Path(__file__).with_name("document.js").read_text("utf-8")
_document = st.components.v2.component("talentwijzer_document", js=_DOCUMENT, isolate_styles=False)


@st.cache_resource(show_spinner=False)
def _assistant(_opener: Opener) -> AssistantLike:
    return _opener.open()


def show(opener: Opener) -> None:
    """Draw the page that was asked for.

    Args:
        opener: gets the assistant ready; it is opened once per process.
    """
    words = texts().page
    st.set_page_config(
        page_title=words.brand, page_icon=str(_ICON), layout="centered", initial_sidebar_state=232
    )
    st.html(_STYLE)
    _set_document()
    st.html(str(tag("div", words.brand, class_="tw-brand-narrow", aria_hidden="true")))
    if not prepare(opener):
        return
    assistant = _assistant(opener)
    pages: dict[str, st.Page] = {}

    def guarded(draw: Callable[[], None]) -> Callable[[], None]:
        return lambda: draw() if may_review(opener.door) else None

    pages["chat"] = st.Page(
        lambda: chat.show(
            assistant, max_question_chars=opener.max_question_chars, why_page=pages["why"]
        ),
        title=words.chat, url_path="gesprek", default=True,
    )  # fmt: skip
    pages["catalogue"] = st.Page(
        partial(catalogue.show, assistant), title=words.catalogue, url_path="catalogus"
    )
    pages["review"] = st.Page(
        guarded(lambda: review.show(assistant, why_page=pages["why"])),
        title=words.review, url_path="beoordelen",
    )  # fmt: skip
    pages["why"] = st.Page(
        guarded(lambda: why.show(assistant, review_page=pages["review"])),
        title=words.why, url_path="waarom",
    )  # fmt: skip
    pages["evaluation"] = st.Page(
        guarded(lambda: evaluation.show(_store(assistant))),
        title=words.evaluation, url_path="evaluatie",
    )  # fmt: skip
    page = st.navigation(list(pages.values()), position="hidden")
    _show_sidebar(pages, page, assistant)
    page.run()


def _show_sidebar(pages: dict[str, st.Page], current: st.Page, assistant: AssistantLike) -> None:
    words = texts().page
    for_all = [pages["chat"], pages["catalogue"]]
    for_advisors = [page for name, page in pages.items() if name not in ("chat", "catalogue", "why")]
    with st.sidebar:
        brand = tag("p", words.brand, class_="tw-brand")
        st.html(str(tag("div", brand, tag("p", words.tagline, class_="tw-quiet"), class_="tw-masthead")))
        with st.container(key="menu", gap=None):
            for page in (*for_all, *for_advisors):
                with st.container(key="menu-current" if page == current else f"menu-{page.url_path}"):
                    st.page_link(page, label=_label(page, page == pages["review"] == current, assistant))
        if st.button(words.new_conversation, key="new-conversation"):
            new_conversation()
            st.switch_page(pages["chat"])
        if current == pages["review"] and is_open():
            _show_counts(assistant)
            return
        date = assistant.sources_date()
        said = f"{words.sources_date.format(date=texts().date(date))} " if date else ""
        said += keeping_line(assistant.reviews, is_short=True)
        st.html(str(tag("p", said, class_="tw-quiet")))
        show_delete(current_chat(), assistant.reviews, key="delete-conversation-menu")


def _store(assistant: AssistantLike) -> ReviewStore | None:
    """What readers said, or None while it cannot be reached: the page has more to show than that."""
    try:
        return assistant.reviews.store
    except StoreError:
        return None


def _label(page: st.Page, has_count: bool, assistant: AssistantLike) -> str:
    """Title of a page; the queue says how long it is to whoever may see it."""
    waiting = _waiting(assistant).total if has_count and is_open() else 0
    return f"{page.title} · {waiting}" if waiting else page.title


def _show_counts(assistant: AssistantLike) -> None:
    """How many answers wait, by reason."""
    names: dict[str, str] = {str(key): name for key, name in texts().queue.reasons.items()}
    lines = [tag("li", f"{n} {names[reason]}") for reason, n in _waiting(assistant).by_reason.items() if n]
    if lines:
        title = tag("p", texts().queue.sidebar, class_="tw-label")
        st.html(str(tag("div", title, tag("ul", *lines, class_="tw-plain"), class_="tw-quiet")))


def _waiting(assistant: AssistantLike) -> Waiting:
    """What waits for this reader; counted anew after a while and after each step, not at each key."""
    state = reading()
    known = state.waiting
    if known and known.reader == state.reader and time.monotonic() - known.counted_at < COUNT_SECONDS:
        return known
    try:
        store = assistant.reviews.store
        total = store.queue(QueueFilter(reader=state.reader, limit=1)).total
        by_reason = {
            reason: store.queue(QueueFilter(reason=reason, reader=state.reader, limit=1)).total
            for reason in get_args(QueueReason)
        }
    except AssistantError:
        return Waiting(state.reader)
    state.waiting = Waiting(state.reader, total, by_reason, time.monotonic())
    return state.waiting


def _set_document() -> None:
    """Tell the browser that the page is Dutch, and give Streamlit's own buttons Dutch names."""
    words = texts().page
    with st.container(key="document"):
        _document(
            key="document-language",
            data={
                "language": "nl",
                "skip": words.skip,
                "names": {
                    "stChatInputSubmitButton": words.send,
                    "stExpandSidebarButton": words.sidebar_open,
                    "stSidebar": words.menu,
                    "stSidebarCollapseButton": words.sidebar_close,
                },
            },
        )
