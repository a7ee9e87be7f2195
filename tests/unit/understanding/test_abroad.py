from __future__ import annotations

import pytest

from assistant.domain.question import Place
from assistant.understanding.abroad import ForeignNames, without_namesakes
from assistant.understanding.text import tokens

NAMES = ForeignNames(["Bordeaux", "Nice", "New York", "Jemen", "Roubaix"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("een leerwerkplek in Bordeaux", ("Bordeaux",), id="behind a preposition"),
        pytest.param("een leerwerkplek in roubaix", ("Roubaix",), id="rare name in lower case"),
        pytest.param("a nice place in nice weather", (), id="common word in lower case"),
        pytest.param("Bordeaux is een kleur", (), id="no preposition"),
        pytest.param("professor Van Bordeaux vraagt", (), id="surname"),
        pytest.param("a campus near New York", ("New York",), id="two words"),
    ],
)
def test_names_abroad(text: str, found: tuple[str, ...]) -> None:
    assert NAMES.find(tokens(text), masked=()) == found


def test_people_may_come_from_anywhere() -> None:
    text = "statushouders uit Jemen"

    assert NAMES.find(tokens(text), masked=(), people=[(0, len("statushouders"))]) == ()


def test_a_name_inside_a_record_does_not_count() -> None:
    text = "de campus in Bordeaux"

    assert NAMES.find(tokens(text), masked=[(3, len(text))]) == ()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        pytest.param("Een bedrijf in Bergen, Noorwegen", 0, id="the country follows"),
        pytest.param("Een bedrijf in Bergen met klanten in Noorwegen", 1, id="the country is elsewhere"),
    ],
)
def test_namesakes(text: str, kept: int) -> None:
    start = text.index("Bergen")
    place = Place("Bergen (NH.)", "municipality", start=start, end=start + len("Bergen"), surface="Bergen")

    assert len(without_namesakes(text, [place], ["Noorwegen"])) == kept
