"""What is a heading, a margin or a paragraph start among the lines of PDF pages."""

from __future__ import annotations

import itertools
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.ingest.loaders.base import PageLayout, Span

EDGE_LINES = 6
"""Lines at the top and bottom of a page that may be header or footer."""
MARGIN_SHARE = 0.5
"""Share of pages on which an edge line must return to count as header or footer."""
BODY_SHARE = 0.6
"""Least number of characters in the size of the body, against the size that holds most."""
HEADING_RATIO = 1.1
"""Size of a heading's letters against the letters of the body."""
MAX_HEADING_CHARS = 160
PARAGRAPH_GAP = 1.35
"""Distance between baselines, against the usual distance, from which a new paragraph starts."""

_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:(?:pagina|pag\.?|page|p\.|blz\.?)\s*)?[-–—|]?\s*\d{1,4}\s*(?:[-–—|/]|van|of)?\s*\d{0,4}",
    re.IGNORECASE,
)
_BULLET = re.compile(r"(?:[•▪◦‣●○■□–—*·-]|\d{1,3}[.)]|[a-z][.)])\s+\S")
_NUMBERING = re.compile(r"^(?:\d+(?:\.\d+)*\.?|[IVX]+\.|[A-Z]\.)\s+")
_NOT_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page.

    Attributes:
        start: offset of its first character in the page's single-spaced text; `end` after its last.
        size: height of most of its letters, in points; 0 when unknown.
        baseline: points above the bottom of the page.
        is_bold: True when all of it is bold.
    """

    text: str
    start: int
    end: int
    size: float = 0.0
    baseline: float = 0.0
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A bookmark: page from 0, level from 1."""

    page: int
    level: int
    title: str


def layouts_of_pages(
    pages: Sequence[Sequence[Line]], outline: Sequence[OutlineEntry] = ()
) -> list[PageLayout]:
    """The layout of each page, read from all pages together."""
    outlined = _outlined_lines(pages, outline)
    margins = _margin_lines(pages, keep=set(outlined))
    body = _body_size(pages, margins)
    levels = _typographic_levels(pages, margins, outlined, body)
    return [_layout(number, lines, margins, {**levels, **outlined}) for number, lines in enumerate(pages)]


LineKey = tuple[int, int]
"""Page from 0 and number of the line on it."""


def _key(text: str) -> str:
    return _NOT_WORD.sub("", text).casefold()


def _outlined_lines(pages: Sequence[Sequence[Line]], outline: Sequence[OutlineEntry]) -> dict[LineKey, int]:
    """Lines that are the titles of bookmarks, with their level; a long title may take up to three lines."""
    found: dict[LineKey, int] = {}
    for entry in outline:
        wanted = {_key(entry.title), _key(_NUMBERING.sub("", entry.title))} - {""}
        if not wanted or entry.page >= len(pages):
            continue
        lines = pages[entry.page]
        spans = [(first, n) for n in (1, 2, 3) for first in range(len(lines) - n + 1)]
        matching = [
            (first, n)
            for first, n in spans
            if (entry.page, first) not in found and _is_title(lines[first : first + n], wanted)
        ]
        if matching:
            # The largest letters win: the title also stands in the contents or in a running header.
            first, n = max(
                matching, key=lambda span: (lines[span[0]].size, lines[span[0]].is_bold, -span[1], -span[0])
            )
            for number in range(first, first + n):
                found[(entry.page, number)] = min(entry.level, 6)
    return found


def _is_title(lines: Sequence[Line], wanted: set[str]) -> bool:
    text = " ".join(line.text for line in lines)
    return _key(text) in wanted or _key(_NUMBERING.sub("", text)) in wanted


def _margin_lines(pages: Sequence[Sequence[Line]], *, keep: set[LineKey]) -> set[LineKey]:
    edges: dict[str, set[int]] = defaultdict(set)
    candidates: list[tuple[LineKey, str]] = []
    for page, lines in enumerate(pages):
        edge = set(range(min(EDGE_LINES, len(lines)))) | set(
            range(max(0, len(lines) - EDGE_LINES), len(lines))
        )
        for number in sorted(edge):
            if (page, number) in keep:
                continue
            key = _DIGITS.sub("#", lines[number].text.casefold())
            candidates.append(((page, number), key))
            edges[key].add(page)
    inked = sum(1 for lines in pages if lines)
    enough = max(2, round(MARGIN_SHARE * inked + 0.49))
    margins = {line for line, key in candidates if len(edges[key]) >= enough}
    for page, lines in enumerate(pages):
        for number in {0, len(lines) - 1} if lines else set():
            if _PAGE_NUMBER.fullmatch(lines[number].text) and len(lines) > 1 and (page, number) not in keep:
                margins.add((page, number))
    return margins


