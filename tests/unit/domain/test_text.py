from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.text import single_spaced, split_sentences


def pieces(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Dit is één. Dit is twee.", ["Dit is één.", "Dit is twee."], id="two sentences"),
        pytest.param(
            "Denk bijv. aan Utrecht.", ["Denk bijv. aan Utrecht."], id="abbreviation before a capital"
        ),
        pytest.param(
            "Dat kan i.v.m. De Wet niet.", ["Dat kan i.v.m. De Wet niet."], id="abbreviation with stops"
        ),
        pytest.param(
            "Scholen e.d. De rest volgt.", ["Scholen e.d.", "De rest volgt."], id="e.d. may end a sentence"
        ),
        pytest.param("Scholen e.d. doen mee.", ["Scholen e.d. doen mee."], id="e.d. in the middle"),
        pytest.param(
            "Het kost 1.000 euro. Of 2.5 mln.", ["Het kost 1.000 euro.", "Of 2.5 mln."], id="decimals"
        ),
        pytest.param("Dr. J. Jansen komt.", ["Dr. J. Jansen komt."], id="title and initial"),
        pytest.param(
            "Zie art. 3. Er is meer.", ["Zie art. 3.", "Er is meer."], id="sentence that ends in a number"
        ),
        pytest.param(
            "Kies: 1. Lezen. 2. Doen.",
            ["Kies: 1. Lezen.", "2. Doen."],
            id="list numbers stay with their text",
        ),
        pytest.param("Is dat zo? Ja!", ["Is dat zo?", "Ja!"], id="question and exclamation marks"),
        pytest.param(
            "Hij zei: ‘Kom.’ Toen ging hij.", ["Hij zei: ‘Kom.’", "Toen ging hij."], id="closing quote"
        ),
        pytest.param(
            "In 's-Hertogenbosch. 's Avonds ook.", ["In 's-Hertogenbosch.", "'s Avonds ook."], id="'s starts"
        ),
        pytest.param(
            "www.uwv.nl is open. Kijk daar.", ["www.uwv.nl is open.", "Kijk daar."], id="web address"
        ),
        pytest.param("geen punt", ["geen punt"], id="no stop at all"),
        pytest.param(" \n ", [], id="only spaces"),
    ],
)
def test_split_sentences_cuts(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


@given(st.text(alphabet="aB1. !?'’\"()-\n\té…:;•", max_size=200))
def test_split_sentences_keeps_every_visible_character_once(text: str) -> None:
    spans = split_sentences(text)

    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
    assert all(text[a:b] == text[a:b].strip() for a, b in spans)


@given(st.text())
def test_single_spaced_has_no_runs_and_is_stable(text: str) -> None:
    once = single_spaced(text)

    assert "\x00" not in once
    assert once == " ".join(once.split()) == single_spaced(once)
