"""The source beside the text: the page or record a citation points to, with the exact words marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import streamlit as st

from assistant.domain.answer import Citation
from assistant.domain.catalogue import Record
from assistant.ui.parts.answer import cited_field, field_name
from assistant.ui.parts.markup import Html, join, plain_label, tag, web_address
from assistant.ui.parts.page_view import PageImage, render_page
from assistant.ui.parts.script import script
from assistant.ui.seams import AssistantLike, SourceView
from assistant.ui.texts import texts

_SCRIPT = script("source.js")
_component = st.components.v2.component("talentwijzer_source", js=_SCRIPT, isolate_styles=False)

_BESIDE_CITED = (
    "summary",
    "offer",
    "status_note",
    "region",
    "sectors",
    "education_levels",
    "period",
    "website",
)
_PAGE_PIXELS = 1100


def show_source_list(citations: Sequence[Citation], *, turn: int, on_open: Callable[[int], None]) -> None:
    """All sources of an answer: per document or record the numbers, each a button that opens it."""
    words = texts().source
    st.html(str(join(tag("h2", words.list_title), tag("p", words.list_hint, class_="tw-quiet"))))
    by_title: dict[str, list[Citation]] = {}
    for citation in citations:
        by_title.setdefault(citation.title, []).append(citation)
    for title, found in by_title.items():
        st.html(str(tag("h3", title, class_="tw-source-title")))
        with st.container(key=f"source-numbers-{turn}-{found[0].n}", horizontal=True, gap="xsmall"):
            for citation in found:
                label = f"**{citation.n}** {plain_label(_short_where(citation))}"
                st.button(label, key=f"source-{turn}-{citation.n}", on_click=on_open, args=(citation.n,))


def show_source(
    citation: Citation,
    assistant: AssistantLike,
    *,
    turn: int,
    on_close: Callable[[], None] | None,
    takes_focus: bool = True,
    beside: str | None = None,
) -> None:
    """The card of one source.

    Args:
        on_close: called when the reader goes back to the text; None where the source stays.
        beside: what holds the markers that the reader goes back to, as a CSS selector; the turn by default.
        takes_focus: False when it follows what the reader does elsewhere.
    """
    words = texts().source
    view = assistant.source_context(citation)
    image = _page_image(citation, view)
    heading = tag("h2", words.heading.format(n=citation.n), tabindex="-1")
    st.html(
        str(
            join(
                tag("div", heading, tag("span", _position(citation, image)), class_="tw-source-head"),
                _origin(citation),
            )
        )
    )
    if view is None:
        st.html(str(join(_quoted(citation, SourceView()), tag("p", words.missing, class_="tw-bar"))))
    elif image is not None:
        alt = words.image_alt.format(page=citation.page, title=citation.title, quote=citation.quote)
        with st.container(key="source-page"):
            st.image(image.png, alt=alt, width="stretch", output_format="PNG")
        said = f"✓ {words.found_on_page}" if image.boxes else words.not_marked
        around = (
            SourceView() if image.boxes else view
        )  # the page itself shows what stands around marked words
        st.html(
            str(join(tag("p", said, class_="tw-quiet"), tag("h3", words.quote), _quoted(citation, around)))
        )
    elif view.record is not None:
        st.html(str(_record(citation, view.record, view.field)))
    else:
        st.html(str(join(tag("h3", words.quote), _quoted(citation, view))))
    st.html(str(_confidence(citation)))
    _component(
        key=f"source-links-{turn}-{citation.n}",
        data={
            "turn": turn,
            "n": citation.n,
            "url": web_address(citation.url),
            "open": words.open,
            "copy": words.copy_,
            "reference": reference(citation),
            "done": texts().answer["nl"].copied,
            "failed": texts().answer["nl"].copy_failed,
            "close": words.close,
            "closes": on_close is not None,
            "back": beside or f".st-key-turn-{turn}",
            "focus": takes_focus,
        },
        on_close_change=on_close or (lambda: None),
    )


def reference(citation: Citation) -> str:
    """One line to paste in a document: title, publisher, year, page, quote, address."""
    return texts().source.reference.format(
        title=citation.title,
        publisher=f", {citation.publisher}" if citation.publisher else "",
        year=f", {citation.year}" if citation.year else "",
        page=f", {_where(citation)}" if _where(citation) else "",
        quote=" ".join(citation.quote.split()),
        url=f" ({citation.url})" if web_address(citation.url) else "",
    )


@st.cache_data(max_entries=64, show_spinner=False)
def _rendered(pdf: str, modified: float, page: int, quote: str) -> PageImage | None:
    """`modified` makes a changed file a new picture."""
    return render_page(Path(pdf), page, quote, width_pixels=_PAGE_PIXELS)


def _page_image(citation: Citation, view: SourceView | None) -> PageImage | None:
    if view is None or view.pdf is None or citation.page is None or not view.pdf.is_file():
        return None
    return _rendered(str(view.pdf), view.pdf.stat().st_mtime, citation.page, citation.quote)


def _where(citation: Citation) -> str:
    words = texts().source
    if citation.page is not None:
        return words.page.format(page=citation.page)
    field = cited_field(citation)
    return words.field.format(field=field_name(field)) if field else (citation.locator or "")


def _short_where(citation: Citation) -> str:
    field = cited_field(citation)
    return field_name(field) if field else _where(citation)


def _position(citation: Citation, image: PageImage | None) -> str:
    if image is not None:
        return texts().source.page_of.format(page=citation.page, count=image.page_count)
    return _where(citation)


def _origin(citation: Citation) -> Html:
    parts = [citation.title, citation.publisher or "", str(citation.year or "")]
    return tag("p", " · ".join(part for part in parts if part), class_="tw-quiet tw-source-origin")


def _quoted(citation: Citation, view: SourceView) -> Html:
    before, after = " ".join(view.before.split()), " ".join(view.after.split())
    marked = tag("mark", " ".join(citation.quote.split()))
    return tag("blockquote", join(f"{before} " if before else "", marked, f" {after}" if after else ""))


def _confidence(citation: Citation) -> Html:
    words = texts().source
    why = words.confidence_why[citation.confidence]
    return tag(
        "p",
        tag("span", words.confidence[citation.confidence], class_="tw-confidence"),
        f" · {why}",
        class_="tw-quiet",
    )


def _record(citation: Citation, record: Record, cited: str | None) -> Html:
    """The fields of a record, the cited one first and with the quote marked."""
    words = texts().source
    names = [name for name in (cited, *(f for f in _BESIDE_CITED if f != cited)) if name]
    rows = [row for name in names if (row := _row(record, name, citation.quote if name == cited else None))]
    is_found = cited is not None and any(
        " ".join(citation.quote.split()) in " ".join(text.split()) for text in record.field_texts(cited)
    )
    said = tag("p", f"✓ {words.found_in_field}" if is_found else words.missing, class_="tw-quiet")
    return join(tag("h3", record.name), tag("dl", *rows, class_="tw-record"), said)


def _row(record: Record, name: str, quote: str | None) -> Html | None:
    values = record_field(record, name)
    if not values:
        return None
    label = texts().record_fields.get(name, name)
    if quote is None:
        return tag("div", tag("dt", label), tag("dd", ", ".join(values)))
    shown = [tag("span", _marked(value, quote), class_="tw-value") for value in values]
    return tag("div", tag("dt", label), tag("dd", *shown), class_="tw-cited")


def record_field(record: Record, name: str) -> tuple[str, ...]:
    """Texts of a field as shown to a reader."""
    values = record.field_texts(name)
    return tuple(texts().sector(v) for v in values) if name == "sectors" else values


def _marked(value: str, quote: str) -> Html:
    value, quote = " ".join(value.split()), " ".join(quote.split())
    before, found, after = value.partition(quote)
    return join(before, tag("mark", found), after) if found else join(value)
