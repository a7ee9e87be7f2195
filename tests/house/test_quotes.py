"""Sentences that the product quotes by heart stand literally in the shipped documents."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.answering.texts import load_standing
from assistant.domain.text import single_spaced
from assistant.proposal.criteria import load_criteria

PROMPTS = Path(__file__).resolve().parents[2] / "prompts"
STANDING = load_standing(PROMPTS)
CRITERIA = load_criteria(PROMPTS)


Pages = Callable[[str], tuple[str, ...]]


def pages_with(pages: tuple[str, ...], sentence: str) -> list[int]:
    return [n for n, page in enumerate(pages, start=1) if single_spaced(sentence) in page]


@pytest.mark.parametrize(
    "name", [pytest.param(name, id=f"{name} stands in its document") for name in STANDING]
)
def test_standing_quotes(name: str, pages_of: Pages) -> None:
    item = STANDING[name]

    assert [quote for quote in item.quotes if not pages_with(pages_of(item.document_id), quote)] == []


@pytest.mark.parametrize(
    "number",
    [pytest.param(n, id=f"{c.text.id} is asked for by a sentence") for n, c in enumerate(CRITERIA.criteria)],
)
def test_sentences_that_ask_for_criteria(number: int, pages_of: Pages) -> None:
    sentence = CRITERIA.criteria[number].text.asked_by

    assert pages_with(pages_of(CRITERIA.texts.document_id), sentence) != []
