"""Plain text and loose YAML files."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml
from langchain_core.documents import Document

from assistant.errors import LoaderError
from assistant.ingest.loaders.base import LoadLimits, PageBuilder, read_text

_BLANK_LINE = re.compile(r"\n\s*\n")
_ITEM = re.compile(r"\n(?=\s*(?:[-*•–]|\d{1,3}[.)])\s)")


def load_text(path: Path, limits: LoadLimits) -> list[Document]:
    """Blank lines separate paragraphs; lines that start with a list mark are items."""
    builder = PageBuilder()
    for paragraph in _BLANK_LINE.split(read_text(path).replace("\r\n", "\n").replace("\r", "\n")):
        for item in _ITEM.split(paragraph):
            builder.add(item)
    return [builder.document()]


def load_yaml(path: Path, limits: LoadLimits) -> list[Document]:
    """Mappings become headings, values become paragraphs.

    Raises:
        LoaderError: the YAML is broken or nested too deeply.
    """
    try:
        data = yaml.load(read_text(path), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        builder = PageBuilder()
        _add(builder, data, level=1)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" at line {mark.line + 1}" if mark else ""
        raise LoaderError(f"Cannot load {path.name}: broken YAML{where}.", reason="broken") from error
    return [builder.document()]


def _add(builder: PageBuilder, value: Any, *, level: int) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, dict | list):
                builder.add(str(key), level=min(level, 6))
                _add(builder, inner, level=level + 1)
            else:
                builder.add(f"{key}: {inner}")
    elif isinstance(value, list):
        for inner in value:
            _add(builder, inner, level=level)
    elif value is not None:
        builder.add(str(value))
