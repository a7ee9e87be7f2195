"""Limits, retries and names of chat models; no network."""

from __future__ import annotations

import subprocess
import sys
import threading
from typing import Any

import pytest
from langchain_core.messages import AIMessageChunk
from langchain_core.outputs import ChatGenerationChunk

from assistant.errors import ConfigurationError
from assistant.llm import Chat, ChatOptions, open_chat_model
from assistant.llm.chat import failure_of
from tests.unit.llm.scripted import ScriptedChat


class StatusError(Exception):
    """An error as clients raise them: with a status and headers."""

    def __init__(self, status: int, **headers: str) -> None:
        super().__init__(f"status {status}")
        self.status_code = status
        self.response = type("Response", (), {"headers": headers})()


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        pytest.param(StatusError(401), "no_access", id="401"),
        pytest.param(StatusError(429), "busy", id="429"),
        pytest.param(StatusError(500), "unreachable", id="500"),
        pytest.param(StatusError(404), "unusable", id="404"),
        pytest.param(StatusError(504), "too_slow", id="504"),
        pytest.param(TimeoutError(), "too_slow", id="timeout"),
        pytest.param(ConnectionResetError(), "unreachable", id="reset"),
        pytest.param(KeyError("choices"), "unusable", id="bug in a client"),
    ],
)
def test_trouble_has_a_kind(error: Exception, kind: str) -> None:
    assert failure_of(error).failure == kind


def test_a_busy_server_is_asked_again_after_growing_waits() -> None:
    waits: list[float] = []
    model = ScriptedChat(script=[StatusError(429), StatusError(503), "goed"], seen=[])
    completion = Chat(model, retries=2, pause=waits.append).complete("s", "q")

    assert (completion.text, completion.failure, completion.attempts) == ("goed", None, 3)
    assert waits == [0.5, 1.0]


def test_the_wait_a_server_asks_for_is_kept() -> None:
    waits: list[float] = []
    model = ScriptedChat(script=[StatusError(429, **{"retry-after": "7"}), "goed"], seen=[])
    Chat(model, pause=waits.append).complete("s", "q")

    assert waits == [7.0]


def test_no_wait_goes_beyond_the_time_limit() -> None:
    waits: list[float] = []
    model = ScriptedChat(script=[StatusError(429, **{"retry-after": "600"}), "goed"], seen=[])
    completion = Chat(model, timeout_seconds=30, pause=waits.append).complete("s", "q")

    assert (completion.failure, waits) == ("busy", [])


@pytest.mark.parametrize("status", [400, 401, 404])
def test_a_mistake_of_ours_is_not_repeated(status: int) -> None:
    model = ScriptedChat(script=[StatusError(status)], seen=[])

    assert Chat(model, pause=lambda seconds: None).complete("s", "q").attempts == 1


def test_a_silent_model_is_given_up() -> None:
    release = threading.Event()

    def silent() -> Any:
        release.wait(5)
        yield ChatGenerationChunk(message=AIMessageChunk(content="te laat"))

    completion = Chat(ScriptedChat(script=[silent], seen=[]), timeout_seconds=0.05).complete("s", "q")
    release.set()

    assert completion.failure == "too_slow"


@pytest.mark.parametrize(
    ("model", "message"),
    [
        pytest.param("wat-is-dit", "provider", id="name without provider"),
        pytest.param("fireworks:x", "langchain-fireworks", id="package not installed"),
    ],
)
def test_a_model_that_cannot_be_made_says_what_to_do(model: str, message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        open_chat_model(ChatOptions(model))


def test_no_package_of_a_model_is_loaded_unasked() -> None:
    code = (
        "import sys, assistant.llm; print([m for m in sys.modules if m.startswith(('langchain', 'openai'))])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "[]"
