"""`assistant index`: bring the index in line with the corpus."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from assistant.commands.output import Subparsers, print_json, print_line
from assistant.errors import UsageError


def register(commands: Subparsers) -> None:
    """Add the command."""
    parser = commands.add_parser("index", help="bring the index in line with the corpus")
    parser.add_argument(
        "--corpus", type=Path, action="append", metavar="DIR", help="corpus folder; may be repeated"
    )
    parser.add_argument("--index", type=Path, metavar="DIR", help="folder of the index")
    parser.add_argument("--rebuild", action="store_true", help="start from nothing")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Index and say per file what happened; refused files do not stop the rest."""
    from assistant.factory import build_index
    from assistant.settings import load_settings

    for folder in args.corpus or []:
        if not folder.is_dir():
            raise UsageError(f"--corpus {folder}: no such folder.")
    settings = load_settings(index_dir=args.index, corpus=tuple(args.corpus) if args.corpus else None)
    report = build_index(settings, rebuild=args.rebuild, show_progress=sys.stderr.isatty() and not args.json)
    data = report.as_dict()
    if args.json:
        print_json(data)
        return 0
    for file in data["files"]:
        if file["status"] != "unchanged":
            note = f": {file['message']}" if file.get("message") else ""
            print_line(f"{file['status']:9} {file['file']} ({file['passages']} passages){note}")
        for warning in file["warnings"]:
            print_line(f"{'warning':9} {file['file']}: {warning}")
    counts = ", ".join(f"{data[k]} {k}" for k in ("added", "changed", "removed", "unchanged", "refused"))
    print_line(f"Index: {data['passages']} passages; files: {counts} ({data['seconds']:.1f} s)")
    return 0
