"""The evaluation page: from a figure to the question behind it, two runs beside each other, readers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import streamlit as st
from playwright.sync_api import expect
from streamlit.testing.v1 import AppTest

from assistant.domain.review import Agreement, Disagreement
from assistant.errors import ConfigurationError, StoreError
from assistant.ui.parts.evaluation_texts import TEXTS_FILE, evaluation_texts, load_evaluation_texts
from eval.measures.base import Case
from eval.measures.catalog import CATALOG
from eval.outcome import MatchLine
from eval.run_store import save_run
from eval.runner import Timing
from eval.summary import summarise
from tests.ui.browser import HOW, chromium, running
from tests.unit.eval.examples import (
    LiteralJudge,
    SmallSources,
    make_answer,
    make_case,
    make_citation,
    make_item,
    make_recommendation,
)

APP = Path(__file__).with_name("evaluation_app.py")
CONTRAST = Path(__file__).with_name("contrast.js")
QUESTION = "Wie helpt ons in Zeeland?"
RIGHT, WRONG = "agenda-zeeland", "agenda-twente"


def keep_run(runs: Path, hour: int, recommended: str) -> None:
    """A run of two questions; the first gets `recommended`, the second is always right."""
    outcome = {
        "matches": (
            MatchLine(recommended, "regional_hca", 0.8, 0.5, True, None),
            MatchLine("agenda-friesland", "regional_hca", 0.7, 0.5, False, "region"),
        ),
        "rankings": {"hybrid": (("gids#1", 0.9), ("gids#2", 0.4)), "dense": (("gids#2", 0.8),)},
        "confidence": {"match": 0.8, "cosine": 0.5},
    }
    cases: list[Case] = []
    for item_id, record in (("dev-hca-001", recommended), ("dev-hca-002", RIGHT)):
        answer = make_answer(
            answer=f"**Sluit aan bij {record}.** [1]",
            recommendations=(make_recommendation(record),),
            citations=(make_citation(),),
        )
        item = make_item(item_id, question=QUESTION if item_id.endswith("1") else "En <b>in</b> Zeeland?")
        cases.append(make_case(item, answer, **outcome))
    timings = [Timing(case.item.id, {"understand": 1.0, "total": 2.0}, 1.0) for case in cases]
    save_run(
        {"commit": "abc", "variant": None},
        [case.item for case in cases],
        [case.outcome for case in cases],
        timings,
        summarise(cases, timings, SmallSources(), LiteralJudge()),
        {"gids#1": "De handreiking telt drie stappen.", "gids#2": "Het fonds telde 25 programma's."},
        now=datetime(2026, 11, 24, hour, tzinfo=UTC),
        runs=runs,
    )


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    keep_run(tmp_path, 9, RIGHT)
    keep_run(tmp_path, 10, WRONG)
    return tmp_path


def opened(runs: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    st.cache_resource.clear()
    monkeypatch.setenv("EVALUATION_RUNS", str(runs))
    app = AppTest.from_file(str(APP), default_timeout=30).run()
    assert not app.exception
    return app


def written(app: AppTest) -> str:
    return "\n".join(part.proto.body for part in app.get("html"))


def test_without_runs_the_page_says_how_to_make_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = written(opened(tmp_path, monkeypatch))

    assert "Er is nog geen meting" in text
    assert "assistant eval run" in text
    assert str(tmp_path) in text
    assert "Lezers" in text


def test_newest_run_is_shown_with_its_figures(runs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(runs, monkeypatch)

    assert "24 november 2026, 10:00 uur · 2 vragen" in app.selectbox(key="evaluation-run").options[0]
    assert "50,0%" in written(app)


def test_question_behind_a_figure_shows_what_was_kept_and_rejected(
    runs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(runs, monkeypatch)

    assert app.selectbox(key="evaluation-question").options == [QUESTION]
    detail = next(p.proto.body for p in app.get("html") if "ev-detail" in p.proto.body)
    assert "Gaat mis bij: Eerste advies klopt" in detail
    assert "✓ gebruikt" in detail
    assert "andere regio" in detail
    assert "✓ genoemd als bron" in detail
    assert f"Sluit aan bij {WRONG}." in detail


def test_all_questions_of_a_figure_can_be_seen_and_are_escaped(
    runs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(runs, monkeypatch)
    which = app.selectbox(key="evaluation-which")
    app = which.set_value("Alle vragen").run()
    app = app.selectbox(key="evaluation-question").set_value("dev-hca-002").run()

    assert "&lt;b&gt;in&lt;/b&gt; Zeeland" in written(app)


def test_flipped_question_stands_with_both_answers_side_by_side(
    runs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(runs, monkeypatch)

    sides = next(p.proto.body for p in app.get("html") if "ev-sides" in p.proto.body)
    assert "Slechter bij: Eerste advies klopt" in sides
    assert sides.index(f"Sluit aan bij {RIGHT}.") < sides.index(f"Sluit aan bij {WRONG}.")


def test_damaged_run_is_named_and_the_page_stays(runs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    newest = sorted(runs.iterdir())[-1]
    (newest / "outputs.jsonl").write_text("{oeps", "utf-8")

    text = written(opened(runs, monkeypatch))

    assert f"overgeslagen: {newest.name}" in text
    assert "Lezers" in text


class Readers:
    """A store that only knows how far readers agree."""

    def __init__(self, found: Agreement | None) -> None:
        self.found = found

    def agreement(self) -> Agreement:
        if self.found is None:
            raise StoreError("The log cannot be reached. Check the setting.")
        return self.found


DIFFERENT = Disagreement("a1", "zin 2", {"adviseur-1": "supported", "adviseur-2": "unsupported"})


@pytest.mark.parametrize(
    ("found", "said"),
    [
        pytest.param(Agreement(None, 0, (), None, None, 0, 0), "Nog geen lezer", id="nobody judged yet"),
        pytest.param(
            Agreement(0.614, 12, (DIFFERENT,), 0.5, 0.75, 20, 6),
            "(Cohens kappa) is 0,61",
            id="two readers judged",
        ),
        pytest.param(None, "niet te lezen", id="store away"),
    ],
)
def test_agreement_of_readers(found: Agreement | None, said: str) -> None:
    def page(store: object) -> None:
        from assistant.ui.parts.evaluation_readers import show_readers

        show_readers(store)  # type: ignore[arg-type]

    app = AppTest.from_function(page, kwargs={"store": Readers(found)}).run()

    assert not app.exception
    assert said in written(app)
    assert ("adviseur-2: niet gestaafd" in written(app)) == bool(found and found.disagreements)


def test_every_measure_of_the_page_is_one_of_the_evaluation() -> None:
    assert [name for name in evaluation_texts().numbers.measures if name not in CATALOG] == []


def test_missing_text_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "ui.evaluation.nl.yaml"
    broken.write_text(TEXTS_FILE.read_text("utf-8").replace("  title: Evaluatie\n", ""), "utf-8")

    with pytest.raises(ConfigurationError, match=r"page\.title"):
        load_evaluation_texts(broken)


@pytest.fixture
def address(runs: Path) -> Iterator[str]:
    with running(APP, EVALUATION_RUNS=str(runs)) as found:
        yield found


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_from_run_to_flipped_answer_on_a_phone_and_wide(address: str, scheme: str) -> None:
    with chromium() as browser:
        if browser is None:
            pytest.skip(HOW)
        for width in (1440, 390):
            context = browser.new_context(
                viewport={"width": width, "height": 900},
                color_scheme=scheme,  # type: ignore[arg-type]
            )
            page = context.new_page()
            page.set_default_timeout(30_000)
            page.goto(address)

            expect(page.get_by_role("heading", name="Evaluatie", level=1)).to_be_visible(timeout=60_000)
            expect(page.get_by_role("heading", name="Lezers")).to_be_visible(timeout=60_000)
            expect(page.get_by_role("region", name="Cijfers van deze meting")).to_be_visible()
            sides = page.locator(".ev-sides")
            expect(sides).to_contain_text(f"Sluit aan bij {RIGHT}.")
            expect(sides).to_contain_text(f"Sluit aan bij {WRONG}.")
            page.locator("[data-test-script-state='notRunning']").wait_for()
            choice = page.get_by_role("combobox", name="Toon")
            choice.scroll_into_view_if_needed()
            choice.focus()
            choice.press("ArrowDown")
            expect(page.get_by_role("listbox")).to_be_visible()
            choice.press("ArrowDown")
            choice.press("Enter")
            expect(page.get_by_text("2 vragen", exact=True)).to_be_visible(timeout=20_000)
            overflow = page.evaluate(
                "[document.documentElement, document.querySelector('.stMain')]"
                ".map(e => e.scrollWidth - e.clientWidth)"
            )
            assert overflow == [0, 0]
            assert page.evaluate(CONTRAST.read_text("utf-8")) == []
            context.close()
