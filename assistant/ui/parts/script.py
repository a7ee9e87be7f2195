"""The browser side of the parts."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parent


def script(name: str) -> str:
    """One script with what all of them share before it."""
    return (_FOLDER / "shared.js").read_text("utf-8") + (_FOLDER / name).read_text("utf-8")
