"""axe-core finds nothing serious on any page, in any state, at any width, in light and dark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from assistant.ui.texts import texts
from tests.ui.browser import HOW, chromium, running

pytestmark = pytest.mark.browser

APP = Path(__file__).with_name("fake_app.py")
WAIT = 90_000
"""Milliseconds; a slow machine that starts the app takes a while, and nothing waits longer than it has to."""
STAND_STILL = """() => Promise.all(document.getAnimations()
  .filter((a) => a.effect?.getComputedTiming().endTime !== Infinity)
  .map((a) => a.finished.catch(() => null)))"""
CAUSED_BY_STREAMLIT = {"svg-img-alt": ".layer_"}
"""Rule to the element that Streamlit draws so; docs/pages.md explains each."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        if found is None:
            pytest.skip(HOW)
        yield found


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(APP, FAKE_FOLDER=str(tmp_path_factory.mktemp("log"))) as found:
        yield found


def violations(page: Page) -> list[str]:
    """Serious and critical violations once the page stands still: rule and elements."""
    expect(page.locator(".stApp[data-test-script-state='notRunning']")).to_be_attached(timeout=WAIT)
    expect(page.locator("[data-stale='true']")).to_have_count(0, timeout=WAIT)
    expect(page.locator(".tw-waiting")).to_have_count(0, timeout=WAIT)
    expect(page.locator(".st-key-menu a").first).to_be_attached(timeout=WAIT)
    page.evaluate(STAND_STILL)
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{rule['id']}: {node['target']} {node['html'][:120]}"
        for rule in found
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
        if CAUSED_BY_STREAMLIT.get(rule["id"], "\0") not in str(node["target"])
    ]


def chat_empty(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_test_id("stChatInputTextArea").wait_for()


def chat_answered(page: Page, address: str) -> None:
    page.get_by_test_id("stChatInputTextArea").fill("Wij bouwen zonneparken bij Lelystad")
    page.keyboard.press("Enter")
    page.get_by_role("button", name=texts().feedback.not_helpful, exact=True).click()
    page.get_by_role("button", name=texts().feedback.send, exact=True).wait_for()
    page.get_by_role("button", name=texts().answer["nl"].show_checks).click()


def chat_source(page: Page, address: str) -> None:
    page.locator(".tw-marker[data-n='5']").first.click()
    page.get_by_role("heading", name="Bron 5").wait_for()


def catalogue(page: Page, address: str) -> None:
    page.goto(f"{address}/catalogus")
    page.locator("[class*='st-key-record-']").first.wait_for()


def queue(page: Page, address: str) -> None:
    page.goto(f"{address}/beoordelen")
    page.locator(".tw-queue").wait_for()


def item(page: Page, address: str) -> None:
    page.get_by_text("adviseur-1", exact=True).click()
    expect(page.get_by_role("radio", name="adviseur-1")).to_be_checked()
    page.get_by_role("button", name=texts().queue.start).click()
    page.locator(".tw-row.tw-current").wait_for()
    page.keyboard.press("1")
    page.get_by_role("heading", name="Bron 1").wait_for()


def why(page: Page, address: str) -> None:
    page.get_by_role("link", name=texts().review.why).click()
    page.locator(".tw-why").first.wait_for()


def evaluation(page: Page, address: str) -> None:
    page.goto(f"{address}/evaluatie")
    page.locator(".st-key-evaluation").wait_for()


STATES: tuple[Callable[[Page, str], None], ...] = (
    chat_empty, chat_answered, chat_source, catalogue, queue, item, why, evaluation,
)  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_no_serious_violation(browser: Browser, address: str, width: int, scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    context.set_default_timeout(WAIT)
    page = context.new_page()
    found: dict[str, list[str]] = {}
    for state in STATES:
        state(page, address)
        found[state.__name__] = violations(page)
    context.close()
    assert {name: lines for name, lines in found.items() if lines} == {}
