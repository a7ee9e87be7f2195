"""Names of persons are found in what is kept for good; places and organisations are not taken for them."""

from __future__ import annotations

import pytest

from assistant.review.names import finds_name


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Mijn naam is Kees de Boer, wij bouwen huizen.", id="introduction"),
        pytest.param("Wij zoeken hulp. Met vriendelijke groet, P. Jansen", id="signed"),
        pytest.param("Groeten,\nSanne", id="signed with a first name"),
        pytest.param("Kan mevrouw Van den Berg ons helpen?", id="title"),
        pytest.param("Het plan is van J.P. de Vries uit Assen.", id="initials"),
        pytest.param("Fatima Bouali van het roc vroeg dit.", id="first name and surname"),
        pytest.param("My name is John Smith.", id="English"),
    ],
)
def test_name_is_found(text: str) -> None:
    assert finds_name(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Ik ben ondernemer in Den Haag.", id="profession and place"),
        pytest.param("Namens het ROC Midden Nederland: welke agenda geldt in Utrecht?", id="organisation"),
        pytest.param("Past Brainport Eindhoven bij de Topsector Energie?", id="programmes"),
        pytest.param("We zitten in Bergen op Zoom en 's-Hertogenbosch.", id="places with particles"),
    ],
)
def test_place_or_organisation_is_no_name(text: str) -> None:
    assert finds_name(text) is None
