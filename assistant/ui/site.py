"""The frame around the pages: title, style, menu, and the one assistant all visitors share."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import streamlit as st

from assistant.ui.pages import catalogue, chat
from assistant.ui.parts.keeping import keeping_line, show_delete
from assistant.ui.parts.markup import tag
from assistant.ui.parts.preparing import prepare
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
    pages = [
        st.Page(
            partial(chat.show, assistant, max_question_chars=opener.max_question_chars),
            title=words.chat, url_path="gesprek", default=True,
        ),
        st.Page(partial(catalogue.show, assistant), title=words.catalogue, url_path="catalogus"),
    ]  # fmt: skip
    page = st.navigation(pages, position="hidden")
    _show_sidebar(pages, page, assistant)
    page.run()


def _show_sidebar(pages: list[st.Page], current: st.Page, assistant: AssistantLike) -> None:
    words = texts().page
    with st.sidebar:
        brand = tag("p", words.brand, class_="tw-brand")
        st.html(str(tag("div", brand, tag("p", words.tagline, class_="tw-quiet"), class_="tw-masthead")))
        with st.container(key="menu", gap=None):
            for page in pages:
                with st.container(key="menu-current" if page == current else f"menu-{page.url_path}"):
                    st.page_link(page)
        if st.button(words.new_conversation, key="new-conversation"):
            new_conversation()
            st.switch_page(pages[0])
        date = assistant.sources_date()
        said = f"{words.sources_date.format(date=texts().date(date))} " if date else ""
        said += keeping_line(assistant.reviews, is_short=True)
        st.html(str(tag("p", said, class_="tw-quiet")))
        show_delete(current_chat(), assistant.reviews, key="delete-conversation-menu")


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
