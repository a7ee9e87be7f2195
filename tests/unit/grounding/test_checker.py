"""The claim checker through its public face."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.grounding import ClaimChecker, Verdict

PASSAGE = (
    "De Utrecht Talent Alliantie helpt inwoners die willen overstappen naar de techniek. "
    "In 2023 volgden 271 mensen een opleiding, in 2022 waren dat er 190. "
    "De gemeente Amersfoort betaalt 2,5 miljoen euro. "
    "Werkgevers kunnen subsidie aanvragen, maar zelfstandigen niet."
)
OTHER = "In Zeeland loopt Campus Zeeland tot 2026. Scalda en de HZ vormen de kern."
FOUND = (Verdict.PARTIAL, Verdict.UNSUPPORTED)
UNHURRIED = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def checker() -> ClaimChecker:
    return ClaimChecker()


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("In 2023 volgden 271 mensen een opleiding.", id="literal sentence part"),
        pytest.param("Amersfoort betaalt € 2.500.000.", id="millions written out"),
        pytest.param("Door de gemeente Amersfoort wordt 2,5 miljoen euro betaald.", id="passive voice"),
        pytest.param("Bedrijven kunnen subsidie aanvragen.", id="synonym for employer"),
        pytest.param("Voor zelfstandigen is er geen subsidie aan te vragen.", id="negation kept"),
        pytest.param("Tweehonderdeenenzeventig mensen volgden in 2023 een opleiding.", id="number in words"),
    ],
)
def test_paraphrase_passes(checker: ClaimChecker, sentence: str) -> None:
    assert checker.check_sentence(sentence, {1: PASSAGE}).verdict is Verdict.SUPPORTED


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        pytest.param("In 2023 volgden 250 mensen een opleiding.", "getal 250 staat niet in [1]", id="number"),
        pytest.param("In 2022 volgden 271 mensen een opleiding.", "271", id="number of another year"),
        pytest.param("In 2021 volgden 190 mensen een opleiding.", "jaartal 2021", id="year"),
        pytest.param("De gemeente Tilburg betaalt 2,5 miljoen euro.", "Tilburg staat niet", id="place"),
        pytest.param("Zelfstandigen kunnen subsidie aanvragen.", "ontkend", id="denial left out"),
        pytest.param("Werkgevers moeten subsidie aanvragen.", "mogelijkheid", id="can turned into must"),
        pytest.param("De alliantie deelt gratis laptops uit.", "niets over", id="addition"),
    ],
)
def test_error_is_found_and_told(checker: ClaimChecker, sentence: str, reason: str) -> None:
    verdict = checker.check_sentence(sentence, {1: PASSAGE})

    assert verdict.verdict in FOUND
    assert any(reason in r for r in verdict.reasons)


@pytest.mark.parametrize(
    ("answer", "citations"),
    [
        pytest.param("Amersfoort betaalt 2,5 miljoen euro [1].", (1,), id="marker before the full stop"),
        pytest.param("Amersfoort betaalt 2,5 miljoen euro. [1]", (1,), id="marker after the full stop"),
        pytest.param("Amersfoort betaalt 2,5 miljoen euro.[1][2]", (1, 2), id="two markers without blank"),
        pytest.param("- Amersfoort betaalt **2,5 miljoen** euro [1, 2].", (1, 2), id="list item and bold"),
    ],
)
def test_markers_are_read(checker: ClaimChecker, answer: str, citations: tuple[int, ...]) -> None:
    (sentence,) = checker.check_answer(answer, {1: PASSAGE, 2: OTHER}).sentences

    assert sentence.citations == citations
    assert sentence.verdict is Verdict.SUPPORTED


def test_wrong_marker_names_the_right_one(checker: ClaimChecker) -> None:
    (sentence,) = checker.check_answer("Campus Zeeland loopt tot 2026 [1].", {1: PASSAGE, 2: OTHER}).sentences

    assert sentence.verdict is Verdict.UNSUPPORTED
    assert any("dit staat in [2]" in r for r in sentence.reasons)


def test_unknown_marker_is_unsupported(checker: ClaimChecker) -> None:
    (sentence,) = checker.check_answer("Campus Zeeland loopt tot 2026 [7].", {2: OTHER}).sentences

    assert sentence.verdict is Verdict.UNSUPPORTED
    assert sentence.reasons == ("bron [7] bestaat niet",)


def test_claim_without_marker_is_not_grounded(checker: ClaimChecker) -> None:
    verdict = checker.check_answer("Campus Zeeland loopt tot 2026.", {2: OTHER})

    assert verdict.sentences[0].verdict is Verdict.PARTIAL
    assert not verdict.is_grounded


@pytest.mark.parametrize(
    "frame", ["Goedemorgen.", "In welke regio werkt u?", "## Wat u kunt doen", "Samengevat:"]
)
def test_frames_claim_nothing(checker: ClaimChecker, frame: str) -> None:
    verdict = checker.check_answer(frame, {1: PASSAGE})

    assert [s.verdict for s in verdict.sentences] == [Verdict.NO_CLAIM]
    assert verdict.is_grounded


def test_injected_alias_and_abbreviation_are_known() -> None:
    checker = ClaimChecker(
        aliases=[("Campus Zeeland", "Zeeuws Kennisakkoord")], abbreviations={"ZK": "Campus Zeeland"}
    )

    for sentence in ("Het Zeeuws Kennisakkoord loopt tot 2026.", "ZK loopt tot 2026."):
        assert checker.check_sentence(sentence, {1: OTHER}).verdict is Verdict.SUPPORTED


def test_second_opinion_may_only_take_away() -> None:
    doubter = ClaimChecker(second_opinion=lambda passage, sentence: 0.0)
    believer = ClaimChecker(second_opinion=lambda passage, sentence: 1.0)

    assert doubter.check_sentence("Campus Zeeland loopt tot 2026.", {1: OTHER}).verdict is Verdict.PARTIAL
    assert (
        believer.check_sentence("Campus Zeeland loopt tot 2030.", {1: OTHER}).verdict is Verdict.UNSUPPORTED
    )


def test_embedder_is_asked_once_and_only_in_doubt() -> None:
    calls: list[list[str]] = []

    def embed(texts: Sequence[str]) -> np.ndarray:
        calls.append(list(texts))
        return np.ones((len(texts), 1))

    checker = ClaimChecker(embed=embed)
    checker.check_answer("Campus Zeeland loopt tot 2026 [1].", {1: OTHER})
    assert calls == []

    checker.check_answer("Vissers verkopen mosselen [1]. Boeren zaaien tarwe [1].", {1: OTHER})
    assert len(calls) == 1


@UNHURRIED
@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_is_judged(answer: str, passage: str) -> None:
    verdict = ClaimChecker().check_answer(answer + " [1]", {1: passage})

    assert all(s.verdict in Verdict for s in verdict.sentences)


ODD_TEXTS = {
    "one word again and again": "a " * 50_000,
    "one endless number": "1" * 100_000,
    "markers only": "[1]" * 30_000,
    "NUL and emoji": "\x00\U0001f600" * 5_000,
    "endless list": ", en " * 20_000,
}


@pytest.mark.parametrize("text", [pytest.param(t, id=name) for name, t in ODD_TEXTS.items()])
def test_long_or_odd_text_is_bounded(checker: ClaimChecker, text: str) -> None:
    verdict = checker.check_answer(text, {1: PASSAGE + text})

    assert len(verdict.sentences) <= 400


VOCABULARY = """gemeente school betaalt niet vooral Utrecht 12 meer dan werkgevers kan in 2023 de het ,
subsidie"""
WORDS = st.sampled_from(VOCABULARY.split())
UNITS = st.sampled_from(["mensen", "euro", "procent", "vacatures"])
SENTENCES = st.lists(WORDS, min_size=3, max_size=14).map(lambda ws: "Vandaag " + " ".join(ws) + ".")


@UNHURRIED
@given(SENTENCES, SENTENCES)
def test_a_sentence_is_supported_by_its_own_passage(sentence: str, more: str) -> None:
    verdict = ClaimChecker().check_sentence(sentence, {1: f"{more} {sentence} {more}"})

    assert verdict.verdict is Verdict.SUPPORTED


@UNHURRIED
@given(
    st.integers(13, 99_999),
    st.integers(0, 4),
    st.integers(1, 9),
    st.sampled_from(["mensen", "euro", "procent", "vacatures"]),
)
def test_a_changed_digit_is_always_found(number: int, place: int, step: int, unit: str) -> None:
    digits = list(str(number))
    at = place % len(digits)
    digits[at] = str((int(digits[at]) + step) % 10)
    changed = "".join(digits)
    passage = f"In Utrecht gaat het om {number} {unit}. De provincie maakte dat bekend."

    verdict = ClaimChecker().check_sentence(f"In Utrecht gaat het om {changed} {unit}.", {1: passage})

    assert verdict.verdict in FOUND


@pytest.mark.parametrize(
    ("sentence", "is_frame"),
    [
        pytest.param("Hieronder leest u wat de bronnen zeggen [1].", True, id="announces the sources"),
        pytest.param("De volgende gegevens zijn gevonden [1].", True, id="announces what was found"),
        pytest.param("De volgende ronde opent in mei [1].", False, id="a fact about what follows"),
        pytest.param("Volgens de bron is het gratis [1].", False, id="a fact that names a source"),
    ],
)
def test_what_only_announces_claims_nothing_even_with_a_marker(
    checker: ClaimChecker, sentence: str, is_frame: bool
) -> None:
    verdict = checker.check_answer(sentence, {1: PASSAGE}).sentences[0].verdict

    assert verdict is Verdict.NO_CLAIM if is_frame else verdict in FOUND
