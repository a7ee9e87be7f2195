"""Standing quotes: found literally in their document, or left out."""

from __future__ import annotations

import pytest

from assistant.answering.standing import find_standing
from assistant.answering.texts import StandingQuote
from tests.support.library import draft, guide, held_by_pages, library

HELD = guide("Zoek eerst  wie\ner al is. Leg samen vast wie wat doet.")


def quote(*sentences: str, document_id: str = "gids") -> dict[str, StandingQuote]:
    return {"slot": StandingQuote(document_id=document_id, quotes=sentences)}


@pytest.mark.parametrize(
    ("quotes", "added"),
    [
        pytest.param(quote("Zoek eerst wie er al is."), 1, id="there, whatever the white space"),
        pytest.param(quote("Zoek eerst wie er al is.", "Dat staat er niet."), 1, id="one of two is there"),
        pytest.param(quote("Dat staat er niet."), 0, id="not there"),
        pytest.param(quote("Zoek eerst wie er al is.", document_id="ander"), 0, id="in another document"),
    ],
)
def test_only_what_stands_there_is_quoted(quotes: dict[str, StandingQuote], added: int) -> None:
    made = draft(held_by_pages(HELD))

    assert find_standing(quotes, [HELD]).add(made, "slot", "notice", heading="Goed om te weten") == added
    assert len(made.sentences) == added
    assert ("notice" in made.headings) == bool(added)


def test_unknown_name_adds_nothing() -> None:
    made = draft(library())

    assert find_standing({}, []).add(made, "slot", "notice") == 0
