"""From text to tokens, sentences and segments."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.grounding.clause_words import FINITE, RELATIVES
from assistant.grounding.words import lemma_of, root_of

# Work is bounded: longer text is cut before any check looks at it.
MAX_CHARS = 20_000
_QUOTES = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "`": "'",
        "´": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "–": "-",
        "—": "-",
        "\u00a0": " ",
        "\u202f": " ",
        "\u00ad": None,
        "\u200b": None,
        "\u2011": "-",
    }
)
_TOKEN = re.compile(
    r"[QqKk][1-4]\b|[0-9]+(?:[.,:][0-9]+)*|[^\W\d_]+(?:['\-/&.](?=[^\W_])[^\W_]+)*'?|['][^\W\d_]+(?:-[^\W\d_]+)*|[€%°$&]|[^\w\s]",
    re.UNICODE,
)
_SPACE_BEFORE_MARK = re.compile(r"\s+([.,;:!?])")
_SENTENCE_END = re.compile(
    r"(?<=[.!?])[\"')\]]*\s+(?=[\"'(\[*_]*[A-Z0-9À-Þ€'])|\n{1,}|(?<=[.!?])(?=[A-ZÀ-Þ][a-zà-þ])"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Za-z]|bijv|bv|ca|dhr|mevr|dr|drs|ir|ing|prof|mr|nr|art|blz|p|pag|st|resp|incl|excl|max|min|gem|tel|vgl"
    r"|jan|feb|mrt|apr|jun|jul|aug|sep|sept|okt|nov|dec|o\.a|d\.w\.z|m\.a\.w|t\.o\.v|i\.v\.m|t/m|n\.v|b\.v|e\.d"
    r"|vs|mrs|ms|etc|a\.k\.a|i\.e|e\.g)\.)$",
    re.IGNORECASE,
)
_SEGMENT_WORDS = frozenset(
    [
        "maar",
        "terwijl",
        "hoewel",
        "ofschoon",
        "want",
        "omdat",
        "doordat",
        "zodat",
        "waardoor",
        "daarom",
        "mits",
        "tenzij",
        "zodra",
        "totdat",
        "nadat",
        "voordat",
        "but",
        "while",
        "although",
        "because",
        "whereas",
    ]
)


def clean(text: str) -> str:
    """Same text with one kind of quote and space, control characters out, bounded in length."""
    text = unicodedata.normalize("NFC", text[:MAX_CHARS]).translate(_QUOTES)
    return "".join(c if c in "\n\t" or unicodedata.category(c)[0] != "C" else " " for c in text)


_TURNS = frozenset(["niet", "geen", "not", "no"])
_NOT_VERBS = frozenset(["miljoen", "miljoenen", "heden"])
_PRONOUNS = frozenset(
    ["u", "je", "hij", "zij", "ze", "wij", "we", "ik", "er", "you", "they", "he", "she", "it"]
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or mark; `first` says it opens its sentence."""

    text: str
    lower: str
    lemma: str
    root: str
    index: int
    first: bool
    is_word: bool
    is_number: bool
    is_capital: bool


def make_token(raw: str, lemma: str, index: int, *, first: bool) -> Token:
    """Fill in what follows from the text and the lemma."""
    lower = raw.lower()
    word = lower[0].isalpha() or (lower[0] == "'" and len(lower) > 1)
    return Token(raw, lower, lemma, root_of(lemma), index, first, word, "0" <= lower[0] <= "9", raw != lower)


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
        tokens.append(make_token(raw, lemma, index, first=opening and raw[0].isalnum()))
        if raw[0].isalnum():
            opening = False
        elif raw in ':"':
            opening = True
    return tuple(tokens)


@lru_cache(maxsize=4096)
def split_sentences(text: str) -> tuple[str, ...]:
    """Sentences of a cleaned text; abbreviations and numbers do not end one."""
    parts: list[str] = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        before = text[start : match.start()]
        if (
            "\n" not in match.group()
            and _ABBREVIATION.search(before[-12:])
            and not before.rstrip().endswith("]")
        ):
            continue
        parts.append(text[start : match.end()].strip())
        start = match.end()
    parts.append(text[start:].strip())
    return tuple(p for p in parts if p)


