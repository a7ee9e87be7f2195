"""The criteria file: what a mistake in it says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.errors import ConfigurationError
from assistant.proposal.criteria import load_criteria

PROMPTS = Path(__file__).resolve().parents[3] / "prompts"


@pytest.fixture
def data() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((PROMPTS / "proposal.yaml").read_text("utf-8"))
    return content


def loaded(data: dict[str, Any], folder: Path) -> None:
    (folder / "proposal.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    load_criteria(folder)


def test_unknown_field_is_named(data: dict[str, Any], tmp_path: Path) -> None:
    data["parts"]["analyse"]["criteria"][0]["labell"] = "x"

    with pytest.raises(ConfigurationError, match="labell"):
        loaded(data, tmp_path)


def test_unknown_word_list_is_named(data: dict[str, Any], tmp_path: Path) -> None:
    data["parts"]["analyse"]["criteria"][0]["groups"] = [["$nergens"]]

    with pytest.raises(ConfigurationError, match="nergens"):
        loaded(data, tmp_path)


def test_double_id_is_named(data: dict[str, Any], tmp_path: Path) -> None:
    criteria = data["parts"]["analyse"]["criteria"]
    criteria.append(dict(criteria[0]))

    with pytest.raises(ConfigurationError, match=criteria[0]["id"]):
        loaded(data, tmp_path)


def test_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="Restore"):
        load_criteria(tmp_path)
