"""Additions: how much of the sentence is in the source at all, and what is not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.grounding.context import Context, Finding
from assistant.grounding.likeness import Vectors, figures, likeness, load_model, texts_to_embed
from assistant.grounding.names import names_in
from assistant.grounding.text import Token, is_verb_form


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Limits of the coverage test, shares and cosines from 0 to 1; chosen on the development sentences.

    Attributes:
        little: below this share of the sentence's weight too little is in the source to call the rest added.
        doubt: without embeddings, below this share an unmatched noun or adjective counts as an addition.
        spread: without embeddings, least share that the two best sentences must carry together.
        sure: at or above this share nothing is looked up further.
        literal: at or above this cosine the sentence is a copy, so a word without any match replaced another.
        shift: added to the score of likeness; below 0 is stricter.
    """

    little: float = 0.45
    doubt: float = 0.72
    spread: float = 0.4
    sure: float = 0.9
    literal: float = 0.975
    shift: float = 0.0


def doubtful_texts(ctx: Context, limits: Thresholds) -> list[str]:
    """What must be embedded to judge this claim: nothing when its words are in the source."""
    if not ctx.evidence or ctx.coverage_all >= limits.sure:
        return []
    return texts_to_embed(ctx)


def check_coverage(ctx: Context, limits: Thresholds, vectors: Vectors | None) -> Iterator[Finding]:
    """Yield what the source does not mention."""
    share = ctx.coverage_all
    named = {t.index for name in names_in(ctx.claim.unit.tokens, ctx.lexicon) for t in name}
    lost = [(t, s) for t, w, s in ctx.unmatched if t.index not in named and w > 0.3]
    if vectors is None:
        yield from _by_words(ctx, limits, lost, share)
        return
    if share >= limits.sure or (not lost and share >= limits.little):
        return
    values = figures(ctx, vectors)
    if likeness(values, load_model()) + limits.shift < 0:
        yield _addition(lost, hard=share < limits.little)
    elif values["part"] >= limits.literal:
        replaced = [(t, s) for t, s in lost if not s and not is_verb_form(t)]
        if replaced:
            yield _addition(replaced, hard=False)


def _by_words(
    ctx: Context, limits: Thresholds, lost: Sequence[tuple[Token, float]], share: float
) -> Iterator[Finding]:
    nouns = [t for t, _ in lost if not is_verb_form(t)]
    if share < limits.little:
        yield _addition(lost, hard=True)
    elif share < limits.doubt and nouns:
        yield _addition(lost, hard=False)
    elif ctx.coverage_near < limits.spread:
        yield Finding("little", False, {})


def _addition(lost: Sequence[tuple[Token, float]], *, hard: bool) -> Finding:
    words = ", ".join(dict.fromkeys(t.text for t, _ in lost[:4]))
    return Finding("addition", hard, {"words": words}) if words else Finding("little", hard, {})
