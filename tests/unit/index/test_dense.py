from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.domain.documents import Passage
from assistant.errors import IndexStateError
from assistant.index.dense import DenseIndex, build_dense_index, open_dense_index
from assistant.index.embedding_cache import unit_length


@pytest.fixture
def vectors() -> np.ndarray:
    return unit_length(np.random.default_rng(1).normal(size=(60, 16)).astype(np.float32))


def passages(n: int) -> list[Passage]:
    return [Passage(f"p{i:02d}", "d", f"tekst {i}", page=1, heading_path=("Kop",)) for i in range(n)]


def test_chroma_finds_what_an_exact_search_finds(tmp_path: Path, vectors: np.ndarray) -> None:
    build_dense_index(tmp_path / "chroma", passages(60), vectors)
    ids = [passage.passage_id for passage in passages(60)]

    opened = open_dense_index(tmp_path / "chroma", ids)

    exact = DenseIndex(ids, vectors)
    for query in vectors[:5]:
        assert opened.nearest(query, 10) == exact.nearest(query, 10)
        assert opened.nearest(query, 1) == [int(np.argmax(vectors @ query))]


def test_index_with_other_passages_is_refused(tmp_path: Path, vectors: np.ndarray) -> None:
    build_dense_index(tmp_path / "chroma", passages(3), vectors[:3])

    with pytest.raises(IndexStateError, match="assistant index"):
        open_dense_index(tmp_path / "chroma", ["p00", "p01"])


def test_missing_index_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IndexStateError, match="assistant index"):
        open_dense_index(tmp_path / "chroma", ["p00"])


def test_centred_scores_spread_texts_that_lie_close(vectors: np.ndarray) -> None:
    cone = unit_length(vectors + 5)
    index = DenseIndex([f"p{i}" for i in range(60)], cone)

    assert index.centred_scores(cone[0]).std() > 3 * index.scores(cone[0]).std()
    assert int(np.argmax(index.centred_scores(cone[0]))) == 0


def test_empty_index_finds_nothing() -> None:
    index = DenseIndex((), np.empty((0, 0), dtype=np.float32))

    assert index.nearest([1.0], 5) == []
    assert len(index.centred_scores([1.0])) == 0
