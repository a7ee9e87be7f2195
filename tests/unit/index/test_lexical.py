from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.domain.documents import Passage
from assistant.errors import IndexStateError
from assistant.index.lexical import build_lexical_index, open_lexical_index

TEXTS = {"a": "Scholingsfonds voor technici", "b": "Zonneparken op het water", "c": "Loket voor werkgevers"}


def passages() -> list[Passage]:
    return [Passage(i, "d", text, heading_path=("Kop",)) for i, text in TEXTS.items()]


@pytest.mark.parametrize(
    ("query", "best"),
    [pytest.param("fonds", ["a"], id="part of a compound"), pytest.param("zonnepark", ["b"], id="singular"),
     pytest.param("de het een", [], id="only stop words"), pytest.param("xyz", [], id="unknown word")],
)  # fmt: skip
def test_best_finds_by_term(query: str, best: list[str]) -> None:
    index = build_lexical_index(passages())

    assert [index.passage_ids[row] for row in index.best(query, 5)] == best


def test_equal_scores_are_ordered_by_id() -> None:
    index = build_lexical_index([Passage(i, "d", "zelfde tekst") for i in "cab"])

    assert [index.passage_ids[row] for row in index.best("tekst", 2)] == ["a", "b"]


def test_saved_index_gives_the_same_scores(tmp_path: Path) -> None:
    index = build_lexical_index(passages())
    index.save(tmp_path / "lexical")

    opened = open_lexical_index(tmp_path / "lexical", passages())

    for query in TEXTS.values():
        np.testing.assert_array_equal(opened.scores(query), index.scores(query))
        np.testing.assert_array_equal(opened.gram_scores(query), index.gram_scores(query))


def test_index_from_before_there_were_letter_runs_still_scores_them(tmp_path: Path) -> None:
    index = build_lexical_index(passages())
    index.save(tmp_path / "lexical")
    (tmp_path / "lexical" / "grams.npz").unlink()

    opened = open_lexical_index(tmp_path / "lexical", passages())

    np.testing.assert_array_equal(opened.gram_scores("zonneprk"), index.gram_scores("zonneprk"))


def test_index_without_terms_finds_nothing(tmp_path: Path) -> None:
    only = [Passage("a", "d", "de")]
    build_lexical_index(only).save(tmp_path / "lexical")

    assert open_lexical_index(tmp_path / "lexical", only).best("de", 5) == []


def test_damaged_index_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IndexStateError, match="assistant index"):
        open_lexical_index(tmp_path, passages())
