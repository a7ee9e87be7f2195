"""The one place that reads the environment and `assistant.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from assistant.errors import ConfigurationError

ROOT = Path(__file__).resolve().parent.parent
_SECRET_PARTS = ("key", "password", "log_url")
"""Parts of names of settings whose values may be secret."""


class Settings(BaseSettings):
    """Everything that can be set; environment variables start with `ASSISTANT_`.

    Attributes:
        corpus: corpus folders, the product's own first; relative paths count from the working folder.
        index_dir: folder of the index; made by `assistant index`.
        prompts_dir: folder with the sentences a reader can see and the prompts of a language model.
        embedder: `bundled`, or the name or folder of any sentence-transformers model.
        reranker: name or folder of a sentence-transformers CrossEncoder, or empty for none.
        retrieve_depth: number of passages the retriever hands on.
        max_question_chars: a longer question is refused with a clear word.
        language: language of answers; `auto` follows the question.
        llm_model: LangChain name of a chat model that may reword answers ("ollama:llama3"); empty for none.
        llm_base_url, llm_api_key: where it is served, and its key.
        llm_timeout_seconds, llm_max_tokens, llm_retries: bounds of one call.
        log_url: where answers, feedback and reviews are kept: `sqlite:///FILE`, or `postgresql://...`. It may
            hold a password, so it is never printed.
        log_answers: False keeps nothing of new answers.
        retention_days: answers older than this are removed, with what was said of them.
        review_password: asked before reviews, evaluation and traces are shown outside the own machine.
        golden_dir: folder of the golden set; reviewed questions go to `reviewed.jsonl` in it.
    """

    model_config = SettingsConfigDict(
        env_prefix="ASSISTANT_", toml_file="assistant.toml", extra="forbid", frozen=True
    )

    corpus: tuple[Path, ...] = (ROOT / "corpus",)
    index_dir: Path = ROOT / ".index"
    prompts_dir: Path = ROOT / "prompts"
    embedder: str = "bundled"
    reranker: str = ""
    retrieve_depth: int = Field(default=200, ge=10, le=2000)
    max_question_chars: int = Field(default=8000, ge=100, le=50_000)
    language: Literal["auto", "nl", "en"] = "auto"
    llm_model: str = ""
    llm_base_url: str = ""
    llm_api_key: SecretStr | None = None
    llm_timeout_seconds: float = Field(default=30, gt=0, le=300)
    llm_max_tokens: int = Field(default=1500, ge=100, le=8000)
    llm_retries: int = Field(default=2, ge=0, le=5)
    log_url: SecretStr = SecretStr(f"sqlite:///{ROOT / '.data' / 'talentwijzer.sqlite'}")
    log_answers: bool = True
    retention_days: int = Field(default=180, ge=1, le=3650)
    review_password: SecretStr | None = None
    golden_dir: Path = ROOT / "eval" / "golden"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings, env_settings, TomlConfigSettingsSource(settings_cls))


def load_settings(**overrides: object) -> Settings:
    """Settings from arguments, then environment, then `assistant.toml`.

    Raises:
        ConfigurationError: a value cannot be used; names the setting.
    """
    try:
        return Settings(**{k: v for k, v in overrides.items() if v is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise ConfigurationError(
            f"Setting {name!r} (environment ASSISTANT_{name.upper()}): {first['msg']}. "
            f"Got {_shown(name, first.get('input'))}."
        ) from error
    except SettingsError as error:
        raise ConfigurationError(
            f"An ASSISTANT_ environment variable cannot be read: {error}. A list is written as JSON: "
            '["corpus", "more"].'
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            f"assistant.toml cannot be read: {error}. Mend the file or remove it."
        ) from error


def _shown(name: str, value: Any) -> str:
    """A wrong value as it may be printed; what may be a secret never is."""
    is_secret = any(part in name.lower() for part in _SECRET_PARTS)
    return "a value that is not shown" if is_secret else repr(str(value)[:80])
