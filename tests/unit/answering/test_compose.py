"""Which answer a question gets: small talk, abstention, clarification, a record, a document, advice."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.answering.compose import describe_place
from assistant.answering.draft import Draft
from assistant.domain.documents import Passage
from assistant.domain.question import Conversation, Place, Turn
from assistant.matching.advise import advise
from tests.support.builders import facets, hybrid, municipality, understood
from tests.support.library import draft, texts
from tests.support.small import GUIDE, LELYSTAD, composer, small_library, small_matcher


def composed(
    *ranked: Passage, cosine: float = 0.95, earlier: Conversation | None = None, **asked: Any
) -> Draft:
    """The draft for one question; `asked` changes what was understood."""
    made = draft(small_library())
    understanding = understood(**asked)
    ranking = hybrid(*((item, 1.0) for item in ranked), cosine=cosine)
    matches = small_matcher().match(understanding, ranking.fused)
    advice = advise(matches, understanding, small_matcher().weights)
    composer().compose(made, understanding, ranking, matches, advice, earlier or Conversation())
    return made


def recommended(made: Draft) -> list[str]:
    return [m.record.id for m, _ in made.advice.recommended] if made.advice else []


@pytest.mark.parametrize("intent", ["greeting", "thanks", "about_assistant"])
def test_small_talk_gets_its_own_text_and_no_advice(intent: str) -> None:
    made = composed(intent=intent)

    assert [(s.text, s.kind) for s in made.sentences] == [(texts()(intent), "frame")]
    assert (made.status, recommended(made)) == ("answered", [])


@pytest.mark.parametrize("kind", ["outside_subject", "outside_netherlands", "no_source_says", "nonsense"])
def test_abstention_says_so_and_recommends_nothing(kind: str) -> None:
    made = composed(
        abstention=kind,
        foreign_places=("Antwerpen",),
        places=(municipality("Lelystad"),),
        sectors=facets("zorg"),
    )

    assert (made.status, made.abstention, recommended(made)) == ("abstained", kind, [])
    assert [s.text for s in made.sentences] == [texts()(f"abstain.{kind}", place="Antwerpen")]


def test_false_premise_is_denied_with_what_the_source_does_say() -> None:
    made = composed(*GUIDE, abstention="false_premise", intent="explain")

    assert (made.status, made.abstention, recommended(made)) == ("abstained", "false_premise", [])
    assert made.sentences[0].text == texts()("abstain.false_premise")
    assert "Een nieuw voorstel indienen kan niet meer." in [s.text for s in made.sentences if s.citations]


def test_false_premise_about_a_record_is_answered_with_its_status() -> None:
    made = composed(abstention="false_premise", records=("streek",))

    assert [s.text for s in made.sentences if s.citations] == ["De website van streek toont nieuws."]


def test_too_vague_asks_for_the_plan_and_recommends_nothing() -> None:
    made = composed(abstention="too_vague")

    assert (made.status, made.clarifying_question) == ("clarify", texts()("clarify.need"))
    assert recommended(made) == []


def test_missing_place_is_asked_for_and_no_region_is_guessed() -> None:
    made = composed(clarify="place", sectors=facets("energie"))

    assert (made.status, made.clarifying_question) == ("clarify", texts()("clarify.place"))
    assert made.sentences[0].text == made.clarifying_question
    assert "streek" not in recommended(made)


def test_place_with_two_readings_is_asked_back_with_what_tells_them_apart() -> None:
    north = Place("Bergen (NH.)", "municipality", ("Bergen (NH.)",), ("Noord-Holland",))
    south = Place("Bergen (L.)", "municipality", ("Bergen (L.)",), ("Limburg",), alternatives=(north,))

    made = composed(clarify="which_place", places=(south,), intent="explain")

    assert made.clarifying_question == (
        "Bedoelt u de gemeente Bergen (L.) (Limburg) of de gemeente Bergen (NH.) (Noord-Holland)?"
    )


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        pytest.param(Place("Utrecht", "province"), "de provincie Utrecht", id="province"),
        pytest.param(
            Place("Nagele", "settlement", ("Noordoostpolder",), ("Flevoland",)),
            "Nagele in de gemeente Noordoostpolder (Flevoland)", id="settlement",
        ),
        pytest.param(
            Place("Twente", "labour_market_region"), "de arbeidsmarktregio Twente", id="labour market region"
        ),
        pytest.param(Place("de Veluwe", "area"), "de Veluwe", id="area"),
    ],
)  # fmt: skip
def test_place_in_words(place: Place, expected: str) -> None:
    assert describe_place(texts(), place) == expected


def test_two_named_records_are_compared() -> None:
    made = composed(intent="compare", records=("streek", "elders"))

    assert recommended(made) == ["streek", "elders"]
    assert any(s.block == "compare" for s in made.sentences)


def test_named_record_is_told_about() -> None:
    made = composed(intent="about_record", records=("streek",))

    assert made.sentences[0].text == "Dit is streek."
    assert recommended(made) == ["streek"]


def test_ended_record_by_name_is_told_about_and_not_recommended() -> None:
    made = composed(intent="about_record", records=("oude-streek",))

    assert recommended(made) == []
    assert made.advice is not None
    assert [m.record.id for m in made.advice.ended] == ["oude-streek"]


def test_why_not_gives_the_misfit_and_the_advice_as_it_is() -> None:
    made = composed(intent="why_not", records=("elders",), places=LELYSTAD.places)

    assert "Elders werkt in Drenthe; u vroeg om Lelystad." in [s.text for s in made.sentences]
    assert recommended(made)[0] == "streek"


def test_document_question_is_quoted_from_the_document() -> None:
    made = composed(*GUIDE, intent="explain", query="leemte plan")

    assert made.status == "answered"
    assert all(s.citations for s in made.sentences)
    assert recommended(made) == []


@pytest.mark.parametrize(
    "ranked", [pytest.param(GUIDE, id="weak passages"), pytest.param((), id="no passages")]
)
def test_document_question_without_evidence_is_not_answered(ranked: tuple[Passage, ...]) -> None:
    made = composed(*ranked, intent="explain", cosine=0.3)

    assert (made.status, made.abstention, recommended(made)) == ("abstained", "no_source_says", [])
    assert [s.kind for s in made.sentences] == ["frame", "frame"]


def test_place_without_a_document_that_answers_gets_advice_instead() -> None:
    made = composed(intent="explain", cosine=0.3, places=LELYSTAD.places)

    assert made.status == "answered"
    assert recommended(made)[0] == "streek"


def test_figure_of_a_place_that_no_source_has_is_not_answered_with_advice() -> None:
    made = composed(intent="figure", cosine=0.3, places=LELYSTAD.places)

    assert (made.status, recommended(made)) == ("abstained", [])


@pytest.mark.parametrize(
    ("earlier", "is_told"),
    [
        pytest.param(Conversation(), True, id="first turn"),
        pytest.param(Conversation((Turn(LELYSTAD),)), False, id="later turn"),
    ],
)
def test_that_the_fund_is_closed_is_told_once(earlier: Conversation, is_told: bool) -> None:
    made = composed(places=LELYSTAD.places, earlier=earlier)

    assert any(s.block == "notice" for s in made.sentences) is is_told
