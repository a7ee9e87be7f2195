"""The texts of the pages are checked as a whole when the app starts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.errors import ConfigurationError
from assistant.ui.texts import TEXTS_FILE, load_texts


def _edited(tmp_path: Path, edit: Callable[[dict[str, Any]], None]) -> Path:
    data = yaml.safe_load(TEXTS_FILE.read_text("utf-8"))
    edit(data)
    path = tmp_path / "ui.nl.yaml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    return path


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        pytest.param(lambda d: d["page"].pop("chat"), "page.chat", id="missing"),
        pytest.param(lambda d: d["page"].update(chta="Gesprek"), "page.chta", id="unknown"),
        pytest.param(lambda d: d["page"].update(chat=""), "page.chat", id="empty"),
        pytest.param(
            lambda d: d["answer"]["nl"].update(as_of="stand van {year"), "answer.nl.as_of", id="broken brace"
        ),
    ],
)
def test_mistake_in_a_text_is_named(
    tmp_path: Path, edit: Callable[[dict[str, Any]], None], message: str
) -> None:
    with pytest.raises(ConfigurationError, match=message):
        load_texts(_edited(tmp_path, edit))


def test_texts_have_no_exclamation_marks() -> None:
    assert "!" not in "".join(
        line.partition("#")[0] for line in TEXTS_FILE.read_text("utf-8").splitlines(keepends=True)
    )


def test_date_is_written_out() -> None:
    assert load_texts(TEXTS_FILE).date("2026-11-04") == "4 november 2026"
