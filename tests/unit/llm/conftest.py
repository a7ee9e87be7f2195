"""A phrasing task, and phrasers on any chat."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from assistant.grounding import ClaimChecker
from assistant.guards import find_injection
from assistant.llm import Chat, Phraser, PhrasingTask, load_model_texts, load_prompt
from assistant.llm.phrasing import VARIABLES
from tests.unit.llm.scripted import PROMPTS, QUOTES, ScriptedChat, draft


@pytest.fixture
def task() -> PhrasingTask:
    return PhrasingTask(
        question="Wij zoeken technici in Velsen <b>", language="nl", sentences=draft(), quotes=QUOTES,
        contexts=QUOTES, understood={"places": ["Velsen"], "sectors": []}, records=["Techport"],
    )  # fmt: skip


@pytest.fixture(scope="session")
def checker() -> ClaimChecker:
    return ClaimChecker(places=["Zaanstad", "Velsen", "Lelystad"])


@pytest.fixture
def phraser_on(checker: ClaimChecker) -> Callable[[Chat], Phraser]:
    """Makes a phraser with the shipped prompts on any chat."""

    def make(chat: Chat) -> Phraser:
        prompts = {
            language: load_prompt(PROMPTS / f"phrase.{language}.md", variables=VARIABLES)
            for language in ("nl", "en")
        }
        return Phraser(
            chat, prompts, load_model_texts(PROMPTS), checker,
            language_of=lambda text, fallback: "en" if " the " in f" {text.lower()} " else "nl",
            is_suspect=lambda text: find_injection(text) is not None,
        )  # fmt: skip

    return make


@pytest.fixture
def phraser_saying(phraser_on: Callable[[Chat], Phraser]) -> Callable[..., Phraser]:
    """Makes a phraser on a scripted model."""

    def make(*script: Any, **limits: Any) -> Phraser:
        options = {"pause": lambda seconds: None, **limits}
        return phraser_on(Chat(ScriptedChat(script=list(script), seen=[]), **options))

    return make
