"""What the guards say to a reader, from `prompts/guards.yaml`."""

from __future__ import annotations

import string
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from assistant.errors import ConfigurationError
from assistant.guards.question import DEFAULT_MAX_CHARS, GuardedQuestion

Language = Literal["nl", "en"]
_FILLED = {"masked": {"what"}, "too_long": {"max_chars"}}


class _Words(BaseModel):
    """Sentences of one language."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    masked: str
    masked_bsn: str
    masked_iban: str
    masked_email: str
    masked_phone: str
    masked_address: str
    invisible: str
    markup: str
    injection: str
    too_long: str
    and_: str

    @model_validator(mode="before")
    @classmethod
    def _rename(cls, data: dict[str, str]) -> dict[str, str]:
        return {("and_" if name == "and" else name): value for name, value in data.items()}

    @model_validator(mode="after")
    def _check_names(self) -> _Words:
        for name, text in self.model_dump().items():
            used = {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}
            if not text.strip() or used != _FILLED.get(name, set()):
                raise ValueError(f"{name} has to be a text with {sorted(_FILLED.get(name, set()))} filled in")
        return self


class GuardTexts(BaseModel):
    """What the guards say, per language."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    nl: _Words
    en: _Words

    def notices(self, guarded: GuardedQuestion, language: Language) -> tuple[str, ...]:
        """One sentence for all personal data that was masked, one for each other change."""
        words = self.nl if language == "nl" else self.en
        masked = [str(getattr(words, n)) for n in guarded.notices if n.startswith("masked_")]
        said: list[str] = []
        if masked:
            what = masked[0]
            if len(masked) > 1:
                what = f"{', '.join(masked[:-1])} {words.and_} {masked[-1]}"
            said.append(words.masked.format(what=what))
        said += [str(getattr(words, n)) for n in guarded.notices if not n.startswith("masked_")]
        return tuple(said)

    def refusal(
        self, guarded: GuardedQuestion, language: Language, *, max_chars: int = DEFAULT_MAX_CHARS
    ) -> str | None:
        """Why the question gets no ordinary answer and what to do, or None."""
        if guarded.refusal is None:
            return None
        words = self.nl if language == "nl" else self.en
        return str(getattr(words, guarded.refusal)).replace("{max_chars}", str(max_chars))


def load_guard_texts(prompts_dir: Path) -> GuardTexts:
    """Read the sentences of the guards.

    Raises:
        ConfigurationError: the file is missing, or a sentence is missing or has a wrong name in it.
    """
    path = prompts_dir / "guards.yaml"
    try:
        return GuardTexts.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except (OSError, yaml.YAMLError, ValidationError, AttributeError) as error:
        message = " ".join(str(error).split())
        raise ConfigurationError(f"Cannot use {path}: {message}. Mend the file or restore it.") from error
