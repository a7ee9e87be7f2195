from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from langchain_core.embeddings import DeterministicFakeEmbedding

from assistant import Assistant
from assistant.domain.documents import Passage
from assistant.errors import UsageError
from assistant.index.dense import DenseIndex
from assistant.index.embedding_cache import unit_length
from assistant.index.lexical import build_lexical_index
from assistant.retrieval.hybrid import HybridRetriever
from assistant.settings import Settings
from eval.ablate import ablate, ablation_as_dict, ablation_tables
from eval.variants import PRODUCT, Variant, load_variants, variant_retriever
from tests.unit.eval.examples import make_item

TEXTS = {
    "a": "Werkgevers scholen vakmensen bij.",
    "b": "De gemeente betaalt leerwerkplekken voor zij-instromers.",
    "c": "Bedrijven en scholen werken samen aan techniek.",
}


@pytest.fixture
def assistant(tmp_path: Path) -> Assistant:
    """An assistant of which only the retriever and the records are real."""
    embeddings = DeterministicFakeEmbedding(size=16)
    passages = [Passage(f"{i}#0", i, text, page=1, end_page=1) for i, text in TEXTS.items()]
    passages.append(
        Passage("hulp#summary", "hulp", "Hulp bij het leren lassen.", record_id="hulp", field="summary")
    )
    vectors = unit_length(
        np.asarray(embeddings.embed_documents([p.text for p in passages]), dtype=np.float32)
    )
    ids = [p.passage_id for p in passages]
    lexical = build_lexical_index(passages)
    retriever = HybridRetriever(
        {p.passage_id: p for p in passages}, DenseIndex(ids, vectors), lexical, embeddings
    )
    matcher = SimpleNamespace(records={"hulp": SimpleNamespace(id="hulp", is_hca=False)})
    pipeline: Any = SimpleNamespace(retriever=retriever, matcher=matcher)
    return Assistant(pipeline, Settings(corpus=(tmp_path,), index_dir=tmp_path))


def variant(**changes: Any) -> Variant:
    return Variant.model_validate({"name": "x", "about": "x"} | changes)


def ids(retriever: HybridRetriever, query: str) -> list[str]:
    return [line.passage.passage_id for line in retriever.rank(query).fused]


def test_variant_that_changes_nothing_ranks_as_the_product(assistant: Assistant) -> None:
    made, product = variant_retriever(assistant, variant()), assistant.pipeline.retriever

    assert made.rank("vakmensen scholen") == product.rank("vakmensen scholen")
    assert made.lexical is product.lexical


def test_without_a_stemmer_an_inflected_word_is_no_longer_found(assistant: Assistant) -> None:
    product = assistant.pipeline.retriever
    made = variant_retriever(assistant, variant(stemmer="", has_compounds=False))

    assert [line.passage.passage_id for line in product.rank_by("bm25", "gemeenten")] == ["b#0"]
    assert made.rank_by("bm25", "gemeenten") == ()


@pytest.mark.parametrize("changes", [{"fusion": "rrf"}, {"is_centred": False}])
def test_other_fusion_keeps_the_passages_and_changes_scores(
    changes: dict[str, Any], assistant: Assistant
) -> None:
    made, product = variant_retriever(assistant, variant(**changes)), assistant.pipeline.retriever
    query = "scholen en werk"

    assert sorted(ids(made, query)) == sorted(ids(product, query))
    assert [x.score for x in made.rank(query).fused] != [x.score for x in product.rank(query).fused]


def test_weight_of_one_arm_alone_ranks_as_that_arm(assistant: Assistant) -> None:
    made = variant_retriever(assistant, variant(lexical_weight=1.0, gram_weight=0.0))

    assert ids(made, "leerwerkplekken")[0] == "b#0"


def test_ablation_measures_both_tasks_and_tests_against_the_product(assistant: Assistant) -> None:
    passages = {
        "status": "answered",
        "passages": [{"document_id": "b", "page": 1, "quote": "De gemeente betaalt"}],
    }
    found = {"status": "answered", "initiatives": ["hulp"]}
    items = [
        make_item("dev-document-001", question="Wat betalen gemeenten?", expected=passages),
        make_item("dev-initiative-001", question="leren lassen", expected=found),
        make_item("dev-dialogue-001", question=None, turns=["Hallo", "lassen"], expected=found),
    ]
    variants = {
        PRODUCT: variant(name=PRODUCT),
        "bare": variant(name="bare", arm="bm25", stemmer="", has_compounds=False),
    }
    rows = ablate(assistant, items, variants)

    assert {task: [row.measures["RR@10"].n for row in lines] for task, lines in rows.items()} == {
        "passages": [1, 1], "initiatives": [1, 1],
    }  # fmt: skip
    bare = rows["passages"][1]
    assert bare.measures["nDCG@10"].value == 0.0
    assert bare.change is not None
    assert bare.change.delta < 0
    assert rows["passages"][0].change is None
    assert "| bare: x | 0.000" in ablation_tables(rows, is_markdown=True)
    assert cast(Any, ablation_as_dict(rows))["initiatives"][0]["variant"] == PRODUCT


def test_variants_of_the_project_can_be_read_and_start_with_the_product() -> None:
    names = list(load_variants())

    assert names[0] == PRODUCT
    assert "english-stemmer" in names


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("variants: [{name: x}]", id="a field is missing"),
        pytest.param("variants: [{name: x, about: y, stemer: z}]", id="a field is misspelt"),
        pytest.param("other: 1", id="no list"),
        pytest.param("variants: [", id="no YAML"),
    ],
)
def test_unusable_variants_are_refused(content: str, tmp_path: Path) -> None:
    path = tmp_path / "variants.yaml"
    path.write_text(content, "utf-8")

    with pytest.raises(UsageError, match=r"variants\.yaml"):
        load_variants(path)
