"""Retrieval variants: the product's retriever with one part changed, built in memory on the opened index."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from assistant import Assistant
from assistant.domain.ranking import Ranking
from assistant.errors import UsageError
from assistant.factory import abbreviations_of
from assistant.index.dutch import AnalyzerSettings
from assistant.index.lexical import LexicalIndex, LexicalSettings, build_lexical_index
from assistant.retrieval.fusion import reciprocal_rank_fusion
from assistant.retrieval.hybrid import HybridRetriever, HybridSettings, Scores, Vector, Where

VARIANTS = Path(__file__).parent / "variants.yaml"
PRODUCT = "product"


class Variant(BaseModel):
    """One way to retrieve; None is as in the product.

    Attributes:
        arm: the ranking that is measured.
        against: variant it is compared with.
        lexical_weight: share of BM25 over words in the weighted sum.
        gram_weight: share of BM25 over runs of letters.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    about: str
    against: str = PRODUCT
    arm: Literal["dense", "bm25", "hybrid"] = "hybrid"
    stemmer: str | None = None
    has_stop_words: bool | None = None
    has_compounds: bool | None = None
    has_abbreviations: bool = True
    heading_weight: int | None = None
    fusion: Literal["convex", "rrf"] = "convex"
    is_centred: bool = True
    lexical_weight: float | None = Field(default=None, ge=0, le=1)
    gram_weight: float | None = Field(default=None, ge=0, le=1)
    folds_twins: bool | None = None


def load_variants(path: Path = VARIANTS) -> Mapping[str, Variant]:
    """Variants by name, in file order.

    Raises:
        UsageError: the file cannot be used.
    """
    try:
        rows = yaml.safe_load(path.read_text("utf-8"))["variants"]
        variants = [Variant.model_validate(row) for row in rows]
    except (OSError, yaml.YAMLError, KeyError, TypeError) as error:
        raise UsageError(f"Cannot read {path}: {error}. It needs a list under `variants:`.") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise UsageError(f"{path}: {'.'.join(map(str, first['loc']))}: {first['msg']}.") from error
    names = {variant.name for variant in variants}
    stray = next((v for v in variants if v.against not in names), None)
    if stray is not None:
        raise UsageError(
            f"{path}: {stray.name} is compared with {stray.against!r}, which is no variant in it."
        )
    return {variant.name: variant for variant in variants}


class VariantRetriever(HybridRetriever):
    """The product's retriever with another way to fuse."""

    fusion: Literal["convex", "rrf"] = "convex"
    is_centred: bool = True

    def _fused(
        self, query: str, vector: Vector, lexical_scores: Scores, k: int, where: Where | None
    ) -> Ranking:
        dense = self.dense.centred_scores(vector) if self.is_centred else self.dense.scores(vector)
        if self.fusion == "rrf":
            scores = reciprocal_rank_fusion(dense, lexical_scores)
        else:
            scores = self.fused_scores(query, dense, lexical_scores)
        return self._ranking(self._without_twins(self._best(scores, where), k), scores)


def _lexical(assistant: Assistant, variant: Variant) -> LexicalIndex:
    """BM25 for a variant; the product's own when nothing about it differs."""
    current = assistant.pipeline.retriever.lexical
    analyzer: AnalyzerSettings = replace(
        current.analyzer.settings,
        **{
            name: value
            for name in ("stemmer", "has_stop_words", "has_compounds")
            if (value := getattr(variant, name)) is not None
        },
    )
    settings: LexicalSettings = current.settings
    if variant.heading_weight is not None:
        settings = replace(settings, heading_weight=variant.heading_weight)
    if (analyzer, settings) == (current.analyzer.settings, current.settings) and variant.has_abbreviations:
        return current
    abbreviations = abbreviations_of(assistant.settings) if variant.has_abbreviations else {}
    passages = assistant.pipeline.retriever.passages
    return build_lexical_index(passages, analyzer=analyzer, settings=settings, abbreviations=abbreviations)


def variant_retriever(assistant: Assistant, variant: Variant) -> HybridRetriever:
    """The retriever of a variant on the assistant's index and vectors."""
    current = assistant.pipeline.retriever
    settings: HybridSettings = current.settings
    if variant.lexical_weight is not None:
        settings = replace(settings, lexical_weight=variant.lexical_weight)
    if variant.gram_weight is not None:
        settings = replace(settings, gram_weight=variant.gram_weight)
    if variant.folds_twins is not None:
        settings = replace(settings, folds_twins=variant.folds_twins)
    passages = {passage.passage_id: passage for passage in current.passages}
    retriever = VariantRetriever(
        passages, current.dense, _lexical(assistant, variant), current.embeddings, settings=settings
    )
    retriever.fusion, retriever.is_centred = variant.fusion, variant.is_centred
    return retriever


def assistant_with(assistant: Assistant, variant: Variant) -> Assistant:
    """The whole assistant with a variant's retriever in place of its own; one arm alone gets all weight."""
    if variant.arm != "hybrid":
        words = 0.0 if variant.arm == "dense" else 1.0
        variant = variant.model_copy(update={"lexical_weight": words, "gram_weight": 0.0})
    pipeline = replace(assistant.pipeline, retriever=variant_retriever(assistant, variant))
    return Assistant(pipeline, assistant.settings)
