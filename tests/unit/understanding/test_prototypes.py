from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from assistant.understanding.prototypes import KernelModel, PrototypeVectors

CORNERS = {"a1": (1.0, 0.0), "a2": (-1.0, 0.0), "b1": (0.0, 1.0), "b2": (0.0, -1.0)}


def embed(text: str) -> Sequence[float]:
    return CORNERS[text]


def model() -> KernelModel:
    return KernelModel({"a": ["a1", "a2"], "b": ["b1", "b2"]}, PrototypeVectors(embed, embedder="corners"))


@pytest.mark.parametrize(("vector", "label"), [((0.9, 0.1), "a"), ((-0.9, 0.1), "a"), ((0.1, -0.9), "b")])
def test_a_label_may_lie_in_several_clumps(vector: tuple[float, float], label: str) -> None:
    scores = model().scores(vector)

    assert max(scores, key=lambda name: scores[name]) == label


def test_held_out_scores_equal_a_model_without_the_example() -> None:
    found = model()
    held_out = found.held_out()

    assert held_out.shape == (4, 2)
    assert np.all(held_out[:, 0] < found.scores((1.0, 0.0))["a"])
