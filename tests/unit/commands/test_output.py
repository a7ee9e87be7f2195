"""Reading and writing lines of JSON: what cannot be read is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.commands.output import is_utf8, jsonl, print_json, write_jsonl
from assistant.errors import UsageError


def test_lines_are_numbered_and_empty_ones_skipped(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text('{"id": 1}\n\n  \n{"id": 2}', encoding="utf-8")

    assert [(n, json.loads(line)) for n, line in jsonl(path)] == [(1, {"id": 1}), (4, {"id": 2})]


def test_byte_order_mark_is_no_part_of_the_first_line(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text('{"id": 1}\n', encoding="utf-8-sig")

    assert [json.loads(line) for _, line in jsonl(path)] == [{"id": 1}]


def test_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"in\.jsonl"):
        list(jsonl(tmp_path / "in.jsonl"))


def test_line_that_is_not_utf8_is_told_apart_from_the_others(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_bytes(b'{"id": "\xff"}\n{"id": "\xc3\xa9"}\n')

    assert [is_utf8(line) for _, line in jsonl(path)] == [False, True]


def test_what_is_written_can_be_read_back(tmp_path: Path) -> None:
    rows = [{"id": 1, "text": "één\u2028twee"}, {"id": 2, "path": Path("a/b")}]

    assert write_jsonl(tmp_path / "out.jsonl", iter(rows)) == 2
    assert [json.loads(line) for _, line in jsonl(tmp_path / "out.jsonl")] == [
        rows[0],
        {"id": 2, "path": "a/b"},
    ]


def test_half_a_character_does_not_stop_the_batch(tmp_path: Path) -> None:
    rows = [{"question": "kapot \ud800"}, {"question": "heel"}]

    assert write_jsonl(tmp_path / "out.jsonl", rows) == 2
    assert len(list(jsonl(tmp_path / "out.jsonl"))) == 2


def test_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Cannot write"):
        write_jsonl(tmp_path / "nergens" / "out.jsonl", [])


def test_json_on_stdout_can_hold_half_a_character(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    print_json({"question": "kapot \ud800 é"})

    assert json.loads(capsysbinary.readouterr().out) == {"question": "kapot \ud800 é"}
