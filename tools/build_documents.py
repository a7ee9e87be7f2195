"""Typeset the summary documents: Markdown in `corpus/documents/src` to accessible PDFs in `corpus/documents`.

Run `python tools/build_documents.py` after a change, `--check` to see whether every PDF still equals its source.
The same source and the same version of typst give the same bytes.

A source is Markdown with front matter. A comment `<!-- fact: id -->` names the facts in the block below it and stays
out of the PDF; `[^key]` points to an entry of `sources.yaml` and becomes a short reference and a line in the list of
sources at the end of the chapter.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path

import yaml
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

TOOLS = Path(__file__).resolve().parent
DOCUMENTS = TOOLS.parent / "corpus" / "documents"
TEMPLATE = TOOLS / "document.typ"

_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_REFERENCE = re.compile(r"\s*\[\^([a-z0-9-]+)\]")
_FACTS = re.compile(r"<!--\s*fact:\s*(.*?)\s*-->", re.DOTALL)
# A hyphen or slash inside a word is a place to break a line; the extracted word would get a space there.
_BREAKABLE_WORD = re.compile(r"\S*\w[-/–]\w\S*")


class DocumentError(Exception):
    """A source document that cannot be typeset; the message names the file, what is wrong and how to mend it."""


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
    for node in _parse(document.markdown).walk():
        if node.type in {"html_block", "html_inline"}:
            facts += _fact_ids(node.content)
        elif node.type == "inline" and node.parent is not None and node.parent.type == "paragraph":
            facts += _fact_ids(node.content)
            text = _FACTS.sub("", node.content).strip()
            if text:
                plain = " ".join(_REFERENCE.sub("", text).split())
                yield Block(plain, facts, tuple(_REFERENCE.findall(text)))
                facts = ()


def _fact_ids(text: str) -> tuple[str, ...]:
    return tuple(i.strip() for found in _FACTS.findall(text) for i in found.split(",") if i.strip())


def _parse(markdown: str) -> SyntaxTreeNode:
    return SyntaxTreeNode(MarkdownIt("commonmark").parse(markdown))


@dataclass(slots=True)
class _Typesetter:
    """Turns Markdown nodes into Typst; numbers sources by first use and lists them per chapter."""

    path: Path
    sources: dict[str, Source]
    numbers: dict[str, int] = field(default_factory=dict)
    in_chapter: list[str] = field(default_factory=list)
    chapter: int = 0

    def body(self, root: SyntaxTreeNode) -> str:
        parts: list[str] = []
        for node in root.children:
            if node.type == "heading" and node.tag == "h1":
                parts.append(self._source_list() if self.chapter else "#contents()")
                self.chapter += 1
            parts.append(self._block(node))
        parts.append(self._source_list())
        return "\n".join(part for part in parts if part)

    def _block(self, node: SyntaxTreeNode) -> str:
        match node.type:
            case "heading":
                numbering = "" if node.tag == "h1" else ", numbering: none"
                return f"#heading(level: {node.tag[1]}{numbering})[{self._inline(node.children)}]"
            case "paragraph":
                return f"#paragraph[{self._inline(node.children)}]"
            case "bullet_list":
                items = "".join(f"[#item[{self._item(child)}]]," for child in node.children)
                return f"#list(tight: false, {items})"
            case "html_block" if _FACTS.fullmatch(node.content.strip()):
                return ""
            case _:
                raise DocumentError(
                    f"{self.path}: '{node.type}' has no page design. Use headings, paragraphs and lists."
                )

    def _item(self, node: SyntaxTreeNode) -> str:
        paragraphs = [child for child in node.children if child.type == "paragraph"]
        return "".join(self._inline(child.children) for child in paragraphs)

    def _inline(self, nodes: Sequence[SyntaxTreeNode]) -> str:
        parts: list[str] = []
        for node in nodes:
            match node.type:
                case "inline":
                    parts.append(self._inline(node.children))
                case "text":
                    parts.append(self._text(node.content))
                case "softbreak":
                    parts.append(" ")
                case "strong":
                    parts.append(f"#strong[{self._inline(node.children)}]")
                case "html_inline" if _FACTS.fullmatch(node.content):
                    parts[-1:] = [part.removesuffix('#" ";') for part in parts[-1:]]
                case _:
                    raise DocumentError(
                        f"{self.path}: '{node.type}' has no page design. Use plain or strong text."
                    )
        return "".join(parts)

    def _text(self, content: str) -> str:
        pieces: list[str] = []
        end = 0
        for group in re.finditer(rf"(?:{_REFERENCE.pattern})+", content):
            pieces.append(_words(content[end : group.start()]))
            pieces.append(self._references(_REFERENCE.findall(group.group())))
            end = group.end()
        pieces.append(_words(content[end:]))
        return "".join(pieces)

    def _references(self, keys: list[str]) -> str:
        labels = []
        for key in keys:
            if key not in self.sources:
                raise DocumentError(
                    f"{self.path}: source '{key}' is not in sources.yaml. Add it there or mend the key."
                )
            source = self.sources[key]
            number = self.numbers.setdefault(key, len(self.numbers) + 1)
            if key not in self.in_chapter:
                self.in_chapter.append(key)
            label = source.label or source.publisher
            labels.append(f"{label} {source.year} ({number})" if source.year else f"{label} ({number})")
        word = "Bron" if len(labels) == 1 else "Bronnen"
        return f" #cite-sources[{_words(word + ': ' + '; '.join(labels) + '.')}]"

    def _source_list(self) -> str:
        if not self.in_chapter:
            return ""
        lines = [f"#sources-heading[{_words(f'Bronnen bij hoofdstuk {self.chapter}')}]", "#sources["]
        for key in sorted(self.in_chapter, key=self.numbers.__getitem__):
            source = self.sources[key]
            year = str(source.year) if source.year else "zonder jaar"
            end = "" if source.title.endswith(("?", ".")) else "."
            text = _words(f"{source.publisher} ({year}). {source.title}{end} ")
            if source.url:
                address = f"#link({_string(source.url)})[{_literal(source.url)}]"
            else:
                address = _words(source.where or "Geen openbaar adres.")
            lines.append(f"#source[{self.numbers[key]}.][{text}{address}]")
        self.in_chapter.clear()
        return "\n".join([*lines, "]"])


def _string(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _literal(text: str) -> str:
    """Return Typst for text in which no character means anything but itself; spaces stay spaces."""
    return f"#{_string(text)};" if text else ""


def _words(text: str) -> str:
    pieces: list[str] = []
    end = 0
    for word in _BREAKABLE_WORD.finditer(text):
        pieces += [_literal(text[end : word.start()]), f"#box[{_literal(word.group())}]"]
        end = word.end()
    pieces.append(_literal(text[end:]))
    return "".join(pieces)


def typst_source(document: Document, sources: dict[str, Source]) -> str:
    """Return the complete Typst text of a document."""
    meta = document.front_matter
    keywords = "".join(f"{_string(word)}," for word in meta.keywords)
    values = {
        "title": meta.title,
        "subtitle": meta.subtitle,
        "subject": meta.subject,
        "page_note": meta.page_note,
    }
    fields = "".join(f"{name}: {_string(value)}, " for name, value in values.items())
    head = f'#let meta = ({fields}author: "Talentwijzer", keywords: ({keywords}))\n'
    body = _Typesetter(document.path, sources).body(_parse(document.markdown))
    return head + TEMPLATE.read_text(encoding="utf-8") + "\n" + body + "\n"


def pdf_bytes(document: Document, sources: dict[str, Source]) -> bytes:
    """Return the PDF (tagged, PDF/UA-1) of a document; same input and typst version, same bytes."""
    import typst

    compiler = typst.Compiler(typst_source(document, sources).encode(), ignore_system_fonts=True)
    made_at = datetime.combine(document.front_matter.date, time(), UTC)
    try:
        result = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=made_at)
    except typst.TypstError as error:
        raise DocumentError(f"{document.path}: typst refuses it. {error}") from error
    if not isinstance(result, bytes):
        raise DocumentError(f"{document.path}: typst gave no single PDF.")
    return result


def build(documents_dir: Path, *, check: bool) -> list[Path]:
    """Write every PDF that differs from its source, or with `check` only find them.

    Returns:
        The PDFs that differed, in order of name.
    """
    sources = read_sources(documents_dir / "src" / "sources.yaml")
    differing: list[Path] = []
    for path in sorted((documents_dir / "src").glob("*.md")):
        target = documents_dir / f"{path.stem}.pdf"
        made = pdf_bytes(read_document(path), sources)
        if not target.exists() or target.read_bytes() != made:
            differing.append(target)
            if not check:
                target.write_bytes(made)
    return differing


def main(arguments: Sequence[str] | None = None) -> int:
    """Build or check; 0 when all is well, 1 when a PDF differs from its source, 2 on a broken source."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 when a PDF differs from its source"
    )
    parser.add_argument("--documents", type=Path, default=DOCUMENTS, help="folder with src/ and the PDFs")
    options = parser.parse_args(arguments)
    try:
        differing = build(options.documents, check=options.check)
    except DocumentError as error:
        print(error, file=sys.stderr)
        return 2
    for path in differing:
        print(
            f"{path.name}: {'differs from its source; run tools/build_documents.py' if options.check else 'written'}"
        )
    return 1 if options.check and differing else 0


if __name__ == "__main__":
    sys.exit(main())
