"""Is a number that the source holds also about the same thing there?"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from assistant.grounding.context import Context, Finding
from assistant.grounding.evidence import (
    PART,
    Sentence,
    Unit,
    coverage,
    is_content,
    make_unit,
    number_matches,
    strength,
    weight_of,
)
from assistant.grounding.names import is_abbreviation
from assistant.grounding.number_derived import is_derived
from assistant.grounding.numbers import Quantity
from assistant.grounding.text import Token, is_verb_form

# A number is misplaced when the rest of the claim fits another number this much better, and this well.
_FAR_BETTER = 0.35


_REST_FITS = 0.7
# More numbers than this in a passage are a table or noise, and comparing each with each would take minutes.
_MOST_RIVALS = 60


def number_zones(sentence: Sentence, kind: str) -> list[tuple[Quantity, int, int]]:
    """Per number of a kind its stretch of the sentence, cut at the last comma or conjunction between two."""
    numbers = [q for q in sentence.unit.numbers if q.kind == kind]
    tokens = sentence.unit.tokens
    cuts = [0]
    for left, right in itertools.pairwise(numbers):
        stops = [
            i
            for i in range(left.end, right.start)
            if tokens[i].lower in (",", ";", "en", "maar", "terwijl", "and", "but", "waarvan")
        ]
        strong = [i for i in stops if tokens[i].lower == ";"]
        cuts.append((strong or stops)[-1] if stops else _after_noun(tokens, left.end, right.start))
    cuts.append(len(tokens))
    return [(q, cuts[n], cuts[n + 1]) for n, q in enumerate(numbers)]


_NOUN_ENDS = frozenset(
    [
        "aan",
        "bij",
        "binnen",
        "boven",
        "door",
        "in",
        "met",
        "na",
        "naar",
        "om",
        "onder",
        "op",
        "over",
        "per",
        "sinds",
        "te",
        "tegen",
        "tot",
        "tussen",
        "uit",
        "van",
        "vanaf",
        "voor",
        "die",
        "dat",
        "waar",
        "waarin",
        "wie",
        "is",
        "was",
        "zijn",
        "waren",
        "of",
        "to",
        "at",
        "by",
        "for",
        "from",
        "with",
        "on",
    ]
)
_NOUN_WORDS = 3


def _after_noun(tokens: Sequence[Token], start: int, stop: int) -> int:
    """Where the noun phrase that a number counts ends: "22 gemeenten | in vier provincies"."""
    at = start
    while at < min(stop, start + _NOUN_WORDS) and tokens[at].is_word and tokens[at].lower not in _NOUN_ENDS:
        at += 1
    return at


def misplaced(
    claim: Quantity, close: list[tuple[int, Quantity]], everything: list[tuple[int, Quantity]], ctx: Context
) -> Finding | None:
    """The number is there, but a word of the claim stands with another number of the same kind."""
    kinds = {q.kind for _, q in close}
    near = {id(q) for _, q in close}
    rivals = [
        (i, q)
        for i, q in everything
        if q.kind in kinds
        and q.text.lower() not in ("duizend", "honderd", "miljoen")
        and id(q) not in near
        and not any(number_matches(n, q) for n in ctx.claim.unit.numbers)
    ]
    alone = sum(q.kind == claim.kind for q in ctx.claim.unit.numbers) == 1
    if not alone and claim.kind != "year":
        return _other_head(claim, close, everything, ctx)
    if not rivals:
        return None
    segment = (
        ctx.claim.unit
        if alone
        else next(
            (s for s in ctx.claim.segments if any(claim.text.split()[0] == t.text for t in s.tokens)),
            ctx.claim.unit,
        )
    )
    anchors = _anchors(claim, segment, ctx)
    own_scores: list[tuple[int, Quantity, Unit]] = []
    other_scores: list[tuple[int, Quantity, Unit]] = []
    zones: dict[tuple[int, str], dict[int, tuple[Quantity, int, int]]] = {}
    for pool, scores in ((close, own_scores), (rivals, other_scores)):
        for index, quantity in pool[:_MOST_RIVALS]:
            key = (index, quantity.kind)
            if key not in zones:
                zones[key] = {id(z[0]): z for z in number_zones(ctx.evidence[index], quantity.kind)}
            zone = zones[key].get(id(quantity))
            if zone is None:
                continue
            unit = make_unit(ctx.evidence[index].unit.tokens[zone[1] : zone[2]], ctx.lexicon, ())
            scores.append((index, quantity, unit))
    if alone and own_scores and other_scores and all(_differs(u, ctx) for _, _, u in own_scores):
        rest = make_unit(tuple(t for t in ctx.claim.unit.tokens), ctx.lexicon, ())
        here = max(coverage(rest, (u,), ctx.lexicon) for _, _, u in own_scores)
        there = max(
            ((coverage(rest, (u,), ctx.lexicon), q.text) for _, q, u in other_scores), key=lambda p: p[0]
        )
        rival = max(other_scores, key=lambda o: coverage(rest, (o[2],), ctx.lexicon))[2]
        gained = sum(
            is_content(t, ctx.lexicon)
            and strength(t, c, (rival,), ctx.lexicon) >= PART
            and all(strength(t, c, (u,), ctx.lexicon) < PART for _, _, u in own_scores)
            for t, c in zip(rest.tokens, rest.token_concepts, strict=True)
        )
        if there[0] - here > _FAR_BETTER and there[0] >= _REST_FITS and gained >= 2:
            return Finding("number_other_fits", True, {"number": claim.text, "found": there[1]})
    for token, concepts, weight in anchors:
        own = [_names(token, concepts, u, ctx) for _, _, u in own_scores]
        if any(own) or _is_topic(token, own_scores, ctx):
            continue
        around = [_names(token, concepts, ctx.evidence[i].unit, ctx) for i, _, _ in own_scores]
        for index, other, unit in other_scores:
            if claim.kind == "year" and not any(index == i for i, _, _ in own_scores):
                continue  # a year may stand far from its topic
            if not _names(token, concepts, unit, ctx) or weight < 0.35:
                continue
            if not any(_differs(u, ctx) for _, _, u in own_scores):
                continue
            if other.kind == "count" and not _counts_the_same(claim, other, ctx.evidence[index], ctx):
                continue
            same_sentence = any(index == i for i, _, _ in own_scores)
            if same_sentence or (not any(around) and _contrasts(index, own_scores, ctx)):
                return Finding(
                    "number_elsewhere", True, {"number": claim.text, "word": token.text, "found": other.text}
                )
    return None


def _is_topic(token: Token, own: list[tuple[int, Quantity, Unit]], ctx: Context) -> bool:
    """A name or year told earlier still holds in a later sentence that brings none of its own."""
    sentences = [ctx.evidence[i].unit for i, _, _ in own]
    if token.is_number:
        return not any(q.kind in ("year", "date") for u in sentences for q in u.numbers)
    if not token.is_capital or (token.first and not is_abbreviation(token.text)):
        return False
    return not any(t.is_capital and not t.first for u in sentences for t in u.tokens)


def _names(token: Token, concepts: frozenset[int], unit: Unit, ctx: Context) -> bool:
    if token.is_number:
        return f" {token.lower} " in unit.flat
    return strength(token, concepts, (unit,), ctx.lexicon) >= PART


def _head(sentence: Sentence, quantity: Quantity, ctx: Context) -> tuple[Token, frozenset[int]] | None:
    """The noun counted: the last word of the run of content words right after the number."""
    tokens, found = sentence.unit.tokens, None
    for i in range(quantity.end, min(quantity.end + 3, len(tokens))):
        if not is_content(tokens[i], ctx.lexicon) or is_verb_form(tokens[i]):
            break
        found = (tokens[i], sentence.unit.token_concepts[i])
    return found


def _counts_the_same(claim: Quantity, other: Quantity, sentence: Sentence, ctx: Context) -> bool:
    """The rival counts what the claim speaks of; the "4" of "niveau 4" and "92 beroepsgroepen" do not."""
    head = _head(sentence, other, ctx)
    if head is None:
        before = sentence.unit.tokens[other.start - 1] if other.start else None
        return before is None or not is_content(before, ctx.lexicon) or is_verb_form(before)
    return strength(head[0], head[1], (ctx.claim.unit,), ctx.lexicon) >= PART


def _other_head(
    claim: Quantity, close: list[tuple[int, Quantity]], everything: list[tuple[int, Quantity]], ctx: Context
) -> Finding | None:
    """With several numbers in the claim: each must count the thing it counts in the source."""
    mine = _head(ctx.claim, claim, ctx)
    if mine is None:
        return None

    def counts(index: int, quantity: Quantity) -> bool:
        head = _head(ctx.evidence[index], quantity, ctx)
        if head is None:
            return False
        return strength(mine[0], mine[1], (make_unit((head[0],), ctx.lexicon, ()),), ctx.lexicon) >= PART

    if any(counts(i, q) or _head(ctx.evidence[i], q, ctx) is None for i, q in close):
        return None
    other = next(
        (
            q
            for i, q in everything
            if q.kind == claim.kind and not any(q is c for _, c in close) and counts(i, q)
        ),
        None,
    )
    if other is None:
        return None
    return Finding(
        "number_elsewhere", True, {"number": claim.text, "word": mine[0].text, "found": other.text}
    )


_SHIFTS = frozenset(["later", "eerder", "daarvoor", "daarna", "vorig", "vorige", "volgend", "volgende"])


def _differs(zone: Unit, ctx: Context) -> bool:
    """The stretch around the number names something the claim does not: another group, year or time."""
    claim = ctx.claim.unit
    for i, token in enumerate(zone.tokens[:-1]):
        follower, groups = zone.tokens[i + 1], zone.token_concepts[i + 1]
        if (
            token.is_number
            and is_content(follower, ctx.lexicon)
            and strength(follower, groups, (claim,), ctx.lexicon) < PART
        ):
            return True
    for token, concepts in zip(zone.tokens, zone.token_concepts, strict=True):
        if is_content(token, ctx.lexicon) and token.root not in ctx.lexicon.light_roots:
            if strength(token, concepts, (claim,), ctx.lexicon) < PART:
                return True
        elif token.lower.isdecimal() and len(token.lower) == 4 and f" {token.lower} " not in claim.flat:
            return True
        elif token.lower in _SHIFTS and f" {token.lower} " not in claim.flat:
            return not any(q.kind == "year" and is_derived(q, ctx) for q in claim.numbers)
    return False


def _contrasts(index: int, own: list[tuple[int, Quantity, Unit]], ctx: Context) -> bool:
    """The rival's sentence carries the claim better than every sentence with the claim's own number."""
    there = coverage(ctx.claim.unit, (ctx.evidence[index].unit,), ctx.lexicon)
    here = max(coverage(ctx.claim.unit, (ctx.evidence[i].unit,), ctx.lexicon) for i, _, _ in own)
    neighbour = any(abs(index - i) == 1 for i, _, _ in own)
    return there > here + (0.1 if neighbour else 0.15)


def _anchors(claim: Quantity, segment: Unit, ctx: Context) -> list[tuple[Token, frozenset[int], float]]:
    out = []
    for token, concepts in zip(segment.tokens, segment.token_concepts, strict=True):
        if is_content(token, ctx.lexicon) and token.lower not in ("begin", "eind", "einde", "half", "medio"):
            out.append((token, concepts, weight_of(token, ctx.lexicon)))
        elif (
            token.lower.isdecimal()
            and len(token.lower) == 4
            and token.text != claim.text
            and claim.kind != "year"
        ):
            out.append((token, frozenset(), 1.0))
    return out
