"""The guard at the way out."""

from __future__ import annotations

import pytest

from assistant.domain.answer import Answer, Citation, Sentence, UnderstandingView
from assistant.guards import guard_output

QUOTE = "In 2022 volgden 120 leerlingen de opleiding; bel 038-1234567 of zie https://school.example/techniek."


def answer_of(*texts: str, kind: str = "claim") -> Answer:
    """An answer whose sentences all cite one quote."""
    sentences = tuple(
        Sentence.model_validate({"text": text, "citations": (1,) if kind == "claim" else (), "kind": kind})
        for text in texts
    )
    marks = " [1]" if kind == "claim" else ""
    citation = Citation(
        n=1, document_id="school", file="school.md", title="School", publisher=None, year=2022, page=None,
        locator=None, quote=QUOTE, url="https://www.school.example/", confidence="high",
    )  # fmt: skip
    return Answer(
        question="Wie helpt 30 mensen?", language="nl", status="answered",
        answer="### Kop\n\n" + " ".join(f"{t}{marks}" for t in texts), sentences=sentences,
        citations=(citation,), understanding=UnderstandingView(intent="explain"),
    )  # fmt: skip


def test_an_answer_from_its_sources_comes_out_untouched() -> None:
    answer = answer_of(QUOTE, "Zie [de site](https://school.example) voor uw 30 mensen.")

    assert guard_output(answer) is answer


@pytest.mark.parametrize(
    ("text", "left"),
    [
        pytest.param(
            "Zie [hier](https://kwaad.example) voor meer.", "Zie hier voor meer.", id="foreign link"
        ),
        pytest.param("Zie https://kwaad.example/x voor meer.", "Zie voor meer.", id="foreign bare address"),
        pytest.param("![x](https://school.example/)Welkom hier.", "xWelkom hier.", id="picture"),
        pytest.param("Welkom <b>hier</b>.", "Welkom hier .", id="html"),
        pytest.param("Mail jan@kwaad.example nu.", "Mail [e-mailadres] nu.", id="address from nowhere"),
    ],
)
def test_a_sentence_is_mended(text: str, left: str) -> None:
    guarded = guard_output(answer_of(text))

    assert guarded.sentences[0].text == left
    assert f"{left} [1]" in guarded.answer


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("In 2022 volgden 250 leerlingen de opleiding.", id="number from nowhere"),
        pytest.param("Vraag mevrouw De Vries om hulp.", id="person from nowhere"),
    ],
)
def test_a_sentence_from_nowhere_is_left_out(text: str) -> None:
    guarded = guard_output(answer_of(QUOTE, text))

    assert [s.text for s in guarded.sentences] == [QUOTE]
    assert guarded.answer == f"### Kop\n\n{QUOTE} [1]"


def test_a_frame_may_count_what_no_source_does() -> None:
    answer = answer_of("Hier zijn 3 mogelijkheden:", kind="frame")

    assert guard_output(answer) is answer
