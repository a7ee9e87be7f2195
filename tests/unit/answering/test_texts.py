"""Reply texts: read from YAML, filled in by name, refused when something does not add up."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answering.texts import Texts, in_dutch, load_standing, load_texts
from assistant.errors import ConfigurationError
from tests.support.builders import PROMPTS


def written(folder: Path, text: str) -> Texts:
    (folder / "replies.nl.yaml").write_text(text, encoding="utf-8")
    return load_texts(folder, "nl")


def test_text_is_found_by_path_and_filled_in(tmp_path: Path) -> None:
    texts = written(tmp_path, 'advice:\n  join: "Sluit aan bij {name}."\n')

    assert texts("advice.join", name="A") == "Sluit aan bij A."
    assert texts.raw("advice.join") == "Sluit aan bij {name}."


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param('a:\n  b: "Dag {voornaam}."', r"a\.b: nobody fills in \['voornaam'\]", id="placeholder"),
        pytest.param("a:\n  b: 3", r"a\.b: expected a text, got 3", id="number"),
        pytest.param('a: ""', "a: expected a text", id="empty"),
        pytest.param("a: [", "Cannot read", id="broken yaml"),
    ],
)
def test_wrong_text_is_refused_and_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        written(tmp_path, text)


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"replies\.nl\.yaml"):
        load_texts(tmp_path, "nl")


@pytest.mark.parametrize(
    ("path", "values"),
    [pytest.param("a.c", {}, id="no such text"), pytest.param("a.b", {}, id="a value is missing")],
)
def test_asking_for_what_is_not_there_is_an_error(tmp_path: Path, path: str, values: dict[str, str]) -> None:
    texts = written(tmp_path, 'a:\n  b: "Dag {name}."')

    with pytest.raises(ConfigurationError, match=path):
        texts(path, **values)


@pytest.mark.parametrize(
    ("language", "items", "all_of", "one_of"),
    [
        pytest.param("nl", [], "", "", id="none"),
        pytest.param("nl", ["a"], "a", "a", id="one"),
        pytest.param("nl", ["a", "b", "c"], "a, b en c", "a, b of c", id="three in Dutch"),
        pytest.param("en", ["a", "b"], "a and b", "a or b", id="two in English"),
    ],
)
def test_lists_in_words(language: str, items: list[str], all_of: str, one_of: str) -> None:
    texts = load_texts(PROMPTS, language)

    assert (texts.joined(items), texts.any_of(items)) == (all_of, one_of)


def test_english_text_knows_how_it_reads_in_dutch_with_all_that_is_filled_in() -> None:
    english = load_texts(PROMPTS, "en")
    sectors = english.joined([english("sectors.zorg"), english("sectors.bouw")])

    text = english("record.sectors", name="Streek", value=sectors)

    assert "Streek" in text
    assert in_dutch(text) == "Streek noemt als sectoren: zorg en welzijn en bouw."


def test_both_languages_have_the_same_paths() -> None:
    assert load_texts(PROMPTS, "nl").paths() == load_texts(PROMPTS, "en").paths()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("slot:\n  document_id: gids\n  quote: x", id="unknown field"),
        pytest.param("- slot", id="a list"),
    ],
)
def test_wrong_standing_quotes_are_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "standing.yaml").write_text(text, encoding="utf-8")

    with pytest.raises(ConfigurationError, match=r"standing\.yaml"):
        load_standing(tmp_path)
