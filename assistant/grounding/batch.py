"""Groundedness of many texts: JSON lines in, one plain mapping out a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from assistant.grounding.checker import ClaimChecker


def verify_lines(lines: Iterable[str], checker: ClaimChecker) -> Iterator[dict[str, Any]]:
    """Check `{"id", "answer", "passages": [{"n", "text"}]}` lines; a bad line gives `{"id", "error"}`.

    Args:
        lines: JSON lines; blank ones are skipped.
        checker: shared by all lines.

    Yields:
        `{"id", "sentences": [{"text", "citations", "verdict", "reasons"}], "grounded"}` in input order.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield {
                "id": None,
                "error": f"line {number}: no valid JSON ({error}); give one JSON object a line",
            }
            continue
        if not isinstance(record, dict):
            yield {"id": None, "error": f"line {number}: not an object; expected id, answer and passages"}
            continue
        try:
            answer, passages = _read(record)
        except ValueError as error:
            yield {"id": record.get("id"), "error": f"line {number}: {error}"}
            continue
        verdict = checker.check_answer(answer, passages)
        yield {
            "id": record.get("id"),
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
