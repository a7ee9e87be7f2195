"""Where hidden text of a PDF stands in the text that was read from its pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from assistant.guards.document import HiddenText

Span = tuple[int, int]
LEAST_CHARS = 8
"""A shorter piece of hidden text may as well be found in text that can be seen."""


def hidden_spans(
    pages: Mapping[int | None, str], hidden: Iterable[HiddenText]
) -> dict[int, tuple[Span, ...]]:
    """Offsets of hidden text in the text of each page, merged and in order.

    Two readers of PDFs put spaces differently, so text is looked up without them. Text that stands on the
    page more often than it is hidden there can be seen as well, and is left alone.

    Args:
        pages: page number to text.
        hidden: as `hidden_text` found it.
    """
    by_page: dict[int, list[str]] = {}
    for found in hidden:
        by_page.setdefault(found.page, []).extend(found.runs)
    spans: dict[int, tuple[Span, ...]] = {}
    for page, runs in by_page.items():
        text = pages.get(page, "")
        places = [at for at, char in enumerate(text) if not char.isspace()]
        squeezed = "".join(text[at] for at in places)
        wanted = [_squeezed(run) for run in runs]
        found_here: list[Span] = []
        for run in dict.fromkeys(wanted):
            if len(run) >= LEAST_CHARS and 0 < squeezed.count(run) <= wanted.count(run):
                start = squeezed.find(run)
                while start >= 0:
                    found_here.append((places[start], places[start + len(run) - 1] + 1))
                    start = squeezed.find(run, start + len(run))
        if found_here:
            spans[page] = _merged(found_here)
    return spans


def _squeezed(text: str) -> str:
    return "".join(char for char in text if not char.isspace())


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1] + 1:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return tuple(out)
