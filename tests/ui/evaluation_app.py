"""The evaluation page alone, on the runs in `EVALUATION_RUNS`; `streamlit run tests/ui/evaluation_app.py`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import assistant.ui
from assistant.ui.pages import evaluation

st.set_page_config(page_title="Evaluatie", layout="centered")
st.html(Path(assistant.ui.__file__).with_name("style.css"))
runs = os.environ.get("EVALUATION_RUNS")
evaluation.show(None, runs=Path(runs) if runs else None)
