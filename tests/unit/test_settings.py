"""Settings come from arguments, environment and `assistant.toml`; a wrong one is named in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import ConfigurationError
from assistant.settings import load_settings


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_argument_goes_before_environment_before_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "assistant.toml").write_text('embedder = "file"\nreranker = "file"\nretrieve_depth = 50\n')
    monkeypatch.setenv("ASSISTANT_EMBEDDER", "environment")
    monkeypatch.setenv("ASSISTANT_RERANKER", "environment")

    settings = load_settings(embedder="argument")

    assert (settings.embedder, settings.reranker, settings.retrieve_depth) == ("argument", "environment", 50)


def test_argument_that_is_none_counts_as_not_given() -> None:
    assert load_settings(index_dir=None).index_dir == load_settings().index_dir


def test_corpus_folders_come_as_a_json_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_CORPUS", '["een", "twee"]')

    assert load_settings().corpus == (Path("een"), Path("twee"))


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        pytest.param("RETRIEVE_DEPTH", "3", r"ASSISTANT_RETRIEVE_DEPTH.*Got '3'", id="below the least"),
        pytest.param("RETRIEVE_DEPTH", "veel", r"ASSISTANT_RETRIEVE_DEPTH.*Got 'veel'", id="no number"),
        pytest.param("LANGUAGE", "fr", r"ASSISTANT_LANGUAGE.*Got 'fr'", id="unknown language"),
        pytest.param("CORPUS", "/een", r"corpus.*written as JSON", id="a list that is no JSON"),
    ],
)
def test_wrong_environment_variable_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, message: str
) -> None:
    monkeypatch.setenv(f"ASSISTANT_{name}", value)

    with pytest.raises(ConfigurationError, match=message) as caught:
        load_settings()

    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("x = [", r"assistant\.toml cannot be read", id="broken"),
        pytest.param('taal = "nl"', "'taal'.*not permitted", id="unknown setting"),
    ],
)
def test_wrong_file_is_named(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "assistant.toml").write_text(text)

    with pytest.raises(ConfigurationError, match=message):
        load_settings()


@pytest.mark.parametrize(
    "line",
    [
        pytest.param('llm_apikey = "geheim-123"', id="misspelt setting"),
        pytest.param("llm_api_key = ['geheim-123']", id="wrong type"),
    ],
)
def test_a_key_is_never_printed(tmp_path: Path, line: str) -> None:
    (tmp_path / "assistant.toml").write_text(line)

    with pytest.raises(ConfigurationError) as caught:
        load_settings()

    assert "geheim" not in str(caught.value)


def test_a_key_is_masked_when_settings_are_shown() -> None:
    settings = load_settings(llm_api_key="geheim-123")

    assert "geheim" not in f"{settings!r} {settings.model_dump()}"
