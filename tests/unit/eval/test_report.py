from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.measures.base import Case
from eval.report.markup import Html, tag, text
from eval.report.page import report_html
from eval.report.plots import IntervalRow, curve_plot, interval_plot, stacked_bars
from eval.report.questions import answer_html
from eval.run_store import Run, save_run
from eval.runner import Timing
from eval.summary import summarise
from tests.unit.eval.examples import (
    LiteralJudge,
    SmallSources,
    make_answer,
    make_case,
    make_item,
    make_recommendation,
)

VOID = {"meta", "input", "br"}


class Reader(HTMLParser):
    """Follows the tags, and keeps ids, addresses and what never closes."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
        if name not in VOID:
            self.open.append(name)
        for key, value in attributes:
            if key == "id":
                self.ids.append(value or "")
            if key in ("src", "href", "action", "data"):
                self.addresses.append(value or "")

    def handle_endtag(self, name: str) -> None:
        assert self.open.pop() == name


def run_of(cases: list[Case], folder: Path, hour: int) -> Run:
    timings = [Timing(c.item.id, {"understand": 3.0, "check": 1.0, "total": 4.0}, 2.0) for c in cases]
    summary = summarise(cases, timings, SmallSources(), LiteralJudge())
    now = datetime(2026, 11, 24, hour, tzinfo=UTC)
    items, outcomes = [c.item for c in cases], [c.outcome for c in cases]
    return save_run(
        {"code": "abc"}, items, outcomes, timings, summary, {"gids#1": "Tekst"}, now=now, runs=folder
    )


@pytest.fixture
def page(matched: list[Case], documented: list[Case], tmp_path: Path) -> str:
    before = run_of([*matched, *documented], tmp_path, 1)
    wrong = make_case(
        make_item("test-hca-001"),
        make_answer(
            recommendations=(make_recommendation("agenda-twente"),),
            answer="**Let** <script>alert(1)</script>",
        ),
    )
    return report_html(run_of([wrong, *matched[1:], *documented], tmp_path, 2), before)


def test_page_is_well_formed_with_unique_ids(page: str) -> None:
    reader = Reader()
    reader.feed(page)

    assert reader.open == []
    assert len(set(reader.ids)) == len(reader.ids)


def test_page_loads_nothing_and_forbids_it(page: str) -> None:
    reader = Reader()
    reader.feed(page)

    assert all(address.startswith("#") for address in reader.addresses)
    assert "default-src 'none'" in page
    assert not re.search(r"url\(|@import|https?://", page)


def test_links_within_the_page_arrive(page: str) -> None:
    reader = Reader()
    reader.feed(page)

    assert {address[1:] for address in reader.addresses} <= set(reader.ids)


def test_text_of_answers_is_escaped(page: str) -> None:
    assert "<script>alert" not in page
    assert "<strong>Let</strong> &lt;script&gt;alert(1)" in page


def test_question_leads_to_label_ranking_and_flip(page: str) -> None:
    drill = page[page.index('id="test-hca-001"') : page.index('id="test-hca-002"')]

    assert 'data-wrong="match Success@1|' in drill
    assert "agenda-twente (regional_hca, active)" in drill
    assert "-match Success@1" in page[page.index('id="flips"') :]


def test_number_that_falls_short_is_a_button_and_a_perfect_one_is_not(page: str) -> None:
    assert re.search(r'<button[^>]*data-measure="match Success@1" data-split="test"', page)
    assert not re.search(r'<button[^>]*data-measure="quotes literal"', page)


def test_report_without_an_earlier_run_says_so(matched: list[Case], tmp_path: Path) -> None:
    assert "no earlier run" in report_html(run_of(matched, tmp_path, 1), None)


@given(st.text(), st.text())
def test_markup_never_lets_text_open_a_tag(content: str, attribute: str) -> None:
    made = tag("p", content, title=attribute)

    assert made.count("<") == made.count(">") == 2
    assert text(made) is made
    assert isinstance(made, Html)


@given(st.text())
def test_any_answer_text_gives_balanced_markup(answer: str) -> None:
    reader = Reader()
    reader.feed(answer_html(make_answer(answer=answer)))

    assert reader.open == []


class TestPlots:
    @staticmethod
    def places(svg: str, attribute: str) -> Iterator[float]:
        return (float(found) for found in re.findall(rf'{attribute}="(-?[\d.]+)"', svg))

    def test_point_lies_where_its_value_says(self) -> None:
        rows = [IntervalRow("a", v, v, v, "") for v in (0.0, 0.5, 1.0)]
        low, middle, high = self.places(interval_plot(rows, label="x"), "cx")

        assert middle == pytest.approx((low + high) / 2)

    def test_values_beyond_the_scale_stay_on_the_plot(self) -> None:
        svg = interval_plot([IntervalRow("a", 7.0, -3.0, 9.0, "")], label="x")

        assert all(0 <= x <= 720 for x in (*self.places(svg, "cx"), *self.places(svg, "x1")))

    def test_plots_have_a_name_for_who_cannot_see_them(self) -> None:
        curves = {"a": [(0.1, 0.2), (0.9, 0.1)]}
        made = (
            interval_plot([], label="Waarden"),
            curve_plot(curves, label="Waarden", x_label="x", y_label="y", y_high=1.0),
            stacked_bars({"a": {"b": 1.0}}, label="Waarden", unit="ms", mark=("r", 2.0)),
        )

        assert all('aria-label="Waarden"' in svg and "<title>Waarden</title>" in svg for svg in made)
