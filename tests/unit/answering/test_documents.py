"""Answers from documents: whole sentences only, the form that was asked, and enough evidence."""

from __future__ import annotations

import pytest

from assistant.answering.documents import COVERAGE_SHARE, MIN_EVIDENCE, Evidenced, TermWeights
from assistant.domain.documents import Passage
from tests.support.builders import hybrid, passage, ranking, understood
from tests.support.library import document_composer, draft, guide, held_by_pages, words_of


def quoted(*passages: Passage, question: str = "Wat schrijft u op?", **asked: str) -> list[str]:
    """Sentences of the answer, with the first passage as the best."""
    composer = document_composer(*passages)
    made = draft(held_by_pages(*passages))
    understanding = understood(question, **{"intent": "explain", **asked})
    ranked = hybrid(*((item, 1.0 - i / 100) for i, item in enumerate(passages)))
    composer.compose(made, understanding, composer.gather(understanding, ranked))
    return [s.text for s in made.sentences]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "U beschrijft de vraag naar mensen. Bron: CBS, 2024.", ["U beschrijft de vraag naar mensen."],
            id="source note",
        ),
        pytest.param(
            "Bronnen: UWV en CBS. U noemt een cijfer.", ["U noemt een cijfer."], id="source note in plural"
        ),
        pytest.param(
            "naar mensen met een vak. U noemt een cijfer.", ["U noemt een cijfer."], id="broken beginning"
        ),
        pytest.param("U noemt een cijfer. Daarna schrijft u", ["U noemt een cijfer."], id="broken end"),
        pytest.param("Let op. U noemt een cijfer.", ["U noemt een cijfer."], id="too short to mean anything"),
        pytest.param("3 scholen doen mee. “Wij leren veel.”", ["3 scholen doen mee.", "“Wij leren veel.”"],
                     id="number or quotation mark first"),
    ],
)  # fmt: skip
def test_only_whole_sentences_are_quoted(text: str, expected: list[str]) -> None:
    assert quoted(guide(text)) == expected


def test_answer_has_at_most_four_sentences() -> None:
    text = " ".join(f"Dit is stap nummer {n}." for n in range(1, 9))

    assert quoted(guide(text)) == [f"Dit is stap nummer {n}." for n in range(1, 5)]


def test_further_passage_adds_only_the_sentence_nearest_to_the_question() -> None:
    first = guide("Een analyse noemt de krapte.", number=1)
    second = guide("Het weer is mooi vandaag. De krapte staat in de analyse.", number=2)

    texts = quoted(first, second, question="krapte analyse")

    assert texts == ["Een analyse noemt de krapte.", "De krapte staat in de analyse."]


def test_passage_far_below_the_best_is_not_quoted() -> None:
    passages = [
        guide("De krapte staat in de analyse.", number=1),
        guide("Ook hier staat de krapte.", number=2),
    ]
    composer = document_composer(*passages)
    made = draft(held_by_pages(*passages))
    lines = ranking((passages[0], 1.0), (passages[1], 0.5))

    composer.compose(made, understood("krapte", intent="explain"), Evidenced(lines, 1.0, 1.0))

    assert [s.text for s in made.sentences] == ["De krapte staat in de analyse."]


@pytest.mark.parametrize(
    ("intent", "expected"),
    [
        pytest.param("figure", "Er waren 400 vacatures in 2024.", id="figure asked: the new figure"),
        pytest.param(
            "explain", "Vacatures in 2024 zijn banen die open staan.", id="no figure asked: the best"
        ),
    ],
)
def test_question_for_a_figure_prefers_a_figure_it_does_not_hold_itself(intent: str, expected: str) -> None:
    without = guide("Vacatures in 2024 zijn banen die open staan.", number=1)
    with_figure = guide("Er waren 400 vacatures in 2024.", number=2)

    assert quoted(without, with_figure, question="vacatures 2024", intent=intent)[0] == expected


@pytest.mark.parametrize(
    ("intent", "expected"),
    [
        pytest.param("definition", "Een penvoerder is een organisatie die tekent.", id="definition asked"),
        pytest.param("role", "De school tekent als penvoerder.", id="no definition asked"),
    ],
)
def test_unasked_definition_goes_behind(intent: str, expected: str) -> None:
    definition = guide("Een penvoerder is een organisatie die tekent.", number=1)
    other = guide("De school tekent als penvoerder.", number=2)

    assert quoted(definition, other, question="penvoerder tekent", intent=intent)[0] == expected


@pytest.mark.parametrize("language", [pytest.param("nl", id="Dutch"), pytest.param("en", id="English")])
def test_threshold_of_evidence(language: str) -> None:
    composer = document_composer(guide())
    lines = ranking((guide(), 1.0))
    least = MIN_EVIDENCE[language]

    assert composer.is_evidenced(Evidenced(lines, 0.0, least), language)
    assert composer.is_evidenced(Evidenced(lines, 1.0, least - COVERAGE_SHARE + 0.001), language)
    assert not composer.is_evidenced(Evidenced(lines, 0.0, least - 0.001), language)
    assert not composer.is_evidenced(Evidenced((), 1.0, 1.0), language)


@pytest.mark.parametrize(
    ("record_score", "leads"),
    [
        pytest.param(1.0, "gids#1", id="as good as a document"),
        pytest.param(1.4, "streek#summary", id="clearly better"),
    ],
)
def test_record_only_leads_when_it_is_clearly_better(record_score: float, leads: str) -> None:
    of_record = passage("streek#summary", "Dit is streek.", record_id="streek")
    document = guide("De krapte staat in de analyse.")
    composer = document_composer(of_record, document)

    found = composer.gather(understood("iets anders"), hybrid((of_record, record_score), (document, 1.0)))

    assert found.lines[0].passage.passage_id == leads


def test_without_passages_there_is_no_evidence() -> None:
    found = document_composer(guide()).gather(understood("krapte"), hybrid())

    assert (found.lines, found.cosine) == ((), 0.0)


def test_rare_terms_weigh_more_and_unknown_terms_most() -> None:
    terms = TermWeights.of(
        [guide("de krapte", number=1), guide("de analyse", number=2), guide("de school", number=3)], words_of
    )

    weights = terms.weigh("de krapte zzz")

    assert weights["de"] < weights["krapte"] <= weights["zzz"]
    assert terms.share_covered(weights, "de krapte zzz") == pytest.approx(1.0)
    assert terms.share_covered({}, "de krapte") == 0.0
