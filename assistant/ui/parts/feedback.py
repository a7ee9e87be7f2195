"""What an applicant says of an answer: a thumb, a wrong source, a missing initiative, a few words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

import streamlit as st

from assistant.domain.catalogue import Record
from assistant.domain.review import Feedback, FeedbackKind
from assistant.errors import AssistantError
from assistant.ui.parts.answer import marker_label
from assistant.ui.parts.markup import tag
from assistant.ui.seams import Reviews
from assistant.ui.state import ShownTurn
from assistant.ui.texts import texts

_MAX_CHARS = 2000


def give_thumb(turn: ShownTurn, reviews: Reviews, kind: str) -> None:
    """Keep a thumb; a later one counts instead of an earlier one."""
    if turn.answer_id is None or kind not in ("helpful", "not_helpful"):
        return
    words = texts().feedback
    if _kept(reviews, [_feedback(turn.answer_id, "helpful" if kind == "helpful" else "not_helpful")]):
        turn.thumb = "helpful" if kind == "helpful" else "not_helpful"
        turn.said, turn.is_telling = words.thanks, kind == "not_helpful"
    else:
        turn.said = words.failed


def show_feedback_form(
    turn: ShownTurn, records: Callable[[], Sequence[Record]], reviews: Reviews, *, index: int
) -> None:
    """The thanks, and the form for what is wrong or missing.

    Args:
        index: number of the turn on the page, from 0.
    """
    words = texts().feedback
    if turn.answer_id is None:
        return
    with st.container(key=f"feedback-{index}", gap="xsmall"):
        if turn.said:
            st.html(str(tag("p", turn.said, class_="tw-quiet", role="status")))
        if turn.is_telling:
            _show_form(turn, records(), reviews, index)
        else:
            st.button(
                words.more, key=f"feedback-more-{index}", type="tertiary", on_click=_tell, args=(turn, True)
            )


def _tell(turn: ShownTurn, is_telling: bool) -> None:
    turn.is_telling, turn.said = is_telling, ""


def _show_form(turn: ShownTurn, records: Sequence[Record], reviews: Reviews, index: int) -> None:
    words = texts().feedback
    names = {record.id: record.name for record in sorted(records, key=lambda r: r.name.casefold())}
    labels = {c.n: f"{marker_label(c, texts().answer['nl'])}: {c.title}" for c in turn.answer.citations}
    keys = {name: f"feedback-{name}-{index}" for name in ("source", "missing", "text")}
    with st.form(f"feedback-form-{index}", border=False):
        st.html(str(tag("p", words.title, class_="tw-popover-title")))
        st.selectbox(
            words.wrong_source, list(labels), index=None, format_func=labels.__getitem__,
            placeholder=words.no_source, key=keys["source"],
        )  # fmt: skip
        st.selectbox(
            words.missing, list(names), index=None, format_func=names.__getitem__, help=words.missing_help,
            placeholder=words.none, key=keys["missing"],
        )  # fmt: skip
        st.text_area(words.text, max_chars=_MAX_CHARS, placeholder=words.text_help, key=keys["text"])
        with st.container(horizontal=True, gap="small"):
            st.form_submit_button(words.send, type="primary", on_click=_send, args=(turn, reviews, keys))
            st.form_submit_button(words.close, on_click=_tell, args=(turn, False))


def _send(turn: ShownTurn, reviews: Reviews, keys: Mapping[str, str]) -> None:
    words = texts().feedback
    wrong: int | None = st.session_state[keys["source"]]
    missing: str | None = st.session_state[keys["missing"]]
    text = str(st.session_state[keys["text"]] or "").strip()
    assert turn.answer_id is not None
    given: list[Feedback] = []
    if wrong is not None:
        given.append(_feedback(turn.answer_id, "wrong_source", citation=wrong, text=text))
    if missing is not None:
        given.append(_feedback(turn.answer_id, "missing_initiative", record_id=missing, text=text))
    if text and not given:
        given.append(_feedback(turn.answer_id, "comment", text=text))
    if not given:
        turn.said = words.nothing
    elif _kept(reviews, given):
        turn.said, turn.is_telling = words.thanks_more, False
    else:
        turn.said = words.failed


def _feedback(
    answer_id: str, kind: FeedbackKind, *, citation: int | None = None, record_id: str | None = None,
    text: str = "",
) -> Feedback:  # fmt: skip
    return Feedback(answer_id, kind, datetime.now(UTC), citation, record_id, text)


def _kept(reviews: Reviews, given: Sequence[Feedback]) -> bool:
    try:
        for feedback in given:
            reviews.store.add_feedback(feedback)
    except AssistantError:
        return False
    return True
