"""How figures look: a number with its interval, a bar on one scale, a table that can be read aloud."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from assistant.ui.parts.evaluation_texts import evaluation_texts
from assistant.ui.parts.markup import Html, join, tag

if TYPE_CHECKING:
    from eval.statistics import Estimate


def dutch_value(measure: str, value: float) -> str:
    """A value as it is written in Dutch: shares as percentages, a comma before decimals."""
    from eval.measures.catalog import CATALOG

    return CATALOG[measure].shown(value).replace(".", ",")


def figure(measure: str, found: Estimate) -> Html:
    """A number with the bounds of its interval under it."""
    low, high = (dutch_value(measure, value) for value in (found.low, found.high))
    bounds = evaluation_texts().numbers.bounds.format(low=low, high=high)
    return join(
        tag("strong", dutch_value(measure, found.value)), " ", tag("span", bounds, class_="ev-bounds")
    )


def bar(found: Estimate, top: float = 1.0) -> Html:
    """The interval as a line and the value as a dot, from 0 to `top`; the number beside it says the same."""

    def place(value: float) -> float:
        return round(100 * min(1.0, max(0.0, value / top)), 1)

    low, high = place(found.low), place(found.high)
    return tag(
        "span",
        tag("span", class_="ev-range", style=f"left:{low}%;width:{max(0.0, round(high - low, 1))}%"),
        tag("span", class_="ev-dot", style=f"left:{place(found.value)}%"),
        class_="ev-bar",
        aria_hidden="true",
    )


def measure_name(measure: str) -> Html:
    """Dutch name, what it says, and the name the literature uses."""
    from eval.measures.catalog import CATALOG

    words = evaluation_texts().numbers
    known = words.measures.get(measure)
    if known is None:
        return tag("span", measure, lang="en")
    notes = [known.about]
    if CATALOG[measure].better == "lower":
        notes.append(f"({words.lower})")
    literature = tag("span", measure, lang="en", class_="ev-literature")
    return join(known.name, " ", tag("span", " ".join(notes), " ", literature, class_="ev-note"))


def table(caption: str, header: Sequence[str], rows: Iterable[Sequence[str]], *, class_: str = "") -> Html:
    """A table whose first cell of each row names the row; it scrolls sideways by itself when it must."""
    head = tag("thead", tag("tr", *(tag("th", name, scope="col") for name in header)))
    body = tag(
        "tbody",
        *(tag("tr", tag("th", row[0], scope="row"), *(tag("td", cell) for cell in row[1:])) for row in rows),
    )
    whole = tag("table", tag("caption", caption, class_="tw-hidden"), head, body)
    return tag(
        "div", whole, class_=f"ev-table {class_}".strip(), tabindex=0, role="region", aria_label=caption
    )
