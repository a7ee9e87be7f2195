"""The commands as other programs call them: exit codes, one line per error, one JSON and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from assistant.cli import main
from assistant.errors import AssistantError
from tests.support.builders import ROOT

pytestmark = [pytest.mark.model, pytest.mark.xdist_group("index")]

MAX_MEMORY_KB = 1_500_000
"""Peak memory of one whole process that answers a question."""
PEAK = """
import resource, subprocess, sys
done = subprocess.run([sys.executable, "-m", "assistant.cli", *sys.argv[1:]], stdout=subprocess.DEVNULL)
print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""

Capture = pytest.CaptureFixture[str]


def run(*arguments: str) -> int:
    """Exit code of the command; what it prints stays captured."""
    try:
        return main(arguments)
    except SystemExit as stop:
        return int(stop.code or 0)


def only_json(capture: Capture) -> Any:
    """The JSON document on stdout; nothing else stands there."""
    return json.loads(capture.readouterr().out)


def written(path: Path, *lines: object) -> str:
    """A file with these lines, text as it is, anything else as JSON."""
    texts = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    path.write_text("\n".join(texts), encoding="utf-8")
    return str(path)


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param([], id="no command"),
        pytest.param(["raad"], id="unknown command"),
        pytest.param(["ask"], id="ask nothing"),
        pytest.param(["ask", "Vraag?", "--lang", "fr"], id="unknown language"),
        pytest.param(["ask", "Vraag?", "--sneller"], id="unknown option"),
        pytest.param(["ask", "--batch", "in.jsonl"], id="batch without --out"),
        pytest.param(["ask", "Vraag?", "--batch", "in.jsonl", "--out", "uit.jsonl"], id="question and batch"),
        pytest.param(["ask", "Vraag?", "--index", "nergens"], id="no index there"),
        pytest.param(["explain", "Vraag?", "--index", "nergens"], id="explain without index"),
        pytest.param(["retrieve", " "], id="empty query"),
        pytest.param(["retrieve", "krapte", "-k", "0"], id="no passages wanted"),
        pytest.param(["retrieve", "krapte", "-k", "veel"], id="k is no number"),
        pytest.param(["retrieve", "krapte", "--config", "google"], id="unknown configuration"),
        pytest.param(["index", "--corpus", "nergens"], id="no corpus there"),
        pytest.param(["check-proposal", "nergens.pdf"], id="no proposal there"),
        pytest.param(["verify", "--batch", "nergens.jsonl", "--out", "uit.jsonl"], id="no answers there"),
        pytest.param(["verify"], id="verify nothing"),
        pytest.param(["eval", "beir", "nergens"], id="no data set there"),
    ],
)
def test_bad_usage_is_one_line_and_exit_code_2(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.chdir(tmp_path)

    code = run(*arguments)

    printed = capsys.readouterr()
    assert code == 2
    assert printed.out == ""
    assert len(printed.err.splitlines()) == 1
    assert printed.err.startswith("assistant")
    assert list(tmp_path.iterdir()) == []


def test_error_of_a_missing_index_names_the_command_that_makes_one(tmp_path: Path, capsys: Capture) -> None:
    run("ask", "Vraag?", "--index", str(tmp_path / "nergens"))

    assert "assistant index" in capsys.readouterr().err


def test_debug_shows_where_it_went_wrong() -> None:
    with pytest.raises(AssistantError):
        main(["--debug", "retrieve", " "])


@pytest.mark.parametrize(
    "command", ["index", "ask", "explain", "retrieve", "check-proposal", "verify", "eval", "doctor"]
)
def test_every_command_has_help(command: str, capsys: Capture) -> None:
    assert run(command, "--help") == 0
    assert capsys.readouterr().out.startswith(f"usage: assistant {command}")


def test_ask_json_prints_the_answer_object_and_nothing_else(capsys: Capture) -> None:
    assert run("ask", "Which agenda is there in Urk?", "--lang", "nl", "--json") == 0

    answer = only_json(capsys)
    assert answer["question"] == "Which agenda is there in Urk?"
    assert answer["language"] == "nl"


def test_ask_for_people_shows_answer_matches_and_sources(capsys: Capture) -> None:
    assert run("ask", "Wij bouwen schepen in Urk, bij welke agenda sluiten we aan?") == 0

    out = capsys.readouterr().out
    assert "\n1. " in out
    assert "\n[1] " in out


LINES = (
    b'{"id": "goed", "question": "Wat is een penvoerder?"}',
    b"{geen json",
    b'{"id": "leeg"}',
    b"",
    b'{"id": "lijst", "question": ["Wat?"]}',
    b'{"id": "beurten", "turns": []}',
    b'{"id": "half", "question": "kapot \\ud800"}',
    b'["geen", "object"]',
    b'{"id": "bytes", "question": "\xff"}',
    b'{"id": "samen", "turns": ["Wij bouwen schepen in Urk en zoeken lassers.", "En op hbo-niveau?"]}',
    b'{"id": "los", "turns": ["En op hbo-niveau?"]}',
    b'{"id": 9, "question": ""}',
)


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What a batch with good and bad lines gives."""
    folder = tmp_path_factory.mktemp("lines")
    (folder / "in.jsonl").write_bytes(b"\n".join(LINES))
    assert run("ask", "--batch", str(folder / "in.jsonl"), "--out", str(folder / "out.jsonl")) == 0
    return read(folder / "out.jsonl")


def test_bad_lines_of_a_batch_get_an_error_and_the_rest_goes_on(rows: list[dict[str, Any]]) -> None:
    bad = [row for row in rows if "error" in row]

    assert [row["id"] for row in rows if row not in bad] == ["goed", "half", "samen", "los", 9]
    assert [row["id"] for row in bad] == [None, "leeg", "lijst", "beurten", None, None]
    assert all(set(row) == {"id", "error"} for row in bad)
    assert [row["error"].split(":")[0] for row in bad] == [f"line {n}" for n in (2, 3, 5, 6, 8, 9)]


def test_last_of_several_turns_is_answered_with_what_was_said_before(rows: list[dict[str, Any]]) -> None:
    together, alone = (next(row for row in rows if row["id"] == name) for name in ("samen", "los"))

    assert together["question"] == alone["question"] == "En op hbo-niveau?"
    assert together["understanding"]["places"] == ["Urk"]
    assert together["understanding"]["carried_over"] != []
    assert alone["understanding"]["places"] == []


def test_explain_json_has_every_step(capsys: Capture) -> None:
    assert run("explain", "Wij bouwen schepen in Urk, bij welke agenda sluiten we aan?", "--json") == 0

    trace = only_json(capsys)
    assert {"understanding", "rankings", "matches", "recommended", "considered", "checks"} <= set(trace)
    assert set(trace["rankings"]) == {"dense", "bm25", "fused"}
    assert all(trace["rankings"].values())
    assert all(match["facets"] for match in trace["matches"])


@pytest.mark.parametrize("config", ["dense", "bm25", "hybrid"])
def test_retrieve_json_ranks_passages(config: str, capsys: Capture) -> None:
    assert run("retrieve", "krapte op de arbeidsmarkt", "-k", "4", "--config", config, "--json") == 0

    passages = only_json(capsys)["passages"]
    assert [p["rank"] for p in passages] == [1, 2, 3, 4]
    scores = [p["score"] for p in passages]
    assert scores == sorted(scores, reverse=True)
    assert len({p["passage_id"] for p in passages}) == 4


def test_doctor_json_says_that_all_is_well(capsys: Capture) -> None:
    code = run("doctor", "--json")

    report = only_json(capsys)
    assert (code, report["problems"]) == (0, [])
    assert report["index"]["state"] == "ready"
    assert {"versions", "settings", "index", "disk", "problems"} <= set(report)


def test_doctor_fails_and_names_the_command_when_there_is_no_index(tmp_path: Path, capsys: Capture) -> None:
    code = run("doctor", "--json", "--index", str(tmp_path))

    report = only_json(capsys)
    assert code == 1
    assert report["index"]["state"] == "not ready"
    assert any("assistant index" in problem for problem in report["problems"])


def test_doctor_masks_the_key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: Capture) -> None:
    monkeypatch.setenv("ASSISTANT_LLM_API_KEY", "geheim-123")

    run("doctor", "--json", "--index", str(tmp_path))

    assert "geheim" not in capsys.readouterr().out


INDEX_KEYS = {
    "added", "changed", "removed", "unchanged", "refused", "passages", "seconds", "files",
}  # fmt: skip
FILE_KEYS = {"file", "status", "pages", "passages", "pages_without_text", "reason", "message"}


def indexed(corpus: Path, index: Path, capture: Capture) -> tuple[dict[str, Any], dict[str, str]]:
    """The report of indexing a corpus, and the status per file."""
    assert run("index", "--corpus", str(corpus), "--index", str(index), "--json") == 0
    report = only_json(capture)
    return report, {item["file"]: item["status"] for item in report["files"]}


def test_index_json_says_per_file_what_happened(tmp_path: Path, capsys: Capture) -> None:
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    documents = corpus / "documents"
    documents.mkdir(parents=True)
    (documents / "blijft.md").write_text("# Scholing\n\nBedrijven leren mensen een vak.\n", "utf-8")
    (documents / "weg.md").write_text("# Techniek\n\nScholen zoeken docenten.\n", "utf-8")
    (documents / "kapot.pdf").write_bytes(b"%PDF-1.7 geen pdf")

    first, status = indexed(corpus, index, capsys)
    (documents / "weg.md").unlink()
    (documents / "blijft.md").write_text("# Scholing\n\nBedrijven leren mensen twee vakken.\n", "utf-8")
    (documents / "nieuw.txt").write_text("Een loket helpt mensen aan werk.", "utf-8")
    second, later = indexed(corpus, index, capsys)
    third, _ = indexed(corpus, index, capsys)

    assert set(first) >= INDEX_KEYS
    assert all(set(item) >= FILE_KEYS for item in first["files"])
    assert status == {
        "documents/blijft.md": "added", "documents/weg.md": "added", "documents/kapot.pdf": "refused",
    }  # fmt: skip
    refused = next(item for item in first["files"] if item["status"] == "refused")
    assert refused["reason"] == "broken"
    assert refused["message"]
    assert later == {
        "documents/blijft.md": "changed", "documents/nieuw.txt": "added", "documents/weg.md": "removed",
        "documents/kapot.pdf": "refused",
    }  # fmt: skip
    assert (second["added"], second["changed"], second["removed"], second["refused"]) == (1, 1, 1, 1)
    assert (third["unchanged"], third["added"], third["changed"]) == (2, 0, 0)


def test_verify_batch_judges_sentences_and_passes_over_bad_lines(tmp_path: Path) -> None:
    passages = [{"n": 1, "text": "Het fonds keerde in 2022 acht miljoen euro uit aan scholen."}]
    source = written(
        tmp_path / "in.jsonl",
        {"id": "goed", "answer": "Het fonds keerde in 2022 acht miljoen euro uit [1].", "passages": passages},
        {
            "id": "fout",
            "answer": "Het fonds keerde in 2022 negen miljoen euro uit [1].",
            "passages": passages,
        },
        {"id": "leeg"},
    )
    out = tmp_path / "out.jsonl"

    assert run("verify", "--batch", source, "--out", str(out)) == 0

    good, wrong, bad = read(out)
    assert set(good) == {"id", "sentences", "grounded"}
    assert set(good["sentences"][0]) == {"text", "citations", "verdict", "reasons"}
    assert (good["grounded"], good["sentences"][0]["verdict"]) == (True, "supported")
    assert (wrong["grounded"], wrong["sentences"][0]["verdict"]) == (False, "unsupported")
    assert wrong["sentences"][0]["reasons"]
    assert set(bad) == {"id", "error"}


def test_answering_takes_less_memory_than_promised() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PEAK, "ask", "Welke agenda is er in Urk voor scheepsbouw?", "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    code, peak_kb = (int(part) for part in done.stdout.split())
    assert code == 0
    assert peak_kb < MAX_MEMORY_KB
