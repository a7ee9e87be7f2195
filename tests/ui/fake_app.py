"""The pages with a scripted assistant behind them; `streamlit run tests/ui/fake_app.py` to look at them.

`FAKE_STEP_SECONDS` slows each step down; `FAKE_UNBUILT=1` starts without an index; `FAKE_FOLDER` keeps the
log in a folder; `FAKE_LOG` is `off` to keep nothing, `away` for a store that cannot be reached;
`FAKE_PASSWORD` opens the pages for advisors from elsewhere.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from assistant.ui import site
from tests.ui.fakes import FakeOpener, fake_reviews


@st.cache_resource(show_spinner=False)
def opener() -> FakeOpener:
    folder = Path(os.environ.get("FAKE_FOLDER") or tempfile.mkdtemp())
    log = os.environ.get("FAKE_LOG")
    return FakeOpener(
        folder,
        reviews=fake_reviews(folder, is_keeping=log != "off", is_away=log == "away"),
        password=os.environ.get("FAKE_PASSWORD"),
        is_built=not os.environ.get("FAKE_UNBUILT"),
        step_seconds=float(os.environ.get("FAKE_STEP_SECONDS", "0")),
    )


site.show(opener())
