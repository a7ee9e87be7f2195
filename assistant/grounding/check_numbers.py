"""Numbers, dates and amounts: is each in the passages, near enough, and about the same thing?"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from assistant.grounding.context import Context, Finding
from assistant.grounding.evidence import (
    Unit,
    number_matches,
)
from assistant.grounding.number_derived import all_numbers, is_derived
from assistant.grounding.number_place import misplaced
from assistant.grounding.number_words import word_value
from assistant.grounding.numbers import Quantity
from assistant.grounding.text import Token, has_phrase, joined

_TIME_KINDS = ("year", "date", "monthname", "month", "weekday", "clock", "ordinal")
_MEANS_KIND = {
    "euro": "bedrag",
    "percent": "percentage",
    "year": "jaartal",
    "date": "datum",
    "month": "maand",
    "weekday": "dag",
    "clock": "tijdstip",
    "ordinal": "rangnummer",
}


def qualifier(tokens: tuple[Token, ...], quantity: Quantity, ctx: Context) -> frozenset[str]:
    """Names of the qualifier classes in the three words before (or the two after) a number."""
    window = tokens[max(0, quantity.start - 4) : quantity.start]
    last_number = max(
        (i for i, t in enumerate(window) if t.is_number or word_value(t.lower) is not None), default=-1
    )
    before = joined(window[last_number + 1 :])
    after = joined(tokens[quantity.end : quantity.end + 2])
    found = set()
    for name, words in ctx.lexicon.qualifiers.items():
        if has_phrase(before, words):
            found.add(name)
    if " of meer " in after or " or more " in after:
        found |= {"at_least", "strict_least"}
    if " of minder " in after:
        found |= {"at_most", "strict_most"}
    return frozenset(found)


def _is_close(claim: Quantity, other: Quantity, quals: frozenset[str]) -> bool:
    if claim.kind != other.kind and not {claim.kind, other.kind} <= {"count", "euro"}:
        return False
    gap = other.value - claim.value
    if claim.kind in _TIME_KINDS:
        return False
    # rounding reaches as far as the last written digit: "ruim 250" may stand for 258, not for 271
    if "approx" in quals and abs(gap) <= claim.step / 2:
        return True
    if "rounded_down" in quals and 0 <= gap < claim.step:
        return True
    if "rounded_up" in quals and 0 <= -gap < claim.step:
        return True
    fractions = [
        q
        for q in (claim, other)
        if q.spelled and q.kind == "percent" and not q.text.lower().endswith("procent")
    ]
    return bool(fractions) and claim.kind == other.kind and abs(gap) <= 1.0


def _date_fits(claim: Quantity, other: Quantity) -> bool:
    if claim.kind == "month" and other.kind == "date":
        return int(other.value // 100) == int(claim.value)
    if claim.kind == "clock" and other.kind in ("clock", "minutes"):
        return abs(other.value - claim.value) < 1e-6 or abs(other.value / 60 * 100 - claim.value) < 1e-6
    return (
        claim.kind == "minutes" and other.kind == "clock" and abs(other.value / 100 * 60 - claim.value) < 1e-6
    )


def check_numbers(ctx: Context) -> Iterator[Finding]:
    """Yield what is wrong with the claim's numbers."""
    everything = all_numbers(ctx)
    tokens = ctx.claim.unit.tokens
    for claim in ctx.claim.unit.numbers:
        quals = qualifier(tokens, claim, ctx)
        exact = [(i, q) for i, q in everything if number_matches(claim, q) or _date_fits(claim, q)]
        if not exact and claim.kind in ("ordinal", "count"):
            exact = [
                (i, q)
                for i, q in everything
                if q.value == claim.value and {q.kind, claim.kind} == {"ordinal", "count"}
            ]
        close = exact or [(i, q) for i, q in everything if _is_close(claim, q, quals)]
        if not close:
            if is_derived(claim, ctx, quals):
                continue
            yield _absent(claim, ctx, everything)
            continue
        if claim.kind in ("weekday", "ordinal", "month"):
            continue
        conflict = _qualifier_conflict(quals, close, ctx)
        if conflict:
            yield Finding("qualifier", False, {"number": claim.text, "found": conflict})
            continue
        wrong = misplaced(claim, close, everything, ctx)
        if wrong:
            yield wrong
    yield from _frequency(ctx)
    yield from _from_to(ctx)


def _absent(claim: Quantity, ctx: Context, everything: list[tuple[int, Quantity]]) -> Finding:
    order = {index: place for place, index in enumerate(f.index for f in ctx.fits)}
    same = sorted((order[i], n, q.text) for n, (i, q) in enumerate(everything) if q.kind == claim.kind)
    found = same[0][2] if same else ""
    kind = _MEANS_KIND.get(claim.kind, "getal")
    return Finding(
        "number_other" if found else "number", True, {"kind": kind, "number": claim.text, "found": found}
    )


def _qualifier_conflict(quals: frozenset[str], close: list[tuple[int, Quantity]], ctx: Context) -> str | None:
    if not quals:
        return None
    conflicts = []
    for index, other in close:
        theirs = qualifier(ctx.evidence[index].unit.tokens, other, ctx)
        against = ("at_least" in quals and "at_most" in theirs - quals) or (
            "at_most" in quals and "at_least" in theirs - quals
        )
        flat = ctx.evidence[index].unit.flat
        bounded = any(
            has_phrase(flat, ctx.lexicon.qualifiers[name]) for name in ("strict_least", "strict_most")
        )
        bare = (
            bool({"strict_least", "strict_most"} & quals)
            and not bounded
            and not theirs & {"at_least", "at_most"}
        )
        # at most half by the one is at least half by the other
        if not (against or bare) or (against and has_phrase(flat, ctx.lexicon.classes["remainder"])):
            return None
        conflicts.append(other.text)
    return conflicts[0] if conflicts else None


def _frequency(ctx: Context) -> Iterator[Finding]:
    mine = {n for n, words in ctx.lexicon.frequencies.items() if has_phrase(ctx.claim.unit.flat, words)}
    if not mine:
        return
    theirs: set[str] = set()
    for i in ctx.near:
        theirs |= {
            n for n, words in ctx.lexicon.frequencies.items() if has_phrase(ctx.evidence[i].unit.flat, words)
        }
    lost = sorted(mine - theirs)
    if lost and theirs - mine:
        yield Finding("frequency", True, {"claimed": f"per {lost[0]}", "found": f"per {min(theirs - mine)}"})


def from_to_pairs(unit: Unit) -> list[tuple[float, float, str]]:
    """Values of "van X naar Y" and "from X to Y"."""
    out = []
    sizes = [q for q in unit.numbers if q.kind not in ("year", "date", "month")]
    for left, right in itertools.pairwise(sizes):
        between = [t.lower for t in unit.tokens[left.end : right.start] if not t.lower.isdecimal()]
        before = [t.lower for t in unit.tokens[max(0, left.start - 2) : left.start]]
        if (
            len(between) <= 3
            and any(w in between for w in ("naar", "tot", "to"))
            and any(w in before for w in ("van", "from"))
        ):
            out.append((left.value, right.value, f"{left.text} → {right.text}"))
    return out


def _from_to(ctx: Context) -> Iterator[Finding]:
    claimed = from_to_pairs(ctx.claim.unit)
    if not claimed:
        return
    for sentence in ctx.evidence:
        for a, b, text in from_to_pairs(sentence.unit):
            if any((x, y) == (b, a) and x != y for x, y, _ in claimed):
                yield Finding("from_to", True, {"found": text})
                return
