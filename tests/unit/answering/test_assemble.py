"""The finished answer: numbers from 1 in reading order, each used, each known."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.assemble import assemble
from assistant.answering.draft import Draft
from assistant.domain.answer import Answer, Timing
from assistant.domain.match import Advice, Evidence, FacetFit, Match
from assistant.domain.question import Place
from tests.support.builders import facets, fit, match, record, understood
from tests.support.library import draft, library, texts

PROVED = Evidence("record", "streek", "region", "Streek")
OTHER = Evidence("record", "streek", "status", "active")
WRONG = Evidence("record", "streek", "region", "Elders")


def finished(made: Draft, *recommended: Match, **asked: object) -> Answer:
    made.advice = Advice(tuple((m, "join") for m in recommended), (), ())
    return assemble("Vraag?", understood(**asked), made, texts(), Timing())


def numbers_used(answer: Answer) -> list[int]:
    found = [n for s in answer.sentences for n in s.citations]
    return found + [n for r in answer.recommendations for reason in r.reasons for n in reason.citations]


def test_numbers_follow_the_reading_order_of_sentences_then_cards() -> None:
    made = draft()
    made.book.cite(Evidence("record", "streek", "name", "Streek"))
    made.claim("Zij zijn actief.", (OTHER,), "advice")
    made.claim("Zij werken in Streek.", (PROVED,), "advice")

    answer = finished(made, match(record("streek", region="Streek"), 0.5, fit("region", evidence=(PROVED,))))

    assert [s.citations for s in answer.sentences] == [(1,), (2,)]
    assert answer.recommendations[0].reasons[0].citations == (2,)
    assert [c.quote for c in answer.citations] == ["active", "Streek"]


def test_citation_that_no_sentence_uses_is_gone() -> None:
    made = draft()
    made.claim("Zij werken in Streek en elders.", (PROVED, WRONG), "advice")
    made.claim("Zij zijn actief.", (OTHER,), "advice")

    assert [(c.n, c.quote) for c in finished(made).citations] == [(1, "active")]


@pytest.mark.parametrize(
    ("weighed", "fits", "found"),
    [
        pytest.param(fit("region", evidence=(PROVED,)), "fits", "gevonden", id="proved"),
        pytest.param(
            fit("region", evidence=(WRONG,)), "unknown", "niet genoemd in de catalogus", id="not proved"
        ),
        pytest.param(fit("level", "unknown", 0.4), "unknown", "gevonden", id="silent"),
    ],
)
def test_reason_says_no_more_than_its_proof(weighed: FacetFit, fits: str, found: str) -> None:
    answer = finished(draft(), match(record("streek", region="Streek"), 0.5, weighed))

    reason = answer.recommendations[0].reasons[0]
    assert (reason.fit, reason.found) == (fits, found)
    assert bool(reason.citations) == (fits == "fits")


def test_recommendation_without_any_proved_facet_cites_its_summary() -> None:
    answer = finished(draft(), match(record("streek", region="Streek")))

    assert [r.facet for r in answer.recommendations[0].reasons] == ["text"]
    assert answer.citations[0].quote == "Dit is streek."


def test_ended_record_that_was_considered_says_why_it_no_longer_fits() -> None:
    made = draft()
    made.advice = Advice((), (match(record("oud", status="ended")),), ())

    answer = assemble("Vraag?", understood(), made, texts(), Timing())

    assert answer.considered[0].would_fit_if == "past niet meer: gestopt"


def test_record_elsewhere_that_was_considered_says_where_it_would_fit() -> None:
    made = draft()
    elsewhere = match(record("elders"), 0.5, fit("region", "does_not_fit", 0.0))
    made.advice = Advice((), (elsewhere,), ())

    answer = assemble("Vraag?", understood(), made, texts(), Timing())

    assert answer.considered[0].would_fit_if == "past als uw plan in gevonden ligt"


def test_understanding_is_shown_without_the_provinces_of_the_country() -> None:
    places = (
        Place("Nederland", "country", ("Urk",), ("Flevoland",)),
        Place("Urk", "municipality", ("Urk",), ("Flevoland",), ("Flevoland",), "Urrk", is_corrected=True),
    )

    view = finished(draft(), places=places, sectors=facets("zorg", "ict")).understanding

    assert (view.places, view.provinces) == (("Nederland", "Urk"), ("Flevoland",))
    assert view.corrected == ("Urrk → Urk",)
    assert view.sectors == ("zorg", "ict")


def test_follow_up_questions_name_the_records_advised() -> None:
    one = record("streek", region="Streek", financing=("Het rijk betaalt mee.",))
    two = record("ander")
    answer = finished(draft(library(one, two)), match(one), match(two))

    assert answer.followups == (
        "Vertel meer over Streek",
        "Wie betaalt Streek?",
        "Vergelijk Streek met Ander",
    )


FIELDS = ("name", "region", "status", "scope", "status_note", "bestaat-niet")


@given(
    claims=st.lists(st.lists(st.sampled_from(FIELDS), max_size=3), max_size=6),
    cards=st.lists(st.lists(st.sampled_from(FIELDS), max_size=3), max_size=5),
)
def test_every_marker_is_a_citation_and_numbers_have_no_gaps(
    claims: list[list[str]], cards: list[list[str]]
) -> None:
    records = [record(f"r-{i}", region=f"Streek {i}") for i in range(max(len(cards), 1))]
    made = draft(library(*records))

    def proof(number: int, names: list[str]) -> tuple[Evidence, ...]:
        item = records[number % len(records)]
        return tuple(
            Evidence("record", item.id, name, str(getattr(item, name)))
            if name in FIELDS[:-1]
            else Evidence("record", item.id, "name", "Dat staat er niet")
            for name in names
        )

    for number, names in enumerate(claims):
        made.claim(f"Zin {number}.", proof(number, names), "advice")
    made.frame("Meer weten?", "more")
    weighed = [
        match(records[i], 0.5, fit("region", evidence=proof(i, names))) for i, names in enumerate(cards)
    ]
    answer = finished(made, *weighed)

    numbers = [c.n for c in answer.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    assert set(numbers_used(answer)) == set(numbers)
    assert {int(n) for n in re.findall(r"\[(\d+)\]", answer.answer)} <= set(numbers)
    assert all(s.citations for s in answer.sentences if s.kind == "claim")
    assert all(any(reason.citations for reason in r.reasons) for r in answer.recommendations)
