"""Personal data leaves a text before it is stored, unless a source of the answer says the same literally."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from assistant.domain.answer import Answer
from assistant.guards.personal import LABELS, find_personal_data, mask_personal_data

_NOT_STORABLE = re.compile("[\x00\ud800-\udfff]")
"""Characters that no database keeps: NUL, and half of a character in UTF-16."""
_CAN_BE_PERSONAL = re.compile(r"\d{3}|@|\(at\)|\[at\]|apenstaart|postbus|\d\s?[A-Z]{2}\b|\bat\b", re.I)
"""What every piece of personal data has at the least; texts without it need no closer look."""
_SOURCE_KEYS = frozenset(
    {"quote", "title", "publisher", "locator", "url", "website", "found", "name", "file", "would_fit_if"}
)
"""Fields of an answer or trace whose words come out of the sources."""


def storable(text: str) -> str:
    """A text without characters that a database refuses."""
    return _NOT_STORABLE.sub("\ufffd", text)


def masked(text: str) -> str:
    """A text that somebody typed, as it may be stored."""
    return mask_personal_data(storable(text)).text


class SourceAwareMasker:
    """Masks whatever an applicant can have brought in, and leaves what the sources say.

    The desk of an agenda has a public e-mail address; a quote that holds it has to stay literal.
    """

    def __init__(self, sources: str) -> None:
        self._sources = sources
        self._done: dict[str, str] = {}

    def __call__(self, text: str) -> str:
        """The text without personal data that no source holds."""
        if text not in self._done:
            self._done[text] = self._masked(storable(text))
        return self._done[text]

    def deep(self, data: Any) -> Any:
        """The same for every text in plain data; keys stay as they are."""
        if isinstance(data, str):
            return self(data)
        if isinstance(data, Mapping):
            return {key: self.deep(value) for key, value in data.items()}
        if isinstance(data, (list, tuple)):
            return [self.deep(value) for value in data]
        return data

    def _masked(self, text: str) -> str:
        if _CAN_BE_PERSONAL.search(text) is None or text in self._sources:
            return text
        for datum in reversed(find_personal_data(text)):
            if text[datum.start : datum.end] not in self._sources:
                text = text[: datum.start] + LABELS[datum.kind] + text[datum.end :]
        return text


def masker_for(answer: Mapping[str, Any], trace: Mapping[str, Any]) -> SourceAwareMasker:
    """A masker that knows the sources of one answer, given as plain data."""
    texts = [
        *_source_texts(answer.get("citations")),
        *_source_texts(answer.get("recommendations")),
        *_source_texts(answer.get("considered")),
        *_source_texts(trace.get("matches")),
    ]
    for lines in trace.get("rankings", {}).values():
        texts += [line["text"] for line in lines]
    return SourceAwareMasker("\n".join(texts))


def _source_texts(data: Any, key: str = "") -> Iterator[str]:
    if isinstance(data, str):
        if key in _SOURCE_KEYS:
            yield data
    elif isinstance(data, Mapping):
        for name, value in data.items():
            yield from _source_texts(value, name)
    elif isinstance(data, (list, tuple)):
        for value in data:
            yield from _source_texts(value, key)


def masked_answer(answer: Answer, trace: Mapping[str, Any]) -> tuple[Answer, dict[str, Any]]:
    """An answer and its trace as they may be stored."""
    data = answer.model_dump(mode="json")
    masker = masker_for(data, trace)
    return Answer.model_validate(masker.deep(data)), masker.deep(trace)
