from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from langchain_core.embeddings import DeterministicFakeEmbedding

from assistant.domain.documents import Passage
from assistant.domain.ranking import Ranking, ScoredPassage
from assistant.index.dense import DenseIndex
from assistant.index.embedding_cache import unit_length
from assistant.index.lexical import build_lexical_index
from assistant.retrieval.fusion import convex_combination, min_max, reciprocal_rank_fusion
from assistant.retrieval.hybrid import HybridRetriever, HybridSettings, Rerank

TEXTS = [
    "Scholingsfonds voor technici in Utrecht", "Zonneparken op het water", "Loket voor werkgevers",
    "Scholen en bedrijven werken samen", "Zonneparken op het water", "Opleiding tot monteur",
]  # fmt: skip


def make(texts: list[str] = TEXTS, *, rerank: Rerank | None = None, **settings: float) -> HybridRetriever:
    passages = [Passage(f"d#{i}", "d", text, page=i + 1) for i, text in enumerate(texts)]
    embeddings = DeterministicFakeEmbedding(size=16)
    vectors = unit_length(np.asarray(embeddings.embed_documents(texts), np.float32).reshape(len(texts), -1))
    return HybridRetriever(
        {p.passage_id: p for p in passages},
        DenseIndex([p.passage_id for p in passages], vectors),
        build_lexical_index(passages),
        embeddings,
        settings=HybridSettings(**settings),  # type: ignore[arg-type]
        rerank=rerank,
    )


def ids(ranking: Ranking) -> list[str]:
    return [line.passage.passage_id for line in ranking]


def test_passage_that_both_arms_like_comes_first() -> None:
    ranking = make().rank("Loket voor werkgevers")

    assert ids(ranking.fused)[0] == ids(ranking.dense)[0] == ids(ranking.lexical)[0] == "d#2"


@pytest.mark.parametrize(
    ("weight", "arm"),
    [pytest.param(1.0, "bm25", id="words only"), pytest.param(0.0, "dense", id="vectors only")],
)
def test_weight_decides_which_arm_counts(weight: float, arm: str) -> None:
    retriever = make(lexical_weight=weight, gram_weight=0.0)

    fused, alone = (
        retriever.rank_by("hybrid", "monteur in Utrecht"),
        retriever.rank_by(arm, "monteur in Utrecht"),
    )  # type: ignore[arg-type]

    assert fused[0].passage == alone[0].passage


def test_twins_are_folded_in_the_fused_ranking_only() -> None:
    ranking = make().rank("Zonneparken op het water")

    assert ids(ranking.fused).count("d#1") + ids(ranking.fused).count("d#4") == 1
    assert {"d#1", "d#4"} <= set(ids(ranking.dense))


def test_where_keeps_only_what_is_asked() -> None:
    ranking = make().rank("Zonneparken", where=lambda p: p.page in {2, 3})

    assert set(ids(ranking.fused)) == {"d#1", "d#2"}
    assert ids(ranking.lexical) == ["d#1"]


def test_given_vector_replaces_the_embedding_of_the_query() -> None:
    retriever = make()
    vector = retriever.embeddings.embed_query("Opleiding tot monteur")

    assert ids(retriever.rank("iets heel anders", query_vector=vector).dense)[0] == "d#5"


@pytest.mark.parametrize("query", ["", "   ", "\n"])
def test_empty_query_finds_nothing(query: str) -> None:
    assert make().rank(query).fused == ()


def test_no_passages_find_nothing() -> None:
    retriever = HybridRetriever(
        {},
        DenseIndex((), np.empty((0, 0), np.float32)),
        build_lexical_index([]),
        DeterministicFakeEmbedding(size=4),
    )

    assert retriever.rank("vraag").fused == ()


def test_reranker_gets_the_fused_ranking() -> None:
    def backwards(query: str, ranking: Ranking) -> list[ScoredPassage]:  # type: ignore[type-arg]
        return list(reversed(ranking))

    plain, turned = make().rank("scholen", k=4), make(rerank=backwards).rank("scholen", k=4)  # type: ignore[arg-type]

    assert ids(turned.fused) == ids(plain.fused)[::-1]


@given(st.text(max_size=60), st.integers(1, 8))
def test_rankings_are_ordered_bounded_and_repeatable(query: str, k: int) -> None:
    retriever = make()

    ranking = retriever.rank(query, k=k)

    for part in (ranking.fused, ranking.dense, ranking.lexical):
        assert len(part) <= k
        assert [line.score for line in part] == sorted((line.score for line in part), reverse=True)
        assert len(set(ids(part))) == len(part)
    assert all(0 <= line.score <= 1 for line in ranking.fused)
    assert retriever.rank(query, k=k) == ranking


def scores(*values: float) -> np.ndarray:
    return np.asarray(values, dtype=np.float32)


def test_min_max_of_equal_scores_is_zero() -> None:
    np.testing.assert_array_equal(min_max(scores(3, 3)), scores(0, 0))


def test_convex_combination_weighs_every_part() -> None:
    fused = convex_combination((0.5, scores(0, 1)), (0.3, scores(10, 0)), (0.2, scores(2, 2)))

    np.testing.assert_allclose(fused, scores(0.3, 0.5))


def test_misspelt_word_is_found_by_its_letters() -> None:
    ranking = make(lexical_weight=0.0, gram_weight=1.0).rank("werkgevrs")

    assert ids(ranking.fused)[0] == "d#2"
    assert ranking.lexical == ()


@pytest.mark.parametrize(
    ("dense", "lexical", "best"),
    [
        pytest.param((3, 2, 1), (0, 2, 1), 1, id="found high by both beats first in one"),
        pytest.param((3, 2, 1), (3, 2, 1), 0, id="first in both"),
    ],
)
def test_reciprocal_rank_fusion_order(
    dense: tuple[float, ...], lexical: tuple[float, ...], best: int
) -> None:
    assert int(np.argmax(reciprocal_rank_fusion(scores(*dense), scores(*lexical)))) == best
