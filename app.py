"""Entry point: `streamlit run app.py`."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from assistant import factory
from assistant.index.stamp import STAMP_FILE
from assistant.settings import load_settings
from assistant.ui import site
from assistant.ui.desk import Desk
from assistant.ui.opening import SharedOpener
from assistant.ui.reviewing import make_review_desk
from assistant.ui.seams import Progress


@st.cache_resource(show_spinner=False)
def opener() -> SharedOpener:
    """Builds the index when there is none that fits, then opens the pipeline; one for all visitors."""
    settings = load_settings()

    def open_desk() -> Desk:
        pipeline = factory.make_pipeline(settings)
        built = datetime.fromtimestamp((settings.index_dir / STAMP_FILE).stat().st_mtime, UTC)
        reviews = make_review_desk(settings, pipeline)
        return Desk(pipeline, settings.corpus, reviews, settings.language, built.date().isoformat())

    def build_index(progress: Progress) -> None:
        factory.build_index(settings, rebuild=False, show_progress=False, on_progress=progress)

    password = settings.review_password
    return SharedOpener(
        open_desk,
        build_index,
        max_question_chars=settings.max_question_chars,
        review_password=password.get_secret_value() if password else None,
    )


site.show(opener())
