"""One assistant for all visitors; the index is built once."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from assistant.errors import IndexStateError
from assistant.ui.opening import SharedOpener
from assistant.ui.seams import AssistantLike, Progress
from tests.ui.fakes import FakeAssistant


class Builder:
    """Counts builds; opening fails until one is done."""

    def __init__(self, folder: Path) -> None:
        self.assistant = FakeAssistant(folder)
        self.builds = 0

    def open(self) -> AssistantLike:
        if not self.builds:
            raise IndexStateError("There is no index. Run `assistant index`.")
        return self.assistant

    def build(self, progress: Progress) -> None:
        progress("read", 1, 1)
        self.builds += 1

    def opener(self) -> SharedOpener:
        return SharedOpener(self.open, self.build, max_question_chars=100)


@pytest.fixture
def builder(tmp_path: Path) -> Builder:
    return Builder(tmp_path)


def test_missing_index_is_built_and_opened(builder: Builder) -> None:
    opener = builder.opener()

    assert not opener.is_ready()
    opener.build(lambda *_: None)

    assert opener.is_ready()
    assert opener.open() is builder.assistant


def test_index_that_fits_is_not_built_again(builder: Builder) -> None:
    builder.builds = 1

    builder.opener().build(lambda *_: None)

    assert builder.builds == 1


def test_two_visitors_at_once_build_once(builder: Builder) -> None:
    opener = builder.opener()
    visitors = [threading.Thread(target=opener.build, args=(lambda *_: None,)) for _ in range(2)]

    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()

    assert builder.builds == 1
