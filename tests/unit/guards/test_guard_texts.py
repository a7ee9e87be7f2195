"""What the guards say."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import ConfigurationError
from assistant.guards import GuardTexts, guard_question, load_guard_texts

PROMPTS = Path(__file__).parents[3] / "prompts"


@pytest.fixture(scope="module")
def texts() -> GuardTexts:
    return load_guard_texts(PROMPTS)


def test_one_sentence_names_all_that_was_masked(texts: GuardTexts) -> None:
    guarded = guard_question("Mail a@b.nl, bel 06-12345678 of schrijf BSN 111222333")

    assert texts.notices(guarded, "nl") == (
        "Ik heb een e-mailadres, een telefoonnummer en een burgerservicenummer weggelaten. "
        "Dat is hier niet nodig en wordt niet bewaard.",
    )


def test_a_refusal_says_what_to_do(texts: GuardTexts) -> None:
    guarded = guard_question("a" * 200, max_chars=100)

    assert "100" in (texts.refusal(guarded, "en", max_chars=100) or "")
    assert texts.refusal(guard_question("Wie helpt?"), "nl") is None


@pytest.mark.parametrize(
    ("find", "replacement"),
    [
        pytest.param("{what}", "{wat}", id="wrong name"),
        pytest.param("  and:", "  und:", id="unknown text"),
        pytest.param("{max_chars}", "veel", id="number left out"),
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, find: str, replacement: str) -> None:
    broken = (PROMPTS / "guards.yaml").read_text("utf-8").replace(find, replacement)
    (tmp_path / "guards.yaml").write_text(broken, "utf-8")

    with pytest.raises(ConfigurationError, match=r"guards\.yaml"):
        load_guard_texts(tmp_path)
