"""Who may see what others asked, with a real server and a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.ui.texts import texts
from tests.ui.browser import HOW, chromium, running

pytestmark = pytest.mark.browser

APP = Path(__file__).with_name("fake_app.py")
PAGES = ("beoordelen", "waarom")
PASSWORD = "een lang wachtwoord"
WAIT = 90_000
"""Milliseconds; a slow machine that starts the app takes a while, and nothing waits longer than it has to."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        if found is None:
            pytest.skip(HOW)
        yield found


@pytest.fixture(scope="module")
def public() -> Iterator[str]:
    with running(APP, listen="0.0.0.0", FAKE_PASSWORD=PASSWORD) as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    context.set_default_timeout(WAIT)
    yield context.new_page()
    context.close()


def asks_password(page: Page) -> None:
    expect(page.get_by_role("heading", level=1, name=texts().access.title)).to_be_visible(timeout=WAIT)
    expect(page.get_by_label(texts().access.password)).to_be_visible(timeout=WAIT)


@pytest.mark.parametrize("path", PAGES)
def test_typed_address_asks_the_password_when_the_app_listens_on_the_network(
    page: Page, public: str, path: str
) -> None:
    page.goto(f"{public}/{path}?antwoord=1")

    asks_password(page)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)


def test_applicants_are_served_on_the_network_without_a_password(page: Page, public: str) -> None:
    page.goto(public)
    page.get_by_test_id("stChatInputTextArea").fill("Lelystad")
    page.keyboard.press("Enter")

    expect(page.locator(".tw-answer")).to_have_count(1, timeout=WAIT)
    expect(page.get_by_role("link", name=texts().feedback.why)).to_have_count(0)


def test_wrong_password_stays_outside_and_has_to_wait_the_right_one_comes_in(page: Page, public: str) -> None:
    page.goto(f"{public}/beoordelen")
    field = page.get_by_label(texts().access.password)
    field.fill("fout")
    field.press("Enter")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Dit wachtwoord klopt niet", timeout=WAIT)

    page.wait_for_timeout(1500)  # the second that the first mistake costs; waiting longer changes nothing
    field.fill(PASSWORD)
    field.press("Enter")

    expect(page.get_by_role("heading", level=1, name=texts().queue.title)).to_be_visible(timeout=WAIT)
    expect(page.get_by_text(texts().access.local)).to_have_count(0)
    page.get_by_role("link", name="Catalogus").click()
    page.get_by_role("heading", level=1, name="Catalogus").wait_for()
    page.get_by_role("link", name="Beoordelen").click()
    expect(page.get_by_role("heading", level=1, name=texts().queue.title)).to_be_visible(timeout=WAIT)


def test_on_this_computer_it_is_open_and_says_so(page: Page) -> None:
    with running(APP) as address:
        page.goto(f"{address}/beoordelen")
        expect(page.get_by_role("heading", level=1, name=texts().queue.title)).to_be_visible(timeout=WAIT)
        expect(page.get_by_text(texts().access.local)).to_be_visible()

        port = address.rpartition(":")[2]
        page.goto(f"http://wijzer.localhost:{port}/beoordelen")  # as a proxy on this computer passes it on
        expect(page.get_by_role("heading", level=1, name=texts().access.title)).to_be_visible(timeout=WAIT)
        expect(page.get_by_text("ASSISTANT_REVIEW_PASSWORD")).to_be_visible()
        expect(page.get_by_label(texts().access.password)).to_have_count(0)
