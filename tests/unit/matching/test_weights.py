"""The tuning numbers that ship with the product can be used as they are."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from assistant.matching.weights import Weights, default_weights


def test_shipped_weights_are_read_once() -> None:
    assert default_weights() is default_weights()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param({"kind_bonus": 1.2}, "kind_bonus", id="outside 0 to 1"),
        pytest.param({"regio": 0.5}, "regio", id="unknown name"),
    ],
)
def test_wrong_number_is_named(change: dict[str, float], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Weights.model_validate({**default_weights().model_dump(), **change})


def test_status_only_breaks_ties_for_what_still_runs() -> None:
    penalty = default_weights().status_penalty

    assert penalty.active == 0.0 < penalty.unknown < penalty.ended
