"""The sentences of an answer that stand in no source, from `prompts/replies.<language>.yaml`."""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import ConfigurationError

_FILLED = {
    *("name", "place", "province", "region", "sector", "sectors", "found", "asked", "value", "year"),
    *("topic", "options", "chars", "max_chars", "level"),
}


class StandingQuote(BaseModel):
    """Sentences of one document that belong in many answers; each stands there literally."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    document_id: str
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Texts:
    """Reply texts of one language, addressed by dotted path ("advice.join_region")."""

    language: str
    _flat: Mapping[str, str]

    def __call__(self, path: str, **values: object) -> str:
        """The text at `path`, filled in.

        Raises:
            ConfigurationError: there is no such text.
        """
        try:
            return self._flat[path].format(**values)
        except KeyError as error:
            raise ConfigurationError(
                f"replies.{self.language}.yaml: no text or value for {path}: {error}"
            ) from error

    def raw(self, path: str) -> str:
        """The text at `path`, not filled in."""
        return self._flat[path]

    def paths(self) -> frozenset[str]:
        """All paths there are; both languages have the same."""
        return frozenset(self._flat)

    def joined(self, items: list[str] | tuple[str, ...]) -> str:
        """ "a", "a en b", "a, b en c"."""
        word = {"nl": "en", "en": "and"}[self.language]
        if len(items) <= 1:
            return "".join(items)
        return f"{', '.join(items[:-1])} {word} {items[-1]}"

    def any_of(self, items: list[str] | tuple[str, ...]) -> str:
        """ "a", "a of b", "a, b of c"."""
        word = {"nl": "of", "en": "or"}[self.language]
        if len(items) <= 1:
            return "".join(items)
        return f"{', '.join(items[:-1])} {word} {items[-1]}"


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
    return Texts(language, _flatten(data, "", path.name))


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