def segments(tokens: Sequence[Token]) -> tuple[tuple[Token, ...], ...]:
    """Clause-like stretches: cut at semicolons, conjunctions, and commas after three words or more."""
    out: list[list[Token]] = [[]]
    words = 0  # in the stretch so far
    for position, token in enumerate(tokens):
        turns = token.lower in ("en", "and") and _opens_clause(tokens, position + 1)
        if token.lower in (";", ":", "(", ")") or (token.lower == "," and words >= 3):
            out.append([])
            words = 0
            continue
        turns = turns and words >= 3 and any(_verb_like(t) for t in out[-1])
        if (token.lower in _SEGMENT_WORDS or turns) and words >= 2:
            out.append([])
            words = 0
        out[-1].append(token)
        words += token.is_word or token.is_number
    merged: list[list[Token]] = []
    for part in out:
        if not any(t.is_word or t.is_number for t in part):
            continue
        # a stretch without a verb is part of a list, unless it turns: "maar niet voor het eten"
        turning = part[0].lower in _SEGMENT_WORDS or any(t.lower in _TURNS for t in part[:2])
        waits = bool(merged) and not any(is_verb_form(t) and t.lower not in FINITE for t in merged[-1])
        completes = all(_participle_like(t) for t in part if _verb_like(t))
        if (
            merged
            and not turning
            and (
                not any(_verb_like(t) for t in part)
                or (waits and completes and part[0].lower not in RELATIVES)
            )
        ):
            merged[-1].extend(part)
        else:
            merged.append(part)
    return tuple(tuple(s) for s in merged)


def _verb_like(token: Token) -> bool:
    return token.lower in FINITE or is_verb_form(token)


def _participle_like(token: Token) -> bool:
    return token.lower not in FINITE and "ge" in token.lower[:6] and token.lower.endswith(("d", "t", "en"))


def is_verb_form(token: Token) -> bool:
    """An inflected Dutch verb, as far as lemma and ending tell."""
    low = token.lower
    return (
        token.lemma.endswith("en")
        and token.lemma != low
        and not low.endswith(("s", "'s"))
        and low not in _NOT_VERBS
    )


def _opens_clause(tokens: Sequence[Token], at: int) -> bool:
    """After "en": "niet …", or a pronoun or verb, so a statement of its own."""
    after = [t.lower for t in tokens[at : at + 2]]
    if not after:
        return False
    if after[0] in ("de", "het", "een", "the") and at + 2 < len(tokens) and _verb_like(tokens[at + 2]):
        return True
    return (
        after[0] in _TURNS
        or after[0] in _PRONOUNS
        or after[0] in FINITE
        or (len(after) > 1 and after[1] in FINITE)
    )


def joined(tokens: Sequence[Token]) -> str:
    """Lower-case words with single blanks and a blank on either side, for phrase look-up."""
    return " " + " ".join(t.lower for t in tokens if t.is_word or t.is_number) + " "


@lru_cache(maxsize=8192)
def _word_set(haystack: str) -> frozenset[str]:
    return frozenset(haystack.split())


@lru_cache(maxsize=512)
def _long_phrases(phrases: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(p for p in phrases if " " in p))


def squeeze(text: str) -> str:
    """Lower case with single blanks and without closing marks, to see that two sentences are the same."""
    return _SPACE_BEFORE_MARK.sub(r"\1", " ".join(text.split()).lower()).rstrip(".,;:!? ")


def has_phrase(haystack: str, phrases: frozenset[str]) -> str | None:
    """First phrase (alphabetically) of the set that occurs in a `joined` text, or None."""
    hits = [*(_word_set(haystack) & phrases), *(p for p in _long_phrases(phrases) if f" {p} " in haystack)]
    return min(hits) if hits else None
