"""Groundedness of many texts: JSON lines in, one plain mapping out a line."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assistant.grounding.checker import ClaimChecker

# Lines whose doubts are embedded in one go.
_TOGETHER = 64


def verify_lines(lines: Iterable[str], checker: ClaimChecker) -> Iterator[dict[str, Any]]:
    """Check `{"id", "answer", "passages": [{"n", "text"}]}` lines; a bad line gives `{"id", "error"}`.

    Args:
        lines: JSON lines; blank ones are skipped.
        checker: shared by all lines.

    Yields:
        `{"id", "sentences": [{"text", "citations", "verdict", "reasons"}], "grounded"}` in input order.
    """
    numbered = ((number, line) for number, line in enumerate(lines, start=1) if line.strip())
    while group := [_parsed(number, line) for number, line in itertools.islice(numbered, _TOGETHER)]:
        checker.prepare((item.answer, item.passages) for item in group if isinstance(item, _Item))
        for item in group:
            yield _checked(item, checker) if isinstance(item, _Item) else item


@dataclass(frozen=True, slots=True)
class _Item:
    """A line that can be checked."""

    id: str | int
    answer: str
    passages: dict[int, str]


def _checked(item: _Item, checker: ClaimChecker) -> dict[str, Any]:
    verdict = checker.check_answer(item.answer, item.passages)
    return {
        "id": item.id,
        "sentences": [
            {
                "text": s.text,
                "citations": list(s.citations),
                "verdict": s.verdict.value,
                "reasons": list(s.reasons),
            }
            for s in verdict.sentences
        ],
        "grounded": verdict.is_grounded,
    }


def _parsed(number: int, line: str) -> _Item | dict[str, Any]:
    """The line, or the row that says what is wrong with it."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        return {"id": None, "error": f"line {number}: no valid JSON ({error}); give one JSON object a line"}
    if not isinstance(record, dict):
        return {"id": None, "error": f"line {number}: not an object; expected id, answer and passages"}
    try:
        answer, passages = _read(record)
    except ValueError as error:
        return {"id": record.get("id"), "error": f"line {number}: {error}"}
    return _Item(record["id"], answer, passages)


def _read(record: Mapping[str, Any]) -> tuple[str, dict[int, str]]:
    if not isinstance(record.get("id"), str | int):
        raise ValueError('"id" is missing; give each line a text or number')
    answer = record.get("answer")
    if not isinstance(answer, str):
        raise ValueError('"answer" is missing or no text; give the answer with its markers')
    listed = record.get("passages", [])
    if not isinstance(listed, list):
        raise ValueError('"passages" is no list; give [{"n": 1, "text": "…"}]')
    passages: dict[int, str] = {}
    for passage in listed:
        number = passage.get("n") if isinstance(passage, dict) else None
        text = passage.get("text") if isinstance(passage, dict) else None
        if not isinstance(number, int) or isinstance(number, bool) or not isinstance(text, str):
            raise ValueError('a passage lacks "n" (number) or "text"; give {"n": 1, "text": "…"}')
        if number in passages:
            raise ValueError(f"passage number {number} is given twice; number each passage once")
        passages[number] = text
    return answer, passages
