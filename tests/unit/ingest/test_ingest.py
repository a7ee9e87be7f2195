from __future__ import annotations

import fcntl
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from langchain_core.embeddings import DeterministicFakeEmbedding

from assistant.errors import IndexStateError, UsageError
from assistant.index.embedding import BundledEmbeddings
from assistant.index.index import Index
from assistant.index.lexical import LexicalSettings
from assistant.ingest.ingest import IndexReport, IndexSettings, index_corpus, open_index

PdfMaker = Callable[..., Path]
RECORD = {
    "id": "techniekhuis", "name": "Techniekhuis", "kind": "initiative", "status": "active",
    "status_note": "In 2024 actief.", "confidence": "high", "summary": "Een huis voor techniek.",
    "offer": "U kunt er terecht voor bijscholing.", "scope": "regional", "sectors": ["techniek"],
    "partners": ["ROC", "Gemeente"],
    "sources": [{"title": "Site", "publisher": "Techniekhuis", "year": 2024}],
}  # fmt: skip


class CountingEmbedding(DeterministicFakeEmbedding):
    """Remembers what it embedded."""

    texts: list[str] = []  # noqa: RUF012
    identity: str = "counting"

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.texts.extend(texts)
        return super().embed_documents(texts)


@pytest.fixture
def embedder() -> CountingEmbedding:
    return CountingEmbedding(size=8, texts=[])


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    root = tmp_path / "corpus"
    (root / "documents" / "src").mkdir(parents=True)
    (root / "records").mkdir()
    (root / "documents" / "gids.md").write_text(
        "# Gids\n\nDe regio helpt u verder. Vraag het loket.\n", "utf-8"
    )
    (root / "documents" / "README.md").write_text("# Niet indexeren\n\nUitleg voor beheerders.\n", "utf-8")
    (root / "documents" / "src" / "bron.md").write_text("# Bron\n\nNiet indexeren.\n", "utf-8")
    (root / "records" / "a.yaml").write_text(yaml.safe_dump({"records": [RECORD]}), "utf-8")
    return root


def statuses(report: IndexReport) -> dict[str, str]:
    return {file.file: file.status for file in report.files}


def test_first_run_adds_documents_and_records(
    corpus: Path, tmp_path: Path, embedder: CountingEmbedding
) -> None:
    report = index_corpus([corpus], tmp_path / "index", embedder)

    assert statuses(report) == {"documents/gids.md": "added", "records/a.yaml": "added"}
    index = open_index([corpus], tmp_path / "index", embedder)
    assert index.passage("techniekhuis#partners").text == "ROC; Gemeente"
    assert index.document("techniekhuis").publisher == "Techniekhuis"
    assert "De regio helpt u verder." in index.page_text("gids", None)
    assert len(index.dense) == len(index.lexical) == len(index.passages) == report.passages


def test_report_has_the_agreed_fields(corpus: Path, tmp_path: Path, embedder: CountingEmbedding) -> None:
    data = index_corpus([corpus], tmp_path / "index", embedder).as_dict()

    assert set(data) == {
        "added", "changed", "removed", "unchanged", "refused", "passages", "seconds", "files"
    }  # fmt: skip
    assert set(data["files"][0]) == {
        "file", "status", "pages", "passages", "pages_without_text", "reason", "message", "warnings"
    }  # fmt: skip


def test_second_run_writes_and_embeds_nothing(
    corpus: Path, tmp_path: Path, embedder: CountingEmbedding
) -> None:
    index_corpus([corpus], tmp_path / "index", embedder)
    embedder.texts.clear()
    before = sorted(path.name for path in (tmp_path / "index").iterdir())

    report = index_corpus([corpus], tmp_path / "index", embedder)

    assert (report.unchanged, report.added, embedder.texts) == (2, 0, [])
    assert sorted(path.name for path in (tmp_path / "index").iterdir()) == before


def test_change_embeds_only_what_is_new(corpus: Path, tmp_path: Path, embedder: CountingEmbedding) -> None:
    index_corpus([corpus], tmp_path / "index", embedder)
    embedder.texts.clear()
    (corpus / "documents" / "nieuw.md").write_text("# Nieuw\n\nHier staat iets anders.\n", "utf-8")

    report = index_corpus([corpus], tmp_path / "index", embedder)

    assert statuses(report)["documents/nieuw.md"] == "added"
    assert embedder.texts == ["Nieuw\nHier staat iets anders."]


def test_removed_file_leaves_the_index(corpus: Path, tmp_path: Path, embedder: CountingEmbedding) -> None:
    index_corpus([corpus], tmp_path / "index", embedder)
    (corpus / "documents" / "gids.md").unlink()

    report = index_corpus([corpus], tmp_path / "index", embedder)

    assert statuses(report)["documents/gids.md"] == "removed"
    assert "gids" not in open_index([corpus], tmp_path / "index", embedder).documents


def test_new_pdf_works_without_a_manifest(
    corpus: Path, tmp_path: Path, embedder: CountingEmbedding, make_pdf: PdfMaker
) -> None:
    lines = [("Plan voor talent", 18), ("De regio zoekt technici voor de bouw.", 11)]
    shutil.copy(make_pdf("x.pdf", [lines]), corpus / "documents" / "Mijn Plan_2.pdf")

    index_corpus([corpus], tmp_path / "index", embedder)

    document = open_index([corpus], tmp_path / "index", embedder).document("mijn-plan-2")
    assert (document.title, document.file) == ("Plan voor talent", "documents/Mijn Plan_2.pdf")


