"""Names, places and abbreviations: is each name of the claim somewhere in the passages?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from assistant.grounding.evidence import Sentence
from assistant.grounding.lexicon import Lexicon
from assistant.grounding.number_words import MONTHS, WEEKDAYS, word_value
from assistant.grounding.text import Token
from assistant.grounding.words import compound_parts, root_of, zipf

_PARTICLES = frozenset(
    [
        "van",
        "de",
        "der",
        "den",
        "het",
        "en",
        "voor",
        "of",
        "the",
        "and",
        "for",
        "in",
        "te",
        "ten",
        "ter",
        "'t",
        "'s",
        "op",
        "aan",
    ]
)
_KNOWN_ZIPF = 3.2
_ENDINGS = ("'er", "'ers", "-er", "er", "ers", "se", "s", "e", "'s", "'en")
_INFLECTED = re.compile(r"([A-ZÀ-Þ]{2,})'?(?:s|en|er|ers|se)")
_WHOLE_ENOUGH = 0.7


@cache
def _is_dictionary_word(word: str) -> bool:
    from simplemma import is_known

    return bool(is_known(word, lang=("nl", "en")))


@lru_cache(maxsize=65_536)
def is_abbreviation(text: str) -> bool:
    """Two capitals or more, or a capital inside: UWV, HvA, mkb'er is not one."""
    letters = [c for c in text if c.isalpha()]
    return (
        len(letters) >= 2 and sum(c.isupper() for c in letters) >= 2 and len(letters) <= 8 and " " not in text
    )


def names_in(
    tokens: Sequence[Token], lexicon: Lexicon, lower_seen: frozenset[str] = frozenset()
) -> list[tuple[Token, ...]]:
    """Runs of capitalised words; the first word of a sentence only when it is no ordinary word.

    Args:
        lower_seen: words that the passages write in lower case, so no names.
    """
    runs: list[list[Token]] = []
    current: list[Token] = []
    for position, token in enumerate(tokens):
        if _is_name_token(token, tokens, position, lexicon, lower_seen) or (
            current
            and token.lower in _PARTICLES
            and position + 1 < len(tokens)
            and tokens[position + 1].is_capital
            and (token.lower not in ("en", "of", "in", "and", "op", "te", "aan", "voor", "het"))
        ):
            current.append(token)
        elif current:
            runs.append(current)
            current = []
    if current:
        runs.append(current)
    return [tuple(r) for r in runs]


def _is_name_token(
    token: Token, tokens: Sequence[Token], position: int, lexicon: Lexicon, lower_seen: frozenset[str]
) -> bool:
    if not token.is_word or len(token.lower) < 2 or any(c.isdecimal() for c in token.text):
        return False
    if token.lower in MONTHS or token.lower in WEEKDAYS:
        return False  # English writes them with a capital; they are checked as dates
    if token.lower in lexicon.place_of and token.is_capital and token.lower not in lexicon.function_words:
        return True
    if not token.is_capital:
        return False
    if is_abbreviation(token.text):
        return True
    if not token.text[0].isupper():
        return False
    if not token.first:
        return token.lower not in ("u", "uw", "i")
    if token.lower in lexicon.function_words or token.lower in lower_seen:
        return False
    following = tokens[position + 1] if position + 1 < len(tokens) else None
    if (
        following is not None
        and following.is_word
        and following.text[0].isupper()
        and not is_abbreviation(following.text)
    ):
        return not (_is_dictionary_word(token.lower) and zipf(token.lower) > _KNOWN_ZIPF)
    if _is_dictionary_word(token.lower) or compound_parts(token.lemma) or word_value(token.lower) is not None:
        return False
    return token.root not in lexicon.concepts


_SINGLE_VOWEL = re.compile(r"([aeou])\1(?=[^aeiou]$)")


@lru_cache(maxsize=65_536)
def _variants(word: str) -> frozenset[str]:
    out = {word}
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            out.add(word[: -len(ending)])
    return frozenset(out)


