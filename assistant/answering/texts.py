"""The sentences of an answer that stand in no source, from `prompts/replies.<language>.yaml`."""

from __future__ import annotations

import string
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import ConfigurationError

_FILLED = {
    *("name", "place", "province", "region", "sector", "sectors", "found", "asked", "value", "year"),
    *("topic", "options", "level"),
}


class StandingQuote(BaseModel):
    """Sentences of one document that belong in many answers; each stands there literally."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    document_id: str
    quotes: tuple[str, ...]


class Translated(str):
    """A text in another language that knows how it reads in Dutch, the language of the sources."""

    __slots__ = ("dutch",)
    dutch: str

    @classmethod
    def of(cls, text: str, dutch: str) -> Translated:
        """Both readings of one text."""
        translated = cls(text)
        translated.dutch = dutch
        return translated


def in_dutch(text: object) -> object:
    """A text as it reads in Dutch; anything else as it is."""
    return text.dutch if isinstance(text, Translated) else text


@dataclass(frozen=True, slots=True)
class Texts:
    """Reply texts of one language, addressed by dotted path ("advice.join_region").

    Attributes:
        dutch: the Dutch texts, against which claims in another language are checked; None for Dutch itself.
    """

    language: str
    _flat: Mapping[str, str]
    dutch: Texts | None = None

    def __call__(self, path: str, **values: object) -> str:
        """The text at `path`, filled in.

        Raises:
            ConfigurationError: there is no such text.
        """
        try:
            text = self._flat[path].format(**values)
            if self.dutch is None:
                return text
            return Translated.of(text, self.dutch(path, **{k: in_dutch(v) for k, v in values.items()}))
        except KeyError as error:
            raise ConfigurationError(
                f"replies.{self.language}.yaml: no text or value for {path}: {error}"
            ) from error

    def raw(self, path: str) -> str:
        """The text at `path`, not filled in."""
        return self._flat[path]

    def in_dutch_under(self, prefix: str) -> Mapping[str, str]:
        """The Dutch texts below a path ("sectors"), by the last part of theirs."""
        flat = self._flat if self.dutch is None else self.dutch._flat
        start = f"{prefix}."
        return {path.removeprefix(start): text for path, text in flat.items() if path.startswith(start)}

    def paths(self) -> frozenset[str]:
        """All paths there are; both languages have the same."""
        return frozenset(self._flat)

    def joined(self, items: Sequence[str]) -> str:
        """ "a", "a en b", "a, b en c"."""
        return self._listed(items, "and", None if self.dutch is None else self.dutch.joined, "en")

    def any_of(self, items: Sequence[str]) -> str:
        """ "a", "a of b", "a, b of c"."""
        return self._listed(items, "or", None if self.dutch is None else self.dutch.any_of, "of")

    def _listed(
        self, items: Sequence[str], english: str, dutch: Callable[[Sequence[str]], str] | None, own: str
    ) -> str:
        last = {"nl": own, "en": english}[self.language]
        text = f"{', '.join(items[:-1])} {last} {items[-1]}" if len(items) > 1 else "".join(items)
        if dutch is None:
            return text
        return Translated.of(text, dutch([str(in_dutch(item)) for item in items]))


def _flatten(data: Mapping[str, Any], prefix: str, file: str) -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in data.items():
        path = f"{prefix}{key}"
        if isinstance(value, dict):
            flat |= _flatten(value, f"{path}.", file)
        elif isinstance(value, str) and value.strip():
            names = {name for _, name, _, _ in string.Formatter().parse(value) if name}
            if names - _FILLED:
                raise ConfigurationError(f"{file}: {path}: nobody fills in {sorted(names - _FILLED)}.")
            flat[path] = value
        else:
            raise ConfigurationError(f"{file}: {path}: expected a text, got {value!r}.")
    return flat


def load_texts(prompts_dir: Path, language: str) -> Texts:
    """Read the reply texts of one language.

    Raises:
        ConfigurationError: the file is missing or broken, or a text has a name nobody fills.
    """
    path = prompts_dir / f"replies.{language}.yaml"
    try:
        data = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise ConfigurationError(
            f"Cannot read {path}: {error}. Restore the file from the repository."
        ) from error
    dutch = None if language == "nl" else load_texts(prompts_dir, "nl")
    return Texts(language, _flatten(data, "", path.name), dutch)


def load_standing(prompts_dir: Path) -> Mapping[str, StandingQuote]:
    """Read the standing quotes.

    Raises:
        ConfigurationError: the file is missing or has an unknown field.
    """
    path = prompts_dir / "standing.yaml"
    try:
        data = yaml.safe_load(path.read_text("utf-8"))
        return {name: StandingQuote.model_validate(item) for name, item in data.items()}
    except (OSError, yaml.YAMLError, ValidationError, AttributeError) as error:
        raise ConfigurationError(f"Cannot read {path}: {error}.") from error
