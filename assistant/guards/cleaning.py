"""Text without what a reader cannot see, and without markup that a page would render."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass

_TAGS = re.compile(r"[\U000e0000-\U000e007f]+")
_ZERO_WIDTH = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0100-\U000e01ef]"
)
_ELEMENT = re.compile(r"<(?=[a-zA-Z/!?])[^<>]{0,2000}>")
_OPENING = re.compile(r"<(?=[a-zA-Z/!?])")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,500}|[^<>\s@]{1,64}@[^<>\s@]{1,200})>", re.I)
_SILENT = re.compile(r"<(script|style|iframe|object|svg)\b[^<>]*>.*?</\1\s*>", re.I | re.S)
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_IMAGE = re.compile(r"!\[([^\]\n]{0,500})\]\s?\([^)\n]{0,2000}\)")
_LINK = re.compile(
    r"\[([^\]\n]{0,500})\]\(\s*<?((?:[^()\s<>]|\([^()\s]{0,200}\)){0,2000})>?(?:\s+[\"'][^)\n]{0,500})?\s*\)"
)
_REFERENCE = re.compile(r"(?m)^\s{0,3}\[([^\]\n]{1,100})\]:\s*(\S+).*$")
_SCHEME = re.compile(r"\b(?:javascript|vbscript|data)\s*:(?=\S)[^\s<>]*", re.I)
_FENCE = re.compile(r"(?m)^\s{0,3}(?:`{3,}|~{3,})[^\n]*$")
_HEADING = re.compile(r"(?m)^\s{0,3}#{1,6}\s+")
_EMPHASIS = re.compile(r"(\*\*|__|~~)(?=\S)([^\n]{1,500}?)(?<=\S)\1")
_WEB = ("http://", "https://", "mailto:")
MAX_ROUNDS = 4
"""Markup inside markup is taken off this many times; what is left loses its angle brackets."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned text and what was taken out.

    Attributes:
        seen: the text without what is invisible, its markup still there.
        hidden: text that stood in invisible tag characters, decoded; empty when there was none.
        had_invisible: True when control, zero-width or tag characters were removed.
        had_markup: True when HTML or Markdown was taken off.
    """

    text: str
    seen: str = ""
    hidden: str = ""
    had_invisible: bool = False
    had_markup: bool = False


def clean_text(text: str) -> Cleaned:
    """Take out what cannot be seen and what would render; line ends and words stay.

    Comparison signs ("<25 jaar", "a < b") are left alone: only what starts like an element is one.
    """
    hidden = "".join(chr(ord(c) - 0xE0000) for run in _TAGS.findall(text) for c in run)
    hidden = "".join(c for c in hidden if c.isprintable()).strip()
    seen = _without_invisible(text)
    plain = without_markup(seen)
    return Cleaned(
        text=plain.strip(),
        seen=seen,
        hidden=hidden,
        had_invisible=_dropped(text, seen),
        had_markup=plain != seen,
    )


def _without_invisible(text: str) -> str:
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _ZERO_WIDTH.sub("", _TAGS.sub("", text))
    return "".join(
        " " if unicodedata.category(c) in {"Cc", "Cs", "Co", "Cn"} and c not in "\n\t" else c for c in text
    )


def _dropped(before: str, after: str) -> bool:
    """Whether anything was dropped; what word processors leave and joints of emoji are nothing."""
    harmless = re.compile("[\u00ad\ufeff\ufe0f]|\u200d(?=[^\\w\\s])")
    normal = unicodedata.normalize("NFC", before.replace("\r\n", "\n").replace("\r", "\n"))
    return harmless.sub("", normal) != after


def without_markup(text: str) -> str:
    """The words of a text that may hold HTML or Markdown; addresses of links stay readable, in brackets."""
    for _ in range(MAX_ROUNDS):
        before = text
        text = _COMMENT.sub(" ", _SILENT.sub(" ", text))
        text = _AUTOLINK.sub(r"\1", text)
        text = _ELEMENT.sub(" ", text)
        text = _IMAGE.sub(r"\1", text)
        text = _LINK.sub(_link_in_words, text)
        text = _REFERENCE.sub(r"\1: \2", text)
        if text == before:
            break
    text = _OPENING.sub("< ", text)
    text = _FENCE.sub("", _HEADING.sub("", text))
    text = _EMPHASIS.sub(r"\2", text)
    text = _SCHEME.sub("", text)
    unescaped = html.unescape(text)
    if unescaped != text and _OPENING.search(unescaped):
        return without_markup(unescaped)
    return text


def _link_in_words(match: re.Match[str]) -> str:
    words, target = match.group(1), match.group(2)
    if not target.lower().startswith(_WEB) or target == words:
        return words
    return f"{words} ({target})"
