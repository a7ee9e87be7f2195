"""Who may see what others asked: anybody on this computer, and elsewhere whoever knows the password.

`may_review` is the one seam; another way to log in takes its place here and nowhere else.
"""

from __future__ import annotations

import hmac
import ipaddress
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import streamlit as st

from assistant.ui.parts.markup import join, tag
from assistant.ui.texts import texts

_SESSION_KEY = "review-open"
_FORWARDED = ("x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "forwarded", "via")
_MAX_TYPED = 1024
_MAX_CLIENTS = 10_000
FREE_FAILURES = 10
"""Wrong passwords from all clients together before everybody waits: a few people may mistype at once."""
LONGEST_WAIT_SECONDS = 300.0
LONGEST_WAIT_OF_ALL_SECONDS = 60.0
"""Shorter than for one client, since others make the waiting, not the one who waits."""
FORGET_SECONDS = 1800.0


@dataclass(frozen=True, slots=True)
class Visit:
    """From where a page is looked at.

    Attributes:
        server_address: what the app listens on (`server.address`); None or empty is every address.
        client: address of the other end of the connection; None when it is this computer or unknown.
        headers: of the request, names in lower case.
    """

    server_address: str | None
    client: str | None
    headers: Mapping[str, str]

    @property
    def is_local(self) -> bool:
        """True only when app, client and the name typed are all this computer, with nothing in between."""
        if any(name in self.headers for name in _FORWARDED):
            return False
        host = self.headers.get("host", "")
        ends = (self.server_address or "", _host_name(host), self.client or "127.0.0.1")
        return all(_is_loopback(end) for end in ends)

    @property
    def who(self) -> str:
        """What wrong passwords are counted by; a proxy on this computer tells who is behind it."""
        direct = self.client or "127.0.0.1"
        behind = self.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
        return behind if behind and _is_loopback(direct) else direct


def current_visit() -> Visit:
    """The visit that is being served."""
    headers = {name.lower(): str(value) for name, value in st.context.headers.items()}
    return Visit(st.get_option("server.address"), st.context.ip_address, headers)


def _host_name(host: str) -> str:
    """The name in a Host header, without its port."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0] if host.count(":") <= 1 else host


def _is_loopback(address: str) -> bool:
    if address.lower().rstrip(".") == "localhost":
        return True
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found).is_loopback


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of one try.

    Attributes:
        outcome: `wait` was not looked at, right or wrong.
        seconds: how long until the next try is looked at.
    """

    outcome: Literal["right", "wrong", "wait"]
    seconds: float = 0.0


@dataclass(slots=True)
class _Failures:
    count: int = 0
    last: float = 0.0

    def wait(self, now: float, *, free: int, longest: float) -> float:
        over = self.count - free
        return max(0.0, self.last + min(2.0 ** min(over - 1, 20), longest) - now) if over > 0 else 0.0


class PasswordDoor:
    """Compares passwords; makes whoever guesses wait longer each time. One for all visitors.

    Args:
        password: None or empty keeps the door shut.
        clock: seconds that only go up.
    """

    def __init__(self, password: str | None, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._password = (password or "").encode()
        self._clock = clock
        self._lock = threading.Lock()
        self._by_client: OrderedDict[str, _Failures] = OrderedDict()
        self._all = _Failures()

    @property
    def has_password(self) -> bool:
        """False when nobody can come in."""
        return bool(self._password)

    def attempt(self, client: str, typed: str) -> Attempt:
        """Try a password."""
        with self._lock:
            now = self._clock()
            own = self._by_client.get(client) or _Failures()
            for failures in (own, self._all):
                if now - failures.last > FORGET_SECONDS:
                    failures.count = 0
            seconds = self._wait(own, now)
            if seconds > 0:
                return Attempt("wait", seconds)
            is_right = hmac.compare_digest(typed[:_MAX_TYPED].encode(), self._password)
            if is_right and self.has_password:
                self._by_client.pop(client, None)
                return Attempt("right")
            for failures in (own, self._all):
                failures.count, failures.last = failures.count + 1, now
            self._by_client[client] = own
            self._by_client.move_to_end(client)
            while len(self._by_client) > _MAX_CLIENTS:
                self._by_client.popitem(last=False)
            return Attempt("wrong", self._wait(own, now))

    def _wait(self, own: _Failures, now: float) -> float:
        return max(
            own.wait(now, free=0, longest=LONGEST_WAIT_SECONDS),
            self._all.wait(now, free=FREE_FAILURES, longest=LONGEST_WAIT_OF_ALL_SECONDS),
        )


def is_open() -> bool:
    """Whether this visitor may review, without asking anything."""
    return current_visit().is_local or bool(st.session_state.get(_SESSION_KEY))


def may_review(door: PasswordDoor) -> bool:
    """Whether this visitor may see what others asked; if not yet, draws what it takes.

    Says on the page why it is open when it is open to anybody on this computer.
    """
    words = texts().access
    if st.session_state.get(_SESSION_KEY):
        return True
    visit = current_visit()
    if visit.is_local:
        st.html(str(tag("p", words.local, class_="tw-quiet tw-access")))
        return True
    with st.container(key="access"):
        st.html(str(join(tag("h1", words.title), tag("p", words.why))))
        if not door.has_password:
            st.html(str(tag("p", words.no_password, class_="tw-bar")))
            return False
        with st.form("access-form", border=False, enter_to_submit=True):
            typed = st.text_input(words.password, type="password", autocomplete="current-password")
            is_sent = st.form_submit_button(words.submit, type="primary")
        if not is_sent:
            return False
        attempt = door.attempt(visit.who, typed)
        if attempt.outcome == "right":
            st.session_state[_SESSION_KEY] = True
            st.rerun()
        said = words.wrong if attempt.outcome == "wrong" else words.wait
        seconds = max(1, round(attempt.seconds))
        st.html(str(tag("p", said.format(seconds=seconds), class_="tw-bar", role="alert")))
    return False
