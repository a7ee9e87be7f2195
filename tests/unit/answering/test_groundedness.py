"""The last check: a claim its citations do not carry is not shown."""

from __future__ import annotations

import pytest

from assistant.answering.draft import Draft
from assistant.answering.groundedness import check_draft
from assistant.domain.match import Evidence
from assistant.grounding.checker import ClaimChecker
from tests.support.builders import record
from tests.support.library import draft, guide, library, texts
from tests.support.small import checker

ITEM = record("streek", region="Kust", figures=("160 leerplekken (2024)",))


def claimed(text: str, field: str = "figures", quote: str = "160 leerplekken (2024)") -> Draft:
    made = draft(library(ITEM))
    made.frame("Dit is bekend:", "answer")
    made.claim(text, (Evidence("record", "streek", field, quote),), "answer")
    return made


@pytest.mark.parametrize(
    ("text", "is_kept"),
    [
        pytest.param("Streek: 160 leerplekken (2024).", True, id="says what the source says"),
        pytest.param("Streek: 999 leerplekken (2024).", False, id="another number"),
        pytest.param("Streek: 160 leerplekken (2031).", False, id="another year"),
    ],
)
def test_claim_is_kept_only_when_its_source_carries_it(text: str, is_kept: bool) -> None:
    made = claimed(text)

    dropped = check_draft(made, checker())

    assert dropped == (not is_kept)
    assert [s.text for s in made.sentences] == ["Dit is bekend:", *([text] if is_kept else [])]


def test_frames_are_kept_without_a_verdict() -> None:
    made = claimed("Streek: 999 leerplekken (2024).")

    check_draft(made, checker())

    assert [s.verdict for s in made.sentences] == [None]


@pytest.mark.parametrize("language", [pytest.param("nl", id="Dutch"), pytest.param("en", id="English")])
def test_literal_quote_is_supported_as_it_stands(language: str) -> None:
    made = draft(language=language)
    made.quote_passage(guide(), ["Zoek eerst wie er al is."], "answer")

    assert check_draft(made, checker()) == 0
    assert [s.verdict for s in made.sentences] == ["supported"]


def test_english_wording_is_checked_as_it_reads_in_dutch() -> None:
    english, made = texts("en"), draft(library(ITEM), "en")
    proof = (Evidence("record", "streek", "region", "Kust"),)
    made.claim(english("record.region", name="Streek", value="Kust"), proof, "answer")
    made.claim(english("record.region", name="Streek", value="Groningen"), proof, "answer")

    assert check_draft(made, checker()) == 1
    assert [s.text for s in made.sentences] == ["The area of Streek is Kust."]


@pytest.mark.parametrize(
    ("asked", "is_kept"),
    [
        pytest.param("Emmen", True, id="what the applicant asked needs no source"),
        pytest.param("", False, id="unless it was not asked"),
    ],
)
def test_place_that_was_asked_may_be_repeated(asked: str, is_kept: bool) -> None:
    made = draft(library(ITEM))
    text = texts()("why_not.region", name="Streek", found="Kust", asked="Emmen")

    made.claim(text, (Evidence("record", "streek", "region", "Kust"),), "answer", asked=asked)

    assert check_draft(made, ClaimChecker(places=("Emmen",))) == (not is_kept)
