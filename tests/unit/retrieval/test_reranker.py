from __future__ import annotations

from pathlib import Path

import pytest

from assistant.domain.documents import Passage
from assistant.domain.ranking import Ranking, ScoredPassage
from assistant.errors import ConfigurationError
from assistant.retrieval.reranker import CrossEncoderReranker


@pytest.fixture(scope="module")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cross-encoder of a few thousand random weights, made here."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    folder = tmp_path_factory.mktemp("model")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "scholing", "water", "loket", "zorg"]
    (folder / "vocab.txt").write_text("\n".join(words), "utf-8")
    tokenizer = BertTokenizerFast(vocab_file=str(folder / "vocab.txt"))
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=16, max_position_embeddings=64, num_labels=1,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def ranking() -> Ranking:
    texts = ["scholing", "water", "loket", "zorg"]
    return tuple(ScoredPassage(Passage(f"d#{i}", "d", t), 1 - i / 10) for i, t in enumerate(texts))


@pytest.mark.model
def test_reranker_keeps_all_passages_and_the_places_below_its_depth(tiny_model: Path) -> None:
    turned = CrossEncoderReranker(str(tiny_model), depth=3)("water", ranking())

    assert {line.passage for line in turned[:3]} == {line.passage for line in ranking()[:3]}
    assert turned[3].passage == ranking()[3].passage
    assert [line.score for line in turned] == sorted((line.score for line in turned), reverse=True)
    assert turned == CrossEncoderReranker(str(tiny_model), depth=3)("water", ranking())


@pytest.mark.model
def test_unknown_model_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="leave the setting empty"):
        CrossEncoderReranker(str(tmp_path / "nergens"))("water", ranking())


def test_empty_ranking_needs_no_model() -> None:
    assert CrossEncoderReranker("nergens")("water", ()) == ()
