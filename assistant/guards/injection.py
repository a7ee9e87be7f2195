"""Recognises orders to the assistant in a question or document, by word lists and patterns."""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import ConfigurationError

InjectionKind = Literal[
    "override", "reveal", "role", "orders", "model", "forced", "exfiltration", "markup", "encoded"
]
VOCABULARY = Path(__file__).parent / "injection.yaml"
MAX_CHARS = 200_000
_CLAUSE = re.compile(r"[.!?;:,\n()\[\]{}\"“”«»|]+|\s[-–—]+\s|[=*#>]{2,}")
_NO_WORD = re.compile(r"[^\w|]+")
_SPACED = re.compile(r"(?<!\w)(?:\w[ .\-_*]){3,}\w(?!\w)")
_BASE64 = re.compile(r"(?<![\w+/])[A-Za-z0-9+/]{24,}={0,2}(?![\w+/])")
_LOOKALIKES = str.maketrans(
    "авеіјкмнорстухѕԁӏɡαβεικνορτυχ", "abeijkmhopctyxsdlgabeiknoptux"
)  # Cyrillic and Greek letters that look like Latin ones
_LEET = str.maketrans("013457@$", "oieastas")
_BROKEN_UP = re.compile(r"\.{2,}|…|-{2,}|(?<=\w)!(?=\s*\w)|,")
_MIXED = re.compile(r"(?<!\w)(?=[a-z@$]*[0134579@$])(?=[\d@$]*[a-z])[a-z0134579@$]{4,}(?!\w)")


@dataclass(frozen=True, slots=True)
class Injection:
    """An order to the assistant.

    Attributes:
        kind: what it tries.
        text: the words that gave it away, as they were read.
    """

    kind: InjectionKind
    text: str


class _Vocabulary(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    classes: dict[str, tuple[str, ...]]
    rules: dict[InjectionKind, tuple[str, ...]]
    raw: dict[InjectionKind, tuple[str, ...]]


class InjectionRecogniser:
    """Patterns of words, compiled once.

    Args:
        rules: per kind the compiled patterns for read text.
        raw: per kind the compiled patterns for text as it came.
    """

    def __init__(
        self, rules: Mapping[InjectionKind, Iterable[re.Pattern[str]]],
        raw: Mapping[InjectionKind, Iterable[re.Pattern[str]]],
    ) -> None:  # fmt: skip
        self._rules = {kind: tuple(patterns) for kind, patterns in rules.items()}
        self._raw = {kind: tuple(patterns) for kind, patterns in raw.items()}

    @classmethod
    def load(cls, path: Path = VOCABULARY) -> InjectionRecogniser:
        """Read and compile the vocabulary.

        Raises:
            ConfigurationError: the file is broken, or a rule names a class that is not there.
        """
        try:
            vocabulary = _Vocabulary.model_validate(yaml.safe_load(path.read_text("utf-8")))
            raw = {
                kind: [re.compile(line, re.I | re.M) for line in lines]
                for kind, lines in vocabulary.raw.items()
            }
        except (OSError, yaml.YAMLError, ValidationError, re.error) as error:
            raise ConfigurationError(f"Cannot use {path}: {error}. Mend the file or restore it.") from error
        classes = {name: _alternatives(words) for name, words in vocabulary.classes.items()}
        rules = {
            kind: [_compiled(rule, classes, path) for rule in lines]
            for kind, lines in vocabulary.rules.items()
        }
        return cls(rules, raw)

    def find(self, text: str) -> Injection | None:
        """The first order to the assistant, or None; text beyond `MAX_CHARS` is not read."""
        text = text[:MAX_CHARS]
        for kind, patterns in self._raw.items():
            for pattern in patterns:
                if match := pattern.search(text):
                    return Injection(kind, match.group().strip()[:200])
        for reading in _readings(text):
            for kind, patterns in self._rules.items():
                for pattern in patterns:
                    if match := pattern.search(reading):
                        return Injection(kind, match.group().strip(" |")[:200])
        return self._encoded(text)

    def _encoded(self, text: str) -> Injection | None:
        for match in _BASE64.finditer(text):
            token = match.group()
            try:
                plain = base64.b64decode(token + "=" * (-len(token) % 4)).decode("utf-8")
            except (binascii.Error, UnicodeDecodeError, ValueError):
                continue
            if any(found for reading in _readings(plain) for found in self._hits(reading)):
                return Injection("encoded", plain[:200])
        return None

    def _hits(self, reading: str) -> Iterable[InjectionKind]:
        return (kind for kind, patterns in self._rules.items() if any(p.search(reading) for p in patterns))


@cache
def _default() -> InjectionRecogniser:
    return InjectionRecogniser.load()


def find_injection(text: str) -> Injection | None:
    """The first order to the assistant in a text, with the vocabulary that ships with the product."""
    return _default().find(text)


def _readings(text: str) -> list[str]:
    """The text in plain lower-case words, and once more with disguised spelling undone when that differs."""
    plain = unicodedata.normalize("NFKC", text).lower().translate(_LOOKALIKES)
    plain = "".join(c for c in unicodedata.normalize("NFD", plain) if unicodedata.category(c) != "Mn")
    undone = _SPACED.sub(lambda m: re.sub(r"[ .\-_*]", "", m.group()), plain)
    undone = _BROKEN_UP.sub(" ", undone)
    undone = _MIXED.sub(lambda m: m.group().translate(_LEET), undone)
    readings = [_in_words(plain)]
    if undone != plain:
        readings.append(_in_words(undone))
    return readings


def _in_words(text: str) -> str:
    """Words with one space between, `|` between clauses; begins and ends with `|`."""
    clauses = _CLAUSE.sub(" | ", text)
    words = _NO_WORD.sub(" ", clauses.replace("_", " ")).split()
    return f" | {' '.join(words)} | "


def _alternatives(words: Iterable[str]) -> str:
    forms = sorted(words, key=lambda w: (-len(w), w))
    return (
        "(?:" + "|".join(re.escape(w.rstrip("*")) + (r"\w*" if w.endswith("*") else "") for w in forms) + ")"
    )


def _compiled(rule: str, classes: Mapping[str, str], path: Path) -> re.Pattern[str]:
    """A rule as a pattern over words; every part eats the space after it."""
    parts: list[str] = []
    for part in rule.split():
        name = part.lstrip("@!<")
        if part[0] in "@!" and name not in classes:
            raise ConfigurationError(
                f"{path.name}: rule {rule!r} names the class {name!r}, which is not there."
            )
        if part == "^":
            parts.append(rf"(?<=\| )(?:{classes['polite']} ){{0,3}}")
        elif part.startswith("!<"):
            parts.append(_not_before(classes[name]))
        elif part.startswith("!"):
            parts.append(f"(?!{classes[name]} )")
        elif part.startswith("@"):
            parts.append(f"{classes[name]} ")
        elif part.startswith("~~"):
            parts.append(rf"(?:[\w|]+ ){{0,{int(part[2:])}}}?")
        elif part.startswith("~"):
            parts.append(rf"(?:\w+ ){{0,{int(part[1:])}}}?")
        elif part == "|":
            parts.append(r"\| ")
        else:
            parts.append(re.escape(part.rstrip("*")) + (r"\w* " if part.endswith("*") else " "))
    return re.compile(r"(?<= )" + "".join(parts))


def _not_before(alternatives: str) -> str:
    """Lookbehinds have a fixed width, so one for each word."""
    words = alternatives.removeprefix("(?:").removesuffix(")").split("|")
    return "".join(f"(?<! {word} )" for word in words)
