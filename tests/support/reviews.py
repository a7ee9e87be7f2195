"""Logged answers of the small assistant, and a clock that goes on by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from assistant.domain.question import Understanding
from assistant.pipeline import Trace
from assistant.review.database import Database
from assistant.review.store import SqlReviewStore
from tests.support.builders import facets, municipality, province
from tests.support.small import LELYSTAD, ScriptedUnderstander, small_pipeline

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Clock:
    """A minute later every time it is asked."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


def store_at(url: str, **changes: Any) -> SqlReviewStore:
    """A store; its answers are numbered, so that the random sample is the same each time."""
    numbers = iter(range(1, 100_000))
    parts: dict[str, Any] = {"clock": Clock(), "new_id": lambda: f"{next(numbers):08x}"}
    return SqlReviewStore(Database(url), **{**parts, **changes})


def trace_of(question: str = "Bij wie sluiten we in Lelystad aan?", **changes: Any) -> Trace:
    """Everything one question goes through; changes go to what is understood of it."""
    understood = replace(LELYSTAD, question=question, query=question, **changes)
    return _trace(question, understood)


@cache
def _trace(question: str, understood: Understanding) -> Trace:
    script = _Always(understood)
    return small_pipeline(script).run(question)


class _Always(ScriptedUnderstander):
    def __init__(self, understood: Understanding) -> None:
        super().__init__()
        self._understood = understood

    def understand(self, *_: Any, **__: Any) -> Understanding:
        return self._understood


def without_doubt(trace: Trace) -> Trace:
    """The same, with a claim checker that is content and a first match that fits well."""
    sentences = tuple(
        s.model_copy(update={"verdict": "supported"}) if s.kind == "claim" else s
        for s in trace.answer.sentences
    )
    (first, link_up), *others = trace.advice.recommended
    advice = replace(trace.advice, recommended=((replace(first, score=0.95), link_up), *others))
    answer = trace.answer.model_copy(update={"sentences": sentences})
    return replace(trace, answer=answer, advice=advice, dropped_sentences=0)


def drenthe() -> Trace:
    """A question about another province and sector."""
    return trace_of(
        "Waar kunnen we in Drenthe terecht?", places=(province("Drenthe"),), sectors=facets("zorg")
    )


def urk() -> Trace:
    """A question about another municipality of the same province, asked for another thing."""
    return trace_of("En in Urk?", places=(municipality("Urk"),), intent="find_initiative")
