"""The reply texts: both languages have the same, the code uses all of them and no others."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.answering.texts import load_texts

ROOT = Path(__file__).resolve().parents[2]
CODE = sorted((ROOT / "assistant").rglob("*.py"))
NOT_ASKED_FOR_BY_PATH = frozenset({"language"})
"""Paths that describe the file itself."""


def strings(path: Path) -> Iterator[re.Pattern[str]]:
    """Every string of a module as a pattern; what an f-string fills in may be anything."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < 80:
            yield re.compile(re.escape(node.value))
        elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            parts = [
                re.escape(str(v.value)) if isinstance(v, ast.Constant) else r"[\w-]+" for v in node.values
            ]
            yield re.compile("".join(parts))


def asked_for(path: Path) -> Iterator[tuple[str, int]]:
    """Texts a module asks for by a literal path: `texts("a.b")`."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        called = node.func
        name = (
            called.attr
            if isinstance(called, ast.Attribute)
            else called.id
            if isinstance(called, ast.Name)
            else ""
        )
        first = node.args[0]
        if name == "texts" and isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield first.value, node.lineno


@pytest.fixture(scope="module")
def dutch() -> frozenset[str]:
    return load_texts(ROOT / "prompts", "nl").paths()


def test_both_languages_have_the_same_texts(dutch: frozenset[str]) -> None:
    english = load_texts(ROOT / "prompts", "en").paths()

    assert sorted(dutch ^ english) == []


def test_both_languages_fill_in_the_same_names() -> None:
    nl, en = (load_texts(ROOT / "prompts", language) for language in ("nl", "en"))

    differing = {
        path: (nl.raw(path), en.raw(path))
        for path in nl.paths() & en.paths()
        if set(re.findall(r"{(\w+)}", nl.raw(path))) != set(re.findall(r"{(\w+)}", en.raw(path)))
    }
    assert differing == {}


def test_every_text_the_code_asks_for_exists(dutch: frozenset[str]) -> None:
    asked = [(text, f"{path.relative_to(ROOT)}:{line}") for path in CODE for text, line in asked_for(path)]

    assert asked, "the search for asked texts finds nothing any more"
    assert [found for found in asked if found[0] not in dutch] == []


def test_every_text_is_used(dutch: frozenset[str]) -> None:
    patterns = [pattern for path in CODE for pattern in strings(path)]

    unused = [
        text for text in sorted(dutch - NOT_ASKED_FOR_BY_PATH) if not any(p.fullmatch(text) for p in patterns)
    ]
    assert unused == []
