"""The adapter for chat models: any LangChain model by name, read as a stream, within limits."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any, Literal

from pydantic import SecretStr

from assistant.errors import ConfigurationError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

FailureKind = Literal["too_slow", "unreachable", "no_access", "busy", "refused", "unusable", "wrong_language"]
PROVIDERS = (
    *(
        "openai",
        "azure_openai",
        "anthropic",
        "mistralai",
        "ollama",
        "google_genai",
        "google_vertexai",
        "groq",
    ),
    *("bedrock", "bedrock_converse", "cohere", "deepseek", "fireworks", "huggingface", "nvidia", "together"),
    *("xai", "openrouter", "perplexity", "litellm", "azure_ai", "ibm", "upstage", "baseten"),
)
"""Prefixes of a model name that name its provider; `llama3.2:1b` has none."""
CHARS_PER_TOKEN = 8
"""No language takes more letters a token; a stream beyond this many has no end."""
FIRST_DELAY_SECONDS = 0.5
"""Wait before the second attempt; doubled for each next one."""
_RETRIED: tuple[FailureKind, ...] = ("busy", "unreachable")
_NO_KEY = "none"
_CUT_OFF = ("length", "max_tokens", "MAX_TOKENS")
_REFUSED = ("content_filter", "refusal", "SAFETY")


@dataclass(frozen=True, slots=True)
class ChatOptions:
    """Which model, where, and within which limits.

    Attributes:
        model: a name as `init_chat_model` takes it, such as `openai:gpt-4o-mini` or `ollama:llama3.2`.
        base_url: of an OpenAI-compatible server; a model name without a provider then means one there.
        timeout_seconds: for the whole answer, all attempts and waits together.
        max_tokens: the longest answer.
        retries: attempts after the first, for a server that is busy or cannot be reached.
    """

    model: str
    base_url: str = ""
    api_key: SecretStr | None = None
    timeout_seconds: float = 30.0
    max_tokens: int = 1500
    retries: int = 2


@dataclass(frozen=True, slots=True)
class Completion:
    """What a model wrote, or why there is nothing to use; `detail` is for the log, not for readers."""

    text: str = ""
    failure: FailureKind | None = None
    detail: str = ""
    attempts: int = 1
    retry_after_seconds: float | None = None


def open_chat_model(options: ChatOptions) -> BaseChatModel:
    """The chat model, at temperature 0; its package is imported here and nowhere else.

    Raises:
        ConfigurationError: the package of the provider is not installed, or the name says too little.
    """
    from langchain.chat_models import init_chat_model

    prefix, _, _ = options.model.partition(":")
    provider = None if prefix in PROVIDERS or not options.base_url else "openai"
    named = provider or (prefix if prefix in PROVIDERS else "")
    try:
        model: BaseChatModel = init_chat_model(
            options.model, model_provider=provider, **_arguments(options, named)
        )
    except ImportError as error:
        raise ConfigurationError(
            f"Setting llm_model {options.model!r} needs a package: {error}. See requirements-llm.txt."
        ) from error
    except Exception as error:  # every provider has its own complaints about names and keys
        reason = " ".join(str(error).split())[:200]
        raise ConfigurationError(
            f"Setting llm_model {options.model!r} cannot be used: {reason} "
            "Write it as <provider>:<model>, and set llm_api_key when the provider asks for a key."
        ) from error
    return model


def _arguments(options: ChatOptions, provider: str) -> dict[str, Any]:
    """Arguments under the names the provider's class has for them."""
    arguments: dict[str, Any] = {"temperature": 0}
    if options.base_url:
        arguments["base_url"] = options.base_url
    if provider == "ollama":
        return arguments | {
            "num_predict": options.max_tokens,
            "client_kwargs": {"timeout": options.timeout_seconds},
        }
    if options.api_key is not None:
        arguments["api_key"] = options.api_key.get_secret_value()
    elif options.base_url and provider == "openai":
        arguments["api_key"] = _NO_KEY  # a server of one's own asks for none, its client does
    return arguments | {
        "timeout": options.timeout_seconds,
        "max_tokens": options.max_tokens,
        "max_retries": 0,
    }


