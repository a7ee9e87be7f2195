"""`Assistant`: the one object the commands, the pages and other programs talk to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from assistant.domain.answer import Answer
from assistant.domain.question import Conversation
from assistant.pipeline import Override, Pipeline, Step, Trace
from assistant.settings import Settings, load_settings

Language = Literal["nl", "en", "auto"]


class Assistant:
    """Answers questions; holds no conversation, so that one object can serve everybody at once."""

    def __init__(self, pipeline: Pipeline, settings: Settings) -> None:
        self.pipeline = pipeline
        self.settings = settings

    @classmethod
    def open(cls, settings: Settings | None = None) -> Assistant:
        """The assistant on a finished index.

        Raises:
            IndexStateError: the index is missing or stale; the message names the command that mends it.
            ConfigurationError: a setting or text cannot be used.
        """
        from assistant.factory import make_pipeline

        settings = settings or load_settings()
        return cls(make_pipeline(settings), settings)

    def ask(
        self, question: str, conversation: Conversation | None = None, *, language: Language | None = None
    ) -> Answer:
        """One answer; see `trace` for the arguments."""
        return self.trace(question, conversation, language=language).answer

    def ask_all(self, turns: Sequence[str], *, language: Language | None = None) -> Answer:
        """The answer to the last of several turns of one conversation."""
        conversation = Conversation()
        trace = self.trace(turns[0], conversation, language=language)
        for question in turns[1:]:
            conversation = conversation.then(trace.turn)
            trace = self.trace(question, conversation, language=language)
        return trace.answer

    def trace(
        self,
        question: str,
        conversation: Conversation | None = None,
        *,
        language: Language | None = None,
        override: Override | None = None,
        on_step: Callable[[Step], None] | None = None,
    ) -> Trace:
        """An answer with everything it went through.

        Args:
            question: as typed, Dutch or English.
            conversation: earlier turns, oldest first.
            language: of the answer; None follows the settings.
            override: changes what was understood.
            on_step: called with each step's name before it starts.
        """
        return self.pipeline.run(
            question,
            conversation,
            language=language or self.settings.language,
            override=override,
            on_step=on_step,
        )
