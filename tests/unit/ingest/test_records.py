from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import RecordError
from assistant.ingest.catalogue import load_catalogue, read_records
from assistant.ingest.records import field_text, record_passages

HEADER = "id,name,kind,status,status_note,confidence,summary,offer,scope,sectors,partners,as_of,sources\n"
ROW = (
    "huis,Huis,initiative,active,Actief.,high,Een huis.,Kom langs.,regional,techniek;ict,ROC;UWV,2024,"
    "Site | https://huis.nl | Huis | 2024\n"
)


def corpus_with(tmp_path: Path, name: str, text: str) -> Path:
    (tmp_path / "records").mkdir(exist_ok=True)
    (tmp_path / "records" / name).write_text(text, "utf-8")
    return tmp_path


def test_csv_row_is_a_record(tmp_path: Path) -> None:
    record = load_catalogue(corpus_with(tmp_path, "a.csv", HEADER + ROW)).records["huis"]

    assert (record.sectors, record.partners, record.as_of) == (("techniek", "ict"), ("ROC", "UWV"), 2024)
    assert (record.sources[0].url, record.sources[0].year) == ("https://huis.nl", 2024)


def test_passages_are_literal_fields(tmp_path: Path) -> None:
    record = load_catalogue(corpus_with(tmp_path, "a.csv", HEADER + ROW)).records["huis"]

    for passage in record_passages(record):
        assert passage.field is not None
        assert passage.passage_id == f"huis#{passage.field}"
        assert passage.text == field_text(record, passage.field)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("id,kleur\na,b\n", "column 'kleur'", id="unknown column"),
        pytest.param(HEADER + ROW.replace("active", "bezig"), "field status", id="wrong value"),
        pytest.param("\n", "empty", id="empty table"),
    ],
)
def test_wrong_table_names_file_and_field(tmp_path: Path, text: str, message: str) -> None:
    root = corpus_with(tmp_path, "a.csv", text)

    with pytest.raises(RecordError, match=message):
        read_records(root / "records" / "a.csv", file="records/a.csv")


def test_same_id_twice_is_an_error_or_a_refused_file(tmp_path: Path) -> None:
    corpus_with(tmp_path, "a.csv", HEADER + ROW)
    root = corpus_with(tmp_path, "b.csv", HEADER + ROW)
    refused: dict[tuple[int, str], RecordError] = {}

    catalogue = load_catalogue(root, refused=refused)

    assert list(refused) == [(0, "records/b.csv")]
    assert catalogue.files["huis"] == "records/a.csv"
    with pytest.raises(RecordError, match="Merge"):
        load_catalogue(root)
