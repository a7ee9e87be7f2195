"""Numbers that follow from what a passage says: a difference, a count of listed things, a year later."""

from __future__ import annotations

from assistant.grounding.context import Context
from assistant.grounding.evidence import (
    Sentence,
)
from assistant.grounding.number_words import word_value
from assistant.grounding.numbers import Quantity

_SMALL = 12


_LITERAL = 0.9


def all_numbers(ctx: Context) -> list[tuple[int, Quantity]]:
    return [(i, q) for i, s in enumerate(ctx.evidence) for q in s.unit.numbers]


def is_derived(claim: Quantity, ctx: Context) -> bool:
    """Numbers that follow from what is there: a difference, a sum, a count of listed things, a year later."""
    flat = ctx.claim.unit.flat
    if claim.kind == "year":
        later = any(
            f" {w} " in s.unit.flat
            for s in ctx.evidence
            for w in ("een jaar later", "jaar daarna", "a year later")
        )
        earlier = any(
            f" {w} " in s.unit.flat for s in ctx.evidence for w in ("een jaar eerder", "jaar ervoor")
        )
        years = {q.value for _, q in all_numbers(ctx) if q.kind == "year"}
        return (later and claim.value - 1 in years) or (earlier and claim.value + 1 in years)
    if claim.value == 1 and claim.spelled:
        return any(
            f" {w} " in s.unit.flat for s in ctx.evidence for w in ("een", "één", "eén", "a", "an", "one")
        )
    words = (
        "bij",
        "erbij",
        "verschil",
        "gestegen",
        "gedaald",
        "toegenomen",
        "afgenomen",
        "gegroeid",
        "extra",
        "meer",
        "minder",
    )
    differs = any(f" {w} " in flat for w in words)
    sums = any(f" {w} " in flat for w in ("samen", "totaal", "opgeteld", "bij elkaar"))
    if claim.kind in ("count", "euro", "percent") and (differs or sums):
        for sentence in ctx.evidence:
            values = [q.value for q in sentence.unit.numbers if q.kind == claim.kind or q.kind == "count"]
            for a in range(len(values)):
                for b in range(a + 1, len(values)):
                    if differs and abs(abs(values[a] - values[b]) - claim.value) < 1e-6:
                        return True
                    if sums and abs(values[a] + values[b] - claim.value) < 1e-6:
                        return True
    if claim.kind == "percent" and ctx.coverage_near < _LITERAL:
        # what is left: 8 percent left, so 92 percent stayed
        return any(
            q.kind == "percent" and abs(100 - q.value - claim.value) < 1e-6 for _, q in all_numbers(ctx)
        )
    if f" {claim.text.lower()} keer " in flat or f" {claim.text.lower()} maal " in flat:
        for sentence in ctx.evidence:
            values = [q.value for q in sentence.unit.numbers if q.kind == "count" and q.value]
            if any(abs(a / b - claim.value) < 0.05 for a in values for b in values if a != b):
                return True
    if claim.kind == "percent" and " van de " in f" {claim.text.lower()} ":
        spelled = claim.text.lower().split()
        pair = [word_value(w) or (float(w) if w.isdecimal() else None) for w in (spelled[0], spelled[-1])]
        held = {q.value for _, q in all_numbers(ctx)}
        return all(v in held for v in pair)
    if claim.kind == "count" and claim.value == 2 and claim.spelled:
        flats = [ctx.evidence[i].unit for i in ctx.top]
        if " twee keer " in flat and any(" keer " in u.flat for u in flats):
            return False
        return any(
            " en " in u.flat and not any(q.kind == "count" and q.value <= _SMALL for q in u.numbers)
            for u in flats
        )
    if claim.kind == "count" and claim.value <= _SMALL and claim.value == int(claim.value):
        return any(_longest_list(s) == int(claim.value) for s in (ctx.evidence[i] for i in ctx.top))
    return False


def _longest_list(sentence: Sentence) -> int:
    """Length of the longest enumeration "a, b en c" in a sentence; 0 when there is none."""
    longest = run = 0
    gap = 9
    for token in sentence.unit.tokens:
        if token.lower == ",":
            run = run + 1 if gap <= 6 else 1
            gap = 0
        elif token.lower in ("en", "and") and gap <= 6 + 3:
            longest = max(longest, run + 2)
            run, gap = 0, 9
        else:
            gap += 1
            if gap > 6:
                run = 0
    return longest
