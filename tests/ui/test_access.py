"""Pages with the questions of others: open on this computer alone, behind a password elsewhere."""

from __future__ import annotations

import pytest

from assistant.ui.access import (
    FREE_FAILURES,
    LONGEST_WAIT_OF_ALL_SECONDS,
    LONGEST_WAIT_SECONDS,
    PasswordDoor,
    Visit,
)

LOCAL = {"host": "localhost:8501"}


@pytest.mark.parametrize(
    ("server", "client", "headers", "expected"),
    [
        pytest.param("127.0.0.1", None, LOCAL, True, id="all on this computer"),
        pytest.param("localhost", "127.0.0.1", {"host": "127.0.0.1:8501"}, True, id="by number"),
        pytest.param("::1", "::1", {"host": "[::1]:8501"}, True, id="six-part address"),
        pytest.param("127.0.0.1", "::ffff:127.0.0.1", LOCAL, True, id="address in the other form"),
        pytest.param(None, None, LOCAL, False, id="listens on every address by default"),
        pytest.param("", None, LOCAL, False, id="listens on an empty address"),
        pytest.param("0.0.0.0", None, LOCAL, False, id="listens on every address"),
        pytest.param("::", "::1", LOCAL, False, id="listens on every six-part address"),
        pytest.param("192.0.2.7", "127.0.0.1", LOCAL, False, id="listens on the network"),
        pytest.param("127.0.0.1", "192.0.2.9", LOCAL, False, id="client elsewhere"),
        pytest.param("127.0.0.1", None, {"host": "wijzer.example"}, False, id="another name typed"),
        pytest.param("127.0.0.1", None, {"host": "localhost.example"}, False, id="name that only begins so"),
        pytest.param("127.0.0.1", None, {}, False, id="no name given"),
        pytest.param("127.0.0.1", None, LOCAL | {"x-forwarded-for": "127.0.0.1"}, False, id="behind a proxy"),
        pytest.param(
            "127.0.0.1", None, LOCAL | {"forwarded": "for=192.0.2.1"}, False, id="proxy, other header"
        ),
        pytest.param("127.0.0.1", None, LOCAL | {"x-real-ip": "192.0.2.1"}, False, id="proxy, third header"),
    ],
)
def test_only_a_visit_from_this_computer_is_local(
    server: str | None, client: str | None, headers: dict[str, str], expected: bool
) -> None:
    assert Visit(server, client, headers).is_local is expected


@pytest.mark.parametrize(
    ("client", "forwarded", "who"),
    [
        pytest.param(
            "192.0.2.9", "198.51.100.1", "192.0.2.9", id="who comes directly cannot say another name"
        ),
        pytest.param(None, "198.51.100.1, 192.0.2.9", "192.0.2.9", id="a proxy here tells who it saw last"),
        pytest.param(None, "", "127.0.0.1", id="this computer"),
    ],
)
def test_guesses_are_counted_by_whoever_makes_them(client: str | None, forwarded: str, who: str) -> None:
    assert Visit("0.0.0.0", client, {"x-forwarded-for": forwarded}).who == who


class Clock:
    """Seconds that a test sets."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_right_password_opens() -> None:
    assert PasswordDoor("geheim", clock=Clock()).attempt("a", "geheim").outcome == "right"


@pytest.mark.parametrize("password", [None, ""])
@pytest.mark.parametrize("typed", ["", "geheim", "None"])
def test_without_a_password_nothing_opens(password: str | None, typed: str) -> None:
    door = PasswordDoor(password, clock=Clock())

    assert not door.has_password
    assert door.attempt("a", typed).outcome == "wrong"


def test_each_wrong_password_makes_the_wait_longer_up_to_a_limit() -> None:
    clock = Clock()
    door = PasswordDoor("geheim", clock=clock)
    waits = []
    for _ in range(12):
        attempt = door.attempt("a", "fout")
        assert attempt.outcome == "wrong"
        waits.append(attempt.seconds)
        clock.now += attempt.seconds

    assert waits == sorted(waits)
    assert waits[0] < waits[3]
    assert waits[-1] == LONGEST_WAIT_SECONDS


def test_while_waiting_even_the_right_password_is_not_looked_at() -> None:
    clock = Clock()
    door = PasswordDoor("geheim", clock=clock)
    seconds = door.attempt("a", "fout").seconds

    assert door.attempt("a", "geheim").outcome == "wait"
    clock.now += seconds
    assert door.attempt("a", "geheim").outcome == "right"


def test_trying_during_the_wait_does_not_make_it_longer() -> None:
    clock = Clock()
    door = PasswordDoor("geheim", clock=clock)
    seconds = door.attempt("a", "fout").seconds
    for _ in range(50):
        door.attempt("a", "fout")

    clock.now += seconds
    assert door.attempt("a", "geheim").outcome == "right"


def test_one_who_guesses_does_not_lock_out_another_at_once() -> None:
    door = PasswordDoor("geheim", clock=Clock())
    door.attempt("a", "fout")

    assert door.attempt("b", "geheim").outcome == "right"


def test_guessing_from_many_addresses_makes_everybody_wait() -> None:
    clock = Clock()
    door = PasswordDoor("geheim", clock=clock)
    for n in range(FREE_FAILURES + 1):
        door.attempt(f"client-{n}", "fout")

    attempt = door.attempt("somebody else", "geheim")
    assert attempt.outcome == "wait"
    assert 0 < attempt.seconds <= LONGEST_WAIT_OF_ALL_SECONDS
    clock.now += attempt.seconds
    assert door.attempt("somebody else", "geheim").outcome == "right"


def test_after_a_quiet_while_failures_are_forgotten() -> None:
    clock = Clock()
    door = PasswordDoor("geheim", clock=clock)
    first = door.attempt("a", "fout").seconds
    clock.now += first
    door.attempt("a", "fout")
    clock.now += 24 * 3600

    assert door.attempt("a", "fout").seconds == first


def test_password_with_letters_outside_ascii_is_compared() -> None:
    door = PasswordDoor("wachtwöórd", clock=Clock())

    assert door.attempt("a", "wachtwöórd").outcome == "right"
