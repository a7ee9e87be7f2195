from __future__ import annotations

import json
from pathlib import Path

import pytest
from langchain_core.embeddings import DeterministicFakeEmbedding

from assistant.errors import UsageError
from eval.beir import best_parts, measure, passages_of_documents, run_beir
from eval.beir_data import BeirDocument, read_beir

CORPUS = {"d1": "Scholing voor technici.", "d2": "Zonneparken op het water.", "d3": "Loket voor werkgevers."}
QUERIES = {"q1": "zonneparken", "q2": "loket werkgevers"}
QRELS = "q1\td2\t1\nq2\td3\t1\n"


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    folder = tmp_path / "faq"
    (folder / "qrels").mkdir(parents=True)
    rows = [json.dumps({"_id": i, "title": "", "text": text}) for i, text in CORPUS.items()]
    (folder / "corpus.jsonl").write_text("\n".join(rows), "utf-8")
    rows = [json.dumps({"_id": i, "text": text}) for i, text in QUERIES.items()]
    (folder / "queries.jsonl").write_text("\n".join(rows), "utf-8")
    (folder / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\n" + QRELS, "utf-8")
    return folder


def test_run_measures_every_configuration_and_writes_trec_runs(dataset: Path, tmp_path: Path) -> None:
    result = run_beir(dataset, DeterministicFakeEmbedding(size=16), out=tmp_path / "runs").as_dict()

    assert (result["dataset"], result["documents"], result["queries"]) == ("faq", 3, 2)
    assert list(result["configs"]) == ["dense", "bm25", "hybrid"]
    assert result["configs"]["bm25"]["nDCG@10"] == 1.0
    assert set(result["configs"]["dense"]) == {"nDCG@10", "Recall@10", "MRR@10", "p50_ms", "p95_ms"}
    first = (tmp_path / "runs" / "faq.bm25.trec").read_text("utf-8").splitlines()[0].split()
    assert first[:4] == ["q1", "Q0", "d2", "1"]


@pytest.mark.parametrize(
    ("place", "text"),
    [
        pytest.param("qrels/test.tsv", QRELS, id="no header"),
        pytest.param("qrels.tsv", "query-id\tcorpus-id\tscore\n" + QRELS, id="beside the corpus"),
        pytest.param("qrels/test.tsv", "q1 0 d2 1\nq2 0 d3 1\n", id="trec columns"),
    ],
)
def test_qrels_are_read_in_each_layout(dataset: Path, place: str, text: str) -> None:
    (dataset / "qrels" / "test.tsv").unlink()
    (dataset / place).write_text(text, "utf-8")

    assert read_beir(dataset).qrels == {"q1": {"d2": 1}, "q2": {"d3": 1}}


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        pytest.param("corpus.jsonl", "{oeps", "corpus.jsonl line 1", id="no json"),
        pytest.param("corpus.jsonl", '{"_id": "a"}', "text is None", id="no text"),
        pytest.param("corpus.jsonl", '{"_id": "a", "text": "x"}\n' * 2, "twice", id="id twice"),
        pytest.param("queries.jsonl", '["q"]', "queries.jsonl line 1", id="no object"),
        pytest.param("queries.jsonl", '{"_id": "q1", "text": "x"}', "'q2'", id="judged query is missing"),
        pytest.param("qrels/test.tsv", "q1\td2\n", "line 1", id="two columns"),
        pytest.param("qrels/test.tsv", "q1\td2\t1\nq2\td3\tja\n", "line 2", id="relevance is no number"),
    ],
)
def test_wrong_line_is_named(dataset: Path, file: str, text: str, message: str) -> None:
    (dataset / file).write_text(text, "utf-8")

    with pytest.raises(UsageError, match=message):
        read_beir(dataset)


def test_missing_file_is_named(dataset: Path) -> None:
    (dataset / "queries.jsonl").unlink()

    with pytest.raises(UsageError, match=r"queries\.jsonl"):
        read_beir(dataset)


def test_unknown_configuration_is_refused(dataset: Path) -> None:
    with pytest.raises(UsageError, match="colbert"):
        run_beir(dataset, DeterministicFakeEmbedding(size=4), configs=["colbert"])


def test_long_document_is_cut_and_scored_by_its_best_part(dataset: Path) -> None:
    long = " ".join(f"Zin nummer {i} gaat over iets anders." for i in range(100))
    corpus = (dataset / "corpus.jsonl").read_text("utf-8")
    (dataset / "corpus.jsonl").write_text(corpus + "\n" + json.dumps({"_id": "lang", "text": long}), "utf-8")
    (dataset / "qrels" / "test.tsv").write_text("q1\tlang\t1\n", "utf-8")
    (dataset / "queries.jsonl").write_text(json.dumps({"_id": "q1", "text": "zin nummer 97"}), "utf-8")

    result = run_beir(dataset, DeterministicFakeEmbedding(size=4), configs=["bm25"])

    assert len(passages_of_documents([BeirDocument("lang", "Titel", long)])) > 1
    assert result.configs["bm25"]["MRR@10"] == 1.0
    assert list(result.runs["bm25"]["q1"]) == ["lang"]


def test_best_parts_of_nothing_is_nothing() -> None:
    assert best_parts((), 10) == {}


def test_query_without_results_counts_as_zero() -> None:
    assert measure({"q1": {"d": 1}, "q2": {"d": 1}}, {"q1": {"d": 1.0}, "q2": {}})["nDCG@10"] == 0.5
