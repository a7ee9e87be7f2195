from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from langchain_core.embeddings import DeterministicFakeEmbedding

from assistant.errors import ConfigurationError
from assistant.index.embedding import (
    MODEL_FOLDER,
    BundledEmbeddings,
    SentenceTransformerEmbeddings,
    embeddable,
    identity_of,
    load_embeddings,
)
from assistant.index.embedding_cache import EmbeddingCache


class Counting(DeterministicFakeEmbedding):
    calls: list[int] = []  # noqa: RUF012

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.calls.append(len(texts))
        return super().embed_documents(texts)


def test_cache_embeds_each_text_once(tmp_path: Path) -> None:
    fake = Counting(size=8, calls=[])
    first = EmbeddingCache(tmp_path / "c.sqlite").vectors(["een", "twee", "een"], fake)

    second = EmbeddingCache(tmp_path / "c.sqlite").vectors(["twee", "een", "een"], fake)

    assert sum(fake.calls) == 2
    np.testing.assert_array_equal(first[[1, 0, 0]], second)


def test_cache_tells_models_apart(tmp_path: Path) -> None:
    cache = EmbeddingCache(tmp_path / "c.sqlite")

    assert cache.vectors(["een"], Counting(size=8)).shape == (1, 8)
    assert cache.vectors(["een"], Counting(size=4)).shape == (1, 4)


def test_damaged_cache_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "c.sqlite").write_bytes(b"geen databank" * 100)

    assert EmbeddingCache(tmp_path / "c.sqlite").vectors(["een"], Counting(size=8)).shape == (1, 8)


@pytest.mark.parametrize("text", ["", "\x00", "a\x00b", "\ud800", "x" * 100_000])
def test_any_text_becomes_embeddable(text: str) -> None:
    clean = embeddable(text)

    assert clean.strip()
    assert "\x00" not in clean
    assert len(clean.encode()) <= 10_000


def test_unknown_model_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="bundled"):
        load_embeddings(str(tmp_path / "nergens")).embed_query("vraag")


def test_models_without_identity_differ_by_their_vectors() -> None:
    assert identity_of(DeterministicFakeEmbedding(size=8)) != identity_of(DeterministicFakeEmbedding(size=9))


@pytest.mark.model
def test_bundled_vectors_do_not_depend_on_the_batch() -> None:
    model = BundledEmbeddings()
    texts = ["kort", "een langere tekst over scholing in de regio " * 20, "nog een"]

    together = model.vectors(texts)

    np.testing.assert_array_equal(together, np.stack([model.vectors([text])[0] for text in texts]))
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)


@pytest.mark.model
def test_folder_loads_in_sentence_transformers_with_equal_vectors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TRANSFORMERS_OFFLINE", "1")
    model, folder = (
        BundledEmbeddings(),
        SentenceTransformerEmbeddings(str(MODEL_FOLDER), trust_remote_code=True),
    )

    texts = ["Scholing voor technici", "Een tweede tekst"]
    np.testing.assert_allclose(folder.embed_documents(texts), model.embed_documents(texts), atol=1e-5)
    np.testing.assert_allclose(folder.embed_query(texts[0]), model.embed_query(texts[0]), atol=1e-5)
