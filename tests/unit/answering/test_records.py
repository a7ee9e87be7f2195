"""Answers about records by name: what was asked of them, with proof, and what has ended said so."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import pytest

from assistant.answering.documents import TermWeights
from assistant.answering.draft import Draft
from assistant.answering.records import RecordComposer
from assistant.domain.catalogue import Record
from assistant.domain.match import Advice, Evidence
from tests.support.builders import fit, match, passage, record, understood
from tests.support.library import draft, library, texts, words_of


def composer(*records: Record) -> RecordComposer:
    summaries = [passage(f"{r.id}#summary", r.summary, record_id=r.id) for r in records]
    return RecordComposer(texts(), {r.id: r for r in records}, TermWeights.of(summaries, words_of))


def about(item: Record, question: str = "Wat is Streek?", *others: Record, **asked: Any) -> Draft:
    made = draft(library(item, *others))
    composer(item, *others).about(made, item, understood(question, **{"intent": "about_record", **asked}))
    return made


def block(made: Draft, name: str) -> list[str]:
    return [s.text for s in made.sentences if s.block == name]


def test_what_it_is_comes_first_then_how_to_link_up_and_the_status() -> None:
    made = about(record("streek", region="Kust", sectors=("zorg",), contact_route="het loket"))

    assert block(made, "answer")[0] == "Dit is streek."
    assert "Het werkgebied van Streek is Kust." in block(made, "answer")
    assert block(made, "offer") == [
        "U kunt uw plan voorleggen aan het loket.",
        "Vraag het na bij: het loket.",
    ]
    assert block(made, "status") == ["De website van streek toont nieuws."]
    assert all(s.citations for s in made.sentences if s.kind == "claim")


def test_ended_record_offers_nothing_and_names_its_successor() -> None:
    item = record("oud", status="ended", successors=("nieuw",))

    made = about(item, "Wat is Oud?", record("nieuw"))

    assert block(made, "offer") == []
    assert block(made, "status")[-1] == "Als vervolg noemt de catalogus **Nieuw**."


@pytest.mark.parametrize("status", [pytest.param("active", id="active"), pytest.param("ended", id="ended")])
def test_no_block_is_taken_up_again_so_that_no_heading_is_shown_twice(status: str) -> None:
    made = about(record("streek", region="Kust", contact_route="het loket", status=status))

    blocks = [name for name, _ in groupby(made.sentences, key=lambda s: s.block)]
    assert len(blocks) == len(set(blocks))


@pytest.mark.parametrize(
    ("intent", "fields", "expected"),
    [
        pytest.param(
            "financing", {"financing": ("geld van bedrijven", "Het rijk betaalt de helft.", "een fonds")},
            [
                "Over het geld van Streek staat er: geld van bedrijven.", "Het rijk betaalt de helft.",
                "Ook staat er: een fonds.",
            ],
            id="money: sentences as they are, phrases in a sentence",
        ),
        pytest.param("figure", {"figures": ("160 leerplekken (2024)",)}, ["Streek: 160 leerplekken (2024)."],
                     id="figures"),
        pytest.param(
            "role", {"coordinator": "de provincie", "partners": ("A", "B")},
            ["De trekker van Streek is de provincie.", "Partners van Streek zijn onder meer A en B."],
            id="who leads and who joins in",
        ),
    ],
)  # fmt: skip
def test_answer_to_one_topic(intent: str, fields: dict[str, Any], expected: list[str]) -> None:
    made = about(record("streek", **fields), intent=intent)

    assert block(made, "answer") == expected
    assert all(s.citations for s in made.sentences)


@pytest.mark.parametrize(
    ("intent", "said"),
    [
        pytest.param("financing", "Over de financiering van Streek staat niets in de bronnen.", id="money"),
        pytest.param("figure", "Over cijfers van Streek staat niets in de bronnen.", id="figures"),
        pytest.param(
            "role", "Over de trekker of de partners van Streek staat niets in de bronnen.", id="roles"
        ),
    ],
)
def test_topic_of_which_nothing_is_known_is_said_to_be_unknown(intent: str, said: str) -> None:
    made = about(record("streek"), intent=intent)

    assert (made.sentences[0].text, made.sentences[0].kind) == (said, "frame")


def test_figure_that_shares_words_with_the_question_is_the_one_given() -> None:
    item = record("streek", figures=("160 leerplekken", "12 scholen", "9 bedrijven"))

    made = about(item, "Hoeveel scholen telt Streek?", intent="figure")

    assert block(made, "answer") == ["Streek: 12 scholen."]


def test_comparison_gives_each_record_its_region_sectors_and_status() -> None:
    one = record("een", region="Kust", education_levels=("mbo",))
    two = record("twee", region="Heuvels", sectors=("zorg",))
    made = draft(library(one, two))

    composer(one, two).compare(made, [one, two])

    assert block(made, "compare") == [
        "Het werkgebied van Een is Kust.",
        "Het werkgebied van Twee is Heuvels.",
        "Een noemt als sectoren: alle sectoren.",
        "Twee noemt als sectoren: zorg en welzijn.",
        "Een noemt als onderwijsniveaus: mbo.",
    ]
    assert len(block(made, "status")) == 2


def test_why_not_names_the_misfit_and_what_fits_better() -> None:
    item, better = record("streek", region="Kust"), record("beter")
    proof = (Evidence("record", "streek", "region", "Kust"),)
    made = draft(library(item, better))
    misfit = match(item, 0.2, fit("region", "does_not_fit", 0.0, proof))

    composer(item, better).why_not(made, misfit, Advice(((match(better), "join"),), (), ()))

    assert "Streek werkt in gevonden; u vroeg om gevraagd." in block(made, "answer")
    assert block(made, "advice") == ["Beter passend is **Beter**.", "Dit is beter."]


def test_why_not_of_a_record_that_fits_says_so() -> None:
    item = record("streek")
    made = draft(library(item))

    composer(item).why_not(made, match(item, 0.9, fit("region")), Advice((), (), ()))

    assert "past wel" in made.sentences[0].text
    assert not any("niet vooraan" in s.text for s in made.sentences)
