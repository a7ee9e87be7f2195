"""Typeset a summary document: Markdown to Typst to a tagged PDF."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from pathlib import Path

from markdown_it.tree import SyntaxTreeNode
from summaries import FACTS, REFERENCE, Document, DocumentError, Source, parsed

TEMPLATE = Path(__file__).resolve().parent / "document.typ"

# A sign inside a word (hyphen, slash, dot of an address) is a place to break a line; the extracted word would
# get a space there.
_BREAKABLE_WORD = re.compile(r"\S*\w[-/–.=~]\w\S*")


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
            case "html_block" if FACTS.fullmatch(node.content.strip()):
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
                case "html_inline" if FACTS.fullmatch(node.content):
                    parts[-1:] = [part.removesuffix('#" ";') for part in parts[-1:]]
                case _:
                    raise DocumentError(
                        f"{self.path}: '{node.type}' has no page design. Use plain or strong text."
                    )
        return "".join(parts)

    def _text(self, content: str) -> str:
        pieces: list[str] = []
        end = 0
        for group in re.finditer(rf"(?:{REFERENCE.pattern})+", content):
            pieces.append(_words(content[end : group.start()]))
            pieces.append(self._references(REFERENCE.findall(group.group())))
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
    body = _Typesetter(document.path, sources).body(parsed(document.markdown))
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
