"""Names and places of the claim: in the passages, and with the statement they are used for?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assistant.grounding.context import Context, Finding
from assistant.grounding.evidence import coverage, is_content, make_unit
from assistant.grounding.names import NameIndex, names_in

_REST_CARRIED = 0.6


def check_names(ctx: Context) -> Iterator[Finding]:
    """Yield names that the passages lack, and names moved to another statement."""
    index = NameIndex(ctx.evidence, ctx.lexicon)
    seen = frozenset(index.lower_seen)
    names = names_in(ctx.claim.unit.tokens, ctx.lexicon, seen)
    found_missing = False
    for name in names:
        lost = index.missing(name)
        if lost:
            found_missing = True
            yield Finding("name", True, {"name": lost})
    if not found_missing and names:
        yield from _moved(ctx, names)


def _moved(ctx: Context, names: list[tuple[Any, ...]]) -> Iterator[Finding]:
    """A name that the carrying sentence lacks, while that sentence has another name of its kind."""
    lexicon = ctx.lexicon
    held = {t.index for name in names for t in name}
    rest = make_unit(tuple(t for t in ctx.claim.unit.tokens if t.index not in held), lexicon)
    if not any(is_content(t, lexicon) for t in rest.tokens):
        return
    scored = sorted(
        ((coverage(rest, (s.unit,), lexicon), -i) for i, s in enumerate(ctx.evidence)), reverse=True
    )
    best_score, at = scored[0][0], -scored[0][1]
    if best_score < _REST_CARRIED:
        return
    carrying = ctx.evidence[at]
    own = NameIndex([carrying], lexicon)
    others = [n for n in names_in(carrying.unit.tokens, lexicon, frozenset()) if not _is_in(n, ctx)]
    for name in names:
        if own.missing(name) is None:
            continue
        for other in others:
            if _is_place(name, ctx) != _is_place(other, ctx):
                continue
            # the name may be the topic of the passage, told before the carrying sentence
            with_name = max(
                (s for s, i in scored if NameIndex([ctx.evidence[-i]], lexicon).missing(name) is None),
                default=0.0,
            )
            if best_score > with_name + 0.2 and _same_slot(name, other, ctx, at):
                yield Finding(
                    "name_elsewhere",
                    True,
                    {"name": " ".join(t.text for t in name), "found": " ".join(t.text for t in other)},
                )
                return


def _is_in(name: tuple[Any, ...], ctx: Context) -> bool:
    return NameIndex([ctx.claim], ctx.lexicon).missing(name) is None


def _is_place(name: tuple[Any, ...], ctx: Context) -> bool:
    return " ".join(t.lower for t in name) in ctx.lexicon.place_of or any(
        t.lower in ctx.lexicon.place_of for t in name
    )


def _before(tokens: tuple[Any, ...], name: tuple[Any, ...]) -> str:
    first = next(i for i, t in enumerate(tokens) if t is name[0])
    return tokens[first - 1].lower if first else "^"


def _same_slot(name: tuple[Any, ...], other: tuple[Any, ...], ctx: Context, at: int) -> bool:
    """Both open their sentence, or follow the same little word."""
    here, there = _before(ctx.claim.unit.tokens, name), _before(ctx.evidence[at].unit.tokens, other)
    if here == there:
        return True
    loose = {"^", "de", "het", "the", ",", "en", "door"}
    return here in loose and there in loose
