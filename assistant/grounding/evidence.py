"""Passages and claims as indexes of words, concepts and numbers, and how strongly a word is matched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.grounding.lexicon import Lexicon
from assistant.grounding.number_words import is_number_word
from assistant.grounding.numbers import Quantity, quantities
from assistant.grounding.text import (
    Token,
    is_verb_form,
    joined,
    make_token,
    segments,
    split_sentences,
    squeeze,
    tokenize,
)
from assistant.grounding.words import compound_parts, root_of, zipf

# How much a match of each sort counts; 1 is the same word.
SAME, SYNONYM, COMPOUND, PART, LOOSE = 1.0, 0.95, 0.9, 0.75, 0.6
_LIGHT_WEIGHT = 0.3
_VERB_SHARE = 0.6
_NAME_WEIGHT = 1.4


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of text (sentence or segment) with what it holds.

    Attributes:
        tokens: in reading order.
        flat: lower-case words with single blanks, for phrases.
        roots: roots of all words; concepts: synonym groups touched by words and phrases.
        parts: roots of compound parts; part_concepts: synonym groups of those parts.
        numbers: quantities in reading order, positions relative to the sentence.
        token_concepts: per token position the groups it takes part in.
    """

    tokens: tuple[Token, ...]
    flat: str
    roots: frozenset[str]
    concepts: frozenset[int]
    parts: frozenset[str]
    part_concepts: frozenset[int]
    numbers: tuple[Quantity, ...]
    token_concepts: tuple[frozenset[int], ...]
    memo: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as a unit, with its segments as units."""

    text: str
    unit: Unit
    segments: tuple[Unit, ...]
    squeezed: str


_PHRASE_REACH = 5


def _concepts_per_token(tokens: Sequence[Token], lexicon: Lexicon) -> tuple[frozenset[int], ...]:
    found: list[set[int]] = [set(lexicon.concepts.get(t.root, ())) for t in tokens]
    roots = [t.root for t in tokens]
    for i, root in enumerate(roots):
        for phrase, group in lexicon.phrases.get(root, ()):
            # any order, close together: "niets betalen" is also "betaalt u niets"
            window = range(max(0, i - _PHRASE_REACH), min(i + _PHRASE_REACH + 1, len(roots)))
            spots = [next((j for j in window if roots[j] == p), -1) for p in phrase]
            if min(spots) >= 0:
                for j in spots:
                    found[j].add(group)
    return tuple(frozenset(f) for f in found)


def make_unit(
    tokens: tuple[Token, ...], lexicon: Lexicon, numbers: tuple[Quantity, ...] | None = None
) -> Unit:
    """Index a stretch of tokens."""
    per_token = _concepts_per_token(tokens, lexicon)
    parts: set[str] = set()
    for token in tokens:
        if token.is_word:
            parts.update(root_of(p) for p in compound_parts(token.lemma))
    return Unit(
        tokens=tokens,
        flat=joined(tokens),
        roots=frozenset(t.root for t in tokens if t.is_word),
        concepts=frozenset().union(*per_token) if per_token else frozenset(),
        parts=frozenset(parts),
        part_concepts=frozenset(c for p in parts for c in lexicon.concepts.get(p, ())),
        numbers=quantities(tokens) if numbers is None else numbers,
        token_concepts=per_token,
    )


def make_sentence(text: str, lexicon: Lexicon) -> Sentence:
    """Index one sentence and its segments."""
    tokens = _join_separable(tokenize(text))
    unit = make_unit(tokens, lexicon)
    parts = segments(tokens)
    units = (unit,) if len(parts) <= 1 else tuple(make_unit(p, lexicon) for p in parts)
    return Sentence(text, unit, units, squeeze(text))


_AFTER_PARTICLE = frozenset(
    ["naar", "op", "aan", "van", "in", "voor", "bij", "met", "uit", "en", "of", "dan", "tot"]
)
_PARTICLES = frozenset(
    [
        "achter",
        "aan",
        "af",
        "bij",
        "door",
        "in",
        "mee",
        "na",
        "om",
        "op",
        "over",
        "toe",
        "uit",
        "voor",
        "weg",
        "samen",
        "deel",
        "plaats",
        "vast",
        "terug",
        "tegen",
        "neer",
        "dicht",
        "open",
    ]
)


def _join_separable(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Give "vraagt … aan" the lemma and root of "aanvragen"; the particle keeps its own token."""
    out = list(tokens)
    for i, token in enumerate(tokens):
        last = (
            i + 1 >= len(tokens)
            or not (tokens[i + 1].is_word or tokens[i + 1].is_number)
            or tokens[i + 1].lower in _AFTER_PARTICLE
        )
        if token.lower not in _PARTICLES or not last:
            continue
        for j in range(i - 1, max(-1, i - 16), -1):
            verb = tokens[j]
            if verb.is_word and verb.lemma.endswith("en") and verb.lemma != token.lemma:
                whole = token.lower + verb.lemma
                if zipf(whole) >= 1.5:
                    out[j] = make_token(verb.text, whole, verb.index, first=verb.first)
                    break
            if tokens[j].lower in (";", ":"):
                break
    return tuple(out)


def passage_sentences(text: str, lexicon: Lexicon) -> tuple[Sentence, ...]:
    """Index all sentences of a cleaned passage."""
    return tuple(make_sentence(s, lexicon) for s in split_sentences(text))


