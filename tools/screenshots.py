"""Pictures of the running app: two for the documentation, or all pages in all sizes and colour schemes.

`python tools/screenshots.py` makes `docs/images/chat.png` and `docs/images/review.png` anew; with `--all DIR`
it shows every page at 390, 768 and 1440 pixels, in light and dark. It drives the real app in Chromium, so it
needs the development packages. The log of an app that it starts itself lies in a folder that is thrown away.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from assistant.ui.texts import texts  # noqa: E402
from tests.ui.browser import HOW, chromium, running  # noqa: E402

IMAGES = ROOT / "docs" / "images"
QUESTION = (
    "Wij bouwen drijvende zonneparken bij Lelystad en zoeken vakmensen op mbo-niveau, bij wie sluiten we aan?"
)
SECOND_QUESTION = "Wat vraagt de handreiking over samenwerking?"
SIZES = ((390, 844), (768, 1024), (1440, 1000))
SCHEMES = ("light", "dark")
WAIT_MILLISECONDS = 600_000
"""A first run builds the index."""
SETTLE_MILLISECONDS = 1200


def main(argv: Sequence[str] | None = None) -> int:
    """Make the pictures; returns the exit code."""
    parser = argparse.ArgumentParser(description="Take pictures of the running app.")
    parser.add_argument(
        "--all", type=Path, metavar="DIR", help="every size and colour scheme, into this folder"
    )
    parser.add_argument("--address", help="an app that runs already; else one is started")
    arguments = parser.parse_args(argv)
    with chromium() as browser, tempfile.TemporaryDirectory() as folder:
        if browser is None:
            print(HOW, file=sys.stderr)
            return 1
        if arguments.address:
            _take(browser, arguments.address, arguments.all)
        else:
            log = f"sqlite:///{Path(folder) / 'log.sqlite'}"
            with running(ROOT / "app.py", ASSISTANT_LOG_URL=log) as address:
                _take(browser, address, arguments.all)
    return 0


def _take(browser: Browser, address: str, folder: Path | None) -> None:
    if folder is None:
        IMAGES.mkdir(parents=True, exist_ok=True)
        page = _opened(browser, address, *SIZES[-1], SCHEMES[0])
        _ask(page, address)
        _open_source(page, address)
        page.locator(".st-key-turn-0").evaluate("turn => turn.scrollIntoView({ block: 'start' })")
        page.wait_for_timeout(SETTLE_MILLISECONDS)
        page.screenshot(path=IMAGES / "chat.png")
        _complain(page, address)
        _queue(page, address)
        _item(page, address)
        page.screenshot(path=IMAGES / "review.png")
        return
    folder.mkdir(parents=True, exist_ok=True)
    for width, height in SIZES:
        for scheme in SCHEMES:
            page = _opened(browser, address, width, height, scheme)
            for name, go in STATES.items():
                go(page, address)
                page.wait_for_timeout(SETTLE_MILLISECONDS)
                page.screenshot(path=folder / f"{name}-{width}-{scheme}.png")
            page.context.close()


def _opened(browser: Browser, address: str, width: int, height: int, scheme: str) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(address)
    page.get_by_test_id("stChatInputTextArea").wait_for(timeout=WAIT_MILLISECONDS)
    return page


def _stay(page: Page, address: str) -> None:
    """The page as it opens."""


def _ask(page: Page, address: str) -> None:
    page.get_by_test_id("stChatInputTextArea").fill(QUESTION)
    page.keyboard.press("Enter")
    page.locator(".tw-actions").wait_for(timeout=WAIT_MILLISECONDS)
    page.wait_for_timeout(2500)


def _open_source(page: Page, address: str) -> None:
    """The first source that has a page, else the first."""
    markers = page.locator(".tw-answer .tw-marker[aria-label*='pagina']")
    target = markers.first if markers.count() else page.locator(".tw-answer .tw-marker").first
    target.evaluate("button => button.click()")
    page.locator(".tw-source-links").wait_for()
    page.wait_for_timeout(SETTLE_MILLISECONDS)


def _complain(page: Page, address: str) -> None:
    """Ask what the documents say, and be unhappy with the answer."""
    page.get_by_test_id("stChatInputTextArea").fill(SECOND_QUESTION)
    page.keyboard.press("Enter")
    answer = page.locator(".st-key-turn-1")
    answer.locator(".tw-actions").wait_for(timeout=WAIT_MILLISECONDS)
    answer.get_by_role("button", name=texts().answer["nl"].show_checks).click()
    answer.get_by_role("button", name=texts().feedback.not_helpful, exact=True).click()
    page.get_by_text(texts().feedback.thanks).wait_for()
    page.get_by_label(texts().feedback.text).scroll_into_view_if_needed()


def _catalogue(page: Page, address: str) -> None:
    page.goto(f"{address}/catalogus")
    page.locator("[class*='st-key-record-']").first.wait_for()


def _queue(page: Page, address: str) -> None:
    page.goto(f"{address}/beoordelen")
    page.locator(".tw-queue").wait_for()
    page.locator(".stApp[data-test-script-state='notRunning']").wait_for()
    page.wait_for_timeout(SETTLE_MILLISECONDS)


def _item(page: Page, address: str) -> None:
    page.get_by_text("adviseur-1", exact=True).click()
    page.get_by_role("button", name=texts().queue.start).click()
    page.locator(".tw-row.tw-current").wait_for()
    for key in ("1", "ArrowDown", "2"):
        page.keyboard.press(key)
    page.locator(".st-key-source-page img").wait_for()
    page.wait_for_timeout(2500)


def _why(page: Page, address: str) -> None:
    page.get_by_role("link", name=texts().review.why).click()
    page.locator(".tw-why").first.wait_for()


def _evaluation(page: Page, address: str) -> None:
    page.goto(f"{address}/evaluatie")
    page.locator(".st-key-evaluation").wait_for()
    page.wait_for_timeout(SETTLE_MILLISECONDS)


STATES: dict[str, Callable[[Page, str], None]] = {
    "welcome": _stay, "answer": _ask, "source": _open_source, "complaint": _complain,
    "catalogue": _catalogue, "queue": _queue, "item": _item, "why": _why, "evaluation": _evaluation,
}  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(main())
