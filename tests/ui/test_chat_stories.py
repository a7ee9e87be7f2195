"""What an applicant meets on the chat page, one story per test, with a scripted assistant behind it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assistant.ui.texts import texts

APP = Path(__file__).with_name("fake_app.py")
QUESTION = "Wij bouwen zonneparken bij Lelystad, bij wie sluiten we aan?"


@pytest.fixture
def app() -> AppTest:
    st.cache_resource.clear()
    return AppTest.from_file(str(APP), default_timeout=30).run()


def answers(app: AppTest) -> list[dict[str, Any]]:
    """Data of every answer on the page, oldest first."""
    found = [json.loads(part.proto.json) for part in app.get("bidi_component")]
    return [data for data in found if "parts" in data]


def part(answer: dict[str, Any], name: str) -> dict[str, Any] | None:
    return next((p for p in answer["parts"] if p["name"] == name), None)


def sentences(answer: dict[str, Any]) -> list[str]:
    return [s["text"] for p in answer["parts"] for group in p.get("paragraphs", []) for s in group]


def written(app: AppTest) -> str:
    """All HTML the page wrote itself."""
    return "\n".join(part.proto.body for part in app.get("html"))


def ask(app: AppTest, question: str) -> AppTest:
    return app.chat_input(key="question").set_value(question).run()


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def test_first_visit_says_what_it_can_and_cannot_do(app: AppTest) -> None:
    words = texts().welcome

    assert not app.exception
    for line in (words.title, words.can_title, words.cannot_title, *words.cannot):
        assert line in written(app).replace("&#x27;", "'")
    assert [app.button(key=f"example-{i}").label for i in range(len(words.examples))]


def test_example_is_asked_when_clicked(app: AppTest) -> None:
    app.button(key="example-0").click().run()

    assert texts().welcome.examples[0] in written(app)
    assert len(answers(app)) == 1


def test_answer_comes_in_reading_order_with_named_markers(app: AppTest) -> None:
    (answer,) = answers(ask(app, QUESTION))

    assert [p["name"] for p in answer["parts"]] == [
        "advice", "cards", "what", "notice", "write", "considered",
    ]  # fmt: skip
    marks = [
        mark["label"]
        for p in answer["parts"]
        for g in p.get("paragraphs", [])
        for s in g
        for mark in s["marks"]
    ]
    assert "bron 5, pagina 2" in marks
    assert "bron 1, veld wat het is" in marks


def test_copied_text_is_the_whole_answer(app: AppTest) -> None:
    (answer,) = answers(ask(app, QUESTION))

    for text in sentences(answer):
        assert text in answer["copy"]["text"]


def test_cards_show_kind_status_date_and_reasons(app: AppTest) -> None:
    (answer,) = answers(ask(app, QUESTION))

    first, second = part(answer, "cards")["cards"]  # type: ignore[index]
    assert first["meta"] == "regionale agenda · loopt"
    assert first["as_of"] == "stand van 2024"
    assert [r["fit"] for r in first["reasons"]] == ["fits", "fits", "unknown"]
    assert second["website"] is None
    assert second["advice"]


def test_source_of_a_page_opens_with_the_words_marked(app: AppTest) -> None:
    ask(app, QUESTION)

    app.button(key="source-0-5").click().run()

    assert "Bron 5" in written(app)
    assert "pagina 2 van 2" in written(app)
    assert texts().source.found_on_page in written(app)
    assert "Versterk een initiatief dat al loopt" in app.get("image")[0].proto.imgs[0].alt


def test_source_of_a_record_opens_with_the_cited_field_marked(app: AppTest) -> None:
    ask(app, QUESTION)

    app.button(key="source-0-1").click().run()

    assert "<mark>Techniek is een van de thema&#x27;s.</mark>" in written(app)
    assert texts().source.found_in_field in written(app)


def test_source_that_is_gone_still_shows_the_quote(app: AppTest) -> None:
    ask(app, QUESTION)

    app.button(key="source-0-4").click().run()

    assert "Het fonds neemt geen nieuwe voorstellen aan." in written(app)
    assert texts().source.missing in written(app)


def test_chip_taken_away_asks_again_without_it(app: AppTest) -> None:
    ask(app, QUESTION)

    next(b for b in app.button if b.label.startswith("mbo")).click().run()

    assert len(answers(app)) == 1
    assert not any(label.startswith("mbo") for label in labels(app))
    assert any(label.startswith("energie") for label in labels(app))


def test_place_can_be_changed_by_hand(app: AppTest) -> None:
    ask(app, QUESTION)

    app.text_input[0].set_value("Almere, Zwolle")
    next(b for b in app.button if b.label == texts().understood.submit).click().run()

    assert [label for label in labels(app) if label.endswith("×")][:2] == ["Almere ×", "Zwolle ×"]


def test_follow_up_keeps_the_context_and_says_so(app: AppTest) -> None:
    ask(app, QUESTION)

    app.button(key="follow-up-0-0").click().run()

    assert len(answers(app)) == 2
    assert "Overgenomen uit uw vorige vraag: plaats, sector." in written(app)


def test_notice_is_shown_once_in_a_conversation(app: AppTest) -> None:
    ask(app, QUESTION)
    ask(app, "En in Almere?")

    first, second = answers(app)
    assert part(first, "notice") is not None
    assert part(second, "notice") is None


def test_new_conversation_starts_empty(app: AppTest) -> None:
    ask(app, QUESTION)

    app.button(key="new-conversation").click().run()

    assert answers(app) == []
    assert texts().welcome.title in written(app)


@pytest.mark.parametrize(
    ("question", "heading"),
    [
        pytest.param("Welk bedrag krijg ik?", "Dat staat niet in de bronnen", id="sources do not say"),
        pytest.param("Een recept voor soep", "Dit valt buiten het onderwerp", id="outside the subject"),
        pytest.param("Zorg, waar dan ook", "Eén ding mis ik nog", id="asks one thing back"),
        pytest.param("In English please", "Recommended", id="English frame"),
    ],
)
def test_other_endings_have_their_own_heading(app: AppTest, question: str, heading: str) -> None:
    (answer,) = answers(ask(app, question))

    assert heading in [p["heading"] for p in answer["parts"]]


def test_too_long_question_is_given_back_and_can_be_shortened(app: AppTest) -> None:
    ask(app, "lang " * 100)

    assert answers(app) == []
    assert texts().problem.too_long_title in written(app)
    assert app.text_area(key="too-long-text").value.startswith("lang lang")

    app.text_area(key="too-long-text").set_value("Kort over Lelystad")
    next(b for b in app.button if b.label == texts().problem.too_long_send).click().run()

    assert len(answers(app)) == 1


def test_something_broken_is_said_in_one_line_and_can_be_tried_again(app: AppTest) -> None:
    ask(app, "kapot")

    assert not app.exception
    assert "assistant index --rebuild" in written(app)
    assert app.button(key="retry").click().run().button(key="retry")


def test_question_is_shown_as_typed_never_as_markup(app: AppTest) -> None:
    ask(app, "<img src=x onerror=alert(1)> **vet** Lelystad")

    assert "&lt;img src=x onerror=alert(1)&gt; **vet** Lelystad" in written(app)
    assert "<img" not in written(app)


def test_without_an_index_it_is_built_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAKE_UNBUILT", "1")
    st.cache_resource.clear()

    app = AppTest.from_file(str(APP), default_timeout=30).run()

    assert not app.exception
    assert texts().welcome.title in written(app)
