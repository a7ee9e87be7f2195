"""What the tests of this room share: criteria, an opened assistant, and sentences without recognisers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.proposal.check import ProposalChecker
from assistant.proposal.criteria import Criteria, load_criteria
from assistant.proposal.facts import ProposalFacts, SentenceFacts
from assistant.proposal.judge import Judgement, judge
from assistant.proposal.reading import ProposalSentence

PROMPTS = Path(__file__).resolve().parents[3] / "prompts"


@pytest.fixture(scope="session")
def criteria() -> Criteria:
    return load_criteria(PROMPTS)


@pytest.fixture(scope="session")
def checker() -> ProposalChecker:
    """A checker on the real index; `assistant index` makes it."""
    from assistant import Assistant

    return ProposalChecker.open(Assistant.open().pipeline, PROMPTS)


Judged = Callable[..., dict[str, Judgement]]


@pytest.fixture
def judged(criteria: Criteria) -> Judged:
    """Judges sentences given as text, under one heading; names of facts may be given for all of them."""

    def run(*texts: str, heading: str = "", names: frozenset[str] = frozenset()) -> dict[str, Judgement]:
        headings = (heading,) if heading else ()
        sentences = [ProposalSentence(text, None, 0, headings, n) for n, text in enumerate(texts)]
        facts = ProposalFacts(tuple(SentenceFacts(names=names) for _ in texts))
        return judge(sentences, facts, criteria)

    return run
