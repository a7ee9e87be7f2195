"""The golden sets: reading them, and the checks that keep them fit to judge with."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from assistant.ingest.catalogue import load_catalogue
from eval.golden_set import (
    GoldenItem,
    GoldenSetError,
    dump_golden,
    load_golden,
    similarity,
    validate_golden,
    validate_passages,
)

ROOT = Path(__file__).parents[3]


def item(**changes: Any) -> GoldenItem:
    fields: dict[str, Any] = {
        "id": "dev-hca-001",
        "split": "dev",
        "slice": "hca",
        "question": "Welke agenda geldt in Zeist?",
        "origin": "synthetic",
        "judged_by": "adviseur",
        "judged_on": "2026-11-24",
        "expected": {"status": "answered", "hcas": ["agenda-a"]},
    }
    return GoldenItem.model_validate(fields | changes)


@pytest.fixture(scope="module")
def golden() -> tuple[GoldenItem, ...]:
    return load_golden(ROOT / "eval" / "golden")


class TestItem:
    @pytest.mark.parametrize(
        "changes",
        [
            pytest.param({"question": None}, id="neither a question nor turns"),
            pytest.param({"turns": ["a", "b"]}, id="both a question and turns"),
            pytest.param({"question": None, "turns": ["a"]}, id="a conversation of one turn"),
            pytest.param({"expected": {"status": "answered"}}, id="answered without any label"),
            pytest.param({"expected": {"status": "abstained"}}, id="abstained without a kind"),
            pytest.param({"expected": {"status": "clarify"}}, id="clarify without what is asked"),
            pytest.param(
                {"expected": {"status": "answered", "nuggets": ["x"], "abstention": "nonsense"}},
                id="answered with a kind of abstention",
            ),
            pytest.param({"expected": {"status": "answered", "hca": ["agenda-a"]}}, id="misspelt field"),
        ],
    )
    def test_incoherent_item_is_refused(self, changes: dict[str, Any]) -> None:
        with pytest.raises(ValidationError):
            item(**changes)

    def test_last_turn_is_the_question_judged(self) -> None:
        conversation = item(question=None, turns=["Hallo", "In Zeist"])

        assert (conversation.last_question, conversation.text) == ("In Zeist", "Hallo\nIn Zeist")


class TestLoad:
    def test_dump_then_load_gives_the_same_items(self, tmp_path: Path) -> None:
        items = (item(), item(id="dev-hca-002", question=None, turns=["Hoi", "Zeist, ‘t dorp"]))
        (tmp_path / "dev.jsonl").write_text(dump_golden(items), "utf-8")

        assert load_golden(tmp_path) == items

    def test_folder_is_read_in_order_of_name(self, tmp_path: Path) -> None:
        (tmp_path / "b.jsonl").write_text(dump_golden([item(id="b")]), "utf-8")
        (tmp_path / "a.jsonl").write_text(dump_golden([item(id="a")]) + "\n", "utf-8")

        assert [one.id for one in load_golden(tmp_path)] == ["a", "b"]

    def test_bad_line_is_named_by_file_line_and_field(self, tmp_path: Path) -> None:
        path = tmp_path / "dev.jsonl"
        good = json.loads(dump_golden([item()]))
        path.write_text(dump_golden([item()]) + json.dumps(good | {"split": "train"}) + "\n", "utf-8")

        with pytest.raises(GoldenSetError, match=r"dev\.jsonl, line 2: field split"):
            load_golden(path)

    def test_folder_without_a_set_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(GoldenSetError, match=r"no \.jsonl file"):
            load_golden(tmp_path)

    def test_missing_file_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(GoldenSetError, match="cannot be read"):
            load_golden(tmp_path / "gone.jsonl")


class TestValidate:
    @pytest.mark.parametrize(
        ("others", "problem"),
        [
            pytest.param([], None, id="one sound item"),
            pytest.param(
                [item(question="Iets heel anders over Delft")], "2 items have this id", id="id twice"
            ),
            pytest.param(
                [item(id="dev-hca-002", question="welke agenda geldt in ZEIST")],
                "dev-hca-001, dev-hca-002: the same question",
                id="same question, other case and punctuation",
            ),
            pytest.param(
                [item(id="test-hca-001", split="test", question="Welke agenda geldt er nu in Zeist?")],
                "leak between dev and test",
                id="near-duplicate in the other split",
            ),
            pytest.param(
                [item(id="dev-hca-002", question="Welke agenda geldt er nu in Zeist?")],
                None,
                id="shared frame within one split is fine",
            ),
            pytest.param(
                [
                    item(
                        id="dev-hca-002",
                        question="Delft?",
                        expected={"status": "answered", "hcas": ["agenda-x"]},
                    )
                ],
                "dev-hca-002: unknown id 'agenda-x'",
                id="unknown agenda",
            ),
            pytest.param(
                [
                    item(
                        id="dev-hca-002",
                        question="Delft?",
                        expected={"status": "answered", "nuggets": ["x"], "initiatives_also": ["plan-x"]},
                    )
                ],
                "dev-hca-002: unknown id 'plan-x'",
                id="unknown initiative further down",
            ),
            pytest.param(
                [item(id="dev-hca-002", question="Delft?", expected={"status": "answered", "hcas": ["old"]})],
                "dev-hca-002: 'old' ended",
                id="ended agenda in first place",
            ),
            pytest.param(
                [
                    item(
                        id="dev-hca-002",
                        question="Delft?",
                        expected={"status": "answered", "hcas": ["agenda-a"], "hcas_also": ["agenda-a"]},
                    )
                ],
                "both right first and only further down",
                id="first and further down",
            ),
        ],
    )
    def test_problem_found(self, others: list[GoldenItem], problem: str | None) -> None:
        problems = validate_golden([item(), *others], ["agenda-a", "old"], ended=["old"])

        assert [problem in one for one in problems if problem] == [True] * bool(problem)
        assert len(problems) == bool(problem)

    @given(left=st.text(max_size=40), right=st.text(max_size=40))
    def test_similarity_is_symmetric_and_one_for_itself(self, left: str, right: str) -> None:
        assert similarity(left, right) == similarity(right, left)
        assert 0 <= similarity(left, right) <= similarity(left, left) == 1


PAGES = {"doc-a": ["Eerste\n  pagina.", "Er waren 550\nsamenwerkingen."]}


class TestPassages:
    @pytest.mark.parametrize(
        ("passage", "problem"),
        [
            pytest.param(("doc-a", 2, "waren 550 samenwerkingen"), None, id="quote across a line break"),
            pytest.param(("doc-a", 1, "550 samenwerkingen"), "page 1 of doc-a does not say", id="wrong page"),
            pytest.param(("doc-a", 3, "550 samenwerkingen"), "has no page 3", id="page beyond the last"),
            pytest.param(("doc-b", 1, "550"), "unknown document 'doc-b'", id="unknown document"),
        ],
    )
    def test_passage_is_checked_on_its_page(self, passage: tuple[str, int, str], problem: str | None) -> None:
        document_id, page, quote = passage
        labelled = {"document_id": document_id, "page": page, "quote": quote}
        found = validate_passages([item(expected={"status": "answered", "passages": [labelled]})], PAGES)

        assert [problem in one for one in found if problem] == [True] * bool(problem)
        assert len(found) == bool(problem)


class TestTheSets:
    def test_sets_are_fit_to_judge_with(self, golden: tuple[GoldenItem, ...]) -> None:
        catalogue = load_catalogue(ROOT / "corpus")
        ended = {record.id for record in catalogue if record.status == "ended"}

        assert validate_golden(golden, set(catalogue.records), ended=ended) == []

    def test_quotes_stand_on_the_page_named(self, golden: tuple[GoldenItem, ...]) -> None:
        from pypdf import PdfReader

        named = {passage.document_id for one in golden for passage in one.expected.passages}
        files = {name: ROOT / "corpus" / "documents" / f"{name}.pdf" for name in named}
        pages = {
            name: [page.extract_text() for page in PdfReader(file).pages] for name, file in files.items()
        }

        assert validate_passages(golden, pages) == []

    def test_test_split_is_large_enough_per_slice(self, golden: tuple[GoldenItem, ...]) -> None:
        counts: Counter[str] = Counter(one.slice for one in golden if one.split == "test")
        questions = sum(counts[name] for name in ("hca", "sectoral", "plan", "initiative"))

        assert questions >= 250
        least = {"dialogue": 40, "refuse": 60, "typo": 40, "english": 30, "document": 50, "clarify": 15}
        assert [name for name, number in least.items() if counts[name] < number] == []

    def test_every_province_is_asked_for_in_both_splits(self, golden: tuple[GoldenItem, ...]) -> None:
        asked = {
            split: {p for one in golden if one.split == split for p in one.expected.facets.provinces}
            for split in ("dev", "test")
        }

        assert {split: len(provinces) for split, provinces in asked.items()} == {"dev": 12, "test": 12}
