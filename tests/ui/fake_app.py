"""The pages with a scripted assistant behind them; `streamlit run tests/ui/fake_app.py` to look at them.

`FAKE_STEP_SECONDS` slows each step down; `FAKE_UNBUILT=1` starts without an index.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from assistant.ui import site
from tests.ui.fakes import FakeOpener


@st.cache_resource(show_spinner=False)
def opener() -> FakeOpener:
    return FakeOpener(
        Path(tempfile.mkdtemp()),
        is_built=not os.environ.get("FAKE_UNBUILT"),
        step_seconds=float(os.environ.get("FAKE_STEP_SECONDS", "0")),
    )


site.show(opener())
