"""A writer or a server that dies at any moment loses nothing that was confirmed, and leaves a sound store."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assistant.errors import StoreError
from assistant.review.database import Database
from assistant.review.store import SqlReviewStore
from tests.support.postgres import Server

ROUNDS = 30
SERVER_ROUNDS = 3
MOST_CONFIRMED = 8
LONGEST_SECONDS = 0.05
ROOT = Path(__file__).parents[3]


class Writers:
    """Writers that die when told."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._in, self._out = process.stdin, process.stdout

    def confirmed_until_killed(
        self, url: str, seed: int, *, after: int, meanwhile: Callable[[], None]
    ) -> list[list[str]]:
        """Run a writer, wait for some confirmations, do something meanwhile, kill it.

        Returns:
            Everything it said was confirmed, whether that was read before or after the kill.
        """
        self._in.write(f"{seed} {url}\n")
        self._in.flush()
        said: list[list[str]] = []
        while len(_confirmed(said)) < after or not {"pid", "ready"} <= {line[0] for line in said}:
            said.append(self._next())
        meanwhile()
        os.kill(next(int(line[1]) for line in said if line[0] == "pid"), signal.SIGKILL)
        while (line := self._next()) != ["gone"]:
            said.append(line)
        return _confirmed(said)

    def _next(self) -> list[str]:
        line = self._out.readline().split()
        assert line, "the program that starts writers is gone"
        return line


def _confirmed(said: list[list[str]]) -> list[list[str]]:
    return [line for line in said if line[0] in ("answer", "feedback", "review")]


@contextmanager
def running_writers() -> Iterator[Writers]:
    command = [sys.executable, "-m", "tests.integration.review.writer"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    ) as process:
        yield Writers(process)
        process.stdin.close()  # type: ignore[union-attr]


@pytest.fixture(scope="module")
def writers() -> Iterator[Writers]:
    with running_writers() as found:
        yield found


def lost(store: SqlReviewStore, confirmed: list[list[str]]) -> list[list[str]]:
    """What was confirmed and is not there."""
    missing = []
    for kind, answer_id, *text in confirmed:
        if kind == "answer":
            is_there = store.answer(answer_id) is not None
        elif kind == "feedback":
            is_there = text[0] in {said.text for said in store.feedback(answer_id)}
        else:
            is_there = text[0] in {r.comment for r in store.reviews(answer_id, all_revisions=True)}
        if not is_there:
            missing.append([kind, answer_id, *text])
    return missing


def kill_again_and_again(writers: Writers, url: str) -> None:
    dice = random.Random(11)
    everything: list[list[str]] = []
    store = SqlReviewStore(Database(url))
    for seed in range(ROUNDS):
        wait = dice.uniform(0, LONGEST_SECONDS)
        everything += writers.confirmed_until_killed(
            url,
            seed,
            after=dice.randrange(MOST_CONFIRMED),
            meanwhile=lambda wait=wait: time.sleep(wait),  # type: ignore[misc]
        )
        assert store.problems() == []
    assert {kind for kind, *_ in everything} == {"answer", "feedback", "review"}
    assert lost(store, everything) == []
    store.close()


def test_killed_writer_loses_nothing_on_sqlite(writers: Writers, tmp_path: Path) -> None:
    kill_again_and_again(writers, f"sqlite:///{tmp_path / 'log.sqlite'}")


def test_killed_writer_loses_nothing_on_postgres(writers: Writers, postgres: Server) -> None:
    kill_again_and_again(writers, postgres.new_database())


def test_killed_server_process_loses_nothing(writers: Writers, postgres: Server) -> None:
    url = postgres.new_database()
    dice = random.Random(12)
    everything: list[list[str]] = []

    def kill_backend() -> None:
        time.sleep(dice.uniform(0, LONGEST_SECONDS))
        postgres.kill_backends(url)
        time.sleep(LONGEST_SECONDS)

    for seed in range(SERVER_ROUNDS):
        everything += writers.confirmed_until_killed(url, 100 + seed, after=2, meanwhile=kill_backend)
    store = SqlReviewStore(Database(url))
    assert store.problems() == []
    assert everything
    assert lost(store, everything) == []
    store.close()


def test_store_comes_back_after_its_server_did(postgres: Server) -> None:
    url = postgres.new_database()
    store = SqlReviewStore(Database(url))
    postgres.kill_backends(url)
    with contextlib.suppress(StoreError):  # the connection that was cut
        store.problems()

    assert store.problems() == []
    store.close()
