"""What a reader sees of reviews outside the pages, in Dutch."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from assistant.domain.answer import AnswerStatus

WORDS_FILE = Path(__file__).parent / "words.nl.yaml"


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ReportWords(_Model):
    """The words of the printed review."""

    title: str
    asked: str
    earlier: str
    asked_on: str
    status: dict[AnswerStatus, str]
    review: str
    judged_on: str
    answer: str
    sentence: dict[str, str]
    checker: str
    checked: dict[str, str]
    recommendations: str
    recommendation: dict[str, str]
    no_recommendations: str
    missing: str
    nothing_missing: str
    comment: str
    corrected: str
    sources: str
    page: str
    field: str
    marked: str
    unmarked: str
    no_review: str
    made_on: str


class ReviewWords(_Model):
    """Why a question is not labelled, by code, and the words of the printed review."""

    refused: dict[str, str]
    report: ReportWords


@cache
def words() -> ReviewWords:
    """The words that ship with the product."""
    return ReviewWords.model_validate(yaml.safe_load(WORDS_FILE.read_text("utf-8")))
