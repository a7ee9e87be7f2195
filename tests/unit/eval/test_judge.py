from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.errors import UsageError
from assistant.llm.chat import Chat
from assistant.llm.prompts import load_prompt
from eval.judge import PROMPT as JUDGE_PROMPT
from eval.judge import filled_prompt, judge_run, parse_judgement, write_judgement
from eval.run_store import Run, load_run, save_run
from eval.runner import Timing
from eval.summary import summarise
from tests.unit.eval.examples import (
    LiteralJudge,
    SmallSources,
    make_answer,
    make_case,
    make_citation,
    make_item,
    make_sentence,
)
from tests.unit.llm.scripted import ScriptedChat

TEXTS = ("De handreiking telt drie stappen.", "Er zijn negen stappen.")


def reply(*verdicts: str, helps: str = "yes") -> str:
    lines = [{"n": n, "verdict": verdict} for n, verdict in enumerate(verdicts, 1)]
    return json.dumps({"sentences": lines, "answers_question": helps})


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Two answered questions of two cited sentences, called supported by the checker, and a refusal."""
    sentences = tuple(make_sentence(text, 1).model_copy(update={"verdict": "supported"}) for text in TEXTS)
    answered = make_answer(sentences=sentences, citations=(make_citation(),))
    refused = make_answer(status="abstained", abstention="nonsense")
    cases = [
        make_case(make_item("dev-hca-001"), answered),
        make_case(make_item("dev-hca-002"), answered),
        make_case(make_item("dev-hca-003"), refused),
    ]
    timings = [Timing(case.item.id, {"total": 1.0}, 1.0) for case in cases]
    return save_run(
        {}, [c.item for c in cases], [c.outcome for c in cases], timings,
        summarise(cases, timings, SmallSources(), LiteralJudge()), {},
        now=datetime(2026, 11, 24, tzinfo=UTC), runs=tmp_path,
    )  # fmt: skip


def chat(*script: object, pause: Callable[[float], None] = lambda _: None) -> Chat:
    return Chat(ScriptedChat(script=list(script)), pause=pause)


def test_verdicts_become_measures_with_intervals(run: Run) -> None:
    result = judge_run(
        run,
        "test:model",
        chat(reply("supported", "unsupported"), reply("supported", "partial", helps="partly")),
    )

    assert {name: (e.n, e.value) for name, e in result.estimates.items()} == {
        "judged support": (2, 0.625),
        "judged helpfulness": (2, 0.75),
        "judge agrees with checker": (2, 0.5),
    }
    assert result.unusable == {}


@pytest.mark.parametrize(
    ("first", "why"),
    [
        pytest.param("Dat kan ik niet.", "no judgement", id="no json"),
        pytest.param(reply("supported"), "no judgement", id="a sentence is passed over"),
        pytest.param(reply("supported", "prima"), "no judgement", id="unknown verdict"),
        pytest.param(ValueError("weg"), "unusable", id="the model broke"),
    ],
)
def test_answer_without_a_judgement_is_named_and_does_not_count(run: Run, first: object, why: str) -> None:
    result = judge_run(run, "test:model", chat(first, reply("supported", "supported")))

    assert result.estimates["judged support"].n == 1
    assert why in result.unusable["dev-hca-001"]


def test_thoughts_before_the_judgement_are_passed_over() -> None:
    found = parse_judgement(f'<think>{{"n": 1}}</think> Zo: {reply("partial")}', 1)

    assert found is not None
    assert found.sentences[0].verdict == "partial"


def test_prompt_holds_the_sentences_with_their_quotes_between_marks(run: Run) -> None:
    prompt = load_prompt(JUDGE_PROMPT, variables=("question", "sentences", "sources", "mark"))

    system, question = filled_prompt(prompt, run.items[0], run.outcomes[0].answer)

    mark = question.splitlines()[0].removeprefix("<<<")
    assert mark in system
    assert question.endswith(f"{mark}>>>")
    for text in TEXTS:
        assert text in question
    assert '"1": "De handreiking telt drie stappen."' in question


def test_judgement_is_kept_beside_the_run_and_out_of_its_measures(run: Run) -> None:
    before = load_run(run.folder)
    result = judge_run(run, "test:model/8b", chat(reply("unsupported", "unsupported")), limit=1)

    path = write_judgement(run.folder, result)

    assert path.name == "judge-test-model-8b.json"
    kept = json.loads(path.read_text("utf-8"))
    assert kept["values"]["judged support"] == {"dev-hca-001": [0.0, 2.0]}
    assert load_run(run.folder) == before
    assert not any(name.startswith("judge") for name in before.summary.estimates)


def test_run_without_answers_is_refused(run: Run) -> None:
    with pytest.raises(UsageError, match="no answered questions in test"):
        judge_run(run, "test:model", chat(), split="test")