def test_manifest_entry_describes_a_document(
    corpus: Path, tmp_path: Path, embedder: CountingEmbedding
) -> None:
    entry = {
        "file": "documents/gids.md", "document_id": "regiogids", "title": "Regiogids", "publisher": "SER",
        "year": 2023, "confidence": "high",
    }  # fmt: skip
    (corpus / "manifest.yaml").write_text(yaml.safe_dump({"documents": [entry]}), "utf-8")

    index_corpus([corpus], tmp_path / "index", embedder)

    document = open_index([corpus], tmp_path / "index", embedder).document("regiogids")
    assert (document.title, document.publisher, document.year) == ("Regiogids", "SER", 2023)


@pytest.mark.parametrize(
    ("file", "content", "reason", "message"),
    [
        pytest.param("documents/b.pdf", "%PDF-1.4 kapot", "broken", "PDF", id="broken pdf"),
        pytest.param("documents/b.pptx", "x", "unsupported", "pptx", id="unsupported format"),
        pytest.param(
            "records/b.yaml", "records: [{id: X}]", "invalid", "records/b.yaml", id="invalid record"
        ),
        pytest.param(
            "manifest.yaml", "documents: [{file: a}]", "invalid", "document_id", id="invalid manifest"
        ),
    ],
)
def test_bad_file_is_refused_and_the_rest_indexed(
    corpus: Path,
    tmp_path: Path,
    embedder: CountingEmbedding,
    file: str,
    content: str,
    reason: str,
    message: str,
) -> None:
    (corpus / file).write_text(content, "utf-8")

    report = index_corpus([corpus], tmp_path / "index", embedder)

    refused = [entry for entry in report.files if entry.status == "refused"]
    assert [(entry.file, entry.reason) for entry in refused] == [(file, reason)]
    assert message in (refused[0].message or "")
    assert {"gids", "techniekhuis"} <= set(open_index([corpus], tmp_path / "index", embedder).documents)


def test_second_folder_is_indexed_beside_the_first(
    corpus: Path, tmp_path: Path, embedder: CountingEmbedding
) -> None:
    own = tmp_path / "eigen"
    own.mkdir()
    (own / "gids.md").write_text("# Eigen gids\n\nOnze eigen uitleg staat hier.\n", "utf-8")

    index_corpus([corpus, own], tmp_path / "index", embedder)

    assert {"gids", "gids-2"} <= set(open_index([corpus, own], tmp_path / "index", embedder).documents)


def test_missing_folder_is_a_usage_error(tmp_path: Path, embedder: CountingEmbedding) -> None:
    with pytest.raises(UsageError, match="no corpus folder"):
        index_corpus([tmp_path / "nergens"], tmp_path / "index", embedder)


def test_no_index_names_the_command(corpus: Path, tmp_path: Path, embedder: CountingEmbedding) -> None:
    with pytest.raises(IndexStateError, match="assistant index"):
        open_index([corpus], tmp_path / "index", embedder)


@pytest.mark.parametrize("change", ["corpus", "embedder", "analyzer", "stamp", "store", "generation"])
def test_stale_or_damaged_index_is_refused_and_mended(
    corpus: Path, tmp_path: Path, embedder: CountingEmbedding, change: str
) -> None:
    folder = tmp_path / "index"
    index_corpus([corpus], folder, embedder)
    settings, other = IndexSettings(), embedder
    generation = next(folder.glob("gen-*"))
    if change == "corpus":
        (corpus / "documents" / "gids.md").write_text("# Gids\n\nAnders.\n", "utf-8")
    elif change == "embedder":
        other = CountingEmbedding(size=8, texts=[], identity="ander")
    elif change == "analyzer":
        settings = IndexSettings(lexical=LexicalSettings(k1=2.0))
    elif change == "stamp":
        (folder / "stamp.json").write_text("{", "utf-8")
    elif change == "store":
        (generation / "store.json").write_text("{}", "utf-8")
    else:
        shutil.rmtree(generation)

    with pytest.raises(IndexStateError, match="assistant index"):
        open_index([corpus], folder, other, settings=settings)
    index_corpus([corpus], folder, other, settings=settings)
    assert isinstance(open_index([corpus], folder, other, settings=settings), Index)


def test_broken_off_run_leaves_the_old_index(
    corpus: Path, tmp_path: Path, embedder: CountingEmbedding
) -> None:
    index_corpus([corpus], tmp_path / "index", embedder)
    before = (tmp_path / "index" / "stamp.json").read_bytes()
    (corpus / "documents" / "nieuw.md").write_text("# Nieuw\n\nHier staat iets anders.\n", "utf-8")

    def stop(step: str, done: int, total: int) -> None:
        if step == "write":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index_corpus([corpus], tmp_path / "index", embedder, progress=stop)
    assert (tmp_path / "index" / "stamp.json").read_bytes() == before
    assert "gids" in Index.open(tmp_path / "index", embeddings=embedder).documents


def test_two_writers_do_not_mix(corpus: Path, tmp_path: Path, embedder: CountingEmbedding) -> None:
    (tmp_path / "index").mkdir()
    with (tmp_path / "index" / "lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        with pytest.raises(IndexStateError, match="Another process"):
            index_corpus([corpus], tmp_path / "index", embedder)


def test_same_corpus_gives_the_same_passages(
    corpus: Path, tmp_path: Path, embedder: CountingEmbedding
) -> None:
    stores = []
    for name in ("een", "twee"):
        index_corpus([corpus], tmp_path / name, embedder)
        stores.append(next((tmp_path / name).glob("gen-*/store.json")).read_bytes())

    assert stores[0] == stores[1]


@pytest.mark.model
def test_bundled_model_indexes_a_corpus(corpus: Path, tmp_path: Path) -> None:
    embeddings = BundledEmbeddings()

    index_corpus([corpus], tmp_path / "index", embeddings)

    assert open_index([corpus], tmp_path / "index", embeddings).dense.vectors.shape[1] == 384
