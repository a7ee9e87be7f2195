"""From text to tokens, sentences and segments."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.grounding.words import lemma_of, root_of

# Work is bounded: longer text is cut before any check looks at it.
MAX_CHARS = 20_000
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-",
                         "\u00a0": " ", "\u202f": " ", "\u00ad": None, "\u200b": None, "\u2011": "-"})  # fmt: skip
_TOKEN = re.compile(
    r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['\-/&.](?=[^\W_])[^\W_]+)*'?|['][^\W\d_]+(?:-[^\W\d_]+)*|[€%°$&]|[^\w\s]",
    re.UNICODE,
)
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"')\]]*\s+(?=[\"'(\[*_]*[A-Z0-9À-Þ€'])|\n{1,}|(?<=[.!?])(?=[A-ZÀ-Þ][a-zà-þ])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Za-z]|bijv|bv|ca|dhr|mevr|dr|drs|ir|ing|prof|mr|nr|art|blz|p|pag|st|resp|incl|excl|max|min|gem|tel|vgl"
    r"|jan|feb|mrt|apr|jun|jul|aug|sep|sept|okt|nov|dec|o\.a|d\.w\.z|m\.a\.w|t\.o\.v|i\.v\.m|t/m|n\.v|b\.v|e\.d"
    r"|vs|mrs|ms|etc|a\.k\.a|i\.e|e\.g)\.)$",
    re.IGNORECASE,
)
_SEGMENT_WORDS = frozenset(
    "maar terwijl hoewel ofschoon want omdat doordat zodat waardoor daarom mits tenzij zodra totdat nadat voordat "
    "but while although because whereas".split()
)


def clean(text: str) -> str:
    """Same text with one kind of quote and space, control characters out, bounded in length."""
    text = unicodedata.normalize("NFC", text[:MAX_CHARS]).translate(_QUOTES)
    return "".join(c if c in "\n\t" or unicodedata.category(c)[0] != "C" else " " for c in text)


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or mark; `first` says it opens its sentence."""

    text: str
    lower: str
    lemma: str
    root: str
    index: int
    first: bool

    @property
    def is_word(self) -> bool:
        return self.lower[0].isalpha() or (self.lower[0] == "'" and len(self.lower) > 1)

    @property
    def is_number(self) -> bool:
        return self.lower[0].isdigit()

    @property
    def is_capital(self) -> bool:
        return any(c.isupper() for c in self.text)


def tokenize(sentence: str) -> tuple[Token, ...]:
    """Tokens of one sentence, lower-cased, lemmatised and rooted."""
    tokens = []
    opening = True
    for index, match in enumerate(_TOKEN.finditer(sentence)):
        raw = match.group()
        if raw.endswith("'") and len(raw) > 1:
            raw = raw[:-1]
        lower = raw.lower()
        lemma = lemma_of(lower) if lower[0].isalpha() else lower
        tokens.append(Token(raw, lower, lemma, root_of(lemma), index, opening and raw[0].isalnum()))
        if raw[0].isalnum():
            opening = False
        elif raw in ":\"":
            opening = True
    return tuple(tokens)


@lru_cache(maxsize=4096)
def split_sentences(text: str) -> tuple[str, ...]:
    """Sentences of a cleaned text; abbreviations and numbers do not end one."""
    parts: list[str] = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        before = text[start : match.start()]
        if "\n" not in match.group() and _ABBREVIATION.search(before[-12:]) and not before.rstrip().endswith("]"):
            continue
        parts.append(text[start : match.end()].strip())
        start = match.end()
    parts.append(text[start:].strip())
    return tuple(p for p in parts if p)


def segments(tokens: Sequence[Token]) -> tuple[tuple[Token, ...], ...]:
    """Clause-like stretches: cut at semicolons, at conjunctions, and at commas that close four words or more."""
    out: list[list[Token]] = [[]]
    for position, token in enumerate(tokens):
        words = sum(1 for t in out[-1] if t.is_word or t.is_number)
        turns = token.lower == "en" and position + 1 < len(tokens) and tokens[position + 1].lower in ("niet", "geen")
        if token.lower in (";", ":", "(", ")") or (token.lower == "," and words >= 3):
            out.append([])
            continue
        if (token.lower in _SEGMENT_WORDS or turns) and words >= 2:
            out.append([])
        out[-1].append(token)
    return tuple(tuple(s) for s in out if any(t.is_word or t.is_number for t in s))


def joined(tokens: Sequence[Token]) -> str:
    """Lower-case words with single blanks and a blank on either side, for phrase look-up."""
    return " " + " ".join(t.lower for t in tokens if t.is_word or t.is_number) + " "


def has_phrase(haystack: str, phrases: frozenset[str]) -> str | None:
    """First phrase (alphabetically) of the set that occurs in a `joined` text, or None."""
    words = set(haystack.split())
    hits = [p for p in phrases if (p in words if " " not in p else f" {p} " in haystack)]
    return min(hits) if hits else None
