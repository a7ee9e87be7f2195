"""The quiet line below an answer that says how it was made, from `prompts/llm.yaml`."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import ConfigurationError
from assistant.llm.chat import FailureKind

MadeBy = Literal["model", "mixed", "sources"]


class _Lines(BaseModel):
    """Lines of one language: by whom the answer was phrased, and why a model did not."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    model: str = Field(min_length=1)
    mixed: str = Field(min_length=1)
    too_slow: str = Field(min_length=1)
    unreachable: str = Field(min_length=1)
    no_access: str = Field(min_length=1)
    busy: str = Field(min_length=1)
    refused: str = Field(min_length=1)
    unusable: str = Field(min_length=1)
    wrong_language: str = Field(min_length=1)


class ModelTexts(BaseModel):
    """The lines, per language."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    nl: _Lines
    en: _Lines

    def line(self, language: Literal["nl", "en"], made_by: MadeBy, failure: FailureKind | None) -> str:
        """The one line for an answer."""
        lines = self.nl if language == "nl" else self.en
        return str(getattr(lines, (failure or "unusable") if made_by == "sources" else made_by))


def load_model_texts(prompts_dir: Path) -> ModelTexts:
    """Read the lines.

    Raises:
        ConfigurationError: the file is missing, or a line is missing or unknown.
    """
    path = prompts_dir / "llm.yaml"
    try:
        return ModelTexts.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        message = " ".join(str(error).split())
        raise ConfigurationError(f"Cannot use {path}: {message}. Restore it from the repository.") from error
