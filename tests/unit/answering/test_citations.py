"""A number is given to what stands literally in its source, and to nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.citations import CitationBook, source_for
from assistant.domain.match import Evidence
from tests.support.builders import coverage, passage, record
from tests.support.library import PAGES, guide, library

LAST_YEAR, THIS_YEAR = 2023, 2024


def book() -> CitationBook:
    held = library(record("streek", region="Streek", figures=("160 leerplekken (2024)", "12 scholen")))
    return CitationBook(held, "Indeling", "werkgebied")


@pytest.mark.parametrize(
    "evidence",
    [
        pytest.param(Evidence("record", "streek", "summary", "Het helpt niemand."), id="record field"),
        pytest.param(Evidence("record", "streek", "website", "https://x.nl"), id="empty record field"),
        pytest.param(Evidence("coverage", "streek", "municipalities", "Urk"), id="coverage"),
        pytest.param(Evidence("coverage", "streek", "umbrella", "nl"), id="empty coverage field"),
        pytest.param(
            Evidence("record", "streek", "figures", "160 leerplekken (2024) 12 scholen"), id="over two items"
        ),
    ],
)
def test_quote_that_is_not_there_gets_no_number(evidence: Evidence) -> None:
    cited = book()

    assert cited.cite(evidence) is None
    assert cited.citations == ()


@pytest.mark.parametrize(
    "quote", [pytest.param("Zoek eerst niemand.", id="other words"), pytest.param("leg samen", id="case")]
)
def test_quote_that_is_not_on_the_page_gets_no_number(quote: str) -> None:
    assert book().cite_passage(guide(), quote) is None


def test_same_quote_of_the_same_source_has_one_number() -> None:
    cited = book()

    numbers = [
        cited.cite(Evidence("record", "streek", "region", "Streek")),
        cited.cite_passage(guide(), "Zoek eerst wie er al is."),
        cited.cite(Evidence("record", "streek", "region", "Streek")),
        cited.cite_passage(guide(), "Zoek eerst wie er al is."),
    ]

    assert numbers == [1, 2, 1, 2]
    assert [c.n for c in cited.citations] == [1, 2]


def test_same_words_in_two_fields_have_two_numbers() -> None:
    cited = CitationBook(library(record("streek", name="Streek", region="Streek")), "", "")

    assert cited.cite(Evidence("record", "streek", "name", "Streek")) == 1
    assert cited.cite(Evidence("record", "streek", "region", "Streek")) == 2


def test_page_quote_says_file_page_heading_and_offsets() -> None:
    cited = book()

    cited.cite_passage(guide(), "Leg  samen\nvast wie wat doet.")

    citation = cited.citations[0]
    assert (citation.file, citation.page, citation.locator) == ("documents/gids.pdf", 1, "Partners")
    assert citation.start is not None
    assert citation.end is not None
    assert PAGES[0][citation.start :].startswith("Leg samen vast wie wat doet.")


def test_quote_on_the_second_page_of_a_passage_names_that_page() -> None:
    cited = book()

    cited.cite_passage(guide(" ".join(PAGES), end_page=2), "Daarna volgt het bedrijf.")

    assert cited.citations[0].page == 2


def test_record_quote_says_record_and_field() -> None:
    cited = book()

    cited.cite(Evidence("record", "streek", "figures", "12 scholen"))

    citation = cited.citations[0]
    assert (citation.document_id, citation.locator, citation.page) == ("streek", "streek: figures", None)
    assert citation.file == "records/hcas/streek.yaml"


def test_passage_of_a_record_is_cited_as_its_field() -> None:
    cited = book()

    cited.cite_passage(passage("streek#figures", "12 scholen", record_id="streek"), "12 scholen")

    assert cited.citations[0].locator == "streek: figures"


@pytest.mark.parametrize(
    ("basis", "confidence"),
    [pytest.param("bron", "high", id="a source names it"), pytest.param("afgeleid", "medium", id="derived")],
)
def test_coverage_is_as_sure_as_what_it_rests_on(basis: str, confidence: str) -> None:
    held = library(
        record("streek", region="Streek"),
        entries=[coverage("streek", municipalities=("Lelystad",), basis=basis)],
    )
    cited = CitationBook(held, "", "werkgebied")

    cited.cite(Evidence("coverage", "streek", "municipalities", "Lelystad"))

    assert cited.citations[0].confidence == confidence


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        pytest.param(
            ({"title": "oud", "year": LAST_YEAR}, {"title": "nieuw", "year": THIS_YEAR}), "nieuw", id="newest"
        ),
        pytest.param(
            (
                {"title": "cijfers", "year": LAST_YEAR, "supports": ("figures 160",)},
                {"title": "nieuw", "year": THIS_YEAR},
            ),
            "cijfers",
            id="the one that supports the field",
        ),
        pytest.param(
            ({"title": "los", "year": THIS_YEAR}, {"title": "met adres", "url": "https://example.org/"}),
            "met adres",
            id="one with an address",
        ),
    ],
)
def test_source_of_a_field(sources: tuple[dict[str, object], ...], expected: str) -> None:
    assert source_for(record("a", sources=sources), "figures").title == expected


@given(quote=st.text(alphabet="aeilnst .", min_size=1, max_size=12))
def test_every_number_stands_for_a_literal_quote(quote: str) -> None:
    cited = book()

    number = cited.cite_passage(guide(), quote)

    assert (number is not None) == (" ".join(quote.split()) in PAGES[0])
