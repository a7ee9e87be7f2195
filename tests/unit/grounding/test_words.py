"""Lemmas, roots and compounds."""

from __future__ import annotations

import pytest

from assistant.grounding.names import initials_match
from assistant.grounding.words import compound_parts, lemma_of, root_of


@pytest.mark.parametrize(
    "family",
    [
        ("financieren", "financiering", "gefinancierd"),
        ("opleiden", "opleiding", "opgeleid", "opleidingen"),
        ("werknemer", "werknemers"),
        ("verlies", "verliezen"),
    ],
)
def test_a_word_family_has_one_root(family: tuple[str, ...]) -> None:
    assert len({root_of(lemma_of(w)) for w in family}) == 1


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("bedrijfsschool", ("bedrijf", "school")),
        ("mobiliteitsteam", ("mobiliteit", "team")),
        ("mbo-instelling", ("mbo", "instelling")),
        ("utrecht", ()),
    ],
)
def test_compounds_are_split(word: str, parts: tuple[str, ...]) -> None:
    assert compound_parts(word) == parts


@pytest.mark.parametrize(
    ("short", "words", "expected"),
    [
        pytest.param("HvA", ["hogeschool", "van", "amsterdam"], True, id="with a function word"),
        pytest.param(
            "EFRO",
            ["europees", "fonds", "voor", "regionale", "ontwikkeling"],
            True,
            id="function word skipped",
        ),
        pytest.param("RMT", ["regionaal", "mobiliteitsteam"], True, id="letter inside a compound"),
        pytest.param("HvU", ["hogeschool", "van", "amsterdam"], False, id="other city"),
    ],
)
def test_initials(short: str, words: list[str], expected: bool) -> None:
    assert initials_match(short, words) is expected