def _body_size(pages: Sequence[Sequence[Line]], margins: set[LineKey]) -> float:
    sizes = Counter[float]()
    for page, lines in enumerate(pages):
        for number, line in enumerate(lines):
            if (page, number) not in margins:
                sizes[line.size] += len(line.text)
    # Lists of sources in small print can outweigh the text itself; headings never come near the text.
    most = max(sizes.values(), default=0)
    return max((size for size, chars in sizes.items() if chars >= BODY_SHARE * most), default=0.0)


def _typographic_levels(
    pages: Sequence[Sequence[Line]], margins: set[LineKey], outlined: dict[LineKey, int], body: float
) -> dict[LineKey, int]:
    """Lines that look like headings: larger than the body, or all bold and standing alone."""
    if body <= 0:
        return {}
    looks: dict[LineKey, tuple[float, bool]] = {}
    for page, lines in enumerate(pages):
        for number, line in enumerate(lines):
            key = (page, number)
            if key in margins or key in outlined or not _may_be_heading(line):
                continue
            if line.size >= HEADING_RATIO * body:
                looks[key] = (line.size, False)
            elif line.is_bold and line.size >= 0.95 * body and not line.text.endswith(":"):
                looks[key] = (body, True)
    known = {
        pages[page][number].size: level for (page, number), level in sorted(outlined.items(), reverse=True)
    }
    deepest = max(known.values(), default=0)
    ranks = sorted(set(looks.values()), key=lambda look: (-look[0], look[1]))
    return {key: _level(look, known, deepest, ranks) for key, look in looks.items()}


def _level(
    look: tuple[float, bool], known: dict[float, int], deepest: int, ranks: list[tuple[float, bool]]
) -> int:
    size, bold = look
    if not known:
        return min(ranks.index(look) + 1, 6)
    if not bold and size in known:
        return known[size]
    larger = [level for other, level in known.items() if other > size]
    return min((max(larger) + 1) if larger else 1, deepest + 1, 6)


def _may_be_heading(line: Line) -> bool:
    text = line.text
    letters = sum(c.isalpha() for c in text)
    return (
        letters >= 2
        and letters >= 0.5 * len(text.replace(" ", ""))
        and len(text) <= MAX_HEADING_CHARS
        and not text.endswith((".", ",", ";"))
        and not text.startswith(("•", "▪", "-", "–"))
    )


def _layout(
    page: int, lines: Sequence[Line], margins: set[LineKey], levels: dict[LineKey, int]
) -> PageLayout:
    headings: list[tuple[int, int, int]] = []
    breaks: list[int] = []
    spans: list[Span] = []
    usual = _usual_gap(lines)
    previous: Line | None = None
    last_heading: LineKey | None = None
    for number, line in enumerate(lines):
        key = (page, number)
        if key in margins:
            spans.append((line.start, line.end))
            continue
        if key in levels:
            joins = last_heading == (page, number - 1) and _continues(
                lines[number - 1], line, levels[key], headings
            )
            if joins:
                start, _, level = headings.pop()
                headings.append((start, line.end, level))
            else:
                headings.append((line.start, line.end, levels[key]))
                breaks.append(line.start)
            last_heading, previous = key, None
            continue
        is_new = previous is None or bool(_BULLET.match(line.text))
        if is_new or (previous and _is_apart(previous, line, usual) and not _runs_on(previous, line)):
            breaks.append(line.start)
        previous = line
    return PageLayout(headings=tuple(headings), margins=tuple(spans), breaks=tuple(breaks))


def _continues(before: Line, line: Line, level: int, headings: list[tuple[int, int, int]]) -> bool:
    """Whether a heading line is the rest of the heading above it."""
    return (
        bool(headings)
        and headings[-1][2] == level
        and before.size == line.size
        and not before.text.endswith(("?", "!"))
        and not _NUMBERING.match(line.text)
        and 0 < before.baseline - line.baseline <= 1.6 * max(line.size, 1.0)
    )


def _usual_gap(lines: Sequence[Line]) -> float:
    gaps = [a.baseline - b.baseline for a, b in itertools.pairwise(lines) if 0 < a.baseline - b.baseline < 60]
    return statistics.median_low(gaps) if gaps else 0.0


def _runs_on(before: Line, line: Line) -> bool:
    """A line that goes on in the middle of a sentence, however wide the gap above it."""
    return line.text[:1].islower() and not before.text.rstrip().endswith((".", "?", "!", ":", ";"))


def _is_apart(before: Line, line: Line, usual: float) -> bool:
    gap = before.baseline - line.baseline
    if usual <= 0 or before.baseline == 0:
        return False
    return gap > PARAGRAPH_GAP * usual or gap < -0.5 * usual
