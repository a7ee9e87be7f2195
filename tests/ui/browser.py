"""A real Chromium and a running app, for tests that look at the page as a visitor does."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Error, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
HOW = (
    "No Chromium found. As root: `apt-get install -y chromium`; else `.venv/bin/playwright install chromium`."
)
_START_SECONDS = 60


def chromium_path() -> str | None:
    """The Chromium of the system, if there is one."""
    return os.environ.get("CHROMIUM") or next(
        (found for name in _NAMES if (found := shutil.which(name))), None
    )


@contextmanager
def chromium() -> Iterator[Browser | None]:
    """The system's Chromium, else Playwright's own; None when there is neither."""
    arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=chromium_path(), args=arguments)
        except Error:
            yield None
            return
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def running(script: Path, *, listen: str = "127.0.0.1", **environment: str) -> Iterator[str]:
    """Address of a page script that runs in its own process until the block ends.

    Args:
        listen: what the app listens on; it is always visited through 127.0.0.1.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable, "-m", "streamlit", "run", str(script),
        "--server.port", str(port), "--server.address", listen, "--server.headless", "true",
    ]  # fmt: skip
    process = subprocess.Popen(
        command, cwd=ROOT, env=os.environ | environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(f"{address}/_stcore/health", process)
        yield address
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"The app did not start; exit code {process.poll()}.")
