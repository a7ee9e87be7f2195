"""Answers to "klopt het dat ...": yes with the sentence that says so, no with another, or not known."""

from __future__ import annotations

import pytest

from assistant.answering.claims import ClaimComposer
from assistant.answering.draft import Draft
from assistant.grounding.checker import ClaimChecker
from tests.support.builders import hybrid, understood
from tests.support.library import document_composer, draft, guide, held_by_pages, texts

SENTENCE = "Het fonds neemt sinds mei 2024 geen nieuwe voorstellen aan."


@pytest.fixture(scope="module")
def checker() -> ClaimChecker:
    return ClaimChecker()


def weighed(question: str, checker: ClaimChecker, text: str = SENTENCE) -> Draft:
    held = guide(text)
    documents = document_composer(held)
    made = draft(held_by_pages(held))
    understanding = understood(question, intent="check_claim")
    evidence = documents.gather(understanding, hybrid((held, 1.0)))
    ClaimComposer(texts(), documents, checker).compose(made, understanding, evidence, [])
    return made


@pytest.mark.parametrize(
    ("question", "status", "key"),
    [
        pytest.param(
            "Klopt het dat het fonds sinds mei 2024 geen nieuwe voorstellen aanneemt?", "answered",
            "check_claim.supported", id="supported",
        ),
        pytest.param(
            "Klopt het dat het fonds sinds mei 2019 geen nieuwe voorstellen aanneemt?", "answered",
            "check_claim.conflict", id="another year is a conflict",
        ),
        pytest.param(
            "Klopt het dat de brug in Kampen dit jaar wordt geverfd?", "abstained",
            "check_claim.unknown", id="not in the sources",
        ),
    ],
)  # fmt: skip
def test_verdict_on_a_claim(question: str, status: str, key: str, checker: ClaimChecker) -> None:
    made = weighed(question, checker)

    assert made.status == status
    assert made.sentences[0].text == texts()(key)
    assert [s.text for s in made.sentences if s.kind == "claim"] == [SENTENCE]


def test_without_any_passage_the_claim_is_unknown(checker: ClaimChecker) -> None:
    documents = document_composer(guide())
    made = draft()
    understanding = understood("Klopt het dat dit klopt?", intent="check_claim")

    ClaimComposer(texts(), documents, checker).compose(
        made, understanding, documents.gather(understanding, hybrid()), []
    )

    assert (made.status, made.abstention) == ("abstained", "no_source_says")
