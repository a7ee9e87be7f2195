"""Replies of models, as they come."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.llm.reply import parse_reply

ONE = [("Een zin.", (1,))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('{"sentences": [{"text": "Een zin.", "citations": [1]}]}', ONE, id="as asked"),
        pytest.param('[{"text": "Een zin.", "citations": [1]}]', ONE, id="bare list"),
        pytest.param('```json\n[{"text": "Een zin.", "citations": [1]}]\n```', ONE, id="fenced"),
        pytest.param('A {"sentences": [{"text": "Een zin.", "citations": ["[1]"]}]} Klaar', ONE, id="talk"),
        pytest.param('<think>[2]</think>[{"text": "Een zin.", "citations": 1}]', ONE, id="thought aloud"),
        pytest.param('[{"text": "Een zin [1].", "citations": []}]', ONE, id="marker in the text"),
        pytest.param('[{"text": "  ", "citations": [1]}]', [], id="empty sentence"),
        pytest.param('[{"text": "Een zin."}]', None, id="no citations"),
        pytest.param('{"sentences": "Een zin."}', None, id="no list"),
        pytest.param("Een zin [1].", None, id="no json"),
        pytest.param('[{"text": "Een', None, id="cut"),
        pytest.param("[" * 100_000, None, id="nested without end"),
    ],
)  # fmt: skip
def test_reply(text: str, expected: list[tuple[str, tuple[int, ...]]] | None) -> None:
    found = parse_reply(text)

    assert (found if found is None else [(s.text, s.citations) for s in found]) == expected


@given(st.text(alphabet='{}[]":,sentencxt 1\\n', max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    found = parse_reply(text)

    assert found is None or all(s.text for s in found)
