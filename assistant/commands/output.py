"""How commands print, and how they read lines of JSON."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from assistant.errors import UsageError

Subparsers = Any
"""The object argparse returns from add_subparsers; its class is private."""


_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
"""Half of a character in UTF-16: JSON can escape one, UTF-8 cannot hold it."""


def json_text(data: object, *, indent: int | None = None) -> str:
    """Data as JSON that can be written as UTF-8, whatever was typed."""
    text = json.dumps(data, ensure_ascii=False, indent=indent, default=str)
    return _HALF_CHARACTER.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def print_json(data: object) -> None:
    """One JSON document on stdout and nothing else."""
    sys.stdout.write(json_text(data, indent=2) + "\n")


def print_line(text: str = "") -> None:
    """One line on stdout."""
    sys.stdout.write(text + "\n")


def add_index_options(parser: argparse.ArgumentParser) -> None:
    """The options every command that reads the index has."""
    parser.add_argument(
        "--index", type=Path, metavar="DIR", help="folder of the index (default: setting index_dir)"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def jsonl(path: Path) -> Iterator[tuple[int, str]]:
    """Numbered, non-empty lines of a file; a byte that is no UTF-8 becomes half a character, see `is_utf8`.

    Raises:
        UsageError: the file cannot be read.
    """
    try:
        with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="\n") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield number, line
    except OSError as error:
        raise UsageError(
            f"Cannot read {path}: {error}. Give a UTF-8 file with one JSON object per line."
        ) from error


def is_utf8(line: str) -> bool:
    """Whether a line of `jsonl` was read without bytes that are no UTF-8."""
    return _HALF_CHARACTER.search(line) is None


def write_jsonl(path: Path, rows: Iterable[dict[str, Any]]) -> int:
    """Write one JSON object per line, as they come; returns how many.

    Raises:
        UsageError: the file cannot be written.
    """
    count = 0
    try:
        with path.open("w", encoding="utf-8") as out:
            for row in rows:
                out.write(json_text(row) + "\n")
                out.flush()
                count += 1
    except OSError as error:
        raise UsageError(f"Cannot write {path}: {error}.") from error
    return count


def progress(total: int | None, label: str) -> tuple[Callable[[int], None], Callable[[], None]]:
    """A progress bar on a terminal, nothing in a pipe; returns (advance, close)."""
    from tqdm import tqdm

    bar = tqdm(total=total, desc=label, unit="", disable=not sys.stderr.isatty(), leave=False)
    return (lambda n: bar.update(n) and None), bar.close
