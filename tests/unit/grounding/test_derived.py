"""Figures that follow from the source, claims in English, and things told in another order."""

from __future__ import annotations

import pytest

from assistant.grounding import ClaimChecker, Verdict

BUS = "Het aantal ritten groeide van 2.100 per week in 2023 tot 3.450 per week in 2024."
GROUP = "Van de eerste 84 deelnemers kregen er 52 een contract. De actie liep van april tot en met juni 2024."
LESSONS = "Deelnemers volgen eerst zes weken taalles en lopen dan drie maanden stage."
LINE = "Per 2025 gaat vervoerder Hermes de lijn rijden in plaats van Munckhof."


@pytest.fixture(scope="module")
def checker() -> ClaimChecker:
    return ClaimChecker()


def verdict(checker: ClaimChecker, sentence: str, passage: str) -> Verdict:
    return checker.check_answer(f"{sentence} [1].", {1: passage}).sentences[0].verdict


@pytest.mark.parametrize(
    ("sentence", "passage"),
    [
        pytest.param("Het aantal ritten groeide met meer dan de helft", BUS, id="growth as a share"),
        pytest.param("Het aantal ritten per week groeide met 1.350", BUS, id="difference"),
        pytest.param("Meer dan zestig procent van de deelnemers kreeg een contract", GROUP, id="share"),
        pytest.param("De actie liep drie maanden", GROUP, id="span of months"),
    ],
)
def test_a_figure_that_follows_passes(checker: ClaimChecker, sentence: str, passage: str) -> None:
    assert verdict(checker, sentence, passage) is Verdict.SUPPORTED


@pytest.mark.parametrize(
    ("sentence", "passage"),
    [
        pytest.param("Het aantal ritten per week groeide met 1.450", BUS, id="wrong difference"),
        pytest.param(
            "Meer dan tachtig procent van de deelnemers kreeg een contract", GROUP, id="wrong share"
        ),
        pytest.param("De actie liep vijf maanden", GROUP, id="wrong span"),
        pytest.param(
            "Deelnemers lopen eerst drie maanden stage en volgen daarna taalles", LESSONS, id="order turned"
        ),
        pytest.param("Munckhof gaat de lijn rijden in plaats van Hermes", LINE, id="replacement turned"),
    ],
)
def test_a_figure_or_order_that_does_not_follow_is_found(
    checker: ClaimChecker, sentence: str, passage: str
) -> None:
    assert verdict(checker, sentence, passage) is not Verdict.SUPPORTED


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Over netwerken in de regio heb ik het volgende gevonden [1]:", id="lead-in"),
        pytest.param("Ik vat eerst de regels samen [1].", id="remark about the answer"),
    ],
)
def test_words_about_the_answer_claim_nothing(checker: ClaimChecker, text: str) -> None:
    assert checker.check_answer(text, {1: BUS}).sentences[0].verdict is Verdict.NO_CLAIM
