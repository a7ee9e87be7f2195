"""`assistant log` and `assistant trace` on a log of a few answers."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from assistant.cli import main
from assistant.domain.review import Review
from assistant.review.store import SqlReviewStore
from tests.support.reviews import drenthe, store_at, trace_of


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    url = f"sqlite:///{tmp_path / 'log.sqlite'}"
    monkeypatch.setenv("ASSISTANT_LOG_URL", url)
    names = iter(("aa11", "aa22", "bb33"))
    store = store_at(url, new_id=lambda: next(names))
    store.log(trace_of(), conversation_id="eerste", turn=0)
    store.log(trace_of("En Urk?"), conversation_id="eerste", turn=1)
    store.log(drenthe(), conversation_id="tweede", turn=0)
    yield store
    store.close()


def test_list_filters_and_gives_one_json_document(
    store: SqlReviewStore, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["log", "list", "--region", "Drenthe", "--json"]) == 0

    data = json.loads(capsys.readouterr().out)
    assert (data["total"], data["items"][0]["id"], data["items"][0]["conversation"]) == (1, "bb33", "tweede")


def test_list_by_date_holds_the_whole_last_day(
    store: SqlReviewStore, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["log", "list", "--since", "2026-03-02", "--until", "2026-03-02"])

    assert "3 of 3 answers." in capsys.readouterr().out


def test_conversation_is_exported_line_by_line(
    store: SqlReviewStore, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["log", "export", "eerste"]) == 0

    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["answer_id"] for row in rows] == ["aa11", "aa22"]
    assert rows[0]["answer"]["question"] == trace_of().answer.question


def test_reviewed_answers_are_a_table_of_verdicts(store: SqlReviewStore, tmp_path: Path) -> None:
    claim = next(n for n, s in enumerate(trace_of().answer.sentences) if s.kind == "claim")
    review = Review("aa11", "adviseur-1", sentences={claim: "partial"}, comment="=HYPERLINK(1)")
    store.save_review(review, began_from={})
    out = tmp_path / "uit.csv"

    assert main(["log", "export", "--reviewed", "--format", "csv", "--out", str(out)]) == 0

    (row,) = csv.DictReader(io.StringIO(out.read_text("utf-8-sig"), newline=""))
    assert (row["answer_id"], row["sentence_number"], row["verdict"]) == ("aa11", str(claim + 1), "partial")
    assert row["sentence"] == trace_of().answer.sentences[claim].text
    assert row["comment"] == "'=HYPERLINK(1)"


def test_printed_review_is_a_pdf(store: SqlReviewStore, tmp_path: Path) -> None:
    out = tmp_path / "uit.pdf"

    assert main(["log", "export", "bb", "--reviewed", "--format", "pdf", "--out", str(out)]) == 0

    assert out.read_bytes().startswith(b"%PDF")


def test_deleting_by_answer_removes_its_conversation(store: SqlReviewStore) -> None:
    assert main(["log", "delete", "aa22"]) == 0

    assert store.conversation("eerste") == ()
    assert store.answer("bb33") is not None


def test_purge_keeps_the_days_asked_for(store: SqlReviewStore, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["log", "purge", "--days", "0", "--dry-run", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["would_remove"] == 3
    assert store.answer("aa11") is not None

    assert main(["log", "purge", "--days", "0"]) == 0

    assert store.answer("aa11") is None


def test_trace_is_that_of_the_answer(store: SqlReviewStore, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trace", "bb", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["trace"]["question"] == drenthe().answer.question

    assert main(["trace", "bb"]) == 0
    assert "2. Ranking dense" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("command", "said"),
    [
        pytest.param(["trace", "aa"], "More than one answer begins with", id="ambiguous"),
        pytest.param(["trace", "zz"], "No answer in the log begins with", id="unknown"),
        pytest.param(["trace", ""], "No answer in the log begins with", id="empty"),
        pytest.param(["log", "delete", "zz"], "No answer in the log begins with", id="nothing to delete"),
        pytest.param(
            ["log", "export", "--format", "csv"], "add --reviewed", id="table of unreviewed answers"
        ),
        pytest.param(
            ["log", "export", "--reviewed", "--format", "pdf"], "give its ID", id="PDF of everything"
        ),
        pytest.param(["log", "purge", "--days", "-1"], "0 or more", id="negative days"),
    ],
)
def test_wrong_use_is_one_clear_line(
    store: SqlReviewStore, capsys: pytest.CaptureFixture[str], command: list[str], said: str
) -> None:
    assert main(command) == 2

    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
