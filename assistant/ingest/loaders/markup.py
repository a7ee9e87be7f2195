"""Markdown and HTML: real headings, paragraphs, list items and table rows."""

from __future__ import annotations

from pathlib import Path

from bs4 import BeautifulSoup
from bs4.element import Comment, NavigableString, Tag
from langchain_core.documents import Document
from markdown_it import MarkdownIt

from assistant.errors import LoaderError
from assistant.ingest.loaders.base import LoadLimits, PageBuilder, read_text

_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_BLOCKS = frozenset(
    [
        "p",
        "li",
        "tr",
        "div",
        "section",
        "article",
        "blockquote",
        "pre",
        "dt",
        "dd",
        "figcaption",
        "caption",
        "address",
        "table",
        "ul",
        "ol",
        "dl",
        "main",
        "body",
        "br",
        "hr",
        "summary",
        "details",
    ]
)
_LEFT_OUT = frozenset(
    ["script", "style", "noscript", "template", "nav", "head", "svg", "iframe", "object", "button", "form"]
)


def load_markdown(path: Path, limits: LoadLimits) -> list[Document]:
    """CommonMark with tables; a YAML front matter block gives title and language."""
    text = read_text(path)
    title, language, body = _front_matter(text)
    try:
        html = MarkdownIt("commonmark").enable("table").render(body)
    except RecursionError as error:
        raise LoaderError(f"Cannot load {path.name}: nested too deeply.", reason="broken") from error
    return _from_html(path, html, title=title, language=language)


def load_html(path: Path, limits: LoadLimits) -> list[Document]:
    """HTML without scripts, navigation and forms."""
    return _from_html(path, read_text(path), title=None, language=None)


def _front_matter(text: str) -> tuple[str | None, str | None, str]:
    lines = text.split("\n")
    if lines[0].strip() != "---":
        return None, None, text
    for number, line in enumerate(lines[1:], start=1):
        if line.strip() in {"---", "..."}:
            pairs = dict(item.split(":", 1) for item in lines[1:number] if ":" in item)
            values = {key.strip().lower(): value.strip().strip("\"'") for key, value in pairs.items()}
            return values.get("title") or None, values.get("lang") or None, "\n".join(lines[number + 1 :])
    return None, None, text


def _from_html(path: Path, html: str, *, title: str | None, language: str | None) -> list[Document]:
    try:
        soup = BeautifulSoup(html, "lxml")
        builder = PageBuilder()
        if soup.title and soup.title.string and title is None:
            title = " ".join(soup.title.string.split()) or None
        if isinstance(soup.html, Tag) and language is None:
            language = str(soup.html.get("lang") or "")[:2] or None
        pending: list[str] = []
        _walk(soup.body or soup, builder, pending)
        _flush(builder, pending)
    except RecursionError as error:
        raise LoaderError(f"Cannot load {path.name}: nested too deeply.", reason="broken") from error
    return [builder.document(title=title, language=language)]


def _flush(builder: PageBuilder, pending: list[str], level: int | None = None) -> None:
    builder.add("".join(pending), level=level)
    pending.clear()


def _walk(node: Tag | BeautifulSoup, builder: PageBuilder, pending: list[str]) -> None:
    for child in node.children:
        if isinstance(child, NavigableString):
            if not isinstance(child, Comment):
                pending.append(str(child))
            continue
        if not isinstance(child, Tag) or child.name in _LEFT_OUT:
            continue
        if child.name in _HEADINGS:
            _flush(builder, pending)
            pending.append(child.get_text(" "))
            _flush(builder, pending, level=_HEADINGS[child.name])
        elif child.name in _BLOCKS:
            _flush(builder, pending)
            _walk(child, builder, pending)
            _flush(builder, pending)
        else:
            if child.name in {"td", "th"} and pending:
                pending.append(" ")
            _walk(child, builder, pending)
