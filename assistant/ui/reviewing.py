"""The review desk of an installation: its store, its golden set, its exports."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import cast

from assistant import factory
from assistant.index.index import Index
from assistant.labelling import label_reviewed, printed_review
from assistant.pipeline import Pipeline
from assistant.review.export import judged_ids, reviewed_csv, reviewed_jsonl
from assistant.review.seams import ReviewStore
from assistant.settings import Settings
from assistant.ui.review_desk import ReviewDesk
from assistant.ui.seams import ExportForm, GoldenOutcome

_NAMED = ("name", "personal_data", "unknown_record")
"""Refusals of which the detail is a word of the question or a name, which a reader can use."""


def make_review_desk(settings: Settings, pipeline: Pipeline) -> ReviewDesk:
    """What keeps the answers of one pipeline, and what readers do with them."""

    def open_store() -> ReviewStore:
        return factory.make_review_store(settings, index=cast(Index, pipeline.library))

    def to_golden(store: ReviewStore, answer_id: str, reader: str) -> GoldenOutcome:
        outcome = label_reviewed(
            store, answer_id, reader, records=pipeline.library.records, golden_dir=settings.golden_dir,
            today=datetime.now(UTC).date(), replace=True,
        )  # fmt: skip
        about = f" ({outcome.detail})" if outcome.code in _NAMED and outcome.detail else ""
        return GoldenOutcome(outcome.item_id, outcome.reason + about)

    def export(store: ReviewStore, form: ExportForm, answer_id: str | None) -> bytes:
        if form == "pdf":
            assert answer_id is not None
            names = {record.id: record.name for record in pipeline.library.records.values()}
            return printed_review(store, answer_id, corpus=settings.corpus, names=names)
        ids = (answer_id,) if answer_id is not None else judged_ids(store)
        if form == "csv":
            return reviewed_csv(store, ids).encode("utf-8-sig")  # the mark tells a spreadsheet it is UTF-8
        return reviewed_jsonl(store, ids).encode()

    return ReviewDesk(
        open_store,
        to_golden,
        export,
        is_keeping=settings.log_answers,
        retention_days=settings.retention_days,
    )
