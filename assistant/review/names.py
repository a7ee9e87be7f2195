"""Whether a text seems to name a person; on the strict side, for texts that are kept for good."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import yaml

NAMES_FILE = Path(__file__).parent / "names.yaml"
_CAPITALISED = r"[A-ZÀ-ÖØ-Þ][\w'’-]+"
_INITIALS = r"(?:[A-Z]\.\s?){1,4}"


def finds_name(text: str) -> str | None:
    """The first words that seem to name a person, or None."""
    found = [match for pattern in _patterns() if (match := pattern.search(text))]
    return min(found, key=lambda match: match.start()).group().strip() if found else None


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    words = yaml.safe_load(NAMES_FILE.read_text("utf-8"))
    particles = rf"(?:(?:{_any(words['particles'])})\s){{0,3}}"
    surname = rf"{particles}{_CAPITALISED}"
    first = _any(words["first_names"])
    return (
        re.compile(rf"\b(?:{_any_case(words['titles'])})\.?\s(?:{_INITIALS})?{surname}"),
        re.compile(rf"\b(?:{_any_case(words['cues'])})[:,]?\s(?:{_INITIALS}{surname}|(?:{first})\b"
                   rf"|{_CAPITALISED}\s{surname})"),
        re.compile(rf"\b(?:{_any_case(words['closings'])})[,!.]?\s+(?:{_INITIALS})?{_CAPITALISED}"
                   rf"(?:\s{surname})?\s*$"),
        re.compile(rf"\b(?:{first})\s{surname}\b"),
        re.compile(rf"(?<![\w.])(?:[A-Z]\.\s?){{1,4}}{surname}"),
    )  # fmt: skip


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _any_case(words: list[str]) -> str:
    """The words with or without a capital, while names keep theirs."""
    return f"(?i:{_any(words)})"
