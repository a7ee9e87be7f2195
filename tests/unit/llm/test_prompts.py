"""Prompts and lines are checked at start."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import ConfigurationError
from assistant.llm import load_model_texts, load_prompt
from assistant.llm.phrasing import VARIABLES
from tests.unit.llm.scripted import PROMPTS


@pytest.mark.parametrize("language", ["nl", "en"])
def test_shipped_prompts_fit_the_code(language: str) -> None:
    prompt = load_prompt(PROMPTS / f"phrase.{language}.md", variables=VARIABLES)

    assert (prompt.name, prompt.language) == ("phrase", language)
    assert prompt.version >= 1


@pytest.mark.parametrize(
    ("find", "replacement", "message"),
    [
        pytest.param("{{records}}", "", "records", id="variable not used"),
        pytest.param("{{records}}", "{{recordz}}", "recordz", id="variable misspelt"),
        pytest.param("mark]", "mark, extra]", "extra", id="variable nobody fills"),
        pytest.param("version: 1", "version: een", "version", id="version no number"),
        pytest.param("# question", "# vraag", "# question", id="heading missing"),
        pytest.param("---\nname", "name", "front matter", id="front matter missing"),
    ],
)
def test_a_broken_prompt_is_named(tmp_path: Path, find: str, replacement: str, message: str) -> None:
    path = tmp_path / "phrase.nl.md"
    path.write_text((PROMPTS / path.name).read_text("utf-8").replace(find, replacement), "utf-8")

    with pytest.raises(ConfigurationError, match=message):
        load_prompt(path, variables=VARIABLES)


def test_a_missing_prompt_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"phrase\.nl\.md"):
        load_prompt(tmp_path / "phrase.nl.md", variables=VARIABLES)


def test_a_missing_line_is_named(tmp_path: Path) -> None:
    lines = (PROMPTS / "llm.yaml").read_text("utf-8").splitlines()
    (tmp_path / "llm.yaml").write_text("\n".join(x for x in lines if "too_slow" not in x), "utf-8")

    with pytest.raises(ConfigurationError, match="too_slow"):
        load_model_texts(tmp_path)
