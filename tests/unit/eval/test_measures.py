from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.answer import UnderstandingView
from assistant.domain.documents import Passage
from eval.measures.base import Case, total
from eval.measures.catalog import CATALOG
from eval.measures.confidence import measure_confidence
from eval.measures.facets import measure_facets
from eval.measures.latency import measure_latency
from eval.measures.matching import judged_kinds, measure_matching
from eval.measures.nuggets import normalised_terms, says
from eval.measures.passages import passage_qrels
from eval.measures.readability import reading_ease, syllables
from eval.measures.standing import measure_standing
from eval.runner import Timing
from tests.unit.eval.examples import SmallSources, make_answer, make_case, make_item, make_recommendation

BOTH = {"status": "answered", "hcas": ["agenda-a"], "initiatives": ["initiatief-b"]}


class TestMatching:
    @pytest.mark.parametrize(
        ("item_id", "expected"),
        [
            pytest.param("test-hca-001", ("hca",), id="the slice hca judges agendas"),
            pytest.param("test-sectoral-001", ("hca",), id="and so does sectoral"),
            pytest.param(
                "test-initiative-001", ("initiative",), id="the slice initiative judges initiatives"
            ),
            pytest.param("test-plan-001", ("hca", "initiative"), id="elsewhere one of the two is enough"),
        ],
    )
    def test_kind_that_is_judged(self, item_id: str, expected: tuple[str, ...]) -> None:
        assert judged_kinds(make_item(item_id, expected=BOTH)) == expected

    def test_each_kind_is_ranked_among_its_own(self, sources: SmallSources) -> None:
        answer = make_answer(
            recommendations=(
                make_recommendation("agenda-x"),
                make_recommendation("agenda-a"),
                make_recommendation("initiatief-b", "initiative"),
            )
        )
        values = measure_matching([make_case(make_item("test-plan-001", expected=BOTH), answer)], sources)

        assert values["match Success@1"] == {"test-plan-001": (1.0, 1.0)}
        assert "hca Success@1" not in values  # judged on two kinds: counted as a whole only

    def test_agenda_that_is_fine_further_down_is_not_right_in_first_place(
        self, sources: SmallSources
    ) -> None:
        expected = {"status": "answered", "hcas": ["agenda-a"], "hcas_also": ["agenda-b"]}
        answer = make_answer(
            recommendations=(make_recommendation("agenda-b"), make_recommendation("agenda-a"))
        )
        values = measure_matching([make_case(make_item(expected=expected), answer)], sources)

        assert values["hca Success@1"]["test-hca-001"][0] == 0.0
        assert values["hca Success@3"]["test-hca-001"][0] == 1.0

    def test_nothing_recommended_counts_as_wrong(self, sources: SmallSources) -> None:
        values = measure_matching([make_case(make_item(), make_answer())], sources)

        assert values["hca RR"] == {"test-hca-001": (0.0, 1.0)}

    def test_region_the_dialogue_left(self, sources: SmallSources) -> None:
        item = make_item(
            "test-dialogue-001", question=None, turns=["In Zeeland.", "Nee, Overijssel."],
            expected={"status": "answered", "hcas": ["agenda-twente"], "forbidden_regions": ["Zeeland"]},
        )  # fmt: skip
        answer = make_answer(recommendations=(make_recommendation("agenda-zeeland"),))
        values = measure_matching([make_case(item, answer)], sources)

        assert values["dropped context left"] == {"test-dialogue-001": (1.0, 1.0)}
        assert values["outside region"] == {"test-dialogue-001": (1.0, 1.0)}


class TestFacets:
    def test_f1_over_labelled_facets_only(self) -> None:
        expected = {"status": "answered", "hcas": ["a"], "facets": {"sectors": ["zorg", "ict"]}}
        view = UnderstandingView(intent="explain", sectors=("zorg", "bouw"), places=("Goes",))
        values = measure_facets([make_case(make_item(expected=expected), make_answer(understanding=view))])

        assert {name: total(v.values()) for name, v in values.items() if v} == {
            "sectors precision": 0.5, "sectors recall": 0.5, "sectors F1": 0.5,
        }  # fmt: skip


class TestStanding:
    @staticmethod
    def measured(expected: dict[str, Any], **answer: Any) -> dict[str, float | None]:
        case = make_case(make_item("test-refuse-001", expected=expected), make_answer(**answer))
        return {name: total(values.values()) for name, values in measure_standing([case]).items()}

    def test_refused_for_another_reason(self) -> None:
        expected = {"status": "abstained", "abstention": "nonsense"}
        found = self.measured(expected, status="abstained", abstention="outside_subject")

        assert (found["refusal right"], found["refusal kind"]) == (1.0, 0.0)
        assert found["abstention recall nonsense"] == 0.0
        assert found["abstention precision outside_subject"] == 0.0

    def test_too_vague_is_refused_by_asking_back(self) -> None:
        expected = {"status": "clarify", "abstention": "too_vague", "clarify": "need"}
        found = self.measured(expected, status="clarify")

        assert (
            found["refusal right"] == found["clarify accuracy"] == found["abstention recall too_vague"] == 1.0
        )


