"""More and less, rising and falling, and the two sides of a comparison."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.grounding.check_numbers import from_to_pairs
from assistant.grounding.check_polarity import negations_in
from assistant.grounding.context import Context, Finding
from assistant.grounding.direction import direction_of
from assistant.grounding.evidence import (
    Unit,
    coverage,
    is_content,
    make_unit,
)
from assistant.grounding.number_place import number_zones
from assistant.grounding.number_words import ORDINALS, word_value
from assistant.grounding.text import Token

# A figure goes with one side of a comparison when it fits that side this much better.
_SIDE_FITS = 0.3


# "daalt" and "minder" are only set side by side in segments about the same thing.
_SAME_SUBJECT = 0.75


def _directions(unit: Unit, ctx: Context) -> list[tuple[Token, int]]:
    """Direction words with their sign; "niet meer", "onder meer", "ten minste" and "meer dan 40" are none."""
    known: list[tuple[Token, int]] | None = unit.memo.get("directions")
    if known is None:
        known = unit.memo["directions"] = _find_directions(unit, ctx)
    return known


def _find_directions(unit: Unit, ctx: Context) -> list[tuple[Token, int]]:
    out = []
    for i, token in enumerate(unit.tokens):
        sign = direction_of(token, ctx.lexicon)
        before = unit.tokens[i - 1].lower if i else ""
        after = [t.lower for t in unit.tokens[i + 1 : i + 4]]
        if not sign or (
            token.lower in _LOOSE_WORDS and before in ("niet", "geen", "onder", "ten", "no", "not")
        ):
            continue
        if token.lower in _LOOSE_WORDS and after and after[0] in ("dan", "than") and _number_first(after[1:]):
            continue
        out.append((token, sign))
    return out


_LOOSE_WORDS = frozenset(["meer", "minder", "minste", "more", "less"])


def _number_first(words: list[str]) -> bool:
    return any(w[0].isdecimal() or word_value(w) is not None or w == "€" for w in words[:2])


def check_direction(ctx: Context) -> Iterator[Finding]:
    """Yield more/less, rising/falling turned round, and comparisons with their sides swapped."""
    for mine in ctx.claim.segments:
        marked = _directions(mine, ctx)
        paired = _paired(mine, marked, ctx)
        if paired:
            yield paired
            continue
        if not marked:
            continue
        word, sign = marked[0]
        left, right = _sides(mine, ctx)
        options = []
        for place, index in enumerate(ctx.top):
            for unit in ctx.evidence[index].segments:
                theirs = _directions(unit, ctx)
                if not theirs:
                    continue
                fit = coverage(left, (unit,), ctx.lexicon) - (
                    0.5 * coverage(right, (unit,), ctx.lexicon) if right and not _has_than(unit) else 0
                )
                options.append((fit, -place, unit, theirs, marked))
        numeric = _by_numbers(mine, sign, left, right, ctx)
        if numeric:
            yield Finding("direction_numbers", True, {"word": word.text, "found": numeric})
            continue
        if not options:
            continue
        score, _, unit, theirs, _ = max(options, key=lambda o: o[:2])
        # words that stand on both sides say nothing about a turn
        shared = {t.lemma for t, _ in marked} & {t.lemma for t, _ in theirs}
        here = [(t, s) for t, s in marked if t.lemma not in shared] or (marked if not shared else [])
        there = [(t, s) for t, s in theirs if t.lemma not in shared] or (theirs if not shared else [])
        swap_only = not here and not there
        if swap_only:
            here, there = marked, theirs
        if score < 0.3 or len({s for _, s in here}) != 1 or len({s for _, s in there}) != 1:
            continue
        (word, sign), (found, other) = here[0], there[0]
        if (_is_trend(word) or _is_past(right)) != _is_trend(found) and (
            score < _SAME_SUBJECT or _has_than(unit) or (right is not None and not _is_past(right))
        ):
            continue
        their_left, their_right = _sides(unit, ctx)
        swapped = False
        if right is not None and their_right is not None:
            straight = coverage(left, (their_left,), ctx.lexicon) + coverage(
                right, (their_right,), ctx.lexicon
            )
            crossed = coverage(left, (their_right,), ctx.lexicon) + coverage(
                right, (their_left,), ctx.lexicon
            )
            swapped = crossed > straight + 0.2
        negated = (negations_in(mine, ctx) + negations_in(unit, ctx)) % 2
        if (sign != other) != (swapped ^ bool(negated)):
            key = "sides" if swapped else "direction"
            yield Finding(key, True, {"word": word.text, "found": found.text})


_TREND = (
    "stijg",
    "steeg",
    "steg",
    "gesteg",
    "daal",
    "daald",
    "gedaal",
    "daling",
    "toen",
    "toeg",
    "afn",
    "afg",
    "groei",
    "gegroei",
    "krimp",
    "omhoog",
    "omlaag",
    "verhog",
    "verhoog",
    "verlag",
    "verlaag",
    "oplop",
    "opgelop",
    "terug",
    "increas",
    "decreas",
    "declin",
    "rise",
    "rose",
    "fell",
    "fall",
)


def _is_trend(token: Token) -> bool:
    return token.lower.startswith(_TREND)


_PAST = (
    "eerder",
    "geleden",
    "vorig",
    "voorheen",
    "vroeger",
    "daarvoor",
    "ervoor",
    "before",
    "ago",
    "earlier",
)


def _is_past(right: Unit | None) -> bool:
    """ "kleiner dan een jaar eerder" tells a fall, as "gedaald" does."""
    return right is not None and any(f" {w}" in right.flat for w in _PAST)


def _has_than(unit: Unit) -> bool:
    return " dan " in unit.flat or " than " in unit.flat


def _paired(mine: Unit, marked: list[tuple[Token, int]], ctx: Context) -> Finding | None:
    """ "meer administratie" against "minder administratie": the noun right after a direction word."""

    def nouns(unit: Unit, found: list[tuple[Token, int]]) -> dict[str, tuple[Token, int]]:
        place = {id(t): i for i, t in enumerate(unit.tokens)}
        out = {}
        for token, sign in found:
            at = place[id(token)] + 1
            if (
                token.lower in ("meer", "minder", "more", "less", "fewer")
                and at < len(unit.tokens)
                and is_content(unit.tokens[at], ctx.lexicon)
            ):
                out[unit.tokens[at].root] = (token, sign)
        return out

    here = nouns(mine, marked)
    if not here or _has_than(mine) or negations_in(mine, ctx):
        return None
    for index in ctx.top[:1]:
        unit = ctx.evidence[index].unit
        there = nouns(unit, _directions(unit, ctx))
        for root, (token, sign) in here.items():
            if root in there and there[root][1] != sign and not negations_in(unit, ctx):
                return Finding("direction", True, {"word": token.text, "found": there[root][0].text})
    return None


def _by_numbers(mine: Unit, sign: int, left: Unit, right: Unit | None, ctx: Context) -> str | None:
    """Figures that say the opposite: "A meer dan B" with a smaller figure for A, "stijgt" with a fall."""
    if right is not None and any(q.kind not in _POINTERS for q in ctx.claim.unit.numbers):
        return None
    if right is not None:
        return _across(sign, left, right, ctx)
    for index in ctx.top:
        sentence = ctx.evidence[index]
        if right is None:
            for a, b, text in from_to_pairs(sentence.unit):
                if a != b and (b > a) != (sign > 0) and len(ctx.top) and index == ctx.top[0]:
                    return text
            continue
    return None


_POINTERS = ("year", "date", "month", "ordinal")


def _ranks(unit: Unit, zone: Unit) -> float:
    """Whether "eerste" or "2022" of a side stands in a zone; they are no content words."""
    told = {t.lower for t in unit.tokens if t.lower in ORDINALS or (t.is_number and len(t.lower) == 4)}
    return 0.5 * bool(told & {t.lower for t in zone.tokens})


def _across(sign: int, left: Unit, right: Unit, ctx: Context) -> str | None:
    """Compare the figure that goes with one side to the figure that goes with the other."""
    zones = [
        (q, make_unit(ctx.evidence[i].unit.tokens[start:end], ctx.lexicon, ()))
        for i in sorted(ctx.top)
        for kind in sorted(
            {q.kind for q in ctx.evidence[i].unit.numbers} - {"year", "date", "month", "weekday", "ordinal"}
        )
        for q, start, end in number_zones(ctx.evidence[i], kind)
    ]
    last_year = any(w in right.flat for w in (" vorig jaar ", " een jaar geleden ", " vorige maand "))

    def fit(own: Unit, other: Unit, zone: Unit) -> float:
        ranks = _ranks(own, zone) - _ranks(other, zone)
        return ranks + held(own, zone) - held(other, zone)

    def held(unit: Unit, zone: Unit) -> float:
        told = any(is_content(t, ctx.lexicon) for t in unit.tokens)
        return coverage(unit, (zone,), ctx.lexicon) if told else 0.0

    if len(zones) < 2:
        return None
    if last_year:
        then = next((z for z in zones if " vorig" in z[1].flat or "geleden" in z[1].flat), None)
        now = next(
            (z for z in zones if z is not then and then is not None and z[0].kind == then[0].kind), None
        )
    else:
        now = max(zones, key=lambda z: fit(left, right, z[1]))
        then = max(zones, key=lambda z: fit(right, left, z[1]))
        if fit(left, right, now[1]) < _SIDE_FITS or fit(right, left, then[1]) < _SIDE_FITS:
            return None
    if now is None or then is None or now is then or now[0].kind != then[0].kind:
        return None
    if now[0].value != then[0].value and (now[0].value > then[0].value) != (sign > 0):
        return f"{now[0].text} / {then[0].text}"
    return None


def _sides(unit: Unit, ctx: Context) -> tuple[Unit, Unit | None]:
    """The two things compared, split at "dan"; direction words themselves left out."""
    at = next((i for i, t in enumerate(unit.tokens) if t.lower in ("dan", "than") and i > 0), None)
    keep = [t for t in unit.tokens if not direction_of(t, ctx.lexicon)]
    if at is None or not any(direction_of(t, ctx.lexicon) for t in unit.tokens[:at]):
        return make_unit(tuple(keep), ctx.lexicon, ()), None
    first = tuple(t for t in unit.tokens[:at] if not direction_of(t, ctx.lexicon))
    second = tuple(unit.tokens[at + 1 :])
    shared = {t.root for t in second}
    return (
        make_unit(tuple(t for t in first if t.root not in shared), ctx.lexicon, ()),
        make_unit(second, ctx.lexicon, ()),
    )
