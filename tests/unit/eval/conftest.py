"""A small hand-made corpus with questions and answers on it, all of which are right."""

from __future__ import annotations

import pytest

from eval.measures.base import Case
from tests.unit.eval.examples import (
    LiteralJudge,
    SmallSources,
    make_answer,
    make_case,
    make_citation,
    make_item,
    make_recommendation,
    make_sentence,
)


@pytest.fixture
def sources() -> SmallSources:
    return SmallSources()


@pytest.fixture
def judge() -> LiteralJudge:
    return LiteralJudge()


@pytest.fixture
def matched() -> list[Case]:
    """Three place questions, each with the right agenda first."""
    found = [make_recommendation("agenda-zeeland"), make_recommendation("agenda-nederland", "sectoral_hca")]
    answer = make_answer(recommendations=tuple(found))
    return [make_case(make_item(f"test-hca-00{n}"), answer) for n in (1, 2, 3)]


@pytest.fixture
def documented() -> list[Case]:
    """A document question answered with a literal quote of the right page."""
    expected = {
        "status": "answered",
        "passages": [{"document_id": "gids", "page": 1, "quote": "De handreiking telt drie stappen."}],
        "nuggets": ["drie stappen"],
    }
    answer = make_answer(
        answer="De handreiking telt drie stappen. [1]",
        sentences=(make_sentence("De handreiking telt drie stappen.", 1),),
        citations=(make_citation(),),
    )
    rankings = dict.fromkeys(("dense", "bm25", "hybrid"), (("gids#1", 0.9), ("gids#2", 0.4)))
    return [make_case(make_item("test-document-001", expected=expected), answer, rankings=rankings)]
