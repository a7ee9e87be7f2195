"""What an applicant is told of what is kept, what is kept, and what becomes of it when the store is away."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assistant.domain.review import QueueFilter, QueuePage
from assistant.ui.texts import texts
from tests.ui.fakes import fake_reviews
from tests.ui.test_chat_stories import answers, ask, labels, written

APP = Path(__file__).with_name("fake_app.py")
QUESTION = "Wij bouwen zonneparken bij Lelystad"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FAKE_FOLDER", str(tmp_path))
    return tmp_path


def started(monkeypatch: pytest.MonkeyPatch, log: str = "on") -> AppTest:
    monkeypatch.setenv("FAKE_LOG", log)
    st.cache_resource.clear()
    return AppTest.from_file(str(APP), default_timeout=30).run()


def logged(folder: Path) -> QueuePage:
    store = fake_reviews(folder).store
    found = store.queue(QueueFilter(state="all"))
    store.close()  # type: ignore[attr-defined]
    return found


def test_with_the_log_on_it_says_for_how_long_and_how_to_get_rid_of_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = started(monkeypatch)
    assert "180 dagen bewaard" in written(app)
    assert texts().keeping.delete in written(app)

    ask(app, QUESTION)

    assert texts().keeping.kept_short.format(days=180) in written(app)
    assert [item.question for item in logged(folder).items] == [QUESTION]


def test_with_the_log_off_nothing_is_kept_and_it_says_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = started(monkeypatch, "off")
    assert texts().keeping.unkept in written(app)

    ask(app, QUESTION)

    assert texts().keeping.unkept_short in written(app)
    assert "180 dagen" not in written(app)
    assert texts().keeping.delete not in labels(app)
    assert "thumbs" not in answers(app)[0]
    assert logged(folder).total == 0


def test_with_the_store_away_the_answer_stands_and_one_line_says_it_is_not_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = ask(started(monkeypatch, "away"), QUESTION)

    assert not app.exception
    assert len(answers(app)) == 1
    assert written(app).count(texts().keeping.failed) == 1
    assert texts().problem.title not in written(app)


def test_deleted_conversation_is_gone_from_the_log_and_from_the_page(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = ask(ask(started(monkeypatch), QUESTION), "En voor het vmbo?")
    assert logged(folder).total == 2

    app.button(key="delete-conversation").click().run()

    assert texts().keeping.deleted in written(app)
    assert answers(app) == []
    assert logged(folder).total == 0


def test_only_this_conversation_is_deleted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = ask(started(monkeypatch), QUESTION)
    app.button(key="new-conversation").click().run()
    ask(app, "Een ander gesprek over Lelystad")

    app.button(key="delete-conversation").click().run()

    assert [item.question for item in logged(folder).items] == [QUESTION]


def test_wrong_source_and_missing_initiative_are_kept_with_the_words(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = ask(started(monkeypatch), QUESTION)
    app.button(key="feedback-more-0").click().run()
    app.selectbox(key="feedback-source-0").select_index(0)
    app.selectbox(key="feedback-missing-0").select_index(1)
    app.text_area(key="feedback-text-0").set_value("Het jaartal klopt niet.")
    next(b for b in app.button if b.label == texts().feedback.send).click().run()

    store = fake_reviews(folder).store
    kept = store.feedback(logged(folder).items[0].answer_id)
    store.close()  # type: ignore[attr-defined]
    assert [(f.kind, f.citation, f.record_id) for f in kept] == [
        ("wrong_source", 1, None),
        ("missing_initiative", None, "voorbeeld-huis"),
    ]
    assert {f.text for f in kept} == {"Het jaartal klopt niet."}
    assert texts().feedback.thanks_more in written(app)
    assert not app.exception


def test_empty_complaint_is_not_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = ask(started(monkeypatch), QUESTION)
    app.button(key="feedback-more-0").click().run()

    next(b for b in app.button if b.label == texts().feedback.send).click().run()

    assert texts().feedback.nothing in written(app)
    store = fake_reviews(folder).store
    assert store.feedback(logged(folder).items[0].answer_id) == ()
    store.close()  # type: ignore[attr-defined]
