from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from langchain_core.embeddings import DeterministicFakeEmbedding

from assistant.index.stamp import STAMP_FILE
from assistant.ingest.ingest import index_corpus, open_index

EMBEDDER = DeterministicFakeEmbedding(size=8)


def made_before_letters(index: Path) -> None:
    """Give an index the stamp and the files of a version that had no runs of letters."""
    stamp = json.loads((index / STAMP_FILE).read_text("utf-8"))
    folder = index / stamp["generation"]
    (folder / "lexical" / "grams.npz").unlink()
    stamp["analyzer"] = stamp["analyzer"].partition(":n=")[0]
    stamp["generation"] = "gen-000000000000-00000000"
    folder.rename(index / stamp["generation"])
    (index / STAMP_FILE).write_text(json.dumps(stamp), "utf-8")


def test_index_from_before_there_were_letter_runs_opens_and_is_renewed(tmp_path: Path) -> None:
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    (corpus / "documents").mkdir(parents=True)
    (corpus / "documents" / "gids.md").write_text("# Gids\n\nDe regio helpt u verder.\n", "utf-8")
    index_corpus([corpus], index, EMBEDDER)
    expected = open_index([corpus], index, EMBEDDER).lexical.gram_scores("regionaal")
    made_before_letters(index)

    found = open_index([corpus], index, EMBEDDER).lexical.gram_scores("regionaal")
    index_corpus([corpus], index, EMBEDDER)

    np.testing.assert_array_equal(found, expected)
    renewed = json.loads((index / STAMP_FILE).read_text("utf-8"))["generation"]
    assert (index / renewed / "lexical" / "grams.npz").is_file()
    np.testing.assert_array_equal(
        open_index([corpus], index, EMBEDDER).lexical.gram_scores("regionaal"), expected
    )
