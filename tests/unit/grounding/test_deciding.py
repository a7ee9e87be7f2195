"""The learned decision: trees read as they were written, and files that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import ConfigurationError
from assistant.grounding.deciding import DecisionModel, Tree, load_decision, score

STUMP = Tree(signal=(0, -1, -1), limit=(0.5, 0, 0), left=(1, 0, 0), right=(2, 0, 0), value=(0, -1.0, 2.0))
MODEL = DecisionModel(signals=("share",), start=0.25, passes=0.5, trees=(STUMP, STUMP))


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        pytest.param(0.5, -2.25, id="at the limit goes left"),
        pytest.param(0.6, 3.75, id="above the limit goes right"),
    ],
)
def test_trees_add_up(share: float, expected: float) -> None:
    assert score({"share": share}, MODEL) == pytest.approx(expected)


def test_broken_file_says_which_and_how_to_mend_it(tmp_path: Path) -> None:
    file = tmp_path / "decision.json"
    file.write_text("{", encoding="utf-8")

    with pytest.raises(ConfigurationError, match="train it again"):
        load_decision(file)
