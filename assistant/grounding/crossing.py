"""A claim in English against passages in Dutch: figures, names, denial, and the meaning by embedding.

Words cannot be set side by side over two languages, so the checks that do so are left out here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.grounding.check_numbers import check_numbers
from assistant.grounding.check_polarity import negations_in
from assistant.grounding.context import Context, Finding
from assistant.grounding.direction import direction_of
from assistant.grounding.evidence import Sentence, Unit
from assistant.grounding.likeness import Vectors
from assistant.grounding.names import NameIndex, names_in
from assistant.grounding.text import has_phrase

_ENGLISH = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "for",
        "with",
        "by",
        "are",
        "has",
        "have",
        "from",
        "at",
        "on",
        "as",
        "that",
        "it",
        "its",
        "an",
        "had",
        "were",
        "been",
        "which",
        "this",
        "who",
        "than",
        "not",
        "their",
        "there",
        "into",
        "also",
        "can",
        "will",
    ]
)
_DUTCH = frozenset(
    [
        "de",
        "het",
        "een",
        "van",
        "en",
        "voor",
        "met",
        "op",
        "te",
        "door",
        "die",
        "dat",
        "zijn",
        "wordt",
        "worden",
        "naar",
        "bij",
        "aan",
        "er",
        "om",
        "ook",
        "niet",
        "als",
        "dan",
        "heeft",
        "uit",
        "tot",
        "kan",
        "deze",
        "zich",
    ]
)
_NUMBER_KEYS = frozenset(["number", "number_other", "from_to", "frequency"])
# Least cosine of an English sentence with a Dutch one (or two in a row) that says it.
MEANS_THE_SAME = 0.862


def is_english(unit: Unit) -> bool:
    """More words that only English has than words that only Dutch has; names do not count."""
    words = [t.lower for t in unit.tokens if t.is_word and not t.is_capital]
    english = sum(
        w in _ENGLISH or (w not in _DUTCH and _is_known(w, "en") and not _is_known(w, "nl")) for w in words
    )
    dutch = sum(
        w in _DUTCH or (w not in _ENGLISH and _is_known(w, "nl") and not _is_known(w, "en")) for w in words
    )
    return english > dutch


def crosses(ctx: Context) -> bool:
    """An English claim beside Dutch evidence."""
    return is_english(ctx.claim.unit) and not any(is_english(u) for u in ctx.units)


def crossing_texts(ctx: Context) -> list[str]:
    """What must be embedded: the claim, every sentence, and every two in a row of one passage."""
    return [ctx.claim.text, *_candidates(ctx.evidence, ctx.owners)]


def _candidates(evidence: Sequence[Sentence], owners: Sequence[int]) -> list[str]:
    pairs = [
        f"{evidence[i].text} {evidence[i + 1].text}"
        for i in range(len(evidence) - 1)
        if owners[i] == owners[i + 1]
    ]
    return [*(s.text for s in evidence), *pairs][:40]


def check_crossing(ctx: Context, vectors: Vectors) -> Iterator[Finding]:
    """Yield what is wrong with an English claim about Dutch passages."""
    yield from (f for f in check_numbers(ctx) if f.key in _NUMBER_KEYS)
    index = NameIndex(ctx.evidence, ctx.lexicon)
    for name in names_in(ctx.claim.unit.tokens, ctx.lexicon):
        if all(_is_known(t.lower, "en") for t in name):
            continue
        lost = index.missing(tuple(t for t in name if not _is_known(t.lower, "en")))
        if lost:
            yield Finding("name", True, {"name": lost})
    claim, *others = vectors.of(crossing_texts(ctx))
    cosines = [float(v @ claim) for v in others]
    order = sorted(range(len(ctx.evidence)), key=lambda i: (-cosines[i] if i < len(cosines) else 0.0, i))
    yield from _turned(ctx.claim.unit, [ctx.evidence[i].unit for i in order[:2]], ctx)
    if max(cosines) < MEANS_THE_SAME:
        yield Finding("little", False, {})


def _turned(mine: Unit, near: Sequence[Unit], ctx: Context) -> Iterator[Finding]:
    classes = ctx.lexicon.classes
    theirs = near[0]
    denying = classes["negators"] | classes["local_negators"] | classes["ended_words"]
    denied = any(
        has_phrase(u.flat, denying)
        or {t.lemma for t in u.tokens}
        & (classes["implicit_negatives"] | {"eindigen", "stoppen", "vervallen"})
        for u in near
    )
    if negations_in(mine, ctx) and not denied:
        yield Finding("negated", True, {})
    if negations_in(theirs, ctx) and not has_phrase(
        mine.flat, classes["negators"] | classes["implicit_negatives"]
    ):
        yield Finding("not_negated", True, {})
    here = {direction_of(t, ctx.lexicon) for t in mine.tokens} - {0}
    there = {direction_of(t, ctx.lexicon) for u in near for t in u.tokens} - {0}
    if len(here) == 1 and len(there) == 1 and here != there:
        yield Finding("direction", True, {"word": "more/less", "found": "meer/minder"})
    must, can = ctx.lexicon.modality["must"], ctx.lexicon.modality["can"]
    said = has_phrase(theirs.flat, can) and not has_phrase(theirs.flat, must)
    if said and has_phrase(mine.flat, must):
        yield Finding("must_from_can", True, {})


@lru_cache(maxsize=8192)
def _is_known(word: str, language: str) -> bool:
    from simplemma import is_known

    return bool(is_known(word, lang=(language,)))
