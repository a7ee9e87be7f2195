"""What one visitor sees: turns so far, the question being answered, the source that is open."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Literal

import streamlit as st

from assistant.domain.answer import Answer
from assistant.domain.question import Conversation
from assistant.ui.seams import Adjustment, Asked

_KEY = "chat"


@dataclass(slots=True)
class ShownTurn:
    """One question with its answer.

    Attributes:
        before: the conversation the question was asked in; asked again from here when the reading is changed.
        is_fresh: True until the answer has been drawn once.
        answer_id: under which it is kept; None when it is not.
        has_log_failed: True when it should have been kept and could not be.
        thumb: the applicant's last word on it.
        said: a line on what came of the feedback.
        is_telling: True while the form for a mistake is open.
    """

    question: str
    answer: Answer
    before: Conversation
    adjustment: Adjustment = field(default_factory=Adjustment)
    is_fresh: bool = True
    answer_id: str | None = None
    has_log_failed: bool = False
    thumb: Literal["helpful", "not_helpful"] | None = None
    said: str = ""
    is_telling: bool = False


@dataclass(frozen=True, slots=True)
class Pending:
    """A question that waits for its answer."""

    question: str
    before: Conversation
    adjustment: Adjustment = field(default_factory=Adjustment)


@dataclass(slots=True)
class Chat:
    """The conversation on the page.

    Attributes:
        pending: being answered now; the page draws it under the turns.
        open_source: number of the turn and of the citation that is open, or None.
        failure: message of an error on the last question, with the question that failed.
        conversation_id: under which the conversation is kept.
        is_kept: True when something of it is in the log.
        notice: a line shown once above the page.
    """

    turns: list[ShownTurn] = field(default_factory=list)
    conversation: Conversation = field(default_factory=Conversation)
    pending: Pending | None = None
    open_source: tuple[int, int] | None = None
    failure: tuple[str, Pending] | None = None
    too_long: str | None = None
    conversation_id: str = field(default_factory=lambda: secrets.token_hex(16))
    is_kept: bool = False
    notice: str = ""

    def ask(self, question: str, *, max_chars: int) -> None:
        """Queue a question; one that is too long is kept aside with what was typed.

        While one is being answered, another is not taken: its answer would be lost.
        """
        question = question.strip()
        if not question or self.pending:
            return
        self.failure, self.too_long = None, None
        if len(question) > max_chars:
            self.too_long = question
            return
        self.open_source = None
        self.pending = Pending(question, self.conversation)

    def ask_last_again(self, adjustment: Adjustment) -> None:
        """Take back the last answer and ask the same question, read in another way."""
        last = self.turns.pop()
        self.conversation, self.open_source, self.failure = last.before, None, None
        self.pending = Pending(last.question, last.before, adjustment)

    def answered(self, asked: Asked) -> None:
        """The question being answered becomes a turn."""
        assert self.pending is not None
        self.turns.append(
            ShownTurn(
                self.pending.question,
                asked.answer,
                self.pending.before,
                self.pending.adjustment,
                answer_id=asked.answer_id,
                has_log_failed=asked.has_log_failed,
            )
        )
        self.is_kept = self.is_kept or asked.answer_id is not None
        self.conversation, self.pending = asked.conversation, None

    def failed(self, message: str) -> None:
        """The question being answered could not be answered."""
        assert self.pending is not None
        self.failure, self.pending = (message, self.pending), None

    def retry(self) -> None:
        """Ask once more what failed."""
        if self.failure is not None:
            self.pending, self.failure = self.failure[1], None


def chat() -> Chat:
    """The conversation of this visitor."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = Chat()
    found: Chat = st.session_state[_KEY]
    return found


def new_conversation(notice: str = "") -> None:
    """Forget everything said so far."""
    st.session_state[_KEY] = Chat(notice=notice)
