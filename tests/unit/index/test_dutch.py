from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.index.dutch import AnalyzerSettings, DutchAnalyzer, corpus_vocabulary, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Coördinatie naïef", ["coordinatie", "naief"], id="diacritics"),
        pytest.param("1.000 euro", ["1000", "euro"], id="thousands"),
        pytest.param("2,5 procent", ["2,5", "procent"], id="decimal comma"),
        pytest.param("foto's en HCA’s", ["foto", "en", "hca"], id="plural with apostrophe"),
        pytest.param("in 's-Hertogenbosch", ["in", "hertogenbosch"], id="clitic before a name"),
        pytest.param("samen- werking", ["samenwerking"], id="word broken at a line end"),
        pytest.param("zon- en windenergie", ["zon", "en", "windenergie"], id="elided part stays apart"),
        pytest.param("mbo-niveau", ["mbo-niveau"], id="hyphen inside"),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("scholen", "school", id="plural"),
        pytest.param("bedrijven", "bedrijf", id="plural with voiced consonant"),
        pytest.param("zonneparken", "park", id="head of a compound"),
        pytest.param("scholingsfonds", "fonds", id="compound with linker s"),
        pytest.param("studentenaantallen", "student", id="compound with linker en"),
        pytest.param("arbeidsmarktregio", "arbeidsmarkt", id="first two parts of three"),
        pytest.param("mbo-niveau", "mbo", id="part before a hyphen"),
        pytest.param("zijinstromers", "zij-instromer", id="with and without hyphen"),
        pytest.param("Coördinator", "coordinator", id="with and without diacritics"),
    ],
)
def test_related_words_share_a_term(one: str, other: str) -> None:
    analyzer = DutchAnalyzer()

    assert set(analyzer.terms(one)) & set(analyzer.terms(other))


@pytest.mark.parametrize("word", ["onderwijs", "overheid", "wetenschappelijk", "ondernemer", "voorstel"])
def test_words_that_are_no_compounds_stay_whole(word: str) -> None:
    assert len(DutchAnalyzer().terms(word)) == 1


def test_words_of_the_corpus_help_to_take_compounds_apart() -> None:
    vocabulary = corpus_vocabulary(["Het xylofabriekje maakt xylo. Nog een xylo."])

    assert "xylo" in DutchAnalyzer(vocabulary=vocabulary).terms("xylomonteur")
    assert "xylo" not in DutchAnalyzer().terms("xylomonteur")


@pytest.mark.parametrize(
    ("query", "term"),
    [
        pytest.param("hca", "capital", id="short to full"),
        pytest.param("human capital agenda", "hca", id="full to short"),
    ],
)
def test_abbreviations_work_both_ways_and_weigh_less(query: str, term: str) -> None:
    weights = DutchAnalyzer(abbreviations={"HCA": "human capital agenda"}).query_terms(query)

    assert 0 < weights[term] < 1


def test_other_stemmer_is_another_analyzer() -> None:
    other = DutchAnalyzer(AnalyzerSettings(stemmer="dutch_porter"))

    assert other.identity != DutchAnalyzer().identity


@given(st.text(max_size=80))
def test_query_terms_are_terms_of_the_same_text(text: str) -> None:
    analyzer = DutchAnalyzer()

    assert set(analyzer.query_terms(text)) == set(analyzer.terms(text))
