"""Additions: how much of the sentence is in the source at all, and what is not."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.grounding.context import Context, Finding
from assistant.grounding.names import names_in
from assistant.grounding.text import Token, is_verb_form

Embed = Callable[[Sequence[str]], Any]
_MAX_COMPARED = 8
_CACHED_VECTORS = 4096
_CHARS_EMBEDDED = 600


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Limits of the coverage test, shares and cosines from 0 to 1; chosen on the development sentences.

    Attributes:
        little: without embeddings, below this share of the sentence's weight too little is in the source.
        doubt: without embeddings, below this share an unmatched noun or adjective counts as an addition.
        spread: without embeddings, least share that the two best sentences must carry together.
        sure: at or above this share nothing is looked up further.
        similar: with embeddings, least value of cosine + share_weight * share.
        share_weight: see similar.
        literal: at or above this cosine the sentence is a copy, so a word without any match replaced another.
    """

    little: float = 0.45
    doubt: float = 0.72
    spread: float = 0.4
    sure: float = 0.9
    similar: float = 0.952
    share_weight: float = 0.1
    literal: float = 0.975


class Vectors:
    """Embeddings of sentences, kept by text so that passages are embedded once."""

    def __init__(self, embed: Embed) -> None:
        self._embed = embed
        self._known: OrderedDict[str, Any] = OrderedDict()

    def of(self, texts: Sequence[str]) -> list[Any]:
        """Vectors in the order of the texts; unknown ones are embedded in one call."""
        cut = [t[:_CHARS_EMBEDDED].replace("\x00", " ") for t in texts]
        new = [t for t in dict.fromkeys(cut) if t not in self._known]
        if new:
            for text, vector in zip(new, self._embed(new), strict=True):
                self._known[text] = vector
        out = [self._known[t] for t in cut]
        while len(self._known) > _CACHED_VECTORS:
            self._known.popitem(last=False)
        return out


def doubtful_texts(ctx: Context, limits: Thresholds) -> list[str]:
    """What must be embedded to judge this claim: nothing when its words are in the source."""
    if not ctx.evidence or ctx.coverage_all >= limits.sure:
        return []
    shown = ctx.fits[:_MAX_COMPARED]
    return [ctx.claim.text, *(ctx.evidence[f.index].text for f in shown)]


def check_coverage(ctx: Context, limits: Thresholds, vectors: Vectors | None) -> Iterator[Finding]:
    """Yield what the source does not mention."""
    named = {t.index for name in names_in(ctx.claim.unit.tokens, ctx.lexicon) for t in name}
    lost = [(t, s) for t, w, s in ctx.unmatched if t.index not in named and w > 0.3]
    share = ctx.coverage_all
    if vectors is not None:
        yield from _with_vectors(ctx, limits, vectors, lost, share)
        return
    nouns = [t for t, _ in lost if not is_verb_form(t)]
    if share < limits.little:
        yield _addition(lost, hard=True)
    elif share < limits.doubt and nouns:
        yield _addition(lost, hard=False)
    elif ctx.coverage_near < limits.spread:
        yield Finding("little", False, {})


def _with_vectors(
    ctx: Context, limits: Thresholds, vectors: Vectors, lost: list[tuple[Token, float]], share: float
) -> Iterator[Finding]:
    texts = doubtful_texts(ctx, limits)
    if not texts:
        return
    claim, *others = vectors.of(texts)
    cosine = max(float(v @ claim) for v in others)
    if not lost and share >= limits.little:
        return
    if cosine + limits.share_weight * share < limits.similar:
        yield _addition(lost, hard=share < limits.little)
    elif cosine >= limits.literal:
        replaced = [(t, s) for t, s in lost if not s and not is_verb_form(t)]
        if replaced:
            yield _addition(replaced, hard=False)


def _addition(lost: Sequence[tuple[Token, float]], *, hard: bool) -> Finding:
    words = ", ".join(dict.fromkeys(t.text for t, _ in lost[:4]))
    return Finding("addition", hard, {"words": words}) if words else Finding("little", hard, {})
