"""What is kept of a conversation, and the button that has it removed."""

from __future__ import annotations

import streamlit as st

from assistant.errors import AssistantError
from assistant.ui.parts.markup import tag
from assistant.ui.seams import Reviews
from assistant.ui.state import Chat, new_conversation
from assistant.ui.texts import texts


def keeping_line(reviews: Reviews, *, is_short: bool = False) -> str:
    """What is kept and for how long, true for the switch as it stands."""
    words = texts().keeping
    if reviews.is_keeping:
        return (words.kept_short if is_short else words.kept).format(days=reviews.retention_days)
    return words.unkept_short if is_short else words.unkept


def show_delete(chat: Chat, reviews: Reviews, *, key: str) -> None:
    """The button that removes this conversation from the log; nothing when nothing of it is there."""
    if chat.is_kept:
        st.button(texts().keeping.delete, key=key, type="tertiary", on_click=_delete, args=(chat, reviews))


def show_notice(chat: Chat) -> None:
    """A line on what just happened, once."""
    if chat.notice:
        st.html(str(tag("p", chat.notice, class_="tw-bar", role="status")))
        chat.notice = ""


def _delete(chat: Chat, reviews: Reviews) -> None:
    words = texts().keeping
    try:
        reviews.store.delete_conversation(chat.conversation_id)
    except AssistantError:
        chat.notice = words.delete_failed
    else:
        new_conversation(words.deleted)
