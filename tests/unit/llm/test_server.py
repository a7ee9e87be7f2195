"""Against a real server process that speaks the OpenAI API over loopback."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from assistant.llm import Chat, ChatOptions, Phrased, Phraser, PhrasingTask
from tests.unit.llm.scripted import QUOTES, draft

pytest.importorskip("langchain_openai", reason="requirements-llm.txt is not installed")
SERVER = Path(__file__).parent / "openai_server.py"


@pytest.fixture(scope="module")
def base_url() -> Iterator[str]:
    """Address of a running server."""
    with subprocess.Popen([sys.executable, str(SERVER)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{int(process.stdout.readline())}/v1"
        process.kill()


@pytest.fixture
def phrased_by(
    base_url: str, phraser_on: Callable[[Chat], Phraser], task: PhrasingTask
) -> Callable[..., Phrased]:
    """What comes of the task with the server behaving in some way."""

    def phrase(behaviour: str, *, timeout_seconds: float = 20.0, retries: int = 0) -> Phrased:
        options = ChatOptions(
            behaviour, base_url, SecretStr("sleutel"), timeout_seconds=timeout_seconds, retries=retries
        )
        return phraser_on(Chat.open(options)).phrase(task)

    return phrase


def test_a_stream_is_read_and_checked(phrased_by: Callable[..., Phrased]) -> None:
    phrased = phrased_by("stream")

    assert phrased.failure is None
    assert phrased.sentences[0].text == "Bij Techport volgden 120 leerlingen een opleiding in 2022."


def test_a_busy_server_is_asked_again(phrased_by: Callable[..., Phrased]) -> None:
    assert phrased_by("busy_once", retries=1).failure is None


@pytest.mark.parametrize(
    ("behaviour", "failure"),
    [
        pytest.param("status_401", "no_access", id="401"),
        pytest.param("status_429", "busy", id="429"),
        pytest.param("status_500", "unreachable", id="500"),
        pytest.param("status_404", "unusable", id="404 for an unknown model"),
        pytest.param("cut", "unreachable", id="cut in the middle"),
        pytest.param("no_end", "unusable", id="endless"),
        pytest.param("lie", "unusable", id="nothing but a lie"),
    ],
)
def test_trouble_gives_the_default_answer(
    phrased_by: Callable[..., Phrased], behaviour: str, failure: str
) -> None:
    phrased = phrased_by(behaviour)

    assert phrased.failure == failure
    assert phrased.sentences[:-1] == draft()


@pytest.mark.parametrize("behaviour", ["hang", "drip"])
def test_a_server_without_an_answer_is_given_up(phrased_by: Callable[..., Phrased], behaviour: str) -> None:
    assert phrased_by(behaviour, timeout_seconds=1.0).failure == "too_slow"


def test_no_server_at_all(phraser_on: Callable[[Chat], Phraser], task: PhrasingTask) -> None:
    chat = Chat.open(ChatOptions("stream", "http://127.0.0.1:9/v1", retries=0))

    assert phraser_on(chat).phrase(task).failure == "unreachable"


def test_the_key_is_in_no_text(phrased_by: Callable[..., Phrased], caplog: pytest.LogCaptureFixture) -> None:
    phrased = phrased_by("status_401")

    assert "sleutel" not in caplog.text + repr(phrased)
    assert QUOTES[1] in {sentence.text for sentence in phrased.sentences}
