"""All agendas and initiatives, to search and to read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

import streamlit as st

from assistant.domain.catalogue import Province, Record, RecordKind, RecordStatus, Sector
from assistant.ui.parts.markup import Html, host, join, plain_label, tag, web_address
from assistant.ui.parts.sources import record_field
from assistant.ui.seams import AssistantLike
from assistant.ui.texts import texts

_PAGE_SIZE = 20
_FIELDS = (
    "summary", "offer", "status_note", "period", "region", "provinces", "sectors", "education_levels",
    "target_groups", "routes", "financing", "figures", "coordinator", "partners", "contact_route",
)  # fmt: skip


def show(assistant: AssistantLike) -> None:
    """Draw the list, or one record when the address names it (`?id=`)."""
    records = assistant.records()
    chosen = next((r for r in records if r.id == st.query_params.get("id")), None)
    if chosen:
        _show_record(chosen)
    else:
        _show_list(records)


def _show_list(records: Sequence[Record]) -> None:
    words, labels = texts().catalogue, texts().answer["nl"]
    st.html(str(join(tag("h1", words.title), tag("p", words.intro, class_="tw-lead"))))
    search = st.text_input(words.search, key="catalogue-search")
    choose = texts().understood.choose
    with st.container(key="catalogue-filters", horizontal=True):
        kinds = st.multiselect(
            words.kind, get_args(RecordKind), format_func=labels.kinds.__getitem__, placeholder=choose
        )
        states = st.multiselect(
            words.status, get_args(RecordStatus), format_func=labels.status.__getitem__, placeholder=choose
        )
        provinces = st.multiselect(words.province, get_args(Province), placeholder=choose)
        sectors = st.multiselect(
            words.sector, get_args(Sector), format_func=texts().sector, placeholder=choose
        )
    found = [
        record
        for record in records
        if _has_words(record, search)
        and (not kinds or record.kind in kinds)
        and (not states or record.status in states)
        and (not provinces or set(provinces) & set(record.provinces))
        and (not sectors or set(sectors) & set(record.sectors))
    ]
    count = words.found_one if len(found) == 1 else words.found.format(count=len(found))
    st.html(str(tag("p", count if found else words.none, class_="tw-quiet", role="status")))
    filters = (search, *kinds, *states, *provinces, *sectors)
    if st.session_state.get("catalogue-filter") != filters:
        st.session_state["catalogue-filter"], st.session_state["catalogue-shown"] = filters, _PAGE_SIZE
    shown = st.session_state["catalogue-shown"]
    for record in sorted(found, key=lambda r: r.name.casefold())[:shown]:
        _show_row(record)
    if len(found) > shown and st.button(words.more, key="catalogue-more"):
        st.session_state["catalogue-shown"] = shown + _PAGE_SIZE
        st.rerun()


def _has_words(record: Record, search: str) -> bool:
    text = " ".join(
        (record.name, *record.aliases, record.summary, record.region or "", *record.themes)
    ).casefold()
    return all(word in text for word in search.casefold().split())


def _meta(record: Record) -> str:
    labels = texts().answer["nl"]
    return f"{labels.kinds[record.kind]} · {labels.status[record.status]}"


def _show_row(record: Record) -> None:
    with st.container(key=f"record-{record.id}", gap="xsmall"):
        head = tag(
            "div", tag("h2", record.name), tag("span", _meta(record), class_="tw-meta"), class_="tw-card-head"
        )
        st.html(str(join(head, tag("p", record.summary, class_="tw-record-summary"))))
        name = plain_label(texts().catalogue.open.format(name=record.name))
        if st.button(name, key=f"open-{record.id}", type="tertiary"):
            st.query_params["id"] = record.id
            st.rerun()


def _show_record(record: Record) -> None:
    words = texts().catalogue
    if st.button(words.back, key="catalogue-back", type="tertiary"):
        del st.query_params["id"]
        st.rerun()
    rows = [_row(record, name) for name in _FIELDS if record.field_texts(name)]
    website = web_address(record.website)
    if website:
        rows.append(
            tag("div", tag("dt", texts().record_fields["website"]), tag("dd", _link(website, host(website))))
        )
    if record.as_of:
        rows.append(tag("div", tag("dt", texts().record_fields["as_of"]), tag("dd", str(record.as_of))))
    st.html(str(join(tag("h1", record.name), tag("p", _meta(record), class_="tw-quiet"))))
    st.html(str(tag("dl", *rows, class_="tw-record")))
    st.html(str(join(tag("h2", words.sources), tag("ol", *_sources(record), class_="tw-sources"))))


def _row(record: Record, name: str) -> Html:
    values = record_field(record, name)
    label = tag("dt", texts().record_fields[name])
    if len(values) > 1 and max(map(len, values)) > 30:
        return tag("div", label, tag("dd", tag("ul", *(tag("li", value) for value in values))))
    return tag("div", label, tag("dd", ", ".join(values)))


def _sources(record: Record) -> list[Html]:
    items = []
    for source in record.sources:
        url = web_address(source.url)
        title = _link(url, source.title) if url else source.title
        rest = " · ".join(str(part) for part in (source.publisher, source.year) if part)
        items.append(tag("li", title, f" · {rest}" if rest else ""))
    return items


def _link(url: str, text: str) -> Html:
    return tag("a", text, href=url, target="_blank", rel="noopener noreferrer")
