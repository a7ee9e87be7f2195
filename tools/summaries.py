"""Read the summary documents: Markdown with front matter, facts and sources.

A comment `<!-- fact: id -->` names the facts in the block below it, or in the list item it ends. `[^key]`
points to an entry of `sources.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
REFERENCE = re.compile(r"\s*\[\^([a-z0-9-]+)\]")
FACTS = re.compile(r"<!--\s*fact:\s*(.*?)\s*-->", re.DOTALL)


class DocumentError(Exception):
    """A source that cannot be typeset; the message names the file, what is wrong and how to mend it."""


class Source(BaseModel):
    """One entry of `sources.yaml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    publisher: str
    title: str
    year: int | None = None
    url: str | None = None
    label: str | None = None
    """Short name for references in the text; the publisher when left out."""
    where: str | None = None
    """What the list says instead of an address, for a source without one."""


class FrontMatter(BaseModel):
    """What stands between the `---` lines of a source document."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    subtitle: str
    subject: str
    keywords: list[str]
    date: date
    page_note: str
    """The line on every page that says what the document is and which official document it is about."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or list item with the facts it claims and the sources it names, for checks on the text."""

    text: str
    facts: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A source document, read and split."""

    path: Path
    front_matter: FrontMatter
    markdown: str


def read_sources(path: Path) -> dict[str, Source]:
    """Return the entries of a `sources.yaml` by key.

    Raises:
        DocumentError: the file does not hold valid entries.
    """
    try:
        return TypeAdapter(dict[str, Source]).validate_python(
            yaml.safe_load(path.read_text(encoding="utf-8"))
        )
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise DocumentError(f"{path}: no valid list of sources. {error}") from error


def read_document(path: Path) -> Document:
    """Return the document in a Markdown file.

    Raises:
        DocumentError: the front matter is missing or not valid.
    """
    text = path.read_text(encoding="utf-8")
    match = _FRONT_MATTER.match(text)
    if match is None:
        raise DocumentError(
            f"{path}: no front matter. Start the file with a block between two lines of '---'."
        )
    try:
        front_matter = FrontMatter.model_validate(yaml.safe_load(match.group(1)))
    except (yaml.YAMLError, ValidationError) as error:
        raise DocumentError(f"{path}: front matter is not valid. {error}") from error
    return Document(path, front_matter, text[match.end() :])


def blocks(document: Document) -> Iterator[Block]:
    """Yield paragraphs and list items in reading order; a comment with facts belongs to the next one."""
    facts: tuple[str, ...] = ()
    for node in parsed(document.markdown).walk():
        if node.type in {"html_block", "html_inline"}:
            facts += _fact_ids(node.content)
        elif node.type == "inline" and node.parent is not None and node.parent.type == "paragraph":
            facts += _fact_ids(node.content)
            text = FACTS.sub("", node.content).strip()
            if text:
                plain = " ".join(REFERENCE.sub("", text).split())
                yield Block(plain, facts, tuple(REFERENCE.findall(text)))
                facts = ()


def _fact_ids(text: str) -> tuple[str, ...]:
    return tuple(i.strip() for found in FACTS.findall(text) for i in found.split(",") if i.strip())


def parsed(markdown: str) -> SyntaxTreeNode:
    return SyntaxTreeNode(MarkdownIt("commonmark").parse(markdown))
