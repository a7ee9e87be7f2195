"""Nothing a user or a document says becomes markup."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.ui.parts.markup import host, join, tag, web_address


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: dict[str, str | None] = {}
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.update(attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


@given(
    st.text(st.characters(exclude_categories=("Cs", "Cc"))),
    st.text(st.characters(exclude_categories=("Cs", "Cc"))),
)
def test_any_text_reads_back_as_itself(text: str, title: str) -> None:
    reader = _Reader()
    reader.feed(str(tag("p", join(text), title=title, class_="a")))
    reader.close()

    assert reader.tags == ["p"]
    assert reader.text == text
    assert reader.attributes == {"title": title, "class": "a"}


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        pytest.param("https://a.nl/b", "https://a.nl/b", id="web address"),
        pytest.param("javascript:alert(1)", None, id="script"),
        pytest.param("data:text/html,x", None, id="data"),
        pytest.param("https://", None, id="no host"),
        pytest.param("https://[", None, id="broken"),
        pytest.param(None, None, id="none"),
    ],
)
def test_only_web_addresses_become_links(url: str | None, expected: str | None) -> None:
    assert web_address(url) == expected


def test_host_leaves_out_www() -> None:
    assert host("https://www.voorbeeld.nl/pad") == "voorbeeld.nl"