def _from_place(word: str, words: set[str]) -> bool:
    """Say that an adjective ("Antwerpse") shares all but its ending with a place in the words."""
    for ending in ("se", "s", "er", "ers", "enaar", "enaren", "naar", "naren"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= 4:
            single = _SINGLE_VOWEL.sub(r"\1", stem)  # "Almeer" to "Alme(r)e"
            return any(
                w.startswith(form) and len(w) - len(form) <= 3 for form in (stem, single) for w in words
            )
    return any(
        len(w) >= 6 and w.endswith(("se", "s")) and word.startswith(w.removesuffix("se").removesuffix("s"))
        for w in words
        if w[:4] == word[:4]
    )


def initials_match(short: str, words: Sequence[str]) -> bool:
    """True when the letters of `short` come, in order, from the words.

    Each word gives its first letter and may give one more from inside (compounds); function words may
    give none.
    """
    letters = [c for c in short.lower() if c.isalpha()]
    if len(letters) < 2 or not words:
        return False

    def step(i: int, w: int) -> bool:
        if w == len(words):
            return i == len(letters)
        word = words[w]
        if word in _PARTICLES and step(i, w + 1):
            return True
        if i < len(letters) and word[0] == letters[i]:
            if step(i + 1, w + 1):
                return True
            rest = list(_inner_initials(word))
            if i + 1 < len(letters) and letters[i + 1] in rest and step(i + 2, w + 1):
                return True
        return False

    return step(0, 0)


_COUNTRY = "nederland"
_LONG_NAME = 6
_TAIL_ZIPF = 3.5


def compound_tail(word: str, head: str) -> bool:
    """Whether a word is the name plus an ordinary noun: "eemsmondgebied" after "eemsmond"."""
    tail = word[len(head) :]
    return len(tail) > 3 and zipf(tail) >= _TAIL_ZIPF


def _inner_initials(word: str) -> list[str]:
    return [p[0] for p in compound_parts(word)[1:]] or (
        [word[len(word) // 2 + d] for d in (-1, 0, 1)] if len(word) > 7 else []
    )


def _name_words(sentence: Sentence) -> tuple[list[str], set[str], set[str], set[str]]:
    """Words, their forms, those in lower case, and abbreviations of one sentence; worked out once."""
    known: tuple[list[str], set[str], set[str], set[str]] | None = sentence.unit.memo.get("names")
    if known is None:
        tokens = [t for t in sentence.unit.tokens if t.is_word]
        variants = {
            v
            for t in tokens
            for piece in (t.lower, *re.split(r"[-/]", t.lower))
            if piece
            for v in _variants(piece)
        }
        variants |= {t.lemma for t in tokens}
        known = sentence.unit.memo["names"] = (
            [t.lower for t in tokens],
            variants,
            {t.lower for t in tokens if not t.is_capital},
            {t.lower for t in tokens if is_abbreviation(t.text)},
        )
    return known


class NameIndex:
    """All words of the passages, in the forms a name may take."""

    def __init__(self, sentences: Sequence[Sentence], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self.words: set[str] = set()
        self.lower_seen: set[str] = set()
        self._lists: list[list[str]] = []
        self.abbreviations: set[str] = set()
        for sentence in sentences:
            words, variants, lower_seen, abbreviations = _name_words(sentence)
            self._lists.append(words)
            self.words |= variants
            self.lower_seen |= lower_seen
            self.abbreviations |= abbreviations
        flat = " ".join(w for ws in self._lists for w in ws)
        self._flat = f" {flat} "
        self.places = {p for form, p in lexicon.place_of.items() if f" {form} " in self._flat}
        self.alias_ids = {
            i for form, ids in lexicon.aliases.items() if f" {form} " in self._flat for i in ids
        }

    def missing(self, name: tuple[Token, ...]) -> str | None:
        """The part of a name that the passages do not hold, or None when they hold all of it."""
        text = " ".join(t.lower for t in name)
        lexicon = self._lexicon
        if f" {text} " in self._flat or lexicon.place_of.get(text) in self.places:
            return None
        if lexicon.place_of.get(text) == _COUNTRY and not self.places:
            return None  # figures without any place are about the country
        if lexicon.aliases.get(text, frozenset()) & self.alias_ids:
            return None
        lost = [t for t in name if t.lower not in _PARTICLES and not self._holds(t)]
        if not lost:
            return None
        unexplained = [a for a in self.abbreviations if not self._has_initials(a)]
        if len(name) > 1 and any(initials_match(a, [t.lower for t in name]) for a in unexplained):
            return None
        return " ".join(t.text for t in lost)

    def _holds(self, token: Token) -> bool:
        inflected = _INFLECTED.fullmatch(token.text)
        if inflected and self._holds_word(inflected[1].lower(), inflected[1], token.root):
            return True
        return self._holds_word(token.lower, token.text, token.root)

    def _holds_word(self, word: str, text: str, root: str) -> bool:
        lexicon = self._lexicon
        if _variants(word) & self.words or lexicon.place_of.get(word) in self.places:
            return True
        if lexicon.aliases.get(word, frozenset()) & self.alias_ids:
            return True
        full = lexicon.abbreviations.get(word.split("-")[0])
        if full and self._has_full(full):
            return True
        if is_abbreviation(text) and self._has_initials(text):
            return True
        pieces = [p for p in re.split(r"[-/]", word) if p]
        if (
            len(pieces) > 1
            and is_abbreviation(text[: len(pieces[0])])
            and (pieces[0] in self.words or self._alias_piece(pieces[0]))
        ):
            return True  # "RIF-subsidie": what follows the name is an ordinary word
        if len(word) >= _LONG_NAME and any(w.startswith(word) and compound_tail(w, word) for w in self.words):
            return True
        if len(pieces) > 1 and all(_variants(p) & self.words or self._alias_piece(p) for p in pieces):
            return True
        if _from_place(word, self.words):
            return True
        if len(root) > 3 and any(root_of(w) == root for w in self.words if w[0] == word[0]):
            return True
        # a capital on an ordinary compound ("HCA-programma") or generic word is no invention by itself
        return any(
            lexicon.abbreviations.get(a) and self._in_full(word, lexicon.abbreviations[a])
            for a in self.abbreviations
        )

    def _alias_piece(self, piece: str) -> bool:
        return self._has_initials(piece) or bool(
            self._lexicon.abbreviations.get(piece) and self._has_full(self._lexicon.abbreviations[piece])
        )

    def _in_full(self, word: str, full: tuple[str, ...]) -> bool:
        return word in full

    def _has_full(self, full: tuple[str, ...]) -> bool:
        strong = [w for w in full if w not in _PARTICLES]
        held = sum(w.strip(",-") in self.words for w in strong)
        return held == len(strong) or (len(strong) > 2 and held >= _WHOLE_ENOUGH * len(strong))

    def _has_initials(self, short: str) -> bool:
        for words in self._lists:
            for start in range(len(words)):
                if words[start][0] != short[0].lower():
                    continue
                for length in range(1, len(short) + 4):
                    if start + length > len(words):
                        break
                    if length == 1 and not compound_parts(words[start]):
                        continue
                    if words[start + length - 1] in _PARTICLES:
                        continue
                    if initials_match(short, words[start : start + length]):
                        return True
        return False
