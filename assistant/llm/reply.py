"""What a model sent back, as sentences with markers."""

from __future__ import annotations

import json
import re
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

MAX_SENTENCES = 60
"""More than any draft has; what comes after is not read."""
_THOUGHTS = re.compile(r"<think(?:ing)?>.*?</think(?:ing)?>", re.S | re.I)
_MARKERS = re.compile(r"\s*\[\s*(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\s*\]")
_SPACES = re.compile(r"\s+")


def _numbers(value: Any) -> Any:
    """Markers as numbers: models write 1, "1", "[1]" and "1, 2"."""
    values = value if isinstance(value, list) else [value]
    found: list[Any] = []
    for item in values:
        found += [int(n) for n in re.findall(r"\d{1,6}", item)] if isinstance(item, str) else [item]
    return found


class _Item(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    text: str
    citations: Annotated[list[int], BeforeValidator(_numbers)]


class ReplySentence(BaseModel):
    """A sentence of a model, its markers apart from its text."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str
    citations: tuple[int, ...]


def parse_reply(reply: str) -> tuple[ReplySentence, ...] | None:
    """The sentences of a reply, or None when it is not what was asked for.

    Text around the JSON is passed over; a sentence without the right fields makes the reply unusable.
    """
    plain = _THOUGHTS.sub("", reply)
    begins = [i for i in (plain.find("{"), plain.find("[")) if i >= 0]
    if not begins:
        return None
    try:
        data, _ = json.JSONDecoder().raw_decode(plain[min(begins) :])
        items = data.get("sentences") if isinstance(data, dict) else data
        if not isinstance(items, list) or not items:
            return None
        read = [_Item.model_validate(item) for item in items[:MAX_SENTENCES]]
    except (ValueError, ValidationError, RecursionError):
        return None
    return tuple(_sentence(item) for item in read if item.text.strip())


def _sentence(item: _Item) -> ReplySentence:
    inside = [int(n) for group in _MARKERS.findall(item.text) for n in re.findall(r"\d+", group)]
    text = _SPACES.sub(" ", _MARKERS.sub("", item.text)).strip()
    return ReplySentence(text=text, citations=tuple(dict.fromkeys([*item.citations, *inside])))
