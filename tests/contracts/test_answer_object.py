"""The answer object on the real corpus: its keys, its quotes, its numbers, and the same bytes every time."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_socket import SocketBlockedError, disable_socket, enable_socket

from assistant import Assistant
from assistant.cli import main
from tests.support.builders import ROOT
from tests.support.real import assistant, is_literal

pytestmark = [pytest.mark.model, pytest.mark.xdist_group("index")]

BATCH = ROOT / "tests" / "data" / "batch_questions.jsonl"
LINES: list[dict[str, Any]] = [json.loads(line) for line in BATCH.read_text("utf-8").splitlines()]
Answer = dict[str, Any]

TEXT, LIST, MAYBE_TEXT = (str,), (list,), (str, type(None))
MAYBE_NUMBER = (int, type(None))
KEYS: dict[str, dict[str, tuple[type, ...]]] = {
    "answer": {
        "question": TEXT, "language": TEXT, "status": TEXT, "answer": TEXT, "sentences": LIST,
        "recommendations": LIST, "citations": LIST, "understanding": (dict,),
        "clarifying_question": MAYBE_TEXT, "timing_ms": (dict,),
    },
    "sentence": {"text": TEXT, "citations": LIST, "kind": TEXT},
    "recommendation": {
        "id": TEXT, "name": TEXT, "kind": TEXT, "status": TEXT, "score": (float,), "reasons": LIST,
        "website": MAYBE_TEXT,
    },
    "reason": {"facet": TEXT, "asked": TEXT, "found": TEXT, "citations": LIST},
    "citation": {
        "n": (int,), "document_id": TEXT, "file": TEXT, "title": TEXT, "publisher": MAYBE_TEXT,
        "year": MAYBE_NUMBER, "page": MAYBE_NUMBER, "locator": MAYBE_TEXT, "quote": TEXT, "url": MAYBE_TEXT,
        "confidence": TEXT,
    },
    "understanding": {
        "intent": TEXT, "places": LIST, "provinces": LIST, "labour_market_regions": LIST, "sectors": LIST,
        "education_levels": LIST, "target_groups": LIST, "carried_over": LIST,
    },
    "timing_ms": dict.fromkeys(
        ("understand", "retrieve", "match", "compose", "check", "total"), (int, float)
    ),
}  # fmt: skip
VALUES: dict[tuple[str, str], set[str]] = {
    ("answer", "language"): {"nl", "en"},
    ("answer", "status"): {"answered", "clarify", "abstained"},
    ("sentence", "kind"): {"claim", "frame"},
    ("recommendation", "kind"): {"regional_hca", "sectoral_hca", "programme", "initiative"},
    ("recommendation", "status"): {"active", "unknown", "ended"},
    ("citation", "confidence"): {"high", "medium", "low"},
}


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> list[Answer]:
    """What `assistant ask --batch` writes for our own questions."""
    out = tmp_path_factory.mktemp("batch") / "out.jsonl"
    assert main(["ask", "--batch", str(BATCH), "--out", str(out)]) == 0
    return [json.loads(line) for line in out.read_text("utf-8").splitlines()]


def parts(answer: Answer) -> Iterator[tuple[str, dict[str, Any]]]:
    """The answer and all that is in it, with the name of its kind."""
    yield "answer", answer
    yield "understanding", answer["understanding"]
    yield "timing_ms", answer["timing_ms"]
    yield from (("sentence", item) for item in answer["sentences"])
    yield from (("citation", item) for item in answer["citations"])
    for item in answer["recommendations"]:
        yield "recommendation", item
        yield from (("reason", reason) for reason in item["reasons"])


def wrong_keys(kind: str, part: dict[str, Any]) -> list[str]:
    """Keys of the contract that are missing or hold something else; other keys are free."""
    wrong = [
        f"{kind}.{key}"
        for key, types in KEYS[kind].items()
        if key not in part or type(part[key]) not in types
    ]
    return wrong + [
        f"{kind}.{key} = {part[key]}"
        for (of, key), allowed in VALUES.items()
        if of == kind and part.get(key) not in allowed
    ]


def without_timing(answer: Answer) -> str:
    return json.dumps({k: v for k, v in answer.items() if k not in ("timing_ms", "id")}, ensure_ascii=False)


def test_every_question_of_the_batch_is_answered_in_order(answers: list[Answer]) -> None:
    assert len(LINES) >= 60
    assert {line["split"] for line in LINES} == {"dev", "test"}
    assert [answer["id"] for answer in answers] == [line["id"] for line in LINES]
    assert [answer["id"] for answer in answers if "error" in answer] == []


def test_keys_and_values_are_those_of_the_contract(answers: list[Answer]) -> None:
    wrong = {found for a in answers for kind, part in parts(a) for found in wrong_keys(kind, part)}

    assert wrong == set()


def test_every_quote_stands_literally_in_its_source(answers: list[Answer]) -> None:
    quotes = [(a["id"], c["file"], c["locator"], c["quote"], c) for a in answers for c in a["citations"]]

    assert quotes
    assert [found[:4] for found in quotes if not is_literal(found[4])] == []


def test_every_kind_of_source_is_quoted(answers: list[Answer]) -> None:
    kinds = {Path(c["file"]).suffix for a in answers for c in a["citations"]}

    assert kinds == {".pdf", ".yaml", ".csv"}


def test_every_claim_has_a_citation_and_no_frame_has(answers: list[Answer]) -> None:
    sentences = [(a["id"], s) for a in answers for s in a["sentences"]]

    assert [x for x in sentences if (x[1]["kind"] == "claim") != bool(x[1]["citations"])] == []


def test_numbers_run_from_one_and_every_marker_is_a_citation(answers: list[Answer]) -> None:
    for answer in answers:
        numbers = [c["n"] for c in answer["citations"]]
        marked = {int(n) for n in re.findall(r"\[(\d+)\]", answer["answer"])}
        used = {
            n for kind, part in parts(answer) if kind in ("sentence", "reason") for n in part["citations"]
        }
        assert numbers == list(range(1, len(numbers) + 1)), answer["id"]
        assert marked <= set(numbers) == used, answer["id"]


def test_markdown_holds_every_sentence_with_its_markers(answers: list[Answer]) -> None:
    for answer in answers:
        for sentence in answer["sentences"]:
            markers = "".join(f"[{n}]" for n in sentence["citations"])
            assert f"{sentence['text']} {markers}".rstrip() in answer["answer"], answer["id"]


def test_recommendations_are_few_running_and_reasoned(answers: list[Answer]) -> None:
    for answer in answers:
        recommended = answer["recommendations"]
        assert len(recommended) <= 5, answer["id"]
        assert len({r["id"] for r in recommended}) == len(recommended), answer["id"]
        assert all(r["status"] != "ended" for r in recommended), answer["id"]
        assert all(any(reason["citations"] for reason in r["reasons"]) for r in recommended), answer["id"]


def test_no_abstained_answer_recommends(answers: list[Answer]) -> None:
    assert [a["id"] for a in answers if a["status"] == "abstained" and a["recommendations"]] == []


def test_clarifying_question_comes_with_its_status(answers: list[Answer]) -> None:
    assert [a["id"] for a in answers if (a["status"] == "clarify") != bool(a["clarifying_question"])] == []


@pytest.mark.parametrize("split", ["dev", "test"])
def test_questions_outside_the_subject_are_not_answered(answers: list[Answer], split: str) -> None:
    outside = {line["id"] for line in LINES if line.get("outside") and line["split"] == split}

    assert outside
    found = {a["id"]: a["status"] for a in answers if a["id"] in outside}
    assert found == dict.fromkeys(outside, "abstained")


def test_follow_ups_say_what_they_carry_over(answers: list[Answer]) -> None:
    later = {line["id"] for line in LINES if "turns" in line}

    assert [a["id"] for a in answers if a["id"] in later and not a["understanding"]["carried_over"]] == []


def test_two_runs_give_the_same_bytes_apart_from_timing(answers: list[Answer]) -> None:
    for line, answer in zip(LINES, answers, strict=True):
        again = assistant().ask_all(line.get("turns") or [line["question"]]).model_dump(mode="json")
        assert without_timing(again) == without_timing(answer), line["id"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Friesland", "Fryslân", id="province in Dutch and Frisian"),
        pytest.param("Den Haag", "'s-Gravenhage", id="city with two names"),
        pytest.param("Den Bosch", "'s-Hertogenbosch", id="short name"),
        pytest.param("Zuid-Limburg", "Zuid Limburg", id="without hyphen"),
    ],
)
def test_two_names_of_one_place_lead_to_the_same_agenda(one: str, other: str) -> None:
    question = "Welke regionale human capital agenda is er in {}?"

    first, second = (assistant().ask(question.format(name)) for name in (one, other))

    assert first.understanding.provinces == second.understanding.provinces != ()
    assert first.recommendations[0].id == second.recommendations[0].id


def test_with_sockets_blocked_everything_works() -> None:
    disable_socket(allow_unix_socket=True)
    try:
        with pytest.warns(UserWarning, match="tried to use socket"), pytest.raises(SocketBlockedError):
            socket.socket(socket.AF_INET)
        answer = Assistant.open().ask("Wij bouwen schepen in Urk, bij welke agenda sluiten we aan?")
    finally:
        enable_socket()

    assert answer.status == "answered"
    assert answer.recommendations