class TestConfidence:
    @staticmethod
    def curve_area(confidences: list[float], rights: list[bool]) -> float:
        items = [make_item(f"test-hca-{n:03}") for n in range(len(rights))]
        cases: list[Case] = [
            make_case(item, make_answer(), confidence={"match": value})
            for item, value in zip(items, confidences, strict=True)
        ]
        values = {i.id: (float(right), 1.0) for i, right in zip(items, rights, strict=True)}
        _, areas = measure_confidence(cases, {"match Success@1": values})
        return areas["AURC match"].value

    def test_area_is_smaller_when_the_wrong_answer_is_the_least_sure(self) -> None:
        rights = [True, True, True, False]

        assert self.curve_area([0.9, 0.8, 0.7, 0.1], rights) < self.curve_area([0.7, 0.8, 0.1, 0.9], rights)

    def test_unanswered_questions_end_the_coverage(self) -> None:
        cases = [
            make_case(make_item("test-hca-001"), make_answer(), confidence={"match": 0.5}),
            make_case(make_item("test-hca-002"), make_answer(status="abstained")),
        ]
        curves, _ = measure_confidence(cases, {"match Success@1": {"test-hca-001": (1.0, 1.0)}})

        assert curves["match"].coverage == (0.5,)
        assert curves["match"].risk == (0.0,)


class TestNuggets:
    @pytest.mark.parametrize(
        ("nugget", "sentence", "expected"),
        [
            pytest.param(
                "5.000 euro", "U krijgt € 5.000 per persoon [3].", True, id="amounts in two ways of writing"
            ),
            pytest.param(
                "regionale cijfers", "Kijk naar cijfers van de regionale markt.", True, id="inflected, apart"
            ),
            pytest.param("20 procent", "Dat is 20% van het geld.", True, id="percentage"),
            pytest.param("5.000 euro", "U krijgt 500 euro.", False, id="another amount"),
            pytest.param("drie stappen", "Er zijn stappen.", False, id="half of the fact"),
            pytest.param("!", "Wat dan ook.", False, id="nothing to look for"),
        ],
    )
    def test_says(self, nugget: str, sentence: str, expected: bool) -> None:
        assert says(nugget, [normalised_terms(sentence)]) is expected

    def test_words_spread_over_two_sentences_say_nothing(self) -> None:
        assert not says(
            "drie stappen", [normalised_terms("Het zijn er drie."), normalised_terms("Stappen dus.")]
        )


class TestReadability:
    @pytest.mark.parametrize(
        ("word", "expected"),
        [
            ("de", 1),
            ("water", 2),
            ("leeuw", 1),
            ("initiatief", 5),
            ("coördinator", 5),
            ("NGF", 1),
            ("2022", 1),
        ],
    )
    def test_syllables(self, word: str, expected: int) -> None:
        assert syllables(word) == expected

    def test_one_word_of_one_syllable(self) -> None:
        assert reading_ease(["Ja"]) == pytest.approx(206.84 - 77 - 0.93)

    @given(st.text())
    def test_any_text_has_an_ease_or_no_words(self, text: str) -> None:
        ease = reading_ease([text])

        assert ease is None or ease <= 206.84

    def test_long_words_and_sentences_read_harder(self) -> None:
        easy, hard = (
            ["Kom bij ons. "],
            ["Arbeidsmarktvraagstukken vereisen interdisciplinaire samenwerkingsverbanden"],
        )

        assert (reading_ease(easy) or 0) > (reading_ease(hard) or 0)


class TestPassageQrels:
    ITEM = make_item(
        "test-document-001",
        expected={
            "status": "answered",
            "passages": [{"document_id": "d", "page": 2, "quote": "een twee drie vier"}],
        },
    )

    def test_passage_that_holds_the_quote_on_the_page(self) -> None:
        passages = {
            "d#1": Passage("d#1", "d", "een twee drie vier", page=1, end_page=1),
            "d#2": Passage("d#2", "d", "nul een twee  drie vier", page=2, end_page=2),
            "e#1": Passage("e#1", "e", "een twee drie vier", page=2, end_page=2),
        }

        assert passage_qrels([self.ITEM], passages) == {"test-document-001": {"d#2": 1}}

    def test_quote_cut_in_two_counts_with_both_halves(self) -> None:
        passages = {
            "d#1": Passage("d#1", "d", "nul een twee ", page=2, end_page=2),
            "d#2": Passage("d#2", "d", "drie vier vijf", page=2, end_page=2),
        }

        assert set(passage_qrels([self.ITEM], passages)["test-document-001"]) <= {"d#1", "d#2"}
        assert passage_qrels([self.ITEM], passages)["test-document-001"]


def test_latency_ratio_is_p95_of_answers_over_p50_of_the_reference() -> None:
    timings = [Timing(f"i{n}", {"understand": 1.0, "total": 100.0}, 40.0) for n in range(20)]
    found = measure_latency(timings)

    assert found["latency ratio"].value == 2.5
    assert found["understand ms p50"].value == 1.0
    assert measure_latency([]) == {}


def test_every_measure_is_in_the_catalog(
    matched: list[Case], documented: list[Case], sources: SmallSources, judge: Any
) -> None:
    from eval.summary import summarise

    cases = [*matched, *documented]
    timings = [Timing(c.item.id, {"understand": 1.0, "total": 2.0}, 1.0) for c in cases]
    summary = summarise(cases, timings, sources, judge)

    assert [name for name in summary.estimates if name not in CATALOG] == []
