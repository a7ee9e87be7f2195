"""Lists that must agree: version and changelog, exports and `__all__`, commands and README."""

from __future__ import annotations

import argparse
import re
import tomllib
from pathlib import Path

import assistant
from assistant.cli import build_parser
from assistant.settings import Settings


def command_names() -> list[str]:
    actions = build_parser()._actions
    return [name for a in actions if isinstance(a, argparse._SubParsersAction) for name in a.choices]


def test_version_is_the_same_everywhere(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    released = re.findall(
        r"^## \[(\d+\.\d+\.\d+)\]", (root / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE
    )

    assert {project, assistant.__version__} == {released[0]}


def test_all_names_are_exported() -> None:
    assert [name for name in assistant.__all__ if getattr(assistant, name, None) is None] == []


def test_public_face_answers_to_its_documented_calls() -> None:
    assert callable(assistant.Assistant.open)
    assert callable(assistant.Assistant.ask)


def test_readme_names_every_command(root: Path) -> None:
    readme = (root / "README.md").read_text("utf-8")

    assert [name for name in command_names() if f"assistant {name}" not in readme] == []


def test_readme_names_no_command_that_is_gone(root: Path) -> None:
    named = re.findall(r"`assistant ([a-z-]+)", (root / "README.md").read_text("utf-8"))

    assert sorted(set(named) - set(command_names())) == []


def test_readme_names_make_targets_that_exist(root: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (root / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = set(re.findall(r"`make ([a-z-]+)`", (root / "README.md").read_text("utf-8")))

    assert sorted(named - targets) == []


def test_readme_names_every_room(root: Path) -> None:
    readme = (root / "README.md").read_text("utf-8")
    rooms = [p.name for p in (root / "assistant").iterdir() if (p / "__init__.py").is_file()]

    assert [room for room in sorted(rooms) if f"{room}/" not in readme] == []


def test_readme_names_every_extra(root: Path) -> None:
    readme = (root / "README.md").read_text("utf-8")
    extras = [p.name for p in sorted(root.glob("requirements-*.txt")) if p.name != "requirements-dev.txt"]

    assert [name for name in extras if name not in readme] == []


def test_readme_leads_to_every_page_of_documentation(root: Path) -> None:
    readme = (root / "README.md").read_text("utf-8")

    assert [p.name for p in sorted((root / "docs").glob("*.md")) if f"(docs/{p.name})" not in readme] == []


def test_documentation_names_settings_that_exist(root: Path) -> None:
    pages = [root / "README.md", root / "CHANGELOG.md", *(root / "docs").rglob("*.md")]
    named = {
        name.lower()
        for page in pages
        for name in re.findall(r"ASSISTANT_([A-Z][A-Z_]*[A-Z])", page.read_text("utf-8"))
    }

    assert sorted(named - set(Settings.model_fields)) == []


def test_readme_names_every_module_at_the_top(root: Path) -> None:
    house = (root / "README.md").read_text("utf-8").partition("## The house")[2].partition("## ")[0]
    named = re.findall(r"^assistant/ .*\n +.*", house, re.MULTILINE)
    files = {p.name for p in (root / "assistant").glob("*.py")} - {"__init__.py"}

    assert set(re.findall(r"\w+\.py", "".join(named))) == files


def test_links_in_documentation_lead_somewhere(root: Path) -> None:
    pages = [
        root / "README.md",
        root / "CHANGELOG.md",
        root / "corpus" / "README.md",
        root / "eval" / "README.md",
        root / "eval" / "golden" / "README.md",
        *(root / "docs").rglob("*.md"),
    ]
    broken = [
        f"{page.relative_to(root)} -> {target}"
        for page in pages
        for target in re.findall(r"\]\((?!https?://|#|mailto:)([^)#\s]+)", page.read_text("utf-8"))
        if not (page.parent / target).exists()
    ]

    assert broken == []


def test_every_decision_is_listed(root: Path) -> None:
    folder = root / "docs" / "decisions"
    listed = (folder / "README.md").read_text("utf-8")

    assert [path.name for path in sorted(folder.glob("0*.md")) if path.name not in listed] == []
