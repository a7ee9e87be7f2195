"""Chat models that say what a test wants, and a draft to phrase."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGenerationChunk, ChatResult

from assistant.domain.answer import Sentence

PROMPTS = Path(__file__).parents[3] / "prompts"
QUOTES = {
    1: "Techport leidt technici op voor de IJmond.",
    2: "In 2022 volgden 120 leerlingen een opleiding bij Techport.",
    3: "Bedrijven kunnen een gastles geven bij de Campus Zaanstad.",
}


class ScriptedChat(BaseChatModel):
    """Streams each scripted reply in turn, in small pieces; an exception in the script is raised."""

    script: list[Any]
    seen: list[list[BaseMessage]] = []  # noqa: RUF012  pydantic copies it

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def _generate(self, *args: Any, **kwargs: Any) -> ChatResult:
        raise NotImplementedError

    def _stream(
        self, messages: list[BaseMessage], *args: Any, **kwargs: Any
    ) -> Iterator[ChatGenerationChunk]:
        self.seen.append(messages)
        step = self.script[min(len(self.seen), len(self.script)) - 1]
        if isinstance(step, BaseException):
            raise step
        if callable(step):
            yield from step()
            return
        for start in range(0, len(step), 40):
            yield ChatGenerationChunk(message=AIMessageChunk(content=step[start : start + 40]))


def reply(*sentences: tuple[str, list[int]]) -> str:
    """A reply in the form the prompt asks for."""
    return json.dumps({"sentences": [{"text": t, "citations": c} for t, c in sentences]}, ensure_ascii=False)


def claim(text: str, *numbers: int, block: str = "advice") -> Sentence:
    return Sentence(text=text, citations=numbers, kind="claim", block=block, verdict="supported")


def draft() -> tuple[Sentence, ...]:
    """Two claims on one initiative, a lead-in, one on another, and a warning."""
    return (
        claim(QUOTES[1], 1),
        claim(QUOTES[2], 2),
        Sentence(text="Bij **Campus Zaanstad**:", kind="frame", block="advice"),
        claim(QUOTES[3], 3),
        claim("Vraag na of dit nog loopt.", 3, block="status"),
    )
