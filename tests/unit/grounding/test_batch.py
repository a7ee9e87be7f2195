"""JSON lines in, verdicts out."""

from __future__ import annotations

import json

import pytest

from assistant.grounding import ClaimChecker, verify_lines


@pytest.fixture(scope="module")
def checker() -> ClaimChecker:
    return ClaimChecker()


def test_a_line_gives_the_agreed_keys(checker: ClaimChecker) -> None:
    line = json.dumps(
        {
            "id": "a",
            "answer": "Het fonds telt 40 leden [1].",
            "passages": [{"n": 1, "text": "Het fonds telt 40 leden."}],
        }
    )

    (out,) = verify_lines([line], checker)

    assert out == {
        "id": "a",
        "sentences": [
            {"text": "Het fonds telt 40 leden.", "citations": [1], "verdict": "supported", "reasons": []}
        ],
        "grounded": True,
    }


@pytest.mark.parametrize(
    ("line", "identifier", "message"),
    [
        pytest.param("{", None, "no valid JSON", id="broken json"),
        pytest.param("[]", None, "not an object", id="no object"),
        pytest.param('{"id": "b"}', "b", '"answer"', id="no answer"),
        pytest.param('{"answer": "x"}', None, '"id"', id="no id"),
        pytest.param('{"id": "c", "answer": "x", "passages": 3}', "c", '"passages"', id="passages no list"),
        pytest.param(
            '{"id": "d", "answer": "x", "passages": [{"n": "1"}]}', "d", '"n"', id="passage without text"
        ),
        pytest.param(
            '{"id": "e", "answer": "x", "passages": [{"n": 1, "text": "a"}, {"n": 1, "text": "b"}]}',
            "e",
            "twice",
            id="number given twice",
        ),
    ],
)
def test_a_bad_line_says_why_and_the_rest_goes_on(
    checker: ClaimChecker, line: str, identifier: str | None, message: str
) -> None:
    good = '{"id": "ok", "answer": "Hallo.", "passages": []}'

    first, second = verify_lines([line, "", good], checker)

    assert first["id"] == identifier
    assert message in first["error"]
    assert second["grounded"] is True
