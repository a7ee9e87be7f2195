from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understanding.terms import TermFinder
from assistant.understanding.text import clean, tokens, without_spans
from assistant.understanding.vocabulary import Entry

FINDER = TermFinder(
    [
        Entry(
            id="care", label="c", label_en="c", words=("verpleegkundige",), parts=("zorg",), never=("zorgen",)
        ),
        Entry(
            id="sea",
            label="s",
            label_en="s",
            words=("leven lang varen",),
            parts=("haven",),
            weak=("scheepswerf",),
        ),
        Entry(id="tech", label="t", label_en="t", words=("IT", "om te scholen", "woning")),
    ]
)


def found(text: str) -> list[str]:
    return [hit.value for hit in FINDER.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("zorg", ["care"], id="the word itself"),
        pytest.param("verpleegkundigen", ["care"], id="plural"),
        pytest.param("ouderenzorg", ["care"], id="last part of a compound"),
        pytest.param("zorgmedewerkers", ["care"], id="first part of a compound"),
        pytest.param("verzorgen", [], id="a verb prefix makes no compound"),
        pytest.param("wij zorgen voor orde", [], id="listed as never"),
        pytest.param("beschaving", [], id="letters inside a word are no part"),
        pytest.param("een leven lang te varen", ["sea"], id="phrase, the te of an infinitive skipped"),
        pytest.param("omscholen of om scholen", ["tech"], id="phrase of an infinitive without te"),
        pytest.param("verpleegkudige", ["care"], id="one typing error in a rare word"),
        pytest.param("what is it", [], id="capitals in the vocabulary ask for capitals"),
        pytest.param("werken in de IT", ["tech"], id="capitals found"),
        pytest.param("wonen", [], id="another word with the same stem"),
    ],
)
def test_find(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_weak_terms_weigh_less() -> None:
    assert FINDER.find("een scheepswerf")[0].weight == 0.5


def test_masked_words_are_left_alone() -> None:
    assert FINDER.find("haven en zorg", masked=[(0, 5)])[0].value == "care"


@given(st.text(max_size=200))
def test_offsets_point_at_the_surface(text: str) -> None:
    for hit in FINDER.find(text):
        assert text[hit.start : hit.end] == hit.surface


@given(st.text(max_size=300), st.integers(min_value=1, max_value=50))
def test_clean_is_bounded_and_holds_no_control_characters(text: str, bound: int) -> None:
    cleaned = clean(text, max_chars=bound)

    assert len(cleaned) <= bound
    assert not any(ord(char) < 32 or char == "\u200b" for char in cleaned)


@given(st.text(max_size=200))
def test_tokens_lie_in_order_and_inside_the_text(text: str) -> None:
    words = tokens(text)

    assert all(text[word.start : word.end] == word.surface for word in words)
    assert all(first.end <= second.start for first, second in pairwise(words))


def test_without_spans_tidies_spaces() -> None:
    assert without_spans("lassers in Twente, graag", [(8, 17)]) == "lassers, graag"