class Chat:
    """Asks a chat model one thing at a time; safe to share between threads.

    Args:
        timeout_seconds: for one question, all attempts together.
        max_chars: a longer answer is cut off and not used.
        pause: waits so many seconds; `clock` tells seconds that only go up.
    """

    def __init__(
        self,
        model: BaseChatModel,
        *,
        timeout_seconds: float = 30.0,
        retries: int = 2,
        max_chars: int = 12_000,
        pause: Callable[[float], None] = sleep,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._model = model
        self._timeout_seconds = timeout_seconds
        self._retries = retries
        self._max_chars = max_chars
        self._pause = pause
        self._clock = clock

    @classmethod
    def open(cls, options: ChatOptions) -> Chat:
        """A chat with the model the options name.

        Raises:
            ConfigurationError: see `open_chat_model`.
        """
        return cls(
            open_chat_model(options),
            timeout_seconds=options.timeout_seconds,
            retries=options.retries,
            max_chars=CHARS_PER_TOKEN * options.max_tokens,
        )

    def complete(self, system: str, question: str) -> Completion:
        """What the model answers; trouble is a value, never an exception."""
        until = self._clock() + self._timeout_seconds
        messages = [("system", system), ("human", question)]
        for attempt in range(self._retries + 1):
            found = self._once(messages, until)
            delay = FIRST_DELAY_SECONDS * 2**attempt
            if found.retry_after_seconds is not None:
                delay = max(delay, found.retry_after_seconds)
            is_last = attempt == self._retries or self._clock() + delay >= until
            if found.failure not in _RETRIED or is_last:
                break
            self._pause(delay)
        return Completion(found.text, found.failure, found.detail, attempt + 1)

    def _once(self, messages: Sequence[tuple[str, str]], until: float) -> Completion:
        """One attempt. The stream is read in a thread, for a silent server sends nothing to look up from."""
        chunks: queue.Queue[Any] = queue.Queue()
        stopped = threading.Event()
        threading.Thread(target=self._read, args=(messages, chunks, stopped), daemon=True).start()
        parts: list[str] = []
        size = 0
        try:
            while True:
                chunk = chunks.get(timeout=max(0.0, until - self._clock()))
                if chunk is None:
                    return Completion("".join(parts))
                if isinstance(chunk, BaseException):
                    return failure_of(chunk)
                text, ending = _text(chunk), _ending(chunk)
                parts.append(text)
                size += len(text)
                if ending in _REFUSED or chunk.additional_kwargs.get("refusal"):
                    return Completion(failure="refused", detail=ending or "refusal")
                if ending in _CUT_OFF or size > self._max_chars:
                    return Completion(failure="unusable", detail=f"no end after {size} characters")
        except queue.Empty:
            return Completion(failure="too_slow", detail=f"nothing within {self._timeout_seconds} s")
        finally:
            stopped.set()

    def _read(
        self, messages: Sequence[tuple[str, str]], chunks: queue.Queue[Any], stopped: threading.Event
    ) -> None:
        try:
            for chunk in self._model.stream(list(messages)):
                if stopped.is_set():
                    return
                chunks.put(chunk)
            chunks.put(None)
        except BaseException as error:  # handed to the thread that asked
            chunks.put(error)


def failure_of(error: BaseException) -> Completion:
    """What kind of trouble an exception of any client means; by status, else by the names of its classes."""
    detail = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
    chain = list(_chain(error))
    status = next((s for e in chain if (s := _status(e)) is not None), None)
    names = " ".join(cls.__name__.lower() for e in chain for cls in type(e).__mro__)
    kind: FailureKind
    if status in (401, 403):
        kind = "no_access"
    elif status == 429:
        kind = "busy"
    elif status in (408, 504) or (status is None and "timeout" in names):
        kind = "too_slow"
    elif status is not None and status < 500:
        kind = "unusable"
    elif status is not None or any(word in names for word in ("connect", "protocol", "network", "oserror")):
        kind = "unreachable"
    else:
        kind = "unusable"
    log = logging.getLogger(__name__)
    log.warning("language model: %s", detail)
    return Completion(failure=kind, detail=detail, retry_after_seconds=_retry_after(chain))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    for _ in range(8):
        if error is None:
            return
        yield error
        error = error.__cause__ or error.__context__


def _status(error: BaseException) -> int | None:
    for holder in (error, getattr(error, "response", None)):
        for name in ("status_code", "http_status", "code"):
            value = getattr(holder, name, None)
            if isinstance(value, int) and 400 <= value < 600:
                return value
    return None


def _retry_after(chain: Sequence[BaseException]) -> float | None:
    for error in chain:
        headers = getattr(getattr(error, "response", None), "headers", None)
        try:
            if headers is not None and "retry-after" in headers:
                return max(0.0, float(headers["retry-after"]))
        except (TypeError, ValueError):
            continue
    return None


def _text(chunk: Any) -> str:
    content = chunk.content
    if isinstance(content, str):
        return content
    return "".join(
        part if isinstance(part, str) else str(part.get("text", ""))
        for part in content
        if isinstance(part, str) or part.get("type", "text") == "text"
    )


def _ending(chunk: Any) -> str:
    metadata = getattr(chunk, "response_metadata", None) or {}
    return str(
        metadata.get("finish_reason") or metadata.get("stop_reason") or metadata.get("done_reason") or ""
    )
