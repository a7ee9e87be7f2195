"""The conversation: question, answer, and the source beside it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from assistant.errors import AssistantError
from assistant.ui.access import is_open
from assistant.ui.parts.answer import show_answer
from assistant.ui.parts.feedback import give_thumb, show_feedback_form
from assistant.ui.parts.keeping import keeping_line, show_delete, show_notice
from assistant.ui.parts.markup import plain_label, tag
from assistant.ui.parts.problem import show_problem, show_too_long
from assistant.ui.parts.sources import show_source, show_source_list
from assistant.ui.parts.thinking import thinking
from assistant.ui.parts.understood import show_understood
from assistant.ui.parts.welcome import show_welcome
from assistant.ui.seams import Adjustment, AssistantLike
from assistant.ui.state import Chat, ShownTurn, chat
from assistant.ui.texts import texts


def show(assistant: AssistantLike, *, max_question_chars: int, why_page: st.Page | None = None) -> None:
    """Draw the page.

    Args:
        why_page: the page with the steps of an answer; linked for whoever may see it.
    """
    state = chat()
    ask = partial(state.ask, max_chars=max_question_chars)
    is_begun = bool(state.turns or state.pending or state.failure or state.too_long)
    words = texts().page
    typed = st.chat_input(
        words.input_more if is_begun else words.input, key="question", submit_mode="disable"
    )
    if typed:
        ask(typed)
        is_begun = True
    show_notice(state)
    if not is_begun:
        show_welcome(ask, keeping_line(assistant.reviews))
        return
    st.html(str(tag("h1", f"{words.brand}: {words.chat.lower()}", class_="tw-hidden")))
    seen_notices: set[str] = set()
    for index, turn in enumerate(state.turns):
        is_last = index == len(state.turns) - 1 and state.pending is None
        _show_turn(
            state, turn, index, assistant, is_last=is_last, seen_notices=seen_notices, ask=ask,
            why_page=why_page,
        )  # fmt: skip
        _show_sources(state, turn, index, assistant, is_last=is_last)
    if state.pending:
        _answer_pending(state, assistant)
    elif state.turns:
        with st.container(key="keeping", horizontal=True, vertical_alignment="center", gap="small"):
            line = keeping_line(assistant.reviews, is_short=True)
            st.html(str(tag("p", line, class_="tw-quiet")), width="content")
            show_delete(state, assistant.reviews, key="delete-conversation")
    if state.failure:
        _show_question(state.failure[1].question)
        show_problem(state.failure[0], on_retry=state.retry)
    if state.too_long:
        show_too_long(state.too_long, max_question_chars, on_ask=ask)


def _show_question(question: str) -> None:
    with st.chat_message("user"):
        st.html(str(tag("h2", question, class_="tw-question")))


def _show_turn(
    state: Chat,
    turn: ShownTurn,
    index: int,
    assistant: AssistantLike,
    *,
    is_last: bool,
    seen_notices: set[str],
    ask: Callable[[str], None],
    why_page: st.Page | None,
) -> None:
    def adjust(adjustment: Adjustment) -> None:
        state.ask_last_again(adjustment)
        st.rerun()

    def open_source(n: int) -> None:
        state.open_source = (index, n)

    answer = turn.answer
    open_n = state.open_source[1] if state.open_source and state.open_source[0] == index else None
    with st.container(key=f"turn-{index}"):
        _show_question(turn.question)
        with st.chat_message("assistant"):
            show_understood(
                answer.understanding,
                turn.adjustment,
                turn=index,
                adjust=adjust if is_last else None,
                asks_back=answer.status == "clarify",
            )
            show_answer(
                answer,
                turn=index,
                open_n=open_n,
                is_fresh=turn.is_fresh,
                hidden_notices=frozenset(seen_notices),
                on_cite=open_source,
                on_ask=ask,
                thumb=turn.thumb,
                on_thumb=partial(give_thumb, turn, assistant.reviews) if turn.answer_id else None,
            )
            if turn.has_log_failed:
                st.html(str(tag("p", texts().keeping.failed, class_="tw-quiet", role="status")))
            show_feedback_form(turn, assistant.records, assistant.reviews, index=index)
            if turn.answer_id and why_page is not None and is_open():
                st.page_link(why_page, label=texts().feedback.why, query_params={"antwoord": turn.answer_id})
            if is_last and answer.followups:
                _show_follow_ups(answer.followups, texts().answer[answer.language].follow_ups, index, ask)
    turn.is_fresh = False
    seen_notices.update(s.text for s in answer.sentences if s.block == "notice")


def _show_follow_ups(
    questions: tuple[str, ...], heading: str, index: int, ask: Callable[[str], None]
) -> None:
    with st.container(key=f"follow-ups-{index}", gap="xsmall"):
        st.html(str(tag("h3", heading)))
        for number, question in enumerate(questions):
            st.button(
                plain_label(question), key=f"follow-up-{index}-{number}", on_click=ask, args=(question,)
            )


def _show_sources(
    state: Chat, turn: ShownTurn, index: int, assistant: AssistantLike, *, is_last: bool
) -> None:
    """The open source, or the list of all under the last answer; beside the text on a wide screen."""

    def close() -> None:
        state.open_source = None

    def open_source(n: int) -> None:
        state.open_source = (index, n)

    opened = state.open_source
    if opened and opened[0] == index:
        citation = next((c for c in turn.answer.citations if c.n == opened[1]), None)
        if citation:
            with st.container(key="source-panel"):
                show_source(citation, assistant, turn=index, on_close=close)
    elif opened is None and is_last and turn.answer.citations:
        with st.container(key="source-panel-list"):
            show_source_list(turn.answer.citations, turn=index, on_open=open_source)


def _answer_pending(state: Chat, assistant: AssistantLike) -> None:
    pending = state.pending
    assert pending is not None
    with st.container(key=f"turn-{len(state.turns)}"):
        _show_question(pending.question)
        with st.chat_message("assistant"):
            on_step = thinking()
            try:
                asked = assistant.ask(
                    pending.question,
                    pending.before,
                    conversation_id=state.conversation_id,
                    turn=len(state.turns),
                    adjustment=pending.adjustment,
                    on_step=on_step,
                )
            except AssistantError as error:
                state.failed(str(error))
            else:
                state.answered(asked)
    st.rerun()
