"""Every part of an answer has its place on the page."""

from __future__ import annotations

import pytest

from assistant.domain.answer import Sentence
from assistant.ui.parts.answer import BLOCKS, answer_data
from tests.ui.fake_answers import ABSTAINED, ADVICE


def _names(*blocks: str) -> list[str]:
    sentences = tuple(Sentence(text=f"Zin in {block}.", kind="frame", block=block) for block in blocks)
    return [part["name"] for part in answer_data(ADVICE.model_copy(update={"sentences": sentences}))["parts"]]


def test_order_of_the_page_does_not_follow_the_order_of_composing() -> None:
    assert _names(*reversed(BLOCKS)) == _names(*BLOCKS)


@pytest.mark.parametrize(
    ("blocks", "order"),
    [
        pytest.param(
            ("what", "write", "offer"),
            ["cards", "what", "offer", "write", "considered"],
            id="how to link up stands under what they do",
        ),
        pytest.param(
            ("notice", "compare", "answer"),
            ["answer", "compare", "cards", "notice", "considered"],
            id="a comparison stands under the answer",
        ),
        pytest.param(
            ("guard", "advice", "more"),
            ["advice", "cards", "more", "guard", "considered"],
            id="what was left out is said at the end",
        ),
        pytest.param(
            ("iets-nieuws", "write"),
            ["cards", "write", "iets-nieuws", "considered"],
            id="an unknown block is shown and not lost",
        ),
    ],
)
def test_block_stands_in_its_place(blocks: tuple[str, ...], order: list[str]) -> None:
    assert _names(*blocks) == order


def test_no_sentence_of_an_answer_is_lost() -> None:
    sentences = tuple(Sentence(text=f"Zin in {block}.", kind="frame", block=block) for block in BLOCKS)

    parts = answer_data(ABSTAINED.model_copy(update={"sentences": sentences}))["parts"]

    shown = [s["text"] for part in parts for group in part["paragraphs"] for s in group]
    assert sorted(shown) == sorted(s.text for s in sentences)
