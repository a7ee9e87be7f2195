from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.documents import Passage
from assistant.index.grams import GramSettings, build_gram_index, grams, open_gram_index

PASSAGES = [
    Passage("a", "d", "Scholingsfonds voor technici", heading_path=("Bijscholen",)),
    Passage("b", "d", "Zonneparken op het water"),
    Passage("c", "d", "Loket voor werkgevers en werknemers in de regio, met veel andere woorden erbij"),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Zorg", [" zor", "zorg", "org "], id="word with its ends"),
        pytest.param("de", [" de "], id="word of the length of one run"),
        pytest.param("u", [" u "], id="shorter word stays whole"),
        pytest.param("", [], id="no text"),
    ],
)
def test_grams_of_words(text: str, expected: list[str]) -> None:
    assert grams(text, 4) == expected


@pytest.mark.parametrize(
    ("query", "best"),
    [
        pytest.param("zonnepraken", 1, id="two letters swapped"),
        pytest.param("omscholing", 0, id="other compound with the same core"),
        pytest.param("bijscholing", 0, id="other form of a word in the heading"),
    ],
)
def test_word_that_looks_alike_is_found(query: str, best: int) -> None:
    assert int(np.argmax(build_gram_index(PASSAGES).scores(query))) == best


def test_same_word_counts_more_in_a_short_passage() -> None:
    scores = build_gram_index(PASSAGES).scores("voor")

    assert scores[0] > scores[2] > 0
    assert scores[1] == 0


def test_saved_index_is_used_only_with_the_same_numbers(tmp_path: Path) -> None:
    index = build_gram_index(PASSAGES)
    index.save(tmp_path)

    opened = open_gram_index(tmp_path)

    assert opened is not None
    assert len(opened) == 3
    np.testing.assert_array_equal(opened.scores("scholing"), index.scores("scholing"))
    assert open_gram_index(tmp_path, GramSettings(n=3)) is None
    assert open_gram_index(tmp_path / "elsewhere") is None


@given(st.lists(st.text(max_size=30), max_size=4), st.text(max_size=30))
def test_any_text_gives_a_score_per_passage(texts: list[str], query: str) -> None:
    index = build_gram_index([Passage(str(i), "d", text) for i, text in enumerate(texts)])

    scores = index.scores(query)

    assert scores.shape == (len(texts),)
    assert (scores >= 0).all()
