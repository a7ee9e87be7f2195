"""A reviewed answer as a labelled question of the golden set, in plain data; or why it cannot be one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from assistant.domain.answer import Answer
from assistant.domain.catalogue import Record
from assistant.domain.review import LoggedAnswer, Review
from assistant.guards.personal import LABELS, find_personal_data
from assistant.review.names import finds_name

Refusal = Literal["personal_data", "name", "turns", "nothing_to_judge", "unknown_record", "no_question_back"]
_SLICES: Mapping[str, str] = {
    "find_regional_hca": "hca", "find_sectoral_hca": "sectoral", "find_initiative": "initiative",
    "compare": "compare", "why_not": "why_not", "about_record": "about",
}  # fmt: skip
"""Slice of the golden set by what was asked; everything else asks what the documents say."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a review makes no golden item; `detail` names what was in the way."""

    code: Refusal
    detail: str = ""


def golden_item(
    turns: Sequence[LoggedAnswer],
    review: Review,
    records: Mapping[str, Record],
    *,
    judged_on: date,
    questions: Sequence[str] = (),
) -> dict[str, Any] | Refused:
    """The item that a review of the last of these answers makes.

    Args:
        turns: the conversation up to the answer reviewed, oldest first.
        records: the catalogue, by id.
        questions: the questions in other words, one for each turn; empty keeps them as they were asked.
    """
    logged = turns[-1]
    asked = tuple(questions) or tuple(turn.answer.question for turn in turns)
    if len(asked) != len(turns):
        return Refused("turns", f"{len(asked)} / {len(turns)}")
    refused = _not_for_keeps((*asked, review.reader))
    if refused is not None:
        return refused
    right = [i for i, verdict in review.recommendations.items() if verdict == "right"]
    named = tuple(dict.fromkeys((*right, *review.missing)))
    unknown = [i for i in named if i not in records]
    if unknown:
        return Refused("unknown_record", ", ".join(unknown))
    expected = _expected(logged, review, [records[i] for i in named])
    if isinstance(expected, Refused):
        return expected
    form = {"question": asked[0]} if len(asked) == 1 else {"turns": list(asked)}
    kind = _slice(logged.answer, len(asked), expected)
    return {
        "id": f"real-{kind.replace('_', '-')}-{logged.answer_id[:12]}",
        "split": "test",
        "slice": kind,
        **form,
        "language": logged.answer.language,
        "origin": "real",
        "judged_by": review.reader,
        "judged_on": judged_on.isoformat(),
        "expected": expected,
    }


def _not_for_keeps(texts: Iterable[str]) -> Refused | None:
    for text in texts:
        label = next((label for label in LABELS.values() if label in text), None)
        if label or find_personal_data(text):
            return Refused("personal_data", label or "")
        name = finds_name(text)
        if name:
            return Refused("name", name)
    return None


def _expected(logged: LoggedAnswer, review: Review, named: Sequence[Record]) -> dict[str, Any] | Refused:
    answer = logged.answer
    if named:
        return {"status": "answered", **_records(named), **_facets(logged, review)}
    if answer.status == "abstained" and not _has_fault(review):
        return {"status": "abstained", "abstention": answer.abstention, **_facets(logged, review)}
    if answer.status == "clarify" and not _has_fault(review):
        asked_back = logged.trace["understanding"]["clarify"]
        if asked_back is None:
            return Refused("no_question_back")
        return {"status": "clarify", "clarify": asked_back, **_facets(logged, review)}
    passages = _passages(answer, review)
    if answer.status == "answered" and passages:
        return {"status": "answered", "passages": passages, **_facets(logged, review)}
    return Refused("nothing_to_judge")


def _records(named: Sequence[Record]) -> dict[str, list[str]]:
    """What is right in first place; what ended can only stand further down."""
    found: dict[str, list[str]] = {}
    for record in named:
        kind = "initiatives" if record.kind == "initiative" else "hcas"
        place = f"{kind}_also" if record.status == "ended" else kind
        found.setdefault(place, []).append(record.id)
    return found


def _has_fault(review: Review) -> bool:
    """Whether the reader found anything wrong or missing, or wrote a better answer."""
    verdicts = {*review.sentences.values(), *review.recommendations.values()}
    return bool(verdicts - {"supported", "right"} or review.missing or review.corrected_answer.strip())


def _facets(logged: LoggedAnswer, review: Review) -> dict[str, Any]:
    """What was understood, when nothing the reader saw speaks against it."""
    if _has_fault(review):
        return {}
    view = logged.answer.understanding
    facets = {
        "places": list(view.places), "provinces": list(view.provinces), "sectors": list(view.sectors),
        "education_levels": list(view.education_levels), "target_groups": list(view.target_groups),
        "intent": view.intent,
    }  # fmt: skip
    return {"facets": {name: value for name, value in facets.items() if value}}


def _passages(answer: Answer, review: Review) -> list[dict[str, Any]]:
    """Pages whose words the reader found to support a sentence."""
    judged = sorted(n for n, verdict in review.sentences.items() if verdict == "supported")
    numbers = {n for sentence in judged for n in answer.sentences[sentence].citations}
    return [
        {"document_id": c.document_id, "page": c.page, "quote": c.quote}
        for c in answer.citations
        if c.n in numbers and c.page is not None
    ]


def _slice(answer: Answer, turns: int, expected: Mapping[str, Any]) -> str:
    if turns > 1:
        return "dialogue"
    if expected["status"] == "abstained":
        return "refuse"
    if expected["status"] == "clarify":
        return "clarify"
    if answer.language == "en":
        return "english"
    by_intent = _SLICES.get(answer.understanding.intent)
    if by_intent is not None:
        return by_intent
    if "passages" in expected:
        return "document"
    return "hca" if "hcas" in expected else "initiative"
