"""Pictures of the running app: one for the README, or all sizes and both colour schemes into a folder.

`python tools/screenshots.py` makes `docs/images/chat.png` anew; with `--all DIR` it shows every page at 390,
768 and 1440 pixels. It drives the real app in Chromium, so it needs the development packages.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.ui.browser import HOW, chromium, running  # noqa: E402

README_PICTURE = ROOT / "docs" / "images" / "chat.png"
QUESTION = (
    "Wij bouwen drijvende zonneparken bij Lelystad en zoeken vakmensen op mbo-niveau, bij wie sluiten we aan?"
)
SIZES = ((1440, 1000), (768, 1024), (390, 844))
SCHEMES = ("light", "dark")
WAIT_MILLISECONDS = 600_000
"""A first run builds the index."""


def main(argv: Sequence[str] | None = None) -> int:
    """Make the pictures; returns the exit code."""
    parser = argparse.ArgumentParser(description="Take pictures of the running app.")
    parser.add_argument(
        "--all", type=Path, metavar="DIR", help="every size and colour scheme, into this folder"
    )
    parser.add_argument("--address", help="an app that runs already; else one is started")
    arguments = parser.parse_args(argv)
    with chromium() as browser:
        if browser is None:
            print(HOW, file=sys.stderr)
            return 1
        if arguments.address:
            _take(browser, arguments.address, arguments.all)
        else:
            with running(ROOT / "app.py") as address:
                _take(browser, address, arguments.all)
    return 0


def _take(browser: Browser, address: str, folder: Path | None) -> None:
    if folder is None:
        README_PICTURE.parent.mkdir(parents=True, exist_ok=True)
        page = _opened(browser, address, *SIZES[0], SCHEMES[0])
        _ask_and_open(page)
        page.screenshot(path=README_PICTURE)
        return
    folder.mkdir(parents=True, exist_ok=True)
    for width, height in SIZES:
        for scheme in SCHEMES:
            page = _opened(browser, address, width, height, scheme)
            page.screenshot(path=folder / f"welcome-{width}-{scheme}.png")
            _ask(page)
            page.screenshot(path=folder / f"answer-{width}-{scheme}.png")
            _open_source(page)
            page.screenshot(path=folder / f"source-{width}-{scheme}.png")
            page.goto(f"{address}/catalogus")
            page.get_by_role("heading", level=1, name="Catalogus").wait_for()
            page.wait_for_timeout(2500)
            page.screenshot(path=folder / f"catalogue-{width}-{scheme}.png")
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
    page.wait_for_timeout(800)
    return page


def _ask(page: Page) -> None:
    page.get_by_test_id("stChatInputTextArea").fill(QUESTION)
    page.keyboard.press("Enter")
    page.locator(".tw-actions").wait_for(timeout=WAIT_MILLISECONDS)
    page.wait_for_timeout(2500)


def _open_source(page: Page) -> None:
    """The first source that has a page, else the first."""
    markers = page.locator(".tw-answer .tw-marker[aria-label*='pagina']")
    target = markers.first if markers.count() else page.locator(".tw-answer .tw-marker").first
    target.evaluate("button => button.click()")
    page.locator(".tw-source-links").wait_for()
    page.wait_for_timeout(1500)


def _ask_and_open(page: Page) -> None:
    _ask(page)
    _open_source(page)
    page.locator(".st-key-turn-0").evaluate("turn => turn.scrollIntoView({ block: 'start' })")
    page.wait_for_timeout(500)


if __name__ == "__main__":
    raise SystemExit(main())
