"""Numbers that follow from what a passage says: a difference, a share, a sum, a count, a span of years."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from assistant.grounding.context import Context
from assistant.grounding.direction import direction_of
from assistant.grounding.evidence import Sentence
from assistant.grounding.number_fit import fits, is_fraction
from assistant.grounding.number_words import word_value
from assistant.grounding.numbers import Quantity
from assistant.grounding.text import has_phrase

_SMALL = 12
_LITERAL = 0.9
# More numbers than this are a table: any figure follows from some pair of it.
_MOST_NUMBERS = 16
_SIZES = ("count", "euro", "percent", "gram", "metre", "hectare", "litre", "days", "months", "minutes")
_LEAST_BARE_SUM = 20
_DAYS_A_MONTH = 30.4
_MONEY = 1e5


def all_numbers(ctx: Context) -> list[tuple[int, Quantity]]:
    """Every quantity of the cited passages with the index of its sentence."""
    return [(i, q) for i, s in enumerate(ctx.evidence) for q in s.unit.numbers]


def is_derived(claim: Quantity, ctx: Context, quals: frozenset[str] = frozenset()) -> bool:
    """Whether a number of the claim follows from numbers or lists in the source."""
    if claim.kind == "year":
        return _next_year(claim, ctx)
    if _implied(claim, ctx):
        return True
    if claim.value == 1 and claim.spelled:
        words = ("een", "één", "eén", "a", "an", "one")
        if any(f" {w} " in s.unit.flat for s in ctx.evidence for w in words):
            return True
    if _counted(claim, ctx):
        return True
    numbers = [
        (i, q) for i, q in all_numbers(ctx) if q.kind in (*_SIZES, "year", "date", "month", "monthname")
    ]
    if len(numbers) > _MOST_NUMBERS:
        numbers = [(i, q) for i, q in numbers if i in ctx.top][:_MOST_NUMBERS]
    # a number of the claim that the source holds or implies may be the whole of another
    numbers += [(ctx.top[0], q) for q in ctx.claim.unit.numbers if q.start < claim.start and q.kind in _SIZES]
    return (
        _converted(claim, quals, numbers, ctx)
        or _differs(claim, quals, numbers, ctx)
        or _adds_up(claim, quals, numbers, ctx)
        or _shares(claim, quals, numbers, ctx)
        or _times(claim, quals, numbers, ctx)
        or _spans(claim, quals, numbers, ctx)
    )


def _next_year(claim: Quantity, ctx: Context) -> bool:
    later, earlier = (
        any(f" {w} " in s.unit.flat for s in ctx.evidence for w in words)
        for words in (("een jaar later", "jaar daarna", "a year later"), ("een jaar eerder", "jaar ervoor"))
    )
    years = {q.value for _, q in all_numbers(ctx) if q.kind == "year"}
    return (later and claim.value - 1 in years) or (earlier and claim.value + 1 in years)


def _implied(claim: Quantity, ctx: Context) -> bool:
    """A word of the source stands for the number: "minderjarig" for eighteen, "weekend" for two days."""
    meant = tuple(
        word
        for word, (kind, values) in ctx.lexicon.implied_numbers.items()
        if claim.kind in (kind, "months" if kind == "count" else kind)
        and (claim.raw or claim.value) in values
    )
    tokens = (t for u in ctx.units for t in u.tokens)
    return bool(meant) and any(t.lemma.startswith(meant) or t.lower.startswith(meant) for t in tokens)


def _pairs(
    numbers: list[tuple[int, Quantity]], kinds: tuple[str, ...]
) -> Iterator[tuple[int, Quantity, int, Quantity]]:
    """Pairs of one kind, in reading order."""
    for (i, a), (j, b) in itertools.combinations(numbers, 2):
        if a.kind not in kinds or a.value == b.value:
            continue
        # "30 miljoen" beside "25 miljoen euro" is money too
        money = {a.kind, b.kind} == {"count", "euro"} and min(a.value, b.value) >= _MONEY
        if a.kind == b.kind or money:
            yield i, a, j, b


def _says(ctx: Context, name: str) -> bool:
    return has_phrase(ctx.claim.unit.flat, ctx.lexicon.classes[name]) is not None


def _moves(ctx: Context) -> bool:
    return _says(ctx, "differing") or any(direction_of(t, ctx.lexicon) for t in ctx.claim.unit.tokens)


def _converted(
    claim: Quantity, quals: frozenset[str], numbers: list[tuple[int, Quantity]], ctx: Context
) -> bool:
    """Days for months, and bounds or rounding of a number that is there."""
    for _, q in numbers:
        if any(q is own for own in ctx.claim.unit.numbers):
            continue
        if q.kind == claim.kind and fits(q.value, claim, quals, exact=True):
            return True
        if {q.kind, claim.kind} == {"days", "months"}:
            value = q.value / _DAYS_A_MONTH if q.kind == "days" else q.value * _DAYS_A_MONTH
            near = quals or frozenset(["approx"])
            if fits(value, claim, near) and (quals or abs(value - claim.value) < 0.03 * claim.value):
                return True
    return False


def _differs(
    claim: Quantity, quals: frozenset[str], numbers: list[tuple[int, Quantity]], ctx: Context
) -> bool:
    if claim.kind not in _SIZES or is_fraction(claim) or not _moves(ctx):
        return False
    return any(
        fits(abs(a.value - b.value), claim, quals, exact=a.kind != "percent")
        for _, a, _, b in _pairs(
            numbers, ("count", "euro") if claim.kind in ("count", "euro") else (claim.kind,)
        )
    )


def _adds_up(
    claim: Quantity, quals: frozenset[str], numbers: list[tuple[int, Quantity]], ctx: Context
) -> bool:
    if claim.kind not in _SIZES or is_fraction(claim):
        return False
    told = _says(ctx, "adding")
    values = [(i, q) for i, q in numbers if q.kind == claim.kind]
    for size in (2, 3):
        for chosen in itertools.combinations(values, size):
            total = sum(q.value for _, q in chosen)
            if told and fits(total, claim, quals, exact=True):
                return True
            if (
                abs(total - claim.value) < 1e-6
                and claim.value >= _LEAST_BARE_SUM
                and size == 2
                and claim.kind != "percent"
            ):
                return True
    return False


def _shares(
    claim: Quantity, quals: frozenset[str], numbers: list[tuple[int, Quantity]], ctx: Context
) -> bool:
    """A part of a whole, growth in percent, what is left of 100, and an amount that is such a part."""
    if claim.kind == "percent":
        spelled = claim.text.lower().split()
        if len(spelled) > 2:
            pair = [word_value(w) or (float(w) if w.isdecimal() else None) for w in (spelled[0], spelled[-1])]
            held = {q.value for _, q in numbers}
            if all(v in held for v in pair):
                return True
        if any(
            q.kind == "percent"
            and ctx.coverage_near < _LITERAL
            and fits(100 - q.value, claim, quals, exact=True)
            for _, q in numbers
        ):
            return True
        moves = _moves(ctx)
        for _, a, _, b in _pairs(numbers, ("count", "euro")):
            low, high = sorted((a.value, b.value))
            if not low:
                continue
            if moves and (
                fits(100 * (high - low) / low, claim, quals) or fits(100 * (high - low) / high, claim, quals)
            ):
                return True
            if fits(100 * low / high, claim, quals):
                return True
        return False
    if claim.kind in ("count", "euro"):
        return any(
            fits(whole.value * share.value / 100, claim, quals)
            for (i, share), (j, whole) in itertools.permutations(numbers, 2)
            if share.kind == "percent" and whole.kind == claim.kind and abs(i - j) <= 1
        )
    return False


def _times(claim: Quantity, quals: frozenset[str], numbers: list[tuple[int, Quantity]], ctx: Context) -> bool:
    text = claim.text.lower()
    flat = ctx.claim.unit.flat
    if not any(f" {text} {w} " in flat for w in ("keer", "maal", "times")):
        return False
    near = quals or frozenset(["approx"])
    return any(
        min(a.value, b.value) and fits(max(a.value, b.value) / min(a.value, b.value), claim, near)
        for _, a, _, b in _pairs(numbers, ("count", "euro"))
    )


def _spans(claim: Quantity, quals: frozenset[str], numbers: list[tuple[int, Quantity]], ctx: Context) -> bool:
    """Time between two years, or from one month up to and including another."""
    if claim.kind != "months":
        return False
    years = [q.value for _, q in numbers if q.kind == "year"]
    for a, b in itertools.combinations(sorted(set(years)), 2):
        for span in (b - a, b - a + 1):
            if fits(12 * span, claim, quals, exact=True) and (span == b - a or _inclusive(ctx)):
                return True
    months = [
        q.value // 100 if q.kind == "date" else q.value for _, q in numbers if q.kind in ("month", "date")
    ]
    return any(
        fits((b - a) % 12 + extra, claim, quals, exact=True)
        for a, b in itertools.pairwise(months)
        for extra in ((0, 1) if _inclusive(ctx) else (0,))
        if a != b
    )


def _inclusive(ctx: Context) -> bool:
    return any(" tot en met " in u.flat or " t m " in u.flat for u in ctx.units)


def _counted(claim: Quantity, ctx: Context) -> bool:
    """A small number that counts what the source lists."""
    if claim.kind != "count" or claim.value > _SMALL or claim.value != int(claim.value):
        return False
    sentences = [ctx.evidence[i] for i in ctx.top]
    flat = ctx.claim.unit.flat
    if claim.value == 2 and claim.spelled:
        if " twee keer " in flat and any(" keer " in s.unit.flat for s in sentences):
            return False
        if any(_named_pair(s) for s in sentences):
            return True
        return any(
            " en " in s.unit.flat and not any(q.kind == "count" and q.value <= _SMALL for q in s.unit.numbers)
            for s in sentences
        )
    return any(_longest_list(s) == int(claim.value) for s in sentences)


def _named_pair(sentence: Sentence) -> bool:
    """Two names joined by "en" and nothing else listed: "Rivas Zorggroep en Het Spectrum"."""
    tokens = sentence.unit.tokens
    for i in range(1, len(tokens) - 1):
        if tokens[i].lower in ("en", "and") and tokens[i - 1].is_capital and tokens[i + 1].is_capital:
            return _longest_list(sentence) <= 2
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
