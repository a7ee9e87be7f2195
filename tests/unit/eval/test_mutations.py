"""Break a good run in one way: the measure that watches for it must fall, and the others must not hide it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from eval.measures.base import Case, Values, total
from eval.summary import item_values
from tests.unit.eval.examples import (
    LiteralJudge,
    SmallSources,
    make_citation,
    make_recommendation,
    make_sentence,
)


def measured(cases: Sequence[Case], sources: SmallSources, judge: LiteralJudge) -> dict[str, float | None]:
    values: dict[str, Values] = item_values(cases, sources, judge)
    return {name: total(by_item.values()) for name, by_item in values.items()}


def with_answer(case: Case, **changes: object) -> Case:
    answer = case.outcome.answer.model_copy(update=changes)
    return replace(case, outcome=replace(case.outcome, answer=answer))


@pytest.mark.parametrize("arm", ["dense", "bm25", "hybrid"])
def test_shuffled_ranking_lowers_its_ranking_measures_alone(
    arm: str, documented: list[Case], sources: SmallSources, judge: LiteralJudge
) -> None:
    before = measured(documented, sources, judge)
    rankings = dict(documented[0].outcome.rankings)
    rankings[arm] = tuple((passage, score) for (passage, _), (_, score) in zip(
        reversed(rankings[arm]), rankings[arm], strict=True))  # fmt: skip
    after = measured(
        [replace(documented[0], outcome=replace(documented[0].outcome, rankings=rankings))], sources, judge
    )

    assert before[f"{arm} nDCG@10"] == before[f"{arm} RR@10"] == before[f"{arm} Success@1"] == 1.0
    assert after[f"{arm} RR@10"] == 0.5
    assert (after[f"{arm} nDCG@10"] or 0) < 1.0
    assert after[f"{arm} Success@1"] == 0.0
    others = [a for a in ("dense", "bm25", "hybrid") if a != arm]
    assert all(after[f"{other} nDCG@10"] == 1.0 for other in others)


def test_passage_missing_from_ranking_lowers_recall(
    documented: list[Case], sources: SmallSources, judge: LiteralJudge
) -> None:
    rankings = {"hybrid": (("gids#2", 0.4),)}
    after = measured(
        [replace(documented[0], outcome=replace(documented[0].outcome, rankings=rankings))], sources, judge
    )

    assert after["hybrid Recall@10"] == 0.0


def test_wrong_page_lowers_page_accuracy_and_literal_quotes(
    documented: list[Case], sources: SmallSources, judge: LiteralJudge
) -> None:
    before = measured(documented, sources, judge)
    wrong = make_citation(page=2)
    after = measured([with_answer(documented[0], citations=(wrong,))], sources, judge)

    assert before["page accuracy"] == before["page hit"] == before["quotes literal"] == 1.0
    assert after["page accuracy"] == after["page hit"] == after["quotes literal"] == 0.0
    assert after["citation recall"] == 0.0  # page 2 does not say it either


def test_changed_quote_lowers_literal_quotes_alone(
    documented: list[Case], sources: SmallSources, judge: LiteralJudge
) -> None:
    changed = make_citation(quote="De handreiking telt vier stappen.")
    after = measured([with_answer(documented[0], citations=(changed,))], sources, judge)

    assert after["quotes literal"] == 0.0
    assert after["page accuracy"] == after["citation recall"] == 1.0


def test_dropped_citation_lowers_citation_recall(
    documented: list[Case], sources: SmallSources, judge: LiteralJudge
) -> None:
    bare = make_sentence("De handreiking telt drie stappen.")
    after = measured([with_answer(documented[0], sentences=(bare,))], sources, judge)

    assert after["citation recall"] == 0.0
    assert after["nugget recall"] == 1.0


def test_needless_citation_lowers_precision_and_not_recall(
    documented: list[Case], sources: SmallSources, judge: LiteralJudge
) -> None:
    padded = make_sentence("De handreiking telt drie stappen.", 1, 2)
    extra = make_citation(2, page=2, quote="Het fonds telde 25 programma's in 2022.")
    case = with_answer(documented[0], sentences=(padded,), citations=(make_citation(), extra))
    after = measured([case], sources, judge)

    assert after["citation recall"] == 1.0
    assert after["citation precision"] == 0.5


def test_swapped_records_lower_success_at_1_and_keep_success_at_3(
    matched: list[Case], sources: SmallSources, judge: LiteralJudge
) -> None:
    before = measured(matched, sources, judge)
    found = matched[0].outcome.answer.recommendations
    wrong = make_recommendation("agenda-twente")
    after = measured([with_answer(matched[0], recommendations=(wrong, *found)), *matched[1:]], sources, judge)

    assert before["hca Success@1"] == before["match Success@1"] == before["hca RR"] == 1.0
    assert after["hca Success@1"] == after["match Success@1"] == pytest.approx(2 / 3)
    assert after["hca Success@3"] == 1.0
    assert after["hca RR"] == pytest.approx(5 / 6)


def test_record_of_another_region_raises_outside_region(
    matched: list[Case], sources: SmallSources, judge: LiteralJudge
) -> None:
    found = matched[0].outcome.answer.recommendations
    more = (*found, make_recommendation("agenda-twente"))
    after = measured([with_answer(matched[0], recommendations=more), *matched[1:]], sources, judge)

    assert measured(matched, sources, judge)["outside region"] == 0.0
    assert after["outside region"] == 0.25  # one of four; the national agenda is no regional one


def test_answers_of_other_questions_lower_matching(
    matched: list[Case], documented: list[Case], sources: SmallSources, judge: LiteralJudge
) -> None:
    swapped = [
        replace(matched[0], outcome=replace(documented[0].outcome, id=matched[0].item.id)),
        replace(documented[0], outcome=replace(matched[0].outcome, id=documented[0].item.id)),
    ]
    after = measured(swapped, sources, judge)

    assert after["match Success@3"] == after["page hit"] == after["nugget recall"] == 0.0


def test_forgotten_key_fact_lowers_nugget_recall(
    documented: list[Case], sources: SmallSources, judge: LiteralJudge
) -> None:
    vague = make_sentence("De handreiking telt stappen.", 1)
    after = measured([with_answer(documented[0], sentences=(vague,))], sources, judge)

    assert after["nugget recall"] == 0.0


@pytest.mark.parametrize("status", ["abstained", "clarify"])
def test_wrong_status_lowers_status_accuracy(
    status: str, matched: list[Case], sources: SmallSources, judge: LiteralJudge
) -> None:
    after = measured([with_answer(matched[0], status=status), *matched[1:]], sources, judge)

    assert after["status accuracy"] == pytest.approx(2 / 3)
    assert after["wrongly refused" if status == "abstained" else "wrongly asked back"] == pytest.approx(1 / 3)


def test_broken_question_counts_as_wrong_and_never_as_a_good_refusal(
    matched: list[Case], sources: SmallSources, judge: LiteralJudge
) -> None:
    refuse = matched[0].item.model_copy(
        update={"slice": "refuse", "expected": matched[0].item.expected.model_copy(
            update={"status": "abstained", "abstention": "nonsense", "hcas": ()})}
    )  # fmt: skip
    answer = matched[0].outcome.answer.model_copy(update={"status": "abstained", "recommendations": ()})
    case = replace(
        matched[0], item=refuse, outcome=replace(matched[0].outcome, answer=answer, error="ValueError: x")
    )
    after = measured([case], sources, judge)

    assert after["failed"] == 1.0
    assert after["refusal right"] == after["abstention recall"] == 0.0
