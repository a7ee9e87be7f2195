"""The chat page in a real Chromium: what a visitor sees, clicks and hears."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.ui.browser import HOW, chromium, running

pytestmark = pytest.mark.browser

APP = Path(__file__).with_name("fake_app.py")
CONTRAST = Path(__file__).with_name("contrast.js")
QUESTION = "Wij bouwen zonneparken bij Lelystad, bij wie sluiten we aan?"
WAIT = 90_000
"""Milliseconds; a slow machine that starts the app takes a while, and nothing waits longer than it has to."""
SIZES = [
    pytest.param(1440, 900, id="wide"),
    pytest.param(768, 1000, id="tablet"),
    pytest.param(390, 844, id="phone"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        if found is None:
            pytest.skip(HOW)
        yield found


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with running(APP) as found:
        yield found


def opened(browser: Browser, address: str, width: int = 1440, height: int = 900, **options: object) -> Page:
    size = {"width": width, "height": height}
    context = browser.new_context(viewport=size, **options)  # type: ignore[arg-type]
    context.set_default_timeout(WAIT)
    page = context.new_page()
    page.goto(address)
    page.get_by_role("heading", level=1).wait_for()
    return page


def ask(page: Page, question: str) -> None:
    before = page.locator(".tw-answer").count()
    page.get_by_test_id("stChatInputTextArea").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(".tw-answer")).to_have_count(before + 1, timeout=WAIT)
    expect(page.locator(".tw-waiting")).to_have_count(0)


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    found = opened(browser, address)
    yield found
    found.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_nothing_sticks_out_at_any_width(
    browser: Browser, address: str, width: int, height: int, scheme: str
) -> None:
    page = opened(browser, address, width, height, color_scheme=scheme)
    ask(page, QUESTION)
    page.locator(".tw-marker[data-n='5']").first.click()
    page.get_by_role("heading", name="Bron 5").wait_for()

    overflow = page.evaluate(
        "[document.documentElement, document.querySelector('.stMain')]"
        ".map(e => e.scrollWidth - e.clientWidth)"
    )
    page.context.close()
    assert overflow == [0, 0]


def test_page_says_it_is_dutch_and_asks_nothing_of_other_sites(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.get_by_role("heading", level=1).wait_for()
    ask(page, QUESTION)

    language = page.evaluate("document.documentElement.lang")
    context.close()
    assert language == "nl"
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []


def test_marker_is_a_named_button_that_opens_its_source_beside_the_text(page: Page) -> None:
    ask(page, QUESTION)
    marker = page.get_by_role("button", name="bron 5, pagina 2", exact=True)

    marker.click()

    heading = page.get_by_role("heading", name="Bron 5")
    expect(heading).to_be_focused()
    expect(marker).to_have_attribute("aria-expanded", "true")
    panel, text = heading.bounding_box(), page.locator(".tw-answer").bounding_box()
    assert panel is not None
    assert text is not None
    assert panel["x"] > text["x"] + text["width"]
    expect(page.get_by_role("img", name="Gemarkeerd: Versterk een initiatief")).to_be_visible()


def test_source_opens_under_the_text_on_a_phone_and_leads_back(browser: Browser, address: str) -> None:
    page = opened(browser, address, 390, 844)
    ask(page, QUESTION)
    marker = page.locator(".tw-write .tw-marker[data-n='5']")
    marker.click()
    heading = page.get_by_role("heading", name="Bron 5")
    expect(heading).to_be_focused()
    expect(heading).to_be_in_viewport()
    is_under = page.evaluate(
        """() => {
          const [panel, text] = ["[class*='st-key-source-panel'] h2", ".tw-answer"]
            .map((selector) => document.querySelector(selector).getBoundingClientRect());
          return panel.top > text.bottom;
        }"""
    )  # both at one moment: the page may still be scrolling
    assert is_under

    page.get_by_role("button", name="Terug naar de tekst").click()

    expect(heading).to_have_count(0)
    expect(page.locator(".tw-marker[data-n='5']").first).to_be_focused()
    page.context.close()


def test_page_opens_at_its_top_on_a_phone(browser: Browser, address: str) -> None:
    page = opened(browser, address, 390, 844)
    page.get_by_test_id("stChatInputTextArea").wait_for()
    page.get_by_text("Uw vragen en de antwoorden worden 180 dagen bewaard").wait_for()

    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()
    page.context.close()


def test_answer_starts_at_the_question_not_at_its_end(page: Page) -> None:
    ask(page, QUESTION)

    expect(page.get_by_role("heading", level=2, name=QUESTION)).to_be_in_viewport()


def test_text_is_complete_and_the_same_once_it_stands(page: Page) -> None:
    ask(page, QUESTION)
    written = page.locator(".tw-answer").inner_text()

    page.locator(".tw-marker").first.click()
    page.get_by_role("heading", name="Bron 1").wait_for()

    assert page.locator(".tw-answer").inner_text() == written
    assert "Sluit aan bij de Human Capital Agenda Voorbeeld-Flevoland." in written
    assert "**" not in written


def test_whole_answer_can_be_copied(browser: Browser, address: str) -> None:
    page = opened(browser, address, permissions=["clipboard-read", "clipboard-write"])
    ask(page, QUESTION)

    page.get_by_role("button", name="Kopieer", exact=True).click()

    expect(page.get_by_text("Gekopieerd")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    page.context.close()
    assert copied.startswith("Sluit aan bij de **Human Capital Agenda Voorbeeld-Flevoland**.")
    assert "[5]" in copied


def test_ask_about_button_asks_about_that_record(page: Page) -> None:
    ask(page, QUESTION)

    page.get_by_role("button", name="Vraag hierover, Voorbeeldhuis voor Vaardigheden").click()

    expect(
        page.get_by_role("heading", level=2, name="Wat doet Voorbeeldhuis voor Vaardigheden")
    ).to_be_visible()


def test_headings_go_down_one_level_at_a_time(page: Page) -> None:
    ask(page, QUESTION)

    levels = page.evaluate(
        "[...document.querySelectorAll('.stMain :is(h1,h2,h3,h4,h5,h6)')].map(h => Number(h.tagName[1]))"
    )
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_button_and_field_has_a_name(page: Page) -> None:
    ask(page, QUESTION)

    nameless = page.evaluate(
        """() => [...document.querySelectorAll('button, a[href], input, textarea')]
            .filter(e => e.offsetParent && !(e.getAttribute('aria-label') || e.innerText.trim()
                || e.labels?.length || e.getAttribute('aria-labelledby') || e.title))
            .map(e => e.outerHTML.slice(0, 120))"""
    )
    assert nameless == []


def test_targets_are_large_enough_to_hit(page: Page) -> None:
    ask(page, QUESTION)

    small = page.evaluate(
        """() => [...document.querySelectorAll('.stMain button')].filter(e => e.offsetParent)
            .map(e => e.getBoundingClientRect()).filter(r => r.width < 24 || r.height < 23.5).length"""
    )
    assert small == 0


def test_everything_can_be_reached_and_used_by_keyboard(page: Page) -> None:
    ask(page, QUESTION)
    page.locator(".tw-marker").first.focus()

    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Bron 1")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_enough_contrast(browser: Browser, address: str, scheme: str) -> None:
    page = opened(browser, address, color_scheme=scheme)
    ask(page, QUESTION)
    page.locator(".tw-marker[data-n='1']").first.click()
    page.get_by_role("heading", name="Bron 1").wait_for()

    weak = page.evaluate(CONTRAST.read_text("utf-8"))
    page.context.close()
    assert weak == []


def test_steps_are_named_while_it_works_and_slowness_is_explained(browser: Browser, address: str) -> None:
    page = opened(browser, address)
    page.get_by_test_id("stChatInputTextArea").fill("traag, Lelystad")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status").get_by_text("Ik zoek in de bronnen")).to_be_visible()
    expect(page.get_by_text("Dit duurt langer dan normaal")).to_be_visible()
    expect(page.locator(".tw-answer")).to_have_count(1, timeout=WAIT)
    page.context.close()


def test_index_is_built_with_progress_before_the_first_question(browser: Browser) -> None:
    with running(APP, FAKE_UNBUILT="1", FAKE_STEP_SECONDS="0.3") as fresh:
        page = browser.new_page()
        page.goto(fresh)

        expect(page.get_by_role("progressbar")).to_be_visible(timeout=WAIT)
        expect(page.get_by_text("Teksten doorzoekbaar maken")).to_be_visible(timeout=WAIT)
        expect(page.get_by_role("heading", level=1, name="Bij wie sluit u aan?")).to_be_visible(timeout=WAIT)
        page.close()
