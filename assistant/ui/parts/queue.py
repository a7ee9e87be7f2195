"""The queue as a list, and what it is filtered by."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any, get_args
from zoneinfo import ZoneInfo

import streamlit as st

from assistant.domain.answer import AnswerStatus
from assistant.domain.review import QueueFilter, QueueItem, QueueReason, QueueState
from assistant.ui.parts.history import moment
from assistant.ui.parts.script import script
from assistant.ui.texts import texts

_SCRIPT = script("queue.js")
_component = st.components.v2.component("talentwijzer_queue", js=_SCRIPT, isolate_styles=False)
_AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_KEY = "review-queue"
_KEYS = tuple(f"queue-{name}" for name in ("state", "reason", "region", "sector", "status", "since", "until"))


def show_filters(regions: tuple[str, ...], sectors: tuple[str, ...], kept: dict[str, Any]) -> QueueFilter:
    """Draw the filters.

    Args:
        regions: what there is to filter by; `sectors` likewise, by id.
        kept: what was chosen before; Streamlit forgets a field while another page is shown. Updated here.

    Returns:
        What is chosen now.
    """
    words = texts().queue
    states: dict[str, str] = {str(key): name for key, name in words.states.items()}
    reasons: dict[str, str] = {str(key): name for key, name in words.reasons.items()}
    statuses: dict[str, str] = {str(key): name for key, name in words.statuses.items()}
    options = {"queue-region": regions, "queue-sector": sectors}
    for key, value in kept.items():
        if key not in st.session_state and (key not in options or value in options[key]):
            st.session_state[key] = value
    with st.container(key="queue-filters", horizontal=True):
        state = st.selectbox(
            words.state, get_args(QueueState), format_func=states.__getitem__, key="queue-state"
        )
        reason = _choice(words.reason, get_args(QueueReason), "queue-reason", reasons.__getitem__)
        region = _choice(words.region, regions, "queue-region", str)
        sector = _choice(words.sector, sectors, "queue-sector", texts().sector)
        status = _choice(words.status, get_args(AnswerStatus), "queue-status", statuses.__getitem__)
        since = st.date_input(words.since, None, format="DD-MM-YYYY", key="queue-since")
        until = st.date_input(words.until, None, format="DD-MM-YYYY", key="queue-until")
    kept.update({key: st.session_state[key] for key in _KEYS})
    return QueueFilter(
        state=state,
        reason=reason,
        region=region,
        sector=sector,
        status=status,
        since=_edge(since, time.min),
        until=_edge(until, time.max),
    )


def show_queue(items: tuple[QueueItem, ...], *, on_open: Callable[[str], None]) -> None:
    """Draw the list."""
    _component(
        key=_KEY,
        data={"items": [_row(item) for item in items]},
        on_open_change=lambda: on_open(str(st.session_state[_KEY]["open"])),
    )


def reason_names(item: QueueItem) -> list[str]:
    """Why an answer is worth judging, in words, most urgent first."""
    return [texts().queue.reasons[reason] for reason in item.reasons]


def _row(item: QueueItem) -> dict[str, Any]:
    words = texts().queue
    parts = [moment(item.asked_at), *item.regions[:2], *(texts().sector(s) for s in item.sectors[:2])]
    if item.status != "answered":
        statuses: dict[str, str] = {str(key): name for key, name in words.statuses.items()}
        parts.append(statuses.get(item.status, item.status))
    if item.readers:
        parts.append(words.judged_by.format(readers=", ".join(item.readers)))
    return {
        "id": item.answer_id,
        "question": item.question,
        "reasons": reason_names(item),
        "meta": " · ".join(parts),
    }


def _choice(label: str, options: tuple[Any, ...], key: str, format_func: Callable[[Any], str]) -> Any:
    return st.selectbox(
        label, options, index=None, format_func=format_func, placeholder=texts().queue.any, key=key
    )


def _edge(day: date | None, at: time) -> datetime | None:
    """Begin or end of a day in the Netherlands, in UTC."""
    return datetime.combine(day, at, _AMSTERDAM).astimezone(UTC) if isinstance(day, date) else None
