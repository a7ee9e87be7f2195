"""Finds a Chromium for the browser tests, or installs one: apt as root, else Playwright's download."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """Path of a Chromium on this machine, or None."""
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return found
    for path in sorted(Path.home().glob(".cache/ms-playwright/chromium-*/chrome-linux*/chrome")):
        return str(path)
    return None


def _run(*command: str) -> bool:
    print("  " + " ".join(command))
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(command, env=quiet, stdout=subprocess.DEVNULL, check=False).returncode == 0


def main() -> int:
    """Print what was found or done; 0 when there is a browser."""
    if found := find():
        print(f"Browser for the tests: {found}")
        return 0
    print("No Chromium found; installing one for the browser tests")
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _run("apt-get", "update", "-qq")
        _run("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium")
    if find() is None:
        _run(sys.executable, "-m", "playwright", "install", "chromium")
    if found := find():
        print(f"Browser for the tests: {found}")
        return 0
    message = "No Chromium could be installed. Install it yourself (apt-get install chromium) and run again."
    if os.environ.get("CI"):
        print(message, file=sys.stderr)
        return 1
    print(f"{message} The browser tests are left out.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
