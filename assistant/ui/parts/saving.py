"""Reviews as files to keep or to send to a colleague."""

from __future__ import annotations

from functools import partial

import streamlit as st

from assistant.ui.parts.markup import tag
from assistant.ui.seams import ExportForm, Reviews
from assistant.ui.texts import texts

_MIME: dict[ExportForm, str] = {
    "csv": "text/csv", "jsonl": "application/jsonl", "pdf": "application/pdf",
}  # fmt: skip


def show_downloads(reviews: Reviews, answer_id: str | None, *, label: str) -> None:
    """A button per form; the file is made when it is asked for.

    Args:
        answer_id: one answer, as a PDF too; None for all reviews.
    """
    words = texts().review
    names: dict[ExportForm, str] = {
        "csv": words.export_csv, "jsonl": words.export_jsonl, "pdf": words.export_pdf,
    }  # fmt: skip
    forms = [form for form in names if answer_id is not None or form != "pdf"]
    with st.container(key=f"downloads-{answer_id or 'all'}", gap="xsmall"):
        st.html(str(tag("p", label, class_="tw-quiet")))
        with st.container(horizontal=True, gap="small"):
            for form in forms:
                st.download_button(
                    names[form],
                    data=partial(reviews.export, form, answer_id),
                    file_name=f"beoordeling{'-' + answer_id[:8] if answer_id else 'en'}.{form}",
                    mime=_MIME[form],
                    key=f"download-{form}-{answer_id or 'all'}",
                    on_click="ignore",
                )
