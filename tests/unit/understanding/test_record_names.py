from __future__ import annotations

import pytest

from assistant.understanding.record_names import RecordNames
from tests.unit.understanding.question_support import catalogue

NAMES = RecordNames(catalogue(), generic_names=["merk"], hollow_words=["human", "capital", "agenda"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Wat doet Staalhart Opleidingshuis?", ["staalhart"], id="full name"),
        pytest.param("wat doet staalhart opleidingshuis", ["staalhart"], id="lower case"),
        pytest.param("Wat doet de SOH?", ["staalhart"], id="abbreviation in capitals"),
        pytest.param("soh", [], id="short abbreviation in lower case is a word"),
        pytest.param("Bestaat Zonnelab nog?", ["zonnekring"], id="former name"),
        pytest.param(
            "Wat is Zonnekring Academie?", ["zonnekring"], id="name without what stands between brackets"
        ),
        pytest.param("Staalhart Opleidngshuis", ["staalhart"], id="typing error"),
        pytest.param("HCA Noordrand", ["hca-noordrand"], id="abbreviated kind"),
        pytest.param("een human capital agenda", [], id="hollow words make no name"),
        pytest.param("elk merk is goed", [], id="a name that is a word"),
        pytest.param("wij werken met Merk samen", ["merk"], id="that word written as a name"),
        pytest.param("een stap verder", [], id="lower case of an abbreviation that is a word"),
        pytest.param("Hoe vraag ik STAP-budget aan?", ["stap"], id="longest name"),
    ],
)
def test_find(text: str, expected: list[str]) -> None:
    assert [record_id for named in NAMES.find(text) for record_id in named.record_ids] == expected
