"""Additions: how much of the sentence is in the source at all, and what is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.grounding.context import Context, Finding
from assistant.grounding.names import names_in
from assistant.grounding.text import is_verb_form


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Limits of the coverage test, all shares from 0 to 1; chosen on the development half of the labelled set.

    Attributes:
        little: below this share of the sentence's weight, too little is in the source.
        doubt: below this share, unmatched words decide (and embeddings are asked when there are).
        spread: least share that the two best sentences must carry together.
        similar: cosine at or above which a doubtful sentence passes after all.
    """

    little: float = 0.45
    doubt: float = 0.72
    spread: float = 0.4
    similar: float = 0.93


def check_coverage(
    ctx: Context, limits: Thresholds, embed: Callable[[Sequence[str]], Any] | None
) -> Iterator[Finding]:
    """Yield what the source does not mention."""
    named = {t.index for name in names_in(ctx.claim.unit.tokens, ctx.lexicon) for t in name}
    lost = [(t, w, s) for t, w, s in ctx.unmatched if t.index not in named and w > 0.3]
    share = ctx.coverage_all
    if share < limits.little:
        yield Finding("addition" if lost else "little", True, {"words": _words(lost)} if lost else {})
        return
    nouns = [t for t, _, _ in lost if not is_verb_form(t)]
    if share < limits.doubt and nouns:
        if embed is not None and _similarity(ctx, embed) >= limits.similar:
            return
        yield Finding("addition", False, {"words": _words(lost)})
    elif ctx.coverage_near < limits.spread:
        yield Finding("little", False, {})


def _words(lost: Sequence[tuple[Any, float, float]]) -> str:
    return ", ".join(dict.fromkeys(t.text for t, _, _ in lost[:4]))


def _similarity(ctx: Context, embed: Callable[[Sequence[str]], Any]) -> float:
    texts = [ctx.claim.text, *(ctx.evidence[i].text for i in ctx.top)]
    vectors = embed(texts)
    return float(max(vectors[1:] @ vectors[0]))
