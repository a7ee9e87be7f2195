"""Answered, asked back or abstained: is it the right one of the three, and for the right reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from assistant.domain.question import Abstention
from eval.measures.base import Case, Values, yes

_NAMES = (
    "failed", "status accuracy", "refusal right", "refusal kind", "wrongly refused", "wrongly asked back",
    "clarify accuracy", "clarify kind", "abstention precision", "abstention recall",
)  # fmt: skip


def measure_standing(cases: Sequence[Case]) -> dict[str, Values]:
    """Accuracy of the status, and precision and recall of abstaining, whole and per kind.

    A question that is too vague asks back; its kind counts as found when it does.
    """
    found: dict[str, Values] = {name: {} for name in _NAMES}
    for case in cases:
        item, expected, answer = case.item.id, case.item.expected, case.outcome.answer
        status = "failed" if case.outcome.error else answer.status
        refused, should_refuse = status == "abstained", expected.status == "abstained"
        found["failed"][item] = yes(status == "failed")
        found["status accuracy"][item] = yes(status == expected.status)
        if case.item.slice == "refuse":
            found["refusal right"][item] = yes(status == expected.status)
            if should_refuse:
                found["refusal kind"][item] = yes(refused and answer.abstention == expected.abstention)
        if expected.status == "answered":
            found["wrongly refused"][item] = yes(status not in ("answered", "clarify"))
            found["wrongly asked back"][item] = yes(status == "clarify")
        if expected.status == "clarify":
            found["clarify accuracy"][item] = yes(status == "clarify")
            if expected.abstention is None:
                is_right = status == "clarify" and case.outcome.clarify == expected.clarify
                found["clarify kind"][item] = yes(is_right)
        if refused:
            found["abstention precision"][item] = yes(should_refuse)
        if should_refuse:
            found["abstention recall"][item] = yes(refused)
    for kind in get_args(Abstention):
        found |= _kind(cases, kind)
    return found


def _kind(cases: Sequence[Case], kind: str) -> dict[str, Values]:
    precision: Values = {}
    recall: Values = {}
    for case in cases:
        got = "too_vague" if case.outcome.answer.status == "clarify" else case.outcome.answer.abstention
        got = None if case.outcome.error else got
        expected = case.item.expected
        is_kind = expected.abstention == kind
        if got == kind:
            precision[case.item.id] = yes(is_kind or (kind == "too_vague" and expected.status == "clarify"))
        if is_kind:
            recall[case.item.id] = yes(got == kind)
    return {f"abstention precision {kind}": precision, f"abstention recall {kind}": recall}
