"""What was understood of a question, as chips that can be taken away or changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import get_args

import streamlit as st

from assistant.domain.answer import UnderstandingView
from assistant.domain.catalogue import EducationLevel, Sector
from assistant.ui.parts.markup import plain_label, tag
from assistant.ui.seams import Adjustment
from assistant.ui.texts import texts

Adjust = Callable[[Adjustment], None]


def shown_places(view: UnderstandingView) -> tuple[str, ...]:
    """Places with the province behind them when there is one place in one province."""
    if len(view.places) == 1 and len(view.provinces) == 1 and view.provinces[0] != view.places[0]:
        return (f"{view.places[0]}, {view.provinces[0]}",)
    return view.places


def show_understood(
    view: UnderstandingView,
    adjustment: Adjustment,
    *,
    turn: int,
    adjust: Adjust | None,
    asks_back: bool = False,
) -> None:
    """Draw the chips of one turn.

    Args:
        adjustment: what was already changed by hand for this turn.
        asks_back: True when the answer asks for one thing that is missing, which can be given here too.
        adjust: called with the new adjustment; None for an earlier turn, which cannot be changed any more.
    """
    words = texts().understood
    chips = _chips(view, adjustment)
    if chips or (adjust and asks_back):
        with st.container(
            key=f"understood-{turn}", horizontal=True, vertical_alignment="center", gap="xsmall"
        ):
            st.html(str(tag("span", words.label, class_="tw-quiet")), width="content")
            for index, (label, without) in enumerate(chips):
                if adjust is None:
                    st.html(str(tag("span", label, class_="tw-chip")), width="content")
                elif st.button(f"{plain_label(label)} ×", key=f"chip-{turn}-{index}", help=words.remove):
                    adjust(without)
            if adjust:
                _adjust_form(view, adjustment, turn, adjust)
    notes = _notes(view)
    if notes:
        st.html(str(tag("p", notes, class_="tw-quiet tw-understood-note")))


def _chips(view: UnderstandingView, adjustment: Adjustment) -> list[tuple[str, Adjustment]]:
    """Label of each chip, and the adjustment that takes it away."""
    chips: list[tuple[str, Adjustment]] = []
    for place, label in zip(view.places, shown_places(view), strict=True):
        chips.append((label, replace(adjustment, places=_without(view.places, place))))
    for sector in view.sectors:
        rest = _without(view.sectors, sector)
        chips.append((texts().sector(sector), replace(adjustment, sectors=rest)))
    for level in view.education_levels:
        rest = _without(view.education_levels, level)
        chips.append((level, replace(adjustment, education_levels=rest)))
    for group in view.target_groups:
        rest = _without(view.target_groups, group)
        chips.append((group.replace("-", " "), replace(adjustment, target_groups=rest)))
    return chips


def _without(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    return tuple(v for v in values if v != value)


def _adjust_form(view: UnderstandingView, adjustment: Adjustment, turn: int, adjust: Adjust) -> None:
    words = texts().understood
    with (
        st.popover(words.adjust, type="tertiary", key=f"adjust-{turn}"),
        st.form(f"adjust-form-{turn}", border=False),
    ):
        st.html(str(tag("p", words.adjust_title, class_="tw-popover-title")))
        places = st.text_input(words.places, value=", ".join(view.places), help=words.places_help)
        sectors = st.multiselect(
            words.sectors,
            get_args(Sector),
            default=[s for s in view.sectors if s in get_args(Sector)],
            format_func=texts().sector,
            placeholder=words.choose,
        )
        levels = st.multiselect(
            words.levels,
            get_args(EducationLevel),
            default=[level for level in view.education_levels if level in get_args(EducationLevel)],
            placeholder=words.choose,
        )
        if st.form_submit_button(words.submit, type="primary"):
            named = tuple(place.strip() for place in places.split(",") if place.strip())
            adjust(replace(adjustment, places=named, sectors=tuple(sectors), education_levels=tuple(levels)))


def _notes(view: UnderstandingView) -> str:
    words = texts().understood
    notes = []
    carried = [words.facets[facet] for facet in view.carried_over if facet in words.facets]
    if carried:
        notes.append(words.carried_over.format(facets=", ".join(carried)))
    if view.corrected:
        notes.append(words.corrected.format(words=", ".join(view.corrected)))
    return " ".join(notes)
