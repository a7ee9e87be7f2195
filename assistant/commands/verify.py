"""`assistant verify`: groundedness of any text against given passages."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.commands.output import Subparsers, jsonl, progress, write_jsonl


def register(commands: Subparsers) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "verify", help="check whether sentences are supported by the passages they cite"
    )
    parser.add_argument("--batch", type=Path, required=True, metavar="IN.jsonl")
    parser.add_argument("--out", type=Path, required=True, metavar="OUT.jsonl")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Check every line; a bad line gets an error of its own."""
    from assistant.factory import make_checker
    from assistant.grounding.batch import verify_lines
    from assistant.settings import load_settings

    lines = [line for _, line in jsonl(args.batch)]
    advance, close = progress(len(lines), "answers")

    def counted() -> Iterator[dict[str, Any]]:
        for row in verify_lines(iter(lines), make_checker(load_settings())):
            advance(1)
            yield row

    write_jsonl(args.out, counted())
    close()
    return 0