def is_content(token: Token, lexicon: Lexicon) -> bool:
    """Words that carry meaning of their own (numbers are checked elsewhere)."""
    return (
        token.is_word
        and token.lower not in lexicon.function_words
        and len(token.lower) > 1
        and not is_number_word(token.lower)
    )


def weight_of(token: Token, lexicon: Lexicon) -> float:
    """How much an unmatched word hurts: rare words most, light words least."""
    if token.root in lexicon.light_roots:
        return _LIGHT_WEIGHT
    if token.is_capital and not token.first:
        return _NAME_WEIGHT
    weight = min(1.0, max(0.4, (7.0 - zipf(token.lemma)) / 3.0))
    # verbs are rephrased most, and an invented fact seldom hangs on its verb alone
    return weight * _VERB_SHARE if is_verb_form(token) else weight


def strength(token: Token, concepts: frozenset[int], units: Iterable[Unit], lexicon: Lexicon) -> float:
    """Best match of one word in any of the units, 0 to 1."""
    best = 0.0
    key = (token.lemma, concepts)
    for unit in units:
        if token.root in unit.roots:
            return SAME
        value = unit.memo.get(key)
        if value is None:
            value = unit.memo[key] = _strength_in(token, concepts, unit, lexicon)
        best = max(best, value)
    return best


def _strength_in(token: Token, concepts: frozenset[int], unit: Unit, lexicon: Lexicon) -> float:
    best = 0.0
    own = compound_parts(token.lemma)
    if not concepts.isdisjoint(unit.concepts):
        best = SYNONYM
    else:
        if token.root in unit.parts:
            best = max(best, COMPOUND if len(token.root) >= 3 else PART)
        elif not concepts.isdisjoint(unit.part_concepts):
            best = max(best, PART)
        if own:
            best = max(best, _compound_strength(own, unit, lexicon))
        if best < PART:
            best = max(best, _stem_strength(token.root, unit))
    return best


def _compound_strength(parts: tuple[str, ...], unit: Unit, lexicon: Lexicon) -> float:
    hits = 0.0
    for part in parts:
        root = root_of(part)
        groups = lexicon.concepts.get(root, frozenset())
        if root in unit.roots or root in unit.parts:
            hits += 1.0
        elif groups & (unit.concepts | unit.part_concepts):
            hits += 0.9
    share = hits / len(parts)
    if share >= 0.85:
        return COMPOUND
    # the head (last part) alone is the more general word; a modifier alone is another thing
    head = root_of(parts[-1])
    groups = lexicon.concepts.get(head, frozenset())
    if head in unit.roots or groups & unit.concepts:
        return LOOSE
    return 0.5 * share


def _stem_strength(root: str, unit: Unit) -> float:
    if len(root) < 5:
        return 0.0
    for other in unit.roots:
        if len(other) < 5:
            continue
        if len(root) >= 6 and (other.endswith(root) or (root.endswith(other) and len(other) >= 6)):
            return PART
        shared = 0
        for a, b in zip(root, other, strict=False):
            if a != b:
                break
            shared += 1
        if shared >= 5 and shared >= 0.75 * max(len(root), len(other)):
            return LOOSE
    return 0.0


@dataclass(frozen=True, slots=True)
class Fit:
    """How one passage sentence carries the claim."""

    index: int
    coverage: float


def content_of(unit: Unit, lexicon: Lexicon) -> list[tuple[Token, frozenset[int], float]]:
    """Content words of a unit with their synonym groups and weights."""
    known: list[tuple[Token, frozenset[int], float]] | None = unit.memo.get("content")
    if known is None:
        known = unit.memo["content"] = [
            (t, c, weight_of(t, lexicon))
            for t, c in zip(unit.tokens, unit.token_concepts, strict=True)
            if is_content(t, lexicon)
        ]
    return known


def coverage(claim: Unit, units: Sequence[Unit], lexicon: Lexicon) -> float:
    """Weighted share of the claim's content words found in the units; 1 when it has none."""
    total = carried = 0.0
    for token, concepts, weight in content_of(claim, lexicon):
        total += weight
        carried += weight * strength(token, concepts, units, lexicon)
    return carried / total if total else 1.0


def number_matches(claim: Quantity, other: Quantity) -> bool:
    """Same value and comparable kind."""
    if claim.kind != other.kind:
        if claim.kind == "count" and other.raw and other.kind != "count":
            return abs(claim.value - other.raw) < 1e-6
        if other.kind == "count" and claim.raw and claim.kind not in ("percent", "euro"):
            return abs(claim.raw - other.value) < 1e-6
        if not {claim.kind, other.kind} <= {"count", "euro", "degree", "year", "clock"}:
            return False
    return abs(claim.value - other.value) < 1e-6 * max(1.0, abs(claim.value))


def rank(claim: Sentence, evidence: Sequence[Sentence], lexicon: Lexicon) -> list[Fit]:
    """Passage sentences, best first; shared numbers count as words."""
    fits = []
    for i, sentence in enumerate(evidence):
        score = coverage(claim.unit, (sentence.unit,), lexicon)
        numbers = claim.unit.numbers
        if numbers:
            shared = sum(any(number_matches(n, m) for m in sentence.unit.numbers) for n in numbers)
            score = 0.6 * score + 0.4 * shared / len(numbers)
        fits.append(Fit(i, score))
    return sorted(fits, key=lambda f: (-f.coverage, f.index))
