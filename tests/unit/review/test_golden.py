"""From a review to a labelled question: what it holds, and what is refused with nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.domain.catalogue import Record
from assistant.domain.review import Review
from assistant.labelling import Labelled, label_reviewed
from assistant.review.store import SqlReviewStore
from eval.golden_reviewed import REVIEWED_FILE, NotAdded, add_reviewed
from eval.golden_set import GoldenItem, dump_golden, load_golden
from eval.run import RunOptions, chosen_items
from tests.support.reviews import store_at, trace_of
from tests.support.small import RECORDS

TODAY = date(2026, 3, 4)
CATALOGUE: dict[str, Record] = {record.id: record for record in RECORDS}
QUESTION = "Wij zitten in Lelystad en plaatsen zonnepanelen; bij wie horen we?"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlReviewStore]:
    store = store_at(f"sqlite:///{tmp_path / 'log.sqlite'}")
    yield store
    store.close()


@pytest.fixture
def golden(tmp_path: Path) -> Path:
    return tmp_path / "golden"


def judged(store: SqlReviewStore, question: str = QUESTION, *, turn: int = 0, **review: Any) -> str:
    answer_id = store.log(trace_of(question), conversation_id="gesprek", turn=turn) or ""
    found = Review(answer_id, **{"reader": "adviseur-1", **review})
    store.save_review(found, began_from={})
    return answer_id


def label(store: SqlReviewStore, answer_id: str, golden: Path, **changes: Any) -> Labelled:
    parts: dict[str, Any] = {"records": CATALOGUE, "golden_dir": golden, "today": TODAY}
    return label_reviewed(store, answer_id, None, **{**parts, **changes})


def test_confirmed_answer_becomes_an_item_with_its_facets(store: SqlReviewStore, golden: Path) -> None:
    answer_id = judged(store, recommendations={"streek": "right", "project": "right"})

    outcome = label(store, answer_id, golden)

    (item,) = load_golden(golden / REVIEWED_FILE)
    assert outcome.item_id == item.id
    assert (item.question, item.split, item.origin, item.judged_by) == (
        QUESTION,
        "test",
        "real",
        "adviseur-1",
    )
    assert item.judged_on == TODAY
    assert (item.expected.hcas, item.expected.initiatives) == (("streek",), ("project",))
    assert item.expected.facets.places == ("Lelystad",)


def test_fault_found_leaves_facets_out_and_takes_what_was_missing(
    store: SqlReviewStore, golden: Path
) -> None:
    answer_id = judged(store, recommendations={"streek": "wrong"}, missing=("elders", "oude-streek"))

    label(store, answer_id, golden)

    (item,) = load_golden(golden / REVIEWED_FILE)
    assert item.expected.hcas == ("elders",)
    assert item.expected.hcas_also == ("oude-streek",)
    assert item.expected.facets.places == ()


def test_conversation_becomes_an_item_with_turns(store: SqlReviewStore, golden: Path) -> None:
    judged(store, "We zijn een installateur in Lelystad.")
    answer_id = judged(store, QUESTION, turn=1, recommendations={"streek": "right"})

    label(store, answer_id, golden)

    (item,) = load_golden(golden / REVIEWED_FILE)
    assert (item.slice, item.turns) == ("dialogue", ("We zijn een installateur in Lelystad.", QUESTION))


@pytest.mark.parametrize(
    ("question", "review", "code"),
    [
        pytest.param(QUESTION, {}, "nothing_to_judge", id="nothing judged right or missing"),
        pytest.param(
            "Mail jan@voorbeeld.nl over Lelystad.", {"missing": ("streek",)}, "personal_data", id="masked"
        ),
        pytest.param(
            "Ik ben Kees Bakker uit Lelystad.", {"missing": ("streek",)}, "name", id="name in question"
        ),
        pytest.param(
            QUESTION, {"missing": ("streek",), "reader": "Kees Bakker"}, "name", id="reader by name"
        ),
        pytest.param(QUESTION, {"missing": ("bestaat-niet",)}, "unknown_record", id="unknown record"),
    ],
)
def test_what_may_not_be_kept_is_refused(
    store: SqlReviewStore, golden: Path, question: str, review: dict[str, Any], code: str
) -> None:
    outcome = label(store, judged(store, question, **review), golden)

    assert (outcome.item_id, outcome.code) == (None, code)
    assert outcome.reason.endswith(".")
    assert not (golden / REVIEWED_FILE).exists()


def test_answer_that_nobody_judged_is_refused(store: SqlReviewStore, golden: Path) -> None:
    answer_id = store.log(trace_of(), conversation_id="a", turn=0) or ""

    assert label(store, answer_id, golden).code == "not_judged"


def test_question_in_other_words_mends_a_name(store: SqlReviewStore, golden: Path) -> None:
    answer_id = judged(store, "Ik ben Kees Bakker uit Lelystad.", missing=("streek",))

    outcome = label(store, answer_id, golden, questions=(QUESTION,))

    assert outcome.item_id is not None


def item(question: str, number: int, split: str) -> GoldenItem:
    return GoldenItem.model_validate(
        {
            "id": f"{split}-hca-{number}", "split": split, "slice": "hca", "question": question,
            "origin": "synthetic", "judged_by": "schrijver", "judged_on": "2026-01-01",
            "expected": {"status": "answered", "hcas": ["streek"]},
        }
    )  # fmt: skip


@pytest.mark.parametrize(
    ("known", "code"),
    [
        pytest.param(item(QUESTION, 1, "test"), "duplicate", id="same question"),
        pytest.param(item(f"{QUESTION} Graag.", 1, "test"), "near_duplicate", id="almost the same"),
        pytest.param(
            item("Wij zitten in Lelystad en plaatsen zonnepanelen; welke agenda is dat?", 1, "dev"),
            "leak",
            id="like one of the dev split",
        ),
    ],
)
def test_question_that_is_known_is_refused(
    store: SqlReviewStore, golden: Path, known: GoldenItem, code: str
) -> None:
    golden.mkdir()
    (golden / "known.jsonl").write_text(dump_golden([known]), "utf-8")

    outcome = label(store, judged(store, missing=("streek",)), golden)

    assert (outcome.item_id, outcome.code) == (None, code)
    assert not (golden / REVIEWED_FILE).exists()


def test_second_time_is_refused_unless_it_replaces(store: SqlReviewStore, golden: Path) -> None:
    answer_id = judged(store, missing=("streek",))
    label(store, answer_id, golden)
    store.save_review(Review(answer_id, "adviseur-1", missing=("provincie",)), began_from={"adviseur-1": 1})

    assert label(store, answer_id, golden).code == "same_item"
    assert label(store, answer_id, golden, replace=True).item_id is not None

    (kept,) = load_golden(golden / REVIEWED_FILE)
    assert kept.expected.hcas == ("provincie",)


def test_next_run_counts_it(store: SqlReviewStore, golden: Path, tmp_path: Path) -> None:
    committed = tmp_path / "committed"
    committed.mkdir()
    (committed / "test.jsonl").write_text(dump_golden([item("Iets heel anders?", 1, "test")]), "utf-8")
    options = RunOptions(committed, reviewed=golden / REVIEWED_FILE)
    before = len(chosen_items(options))

    label(store, judged(store, missing=("streek",)), golden)

    assert len(chosen_items(options)) == before + 1
    assert len(chosen_items(RunOptions(golden, reviewed=golden / REVIEWED_FILE))) == 1


def test_invalid_item_leaves_the_file_as_it_was(golden: Path, tmp_path: Path) -> None:
    good = item(QUESTION, 1, "test").model_dump(mode="json")
    add_reviewed(good, golden, ["streek"], beside=tmp_path)
    before = (golden / REVIEWED_FILE).read_bytes()

    with pytest.raises(NotAdded, match="unknown id"):
        add_reviewed({**good, "id": "x", "question": "Totaal iets anders?"}, golden, [], beside=tmp_path)
    with pytest.raises(NotAdded):
        add_reviewed({**good, "id": "y", "slice": "nergens"}, golden, ["streek"], beside=tmp_path)

    assert (golden / REVIEWED_FILE).read_bytes() == before
