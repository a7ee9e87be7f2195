"""Sentences in the making: claims with proof, quotes over a page end, and the Markdown of it all."""

from __future__ import annotations

from assistant.answering.draft import to_markdown
from assistant.domain.answer import Sentence
from assistant.domain.match import Evidence
from tests.support.library import OVER_PAGE_END, PAGES, draft, guide, library

REGION = Evidence("record", "streek", "region", "Streek")
WRONG = Evidence("record", "streek", "region", "Elders")


def test_claim_with_proof_is_added_with_its_numbers() -> None:
    made = draft()

    assert made.claim("Zij werken in Streek.", (REGION, REGION), "advice")
    assert [(s.kind, s.citations) for s in made.sentences] == [("claim", (1,))]


def test_claim_is_left_out_when_one_of_its_quotes_is_not_there() -> None:
    made = draft()

    assert not made.claim("Zij werken in Streek en elders.", (REGION, WRONG), "advice")
    assert made.sentences == []


def test_claim_without_proof_is_left_out() -> None:
    made = draft()

    assert not made.claim("Iedereen weet het.", (), "advice")
    assert made.sentences == []


def test_field_is_quoted_sentence_by_sentence_up_to_the_limit() -> None:
    made = draft()
    summary = library().records["streek"].summary

    assert made.quote_field("streek", "summary", summary, "advice", limit=2) == 2
    assert [s.text for s in made.sentences] == ["Dit is streek.", "Het helpt mensen aan werk."]
    assert [c.quote for c in made.book.citations] == [s.text for s in made.sentences]


def test_sentences_of_a_field_that_are_not_there_are_left_out() -> None:
    made = draft()

    added = made.quote_field("streek", "summary", "Dit is streek. Dit is verzonnen.", "advice", limit=5)

    assert added == 1


def test_sentence_over_a_page_end_cites_both_pages() -> None:
    made = draft()

    added = made.quote_passage(guide(" ".join(PAGES), end_page=2), [OVER_PAGE_END], "answer")

    assert added == 1
    assert made.sentences[0].citations == (1, 2)
    assert [(c.page, c.quote) for c in made.book.citations] == [
        (1, "Het gesprek begint bij de"),
        (2, "school in de buurt."),
    ]


def test_sentence_of_which_the_second_half_is_nowhere_is_left_out() -> None:
    made = draft()

    added = made.quote_passage(guide(end_page=2), ["Het gesprek begint bij de molen."], "answer")

    assert (added, made.sentences) == (0, [])


def test_english_answer_shows_dutch_quotes_between_quotation_marks() -> None:
    made = draft(language="en")

    made.quote_passage(guide(), ["Zoek eerst wie er al is."], "answer")

    assert made.sentences[0].text == "“Zoek eerst wie er al is.”"
    assert made.book.citations[0].quote == "Zoek eerst wie er al is."


def test_markdown_puts_markers_headings_and_paragraphs_in_place() -> None:
    sentences = [
        Sentence(text="Sluit aan bij A.", citations=(1, 2), block="advice"),
        Sentence(text="Dat past.", citations=(3,), block="advice"),
        Sentence(text="Kijk ook naar B.", kind="frame", block="advice", opens_paragraph=True),
        Sentence(text="Zij leren mensen een vak.", citations=(1,), block="what"),
    ]

    assert to_markdown(sentences, {"what": "Wat zij doen", "status": "Let op"}) == (
        "Sluit aan bij A. [1][2] Dat past. [3]\n\nKijk ook naar B."
        "\n\n### Wat zij doen\n\nZij leren mensen een vak. [1]"
    )


def test_markdown_of_nothing_is_empty() -> None:
    assert to_markdown([], {"what": "Wat zij doen"}) == ""
