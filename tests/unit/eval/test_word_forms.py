from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import UsageError
from assistant.index.dutch import AnalyzerSettings, DutchAnalyzer
from eval.measures.base import total
from eval.measures.word_forms import measure_word_forms, word_pairs

PAIRS = """found:
  plural: [bedrijf | bedrijven, school | scholen, zorg | zorgpersoneel]
apart:
  looks alike: [agenda | agent]
"""


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    path = tmp_path / "word_forms.yaml"
    path.write_text(PAIRS, "utf-8")
    return path


def measured(pairs: Path, **settings: object) -> dict[str, float | None]:
    analyzer = DutchAnalyzer(AnalyzerSettings(**settings), {"zorg": 9, "personeel": 9})  # type: ignore[arg-type]
    return {name: total(values.values()) for name, values in measure_word_forms(analyzer, pairs).items()}


def test_dutch_stemmer_and_compounds_find_all_forms(pairs: Path) -> None:
    assert measured(pairs) == {"word forms found": 1.0, "word forms kept apart": 1.0}


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        pytest.param({"stemmer": "english"}, 1 / 3, id="the English stemmer knows no Dutch plural"),
        pytest.param({"has_compounds": False}, 2 / 3, id="without compounds their parts are lost"),
        pytest.param({"stemmer": "", "has_compounds": False}, 0.0, id="words as they are typed"),
    ],
)
def test_lost_part_of_the_analyzer_lowers_word_forms(
    settings: dict[str, object], expected: float, pairs: Path
) -> None:
    found = measured(pairs, **settings)

    assert found["word forms found"] == pytest.approx(expected)
    assert found["word forms kept apart"] == 1.0


@pytest.mark.parametrize(
    "line",
    [pytest.param("bedrijf", id="no pair"), pytest.param("school | scholen", id="a pair that is there")],
)
def test_pair_that_cannot_be_used_is_named(line: str, pairs: Path) -> None:
    pairs.write_text(PAIRS.replace("agenda | agent", line), "utf-8")

    with pytest.raises(UsageError, match=line.replace("|", r"\|")):
        word_pairs(pairs)


def test_pairs_of_the_project_are_enough_to_tell_stemmers_apart() -> None:
    pairs = word_pairs()

    assert sum(is_found for _, _, is_found in pairs.values()) >= 100
    assert sum(not is_found for _, _, is_found in pairs.values()) >= 40
