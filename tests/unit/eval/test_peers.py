from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pytest
from langchain_core.embeddings import DeterministicFakeEmbedding

from assistant.domain.documents import Passage
from assistant.index.embedding_cache import unit_length
from eval.beir import run_beir
from eval.peers import PEERS, PeerError

TEXTS = [
    "Scholing voor technici",
    "Zonneparken op het water",
    "Loket voor werkgevers",
    "Een huis op het land",
]
PACKAGES = {"ensemble": ("langchain_classic", "langchain_community", "rank_bm25"), "txtai": ("txtai",)}
EMBEDDINGS = DeterministicFakeEmbedding(size=16)

pytestmark = pytest.mark.filterwarnings("default")  # of packages that are not ours


def passages() -> tuple[list[Passage], np.ndarray]:
    vectors = unit_length(np.asarray(EMBEDDINGS.embed_documents(TEXTS), np.float32))
    return [Passage(f"d{i}#0", f"d{i}", text) for i, text in enumerate(TEXTS)], vectors


@pytest.mark.parametrize("peer", PEERS)
def test_passage_with_the_words_and_the_vector_of_the_query_comes_first(peer: str) -> None:
    for package in PACKAGES[peer]:
        pytest.importorskip(package)
    search = PEERS[peer](*passages(), EMBEDDINGS, depth=4)

    ranking = search(TEXTS[1], 3)

    assert ranking[0].passage.document_id == "d1"
    assert len({line.passage.passage_id for line in ranking}) == len(ranking) <= 3


@pytest.mark.parametrize("peer", PEERS)
def test_peer_that_is_not_installed_says_how_to_mend_it(
    peer: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for package in PACKAGES[peer]:
        for name in [n for n in sys.modules if n == package or n.startswith(package + ".")]:
            monkeypatch.delitem(sys.modules, name)
        monkeypatch.setitem(sys.modules, package, None)
    (tmp_path / "corpus.jsonl").write_text(json.dumps({"_id": "d", "text": TEXTS[0]}), "utf-8")
    (tmp_path / "queries.jsonl").write_text(json.dumps({"_id": "q", "text": "scholing"}), "utf-8")
    (tmp_path / "qrels.tsv").write_text("q\td\t1\n", "utf-8")

    with pytest.raises(PeerError, match=r"requirements-bench\.txt"):
        run_beir(tmp_path, EMBEDDINGS, configs=["dense", peer])
