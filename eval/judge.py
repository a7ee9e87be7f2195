"""`assistant eval judge`: what a language model says of the answers of a run. Never part of the gate.

A model can be wrong, and another version of it judges otherwise. So its measures stand in a file of their own
beside the run, with the name of the model, the version of the prompt, and how often the claim checker agrees.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, Protocol

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.domain.answer import Answer, Sentence
from assistant.errors import UsageError
from assistant.llm.chat import Completion
from assistant.llm.prompts import Prompt, load_prompt
from eval.golden_set import GoldenItem
from eval.measures.base import Values
from eval.outcome import Outcome
from eval.run_store import Run
from eval.statistics import Estimate, estimate

PROMPT = Path(__file__).with_name("judge.nl.md")
MAX_SENTENCES = 40
"""Cited sentences of one answer that are judged."""
SHARES = {"supported": 1.0, "partial": 0.5, "unsupported": 0.0, "yes": 1.0, "partly": 0.5, "no": 0.0}
"""What a verdict counts for."""
MEASURES: Mapping[str, str] = {
    "judged support": "Cited sentences that their quotes say, by the model; partly counts half.",
    "judged helpfulness": "Answers that answer the question, by the model; partly counts half.",
    "judge agrees with checker": "Cited sentences on which model and claim checker give the same verdict.",
}

_THOUGHTS = re.compile(r"<think(?:ing)?>.*?</think(?:ing)?>", re.S | re.I)


class AsksModel(Protocol):
    """What is asked of a chat; `assistant.llm.chat.Chat` is one."""

    def complete(self, system: str, question: str) -> Completion:
        """What the model answers; trouble is a value."""
        ...


class _Line(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    n: int
    verdict: Literal["supported", "partial", "unsupported"]


class Judgement(BaseModel):
    """What a model said of one answer."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    sentences: tuple[_Line, ...]
    answers_question: Literal["yes", "partly", "no"]


@dataclass(frozen=True, slots=True)
class JudgeResult:
    """Measures by a model.

    Attributes:
        values: measure to item to (numerator, denominator).
        unusable: items of which nothing could be read, with why.
    """

    model: str
    prompt_version: int
    estimates: Mapping[str, Estimate]
    values: Mapping[str, Values]
    unusable: Mapping[str, str]


def parse_judgement(reply: str, expected: int) -> Judgement | None:
    """The judgement in a reply, or None when it is not one of all the sentences asked about."""
    plain = _THOUGHTS.sub("", reply)
    try:
        data, _ = json.JSONDecoder().raw_decode(plain[max(plain.find("{"), 0) :])
        found = Judgement.model_validate(data)
    except (ValueError, ValidationError, RecursionError):
        return None
    numbers = sorted(line.n for line in found.sentences)
    return found if numbers == list(range(1, expected + 1)) else None


def cited_sentences(answer: Answer) -> list[Sentence]:
    """The sentences that are judged: claims with a marker."""
    return [s for s in answer.sentences if s.kind == "claim" and s.citations][:MAX_SENTENCES]


def filled_prompt(prompt: Prompt, item: GoldenItem, answer: Answer) -> tuple[str, str]:
    """System text and question for one answer; data stand between marks that they cannot contain."""
    sentences = cited_sentences(answer)
    used = {n for sentence in sentences for n in sentence.citations}
    rows = [{"n": n, "zin": s.text, "bronnen": list(s.citations)} for n, s in enumerate(sentences, 1)]
    sources = {str(c.n): c.quote for c in answer.citations if c.n in used}
    parts = {
        "question": json.dumps(item.text, ensure_ascii=False),
        "sentences": json.dumps(rows, ensure_ascii=False),
        "sources": json.dumps(sources, ensure_ascii=False),
    }
    mark = hashlib.sha256("".join(parts.values()).encode()).hexdigest()[:12]
    return prompt.fill(**parts, mark=mark)


def judge_run(
    run: Run,
    model: str,
    chat: AsksModel,
    *,
    split: str = "dev",
    limit: int | None = None,
    advance: Callable[[int], None] = lambda _: None,
) -> JudgeResult:
    """Let a model judge the answered questions of a run.

    Args:
        limit: questions at most, in the order of the run.
        advance: called with 1 after each question.

    Raises:
        UsageError: the run has no answers to judge.
    """
    prompt = load_prompt(PROMPT, variables=("question", "sentences", "sources", "mark"))
    todo = judged_items(run, split)[:limit]
    if not todo:
        raise UsageError(f"{run.name} has no answered questions in {split}. Choose another --split or run.")
    values: dict[str, dict[str, tuple[float, float]]] = {name: {} for name in MEASURES}
    unusable: dict[str, str] = {}
    for item, outcome in todo:
        sentences = cited_sentences(outcome.answer)
        completion = chat.complete(*filled_prompt(prompt, item, outcome.answer))
        found = parse_judgement(completion.text, len(sentences)) if completion.failure is None else None
        if found is None:
            unusable[item.id] = completion.failure or "the reply is no judgement of every sentence"
        else:
            for name, value in _values(found, sentences).items():
                values[name][item.id] = value
        advance(1)
    estimates = {n: e for n, by_item in values.items() if (e := estimate(list(by_item.values()), seed=n))}
    return JudgeResult(model, prompt.version, estimates, values, unusable)


def judged_items(run: Run, split: str) -> list[tuple[GoldenItem, Outcome]]:
    """Answered questions with at least one cited sentence."""
    outcomes = {outcome.id: outcome for outcome in run.outcomes}
    return [
        (item, outcomes[item.id])
        for item in run.items
        if split in ("all", item.split)
        and item.id in outcomes
        and outcomes[item.id].answer.status == "answered"
        and cited_sentences(outcomes[item.id].answer)
    ]


def _values(found: Judgement, sentences: Sequence[Sentence]) -> dict[str, tuple[float, float]]:
    by_number = {line.n: line.verdict for line in found.sentences}
    verdicts = [by_number[n] for n in range(1, len(sentences) + 1)]
    checked = [(v, s.verdict) for v, s in zip(verdicts, sentences, strict=True) if s.verdict is not None]
    values = {
        "judged support": (sum(SHARES[v] for v in verdicts), float(len(verdicts))),
        "judged helpfulness": (SHARES[found.answers_question], 1.0),
    }
    if checked:
        same = sum(verdict == other for verdict, other in checked)
        values["judge agrees with checker"] = (float(same), float(len(checked)))
    return values


def write_judgement(folder: Path, result: JudgeResult) -> Path:
    """Keep a result beside its run, one file per model; `measures.json` stays as it is.

    Raises:
        UsageError: the file cannot be written.
    """
    name = re.sub(r"[^A-Za-z0-9.-]+", "-", result.model).strip("-.") or "model"
    path = folder / f"judge-{name}.json"
    try:
        path.write_text(json.dumps(asdict(result), ensure_ascii=False, indent=1) + "\n", "utf-8")
    except OSError as error:
        raise UsageError(f"Cannot write {path}: {error.strerror or error}.") from error
    return path
