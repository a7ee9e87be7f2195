"""From a thumb down to a question that the next evaluation counts: applicant, advisors and evaluator."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.ui.texts import texts
from eval.golden_set import load_golden
from eval.run import RunOptions, chosen_items
from tests.ui.browser import HOW, chromium, running
from tests.ui.fake_answers import FLEVOLAND, PAGE_QUOTE, SKILLS
from tests.ui.fakes import fake_reviews

pytestmark = pytest.mark.browser

APP = Path(__file__).with_name("fake_app.py")
QUESTION = "Wij bouwen zonneparken bij Lelystad, bij wie sluiten we aan?"
WAIT = 90_000
"""Milliseconds; a slow machine that starts the app takes a while, and nothing waits longer than it has to."""
VERDICT = re.compile(r"^(✓|±|✕)")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        if found is None:
            pytest.skip(HOW)
        yield found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("log")


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[str]:
    with running(APP, FAKE_FOLDER=str(folder)) as found:
        yield found


@pytest.fixture
def address(server: str, folder: Path) -> str:
    """The app with an empty log."""
    store = fake_reviews(folder).store
    store.purge(datetime(9999, 1, 1, tzinfo=UTC))  # type: ignore[attr-defined]
    store.close()  # type: ignore[attr-defined]
    return server


def opened(browser: Browser, address: str, path: str = "") -> Page:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(WAIT)
    expect.set_options(timeout=WAIT)
    page = context.new_page()
    page.goto(f"{address}/{path}")
    page.get_by_role("heading", level=1).wait_for()
    return page


def ask(page: Page, question: str = QUESTION) -> None:
    before = page.locator(".tw-answer").count()
    page.get_by_test_id("stChatInputTextArea").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(".tw-answer")).to_have_count(before + 1)
    expect(page.locator(".tw-thumbs")).to_have_count(before + 1)


def thumb(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_text(texts().feedback.thanks)).to_be_visible()


def choose(page: Page, label: str, option: str) -> None:
    expect(page.locator(".stApp[data-test-script-state='notRunning']")).to_be_attached()
    box = page.get_by_role("combobox", name=re.compile(re.escape(label)))
    box.click()
    page.get_by_role("option", name=option, exact=True).click()
    expect(page.get_by_role("option")).to_have_count(0)


def be(page: Page, reader: str) -> None:
    """Choose a role."""
    page.get_by_text(reader, exact=True).click()
    expect(page.get_by_role("radio", name=reader)).to_be_checked()
    expect(page.locator(".stApp[data-test-script-state='notRunning']")).to_be_attached()


def begin(page: Page, reader: str) -> None:
    """Choose a role and open the first answer of the queue."""
    be(page, reader)
    page.get_by_role("button", name=texts().queue.start).click()
    expect(page.locator(".tw-row.tw-current")).to_be_focused()


def rows(page: Page) -> list[str]:
    return [text.strip() for text in page.locator(".tw-row[role='group'] .tw-row-text").all_inner_texts()]


def pressed(page: Page, row: int) -> list[str]:
    """Names of the verdicts given on a row, counted from 0."""
    marked = page.locator(".tw-row[role='group']").nth(row).locator(".tw-verdict[aria-pressed='true']")
    return [VERDICT.sub("", text).strip() for text in marked.all_inner_texts()]


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def is_at(page: Page, row: int) -> None:
    expect(page.locator(".tw-row[role='group']").nth(row)).to_be_focused()


def said(page: Page, text: str) -> None:
    expect(page.locator(".tw-bar").filter(has_text=text)).to_be_visible()


def test_a_thumb_down_becomes_a_question_that_the_evaluation_counts(
    browser: Browser, address: str, folder: Path
) -> None:
    applicant = opened(browser, address)
    ask(applicant)
    thumb(applicant, texts().feedback.not_helpful)
    applicant.get_by_label(texts().feedback.text).fill("jaartal klopt niet")
    applicant.get_by_role("button", name=texts().feedback.send, exact=True).click()
    expect(applicant.get_by_text(texts().feedback.thanks_more)).to_be_visible()

    advisor = opened(browser, address, "beoordelen")
    expect(advisor.locator(".tw-queue")).to_contain_text(texts().queue.reasons["not_helpful"])
    begin(advisor, "adviseur-1")
    expect(advisor.locator(".tw-review-head")).to_contain_text("duim omlaag: “jaartal klopt niet”")
    last = next(i for i, text in enumerate(rows(advisor)) if text.startswith("De handreiking vraagt"))
    press(advisor, *["ArrowDown"] * last)
    is_at(advisor, last)
    expect(advisor.get_by_role("img", name=f"Gemarkeerd: {PAGE_QUOTE}")).to_be_visible()
    expect(advisor.get_by_text(texts().source.found_on_page)).to_be_visible()
    expect(advisor.locator(".tw-machine").filter(has_text="deels")).to_have_count(0)
    press(advisor, "3")
    assert pressed(advisor, last) == ["niet"]
    expect(advisor.locator(".tw-machine").filter(has_text="De controle zelf vond: deels")).to_be_visible()
    press(advisor, "ArrowDown", "1", "m")
    advisor.get_by_role("searchbox").fill("vaardigheden")
    advisor.get_by_role("button", name=f"Voeg toe: {SKILLS.name}").click()
    press(advisor, "Escape", "g")
    said(advisor, "Toegevoegd aan de testset als real-")

    items = load_golden(folder / "golden")
    counted = chosen_items(RunOptions(golden=folder / "golden"))
    advisor.context.close()
    applicant.context.close()
    assert [item.question for item in items] == [QUESTION]
    assert items[0].judged_by == "adviseur-1"
    assert items[0].origin == "real"
    assert items[0].expected.hcas == (FLEVOLAND.id,)
    assert items[0].expected.initiatives == (SKILLS.id,)
    assert counted == items


def test_two_advisors_at_once_both_keep_their_work_and_the_second_is_told(
    browser: Browser, address: str
) -> None:
    applicant = opened(browser, address)
    ask(applicant)
    thumb(applicant, texts().feedback.not_helpful)
    first, second = (opened(browser, address, "beoordelen") for _ in range(2))
    begin(first, "adviseur-1")
    begin(second, "adviseur-2")
    press(first, "1")
    press(second, "3")
    press(first, "Enter")
    said(first, "Opgeslagen")

    press(second, "Enter")

    said(second, "adviseur-1 sloeg intussen ook een oordeel op")
    assert pressed(second, 0) == ["niet"]
    second.get_by_text(texts().review.history, exact=True).click()
    history = second.locator(".tw-history")
    expect(history).to_contain_text("adviseur-1")
    expect(history).to_contain_text("zin 1: gestaafd")
    expect(history).to_contain_text("zin 1: niet")
    second.get_by_role("button", name=texts().review.next).click()
    expect(second.get_by_role("heading", name=texts().agreement.title)).to_be_visible()
    expect(second.get_by_text("adviseur-1 gestaafd, adviseur-2 niet")).to_be_visible()
    for page in (applicant, first, second):
        page.context.close()


def test_whole_queue_is_judged_by_keyboard_alone(browser: Browser, address: str) -> None:
    applicant = opened(browser, address)
    ask(applicant, "Eerste vraag over Lelystad")
    ask(applicant, "Tweede vraag over Lelystad")
    advisor = opened(browser, address, "beoordelen")
    be(advisor, "adviseur-3")
    links = advisor.locator(".tw-queue a")
    expect(links).to_have_count(2)
    links.first.focus()
    press(advisor, "ArrowDown", "ArrowUp", "Enter")
    expect(advisor.locator(".tw-review-head h1")).to_have_text("Tweede vraag over Lelystad")
    is_at(advisor, 0)

    press(advisor, "1", "ArrowDown", "2", "ArrowDown", "3", "ArrowUp", "0", "?")
    assert [pressed(advisor, n) for n in range(3)] == [["gestaafd"], [], ["niet"]]
    expect(advisor.locator(".tw-help dl")).to_be_visible()
    press(advisor, "c")
    advisor.keyboard.type("1 2 3 ga s")
    assert [pressed(advisor, n) for n in range(3)] == [["gestaafd"], [], ["niet"]]
    press(advisor, "Escape", "Enter")

    expect(advisor.locator(".tw-review-head h1")).to_have_text("Eerste vraag over Lelystad")
    said(advisor, "Opgeslagen: uw oordeel over ‘Tweede vraag over Lelystad’")
    is_at(advisor, 0)
    assert pressed(advisor, 0) == []
    press(advisor, "s")
    expect(advisor.get_by_role("heading", level=1, name=texts().queue.title)).to_be_visible()
    expect(advisor.locator(".tw-queue li")).to_have_count(1)
    advisor.context.close()
    applicant.context.close()


def test_what_was_judged_is_reopened_with_its_history_and_changed(browser: Browser, address: str) -> None:
    applicant = opened(browser, address)
    ask(applicant)
    advisor = opened(browser, address, "beoordelen")
    begin(advisor, "adviseur-1")
    press(advisor, "1", "Enter")
    expect(advisor.get_by_text(texts().queue.empty)).to_be_visible()
    choose(advisor, texts().queue.state, texts().queue.states["judged"])
    advisor.get_by_role("link", name=QUESTION).click()
    is_at(advisor, 0)
    assert pressed(advisor, 0) == ["gestaafd"]

    press(advisor, "2", "Enter")
    expect(advisor.get_by_role("heading", level=1, name=texts().queue.title)).to_be_visible()
    advisor.get_by_role("link", name=QUESTION).click()
    is_at(advisor, 0)
    advisor.get_by_text(texts().review.history, exact=True).click()

    expect(advisor.locator(".tw-history")).to_contain_text("zin 1: deels (was: gestaafd)")
    advisor.context.close()
    applicant.context.close()


def test_draft_outlives_a_rerun_a_reload_and_a_way_through_other_pages(
    browser: Browser, address: str
) -> None:
    applicant = opened(browser, address)
    ask(applicant)
    advisor = opened(browser, address, "beoordelen")
    begin(advisor, "adviseur-1")
    press(advisor, "2", "c")
    advisor.keyboard.type("nog niet af")
    press(advisor, "Escape", "ArrowDown")
    is_at(advisor, 1)
    expect(advisor.get_by_role("heading", name="Bron 3")).to_be_visible()
    assert pressed(advisor, 0) == ["deels"]

    advisor.reload()
    be(advisor, "adviseur-1")
    is_at(advisor, 0)

    assert pressed(advisor, 0) == ["deels"]
    expect(advisor.get_by_role("textbox", name=texts().review.comment)).to_have_value("nog niet af")
    expect(advisor.get_by_text(texts().review.unsaved)).to_be_visible()
    advisor.context.close()
    applicant.context.close()


def test_draft_outlives_a_failed_save(browser: Browser, address: str) -> None:
    applicant = opened(browser, address)
    ask(applicant)
    advisor = opened(browser, address, "beoordelen")
    begin(advisor, "adviseur-1")
    press(advisor, "3")
    applicant.get_by_role("button", name=texts().keeping.delete).first.click()
    expect(applicant.get_by_text(texts().keeping.deleted)).to_be_visible()

    press(advisor, "Enter")

    expect(advisor.get_by_text(texts().queue.gone)).to_be_visible()
    advisor.context.close()
    applicant.context.close()


def test_nothing_judged_is_not_saved(browser: Browser, address: str) -> None:
    applicant = opened(browser, address)
    ask(applicant)
    advisor = opened(browser, address, "beoordelen")
    begin(advisor, "adviseur-1")

    press(advisor, "Enter")

    said(advisor, texts().review.nothing)
    advisor.context.close()
    applicant.context.close()
