"""Quantities as people write them."""

from __future__ import annotations

import pytest

from assistant.grounding.number_words import word_value
from assistant.grounding.numbers import quantities
from assistant.grounding.text import tokenize


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("vijfentwintig", 25),
        ("tweehonderd", 200),
        ("driehonderdvijftig", 350),
        ("vierhonderdeenentwintig", 421),
        ("twaalfduizend", 12_000),
        ("anderhalf", 1.5),
        ("tweeënhalf", None),
        ("tweeëneenhalf", 2.5),
        ("gemeente", None),
        ("één", 1),
    ],
)
def test_number_words(word: str, value: float | None) -> None:
    assert word_value(word) == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("ruim 1.450 gezinnen", [(1450, "count")], id="thousands separator"),
        pytest.param("2,5 miljoen euro", [(2_500_000, "euro")], id="decimal comma with miljoen"),
        pytest.param("€ 24.999", [(24_999, "euro")], id="euro sign"),
        pytest.param("4 ton", [(400_000, "euro")], id="ton"),
        pytest.param("12,5%", [(12.5, "percent")], id="percent sign"),
        pytest.param("de helft van de kosten", [(50, "percent")], id="half"),
        pytest.param("drie op de tien scholieren", [(30, "percent")], id="x out of y"),
        pytest.param("op 16 september 2025", [(916, "date"), (2025, "year")], id="date and year"),
        pytest.param("een half jaar", [(6, "months")], id="half a year"),
        pytest.param("drie kwartier", [(45, "minutes")], id="quarters of an hour"),
        pytest.param("van 24 naar 31 procent", [(24, "percent"), (31, "percent")], id="shared unit"),
        pytest.param("een vierdaagse werkweek", [(4, "days")], id="unit inside a word"),
        pytest.param("in Q3", [(3, "ordinal")], id="quarter"),
        pytest.param("een gemeente", [], id="article is no number"),
    ],
)
def test_quantities(text: str, expected: list[tuple[float, str]]) -> None:
    assert [(q.value, q.kind) for q in quantities(tokenize(text))] == expected
