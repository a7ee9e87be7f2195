"""What an answer was made with, so that it can be given again, or it can be told why it differs."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from assistant.index.stamp import IndexStamp

PACKAGE = Path(__file__).resolve().parent.parent
_CODE = (".py", ".yaml", ".md")
_ASIDE = {"ui", "commands", "review"}
"""Rooms of the package that change no answer."""


def stamps_of(index: IndexStamp, settings: Mapping[str, Any], prompts_dir: Path) -> dict[str, Any]:
    """Version, hash of code and texts, stamp of the index, and settings."""
    try:
        product = version("talentwijzer")
    except PackageNotFoundError:
        product = ""
    return {
        "version": product,
        "code": code_hash([PACKAGE, prompts_dir]),
        "index": asdict(index),
        "settings": dict(settings),
    }


def code_hash(folders: list[Path]) -> str:
    """Hash of names and content of the code and texts that answers are made with."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            parts = path.relative_to(folder).parts
            if path.suffix in _CODE and path.is_file() and parts[0] not in _ASIDE and "models" not in parts:
                digest.update("/".join(parts).encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def is_same_index(left: Mapping[str, Any], right: Mapping[str, Any]) -> bool:
    """Whether two stamps name the same content of the index, wherever it lies."""

    def content(stamps: Mapping[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in stamps.get("index", {}).items() if name != "generation"}

    return content(left) == content(right)
