"""Two things told in an order: first one and then the other, this one instead of that one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.grounding.context import Context, Finding
from assistant.grounding.direction import direction_of
from assistant.grounding.evidence import Unit, coverage, is_content, make_unit
from assistant.grounding.text import Token

_FIRST = frozenset(["eerst", "first"])
_THEN = frozenset(["daarna", "dan", "vervolgens", "later", "then", "afterwards"])
_INSTEAD = (("in", "plaats", "van"), ("instead", "of"))
# The parts must fit crosswise this much better than straight before they count as swapped.
_CROSSED = 0.3
_WORDS_AFTER = 4


def check_order(ctx: Context) -> Iterator[Finding]:
    """Yield parts told the other way round."""
    for split, key in ((_sequence, "sequence"), (_replacement, "replacement")):
        mine = split(ctx.claim.unit, ctx)
        if mine is None:
            continue
        for index in ctx.top:
            theirs = split(ctx.evidence[index].unit, ctx)
            if theirs is None:
                continue
            straight = _fit(mine[0], theirs[0], ctx) + _fit(mine[1], theirs[1], ctx)
            crossed = _fit(mine[0], theirs[1], ctx) + _fit(mine[1], theirs[0], ctx)
            if crossed > straight + _CROSSED:
                yield Finding(key, True, {})
                return


def _fit(mine: Unit, theirs: Unit, ctx: Context) -> float:
    return coverage(mine, (theirs,), ctx.lexicon)


def _sequence(unit: Unit, ctx: Context) -> tuple[Unit, Unit] | None:
    lowers = [t.lower for t in unit.tokens]
    first = next((i for i, w in enumerate(lowers) if w in _FIRST and (not i or lowers[i - 1] != "het")), None)
    if first is None or any(direction_of(t, ctx.lexicon) for t in unit.tokens):
        return None  # "voor het eerst" and "meer dan" tell no order
    then = next((i for i in range(first + 2, len(lowers)) if lowers[i] in _THEN), None)
    if then is None:
        return None
    # the verb before "daarna" belongs to what comes after it
    cut = next((i for i in range(then, first, -1) if lowers[i] in ("en", "and", ",", ";")), then)
    return _parts(unit.tokens[:cut], unit.tokens[cut:], ctx)


def _replacement(unit: Unit, ctx: Context) -> tuple[Unit, Unit] | None:
    lowers = tuple(t.lower for t in unit.tokens)
    for words in _INSTEAD:
        for i in range(len(lowers) - len(words)):
            if lowers[i : i + len(words)] == words:
                after = i + len(words)
                return _parts(unit.tokens[:i], unit.tokens[after : after + _WORDS_AFTER], ctx)
    return None


def _parts(first: Sequence[Token], second: Sequence[Token], ctx: Context) -> tuple[Unit, Unit] | None:
    if not any(is_content(t, ctx.lexicon) for t in first) or not any(
        is_content(t, ctx.lexicon) for t in second
    ):
        return None
    return make_unit(tuple(first), ctx.lexicon, ()), make_unit(tuple(second), ctx.lexicon, ())
