"""HTML with every value escaped; the only way in which pages write HTML."""

from __future__ import annotations

import html
import re
from urllib.parse import urlsplit

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~<>$:&^])")


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


def tag(name: str, *children: str, **attributes: str | int | None) -> Html:
    """An element; children that are not `Html` are escaped. `class_` is `class`, `a_b` is `a-b`."""
    attrs = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{html.escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Html(f"<{name}{attrs}>{join(*children)}</{name}>")


def join(*children: str) -> Html:
    """Pieces of HTML and text after one another."""
    return Html("".join(child if isinstance(child, Html) else html.escape(child) for child in children))


def plain_label(text: str) -> str:
    """Text for a Streamlit label, which reads Markdown: every sign that means something there is escaped."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def web_address(url: str | None) -> str | None:
    """The address when a browser may follow it (http or https with a host), else None."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def host(url: str) -> str:
    """Name of the site, without `www.`."""
    return (urlsplit(url).hostname or url).removeprefix("www.")
