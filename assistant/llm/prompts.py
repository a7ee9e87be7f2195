"""Prompts as files: front matter with a version and variables, then what the model reads."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import ConfigurationError

_FRONT = re.compile(r"\A---\n(.*?)\n---\n(.*)\Z", re.S)
_PARTS = re.compile(r"\A\s*# system\n(.*?)\n# question\n(.*)\Z", re.S)
_VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")


class _Head(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    version: int
    language: Literal["nl", "en"]
    variables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt of one language.

    Attributes:
        version: goes up with every change of the words.
        system: what the model is to do; `question` what it is to do it with.
    """

    name: str
    version: int
    language: Literal["nl", "en"]
    system: str
    question: str

    def fill(self, **values: str) -> tuple[str, str]:
        """System text and question with the variables filled in, each once: values are never read again."""
        return self._filled(self.system, values), self._filled(self.question, values)

    def _filled(self, text: str, values: dict[str, str]) -> str:
        return _VARIABLE.sub(lambda match: values[match.group(1)], text)


def load_prompt(path: Path, *, variables: Iterable[str]) -> Prompt:
    """Read a prompt and check its variables.

    Args:
        variables: the names that will be filled in; the file has to declare and use exactly these.

    Raises:
        ConfigurationError: the file is missing or broken, or its variables are not these.
    """
    try:
        text = path.read_text("utf-8")
        front = _FRONT.match(text)
        if front is None:
            raise ConfigurationError(f"{path}: expected front matter between two lines of ---.")
        head = _Head.model_validate(yaml.safe_load(front.group(1)))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        message = " ".join(str(error).split())
        raise ConfigurationError(f"Cannot use {path}: {message}. Restore it from the repository.") from error
    parts = _PARTS.match(front.group(2))
    if parts is None:
        raise ConfigurationError(f"{path}: expected the headings '# system' and '# question'.")
    given, declared, used = set(variables), set(head.variables), set(_VARIABLE.findall(front.group(2)))
    if not given == declared == used:
        wrong = sorted((given ^ declared) | (given ^ used))
        raise ConfigurationError(f"{path}: variables {wrong} are not filled in, declared and used alike.")
    return Prompt(head.name, head.version, head.language, parts.group(1).strip(), parts.group(2).strip())
