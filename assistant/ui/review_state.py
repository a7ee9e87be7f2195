"""What one reader does: the role, the filter, the list that is worked through, and what was just said."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Literal

import streamlit as st

from assistant.domain.review import QueueFilter, Review

_KEY = "review"
_ROLE = re.compile(r"[a-z]+-[1-9][0-9]?")
READERS = 6
"""Roles to choose from; enough for the advisors of one desk."""
_nonces = count(1)


@dataclass(frozen=True, slots=True)
class Message:
    """A line for the reader; a new nonce says it again even when the words are the same."""

    kind: Literal["done", "told", "failed"]
    text: str
    nonce: int = field(default_factory=lambda: next(_nonces))


COUNT_SECONDS = 20.0
"""How long the counts beside the queue may be old; they come from five queries."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits for a reader, and when that was counted (seconds that only go up)."""

    reader: str | None = None
    total: int = 0
    by_reason: Mapping[str, int] = field(default_factory=dict)
    counted_at: float = 0.0


@dataclass(slots=True)
class Reading:
    """The state of one reader.

    Attributes:
        chosen: what the queue is filtered by; `filters` holds the fields as they were filled in.
        ids: what is worked through, in order; a picture of the queue when the first was opened.
        began: per answer, the latest revision of each reader when it was opened.
        done: answers that were saved or skipped.
        saved: the draft that was stored last, so that the browser lets go of it.
        waiting: counts beside the queue; None to count anew.
        known: regions and sectors there are to filter by.
        stays: answer that is stored, but shows something the reader has to see first.
    """

    reader: str | None = None
    chosen: QueueFilter = field(default_factory=QueueFilter)
    filters: dict[str, Any] = field(default_factory=dict)
    ids: tuple[str, ...] = ()
    began: dict[str, dict[str, int]] = field(default_factory=dict)
    done: set[str] = field(default_factory=set)
    message: Message | None = None
    saved: Mapping[str, Any] | None = None
    stays: str | None = None
    waiting: Waiting | None = None
    known: tuple[tuple[str, ...], tuple[str, ...]] | None = None

    def open_from(self, ids: Sequence[str]) -> None:
        """Work through these from now on."""
        self.ids, self.done = tuple(ids), set()

    def began_from(self, answer_id: str, reviews: Sequence[Review]) -> dict[str, int]:
        """The latest revisions when this reader began; remembered until the answer is saved."""
        return self.began.setdefault(answer_id, {r.reader: r.revision for r in reviews})

    def next_after(self, answer_id: str) -> str | None:
        """The next one that is not done, after this one and then from the start; None when all are."""
        if answer_id in self.ids:
            at = self.ids.index(answer_id)
            rest = (*self.ids[at + 1 :], *self.ids[:at])
        else:
            rest = self.ids
        return next((i for i in rest if i not in self.done), None)


def reading() -> Reading:
    """The state of this visitor."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = Reading()
    found: Reading = st.session_state[_KEY]
    return found


def is_role(name: str | None) -> bool:
    """True for a role with a number, which no person is called."""
    return name is not None and _ROLE.fullmatch(name) is not None
