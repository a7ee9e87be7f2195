"""The text of an advice: whom to join and where that is written, in which order, and what to beware of."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.answering.draft import Draft
from assistant.domain.match import Advice
from assistant.domain.question import Place
from assistant.matching.advise import advise
from tests.support.builders import facets, fit, match, municipality, province, record, understood
from tests.support.library import draft, library, texts
from tests.support.small import LELYSTAD, RECORDS, composer, small_library, small_matcher


def advised(**asked: Any) -> Draft:
    made = draft(small_library())
    understanding = understood(**asked)
    matches = small_matcher().match(understanding, ())
    advice = advise(matches, understanding, small_matcher().weights)
    composer().advice.compose(made, understanding, advice, is_first_turn=True)
    return made


def sentences(made: Draft, block: str) -> list[str]:
    return [s.text for s in made.sentences if s.block == block]


@pytest.mark.parametrize(
    ("place", "lead"),
    [
        pytest.param(
            municipality("Lelystad"), "Sluit aan bij **Streek**: Lelystad hoort bij het werkgebied.",
            id="municipality named by the agenda",
        ),
        pytest.param(
            municipality("Zeewolde"),
            "Sluit aan bij **Provincie**: Zeewolde ligt in Flevoland, en daar werkt deze agenda.",
            id="municipality in the province of the agenda",
        ),
        pytest.param(
            province("Flevoland"), "Sluit aan bij **Provincie**: het werkgebied is Flevoland.", id="province"
        ),
    ],
)  # fmt: skip
def test_first_sentence_says_whom_to_join_and_why_there(place: Place, lead: str) -> None:
    first = advised(places=(place,)).sentences[0]

    assert (first.text, first.kind) == (lead, "claim")
    assert first.citations


def test_settlement_is_placed_in_its_municipality_first() -> None:
    place = Place("Nagele", "settlement", ("Noordoostpolder",), ("Flevoland",), ("Flevoland",))

    made = advised(places=(place,))

    assert made.sentences[0].text == "Nagele ligt in de gemeente Noordoostpolder."
    assert made.book.citations[made.sentences[0].citations[0] - 1].quote.startswith("Nagele,Noordoostpolder")
    assert "Noordoostpolder ligt in Flevoland" in made.sentences[1].text


def test_blocks_come_in_order() -> None:
    made = advised(places=LELYSTAD.places, sectors=facets("energie"))

    blocks = list(dict.fromkeys(s.block for s in made.sentences))
    assert blocks == ["advice", "what", "offer", "status", "notice", "write"]


def test_own_text_is_begun_for_the_first_one_advised() -> None:
    assert "Wij sluiten aan bij Streek, met als werkgebied Kust van Flevoland." in sentences(
        advised(places=LELYSTAD.places), "write"
    )


def test_nothing_that_fits_argues_the_gap() -> None:
    made = draft(small_library())
    far = match(RECORDS[2], 0.2, is_eligible=False, obstacle="region")

    composer().advice.compose(made, LELYSTAD, Advice((), (far,), ()), is_first_turn=False)

    assert sentences(made, "advice")[0] == texts()("advice.none")
    assert sentences(made, "write")[0] == "Leg uit welke leemte uw plan vult."
    assert not any("Sluit aan bij **" in s.text for s in made.sentences)


def test_status_that_is_unknown_is_said_and_asked_for() -> None:
    item = record("stil", status="unknown", region="Kust")
    made = draft(library(item))

    composer().advice.compose(
        made, understood(), Advice(((match(item), "ask_first"),), (), ()), is_first_turn=False
    )

    assert made.sentences[0].text == "Vraag na of **Stil** nog loopt."
    assert sentences(made, "status") == ["De website van stil toont nieuws."]
    assert "Wij zoeken aansluiting bij Stil, met als werkgebied Kust." in sentences(made, "write")


def test_ended_one_is_named_as_ended_with_proof() -> None:
    made = draft(small_library())
    ended = match(RECORDS[3])

    composer().advice.compose(
        made, LELYSTAD, Advice(((match(RECORDS[1]), "join"),), (), (ended,)), is_first_turn=False
    )

    first = next(s for s in made.sentences if s.block == "status")
    assert first.text == "**Oude Streek** past bij uw vraag, maar is gestopt."
    assert first.citations


@pytest.mark.parametrize(
    ("fits", "text_score", "is_warned"),
    [
        pytest.param((fit("sector"), fit("region")), 1.0, True, id="same sector, region and text"),
        pytest.param((fit("sector"), fit("region")), 0.8, False, id="another text"),
        pytest.param((fit("sector", "unknown"), fit("region")), 1.0, False, id="another sector"),
        pytest.param((fit("sector"), fit("region", "does_not_fit")), 1.0, False, id="another region"),
    ],
)
def test_plan_that_seems_to_exist_already_is_warned_of(
    fits: tuple[Any, ...], text_score: float, is_warned: bool
) -> None:
    made = draft(small_library())
    project = match(RECORDS[4], 0.8, *fits, text_score=text_score)

    composer().advice.compose(made, understood(), Advice(((project, "add_to"),), (), ()), is_first_turn=False)

    assert (texts()("advice.overlap") in sentences(made, "advice")) is is_warned
