"""HTML from parts; everything that is not marked as HTML is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


def text(part: object) -> Html:
    """A part as HTML."""
    return part if isinstance(part, Html) else Html(escape(str(part)))


def join(parts: Iterable[object]) -> Html:
    """Parts one after the other."""
    return Html("".join(text(part) for part in parts))


def tag(name: str, /, *parts: object, **attributes: object) -> Html:
    """An element; a last underscore is dropped, others become hyphens, None leaves an attribute out."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value), quote=True)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Html(f"<{name}{written}>{join(parts)}</{name}>")


def table(
    header: Sequence[object], rows: Iterable[Sequence[object]], *, caption: str, class_: str = ""
) -> Html:
    """A table with a caption; the first cell of a row heads it."""
    head = tag("tr", *(tag("th", cell, scope="col") for cell in header))
    body = [tag("tr", tag("th", row[0], scope="row"), *(tag("td", cell) for cell in row[1:])) for row in rows]
    inner = tag(
        "table", tag("caption", caption), tag("thead", head), tag("tbody", *body), class_=class_ or None
    )
    return tag("div", inner, class_="scroll")
