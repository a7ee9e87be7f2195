"""Turned-round statements: negation, opposites, direction of change, comparison."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.grounding.check_numbers import from_to_pairs, number_zones
from assistant.grounding.context import Context, Finding
from assistant.grounding.evidence import PART, Unit, coverage, is_content, make_unit, strength
from assistant.grounding.direction import direction_of
from assistant.grounding.numbers import word_value
from assistant.grounding.text import Token, has_phrase

_MIN_ALIGNED = 0.45
# A segment carried this well is nearly literal: only what it holds itself may excuse a missing "niet".
_WELL_ALIGNED = 0.85


def _directions(unit: Unit, ctx: Context) -> list[tuple[Token, int]]:
    """Direction words with their sign; "niet meer", "onder meer", "ten minste" and "meer dan 40" are none."""
    out = []
    for i, token in enumerate(unit.tokens):
        sign = direction_of(token, ctx.lexicon)
        before = unit.tokens[i - 1].lower if i else ""
        after = [t.lower for t in unit.tokens[i + 1 : i + 4]]
        if not sign or (token.lower in _LOOSE_WORDS and before in ("niet", "geen", "onder", "ten", "no", "not")):
            continue
        if token.lower in _LOOSE_WORDS and after and after[0] in ("dan", "than") and _number_first(after[1:]):
            continue
        out.append((token, sign))
    return out


_LOOSE_WORDS = frozenset("meer minder minste more less".split())


def _number_first(words: list[str]) -> bool:
    return any(w[0].isdigit() or word_value(w) is not None or w == "€" for w in words[:2])


def _negations(unit: Unit, ctx: Context) -> int:
    words = [t.lower for t in unit.tokens]
    count = 0
    for i, word in enumerate(words):
        if word not in ctx.lexicon.classes["negators"]:
            continue
        after = words[i + 1] if i + 1 < len(words) else ""
        if word in ("niet", "not") and after in ("alleen", "only", "uitsluitend", "enkel"):
            continue
        if word in ("niet", "not") and after in ("meer", "later", "minder") and i + 2 < len(words) and words[i + 2] in ("dan", "than"):
            continue
        count += 1
    return count


def _has_implicit(unit: Unit, ctx: Context) -> set[str]:
    implicit = ctx.lexicon.classes["implicit_negatives"]
    return {t.root for t in unit.tokens if t.lower in implicit or t.lemma in implicit}


def _opposite_pairs(mine: Unit, theirs: Unit, whole_claim: Unit, whole_theirs: Unit, ctx: Context) -> list[tuple[str, str]]:
    """Words of the claim whose opposite stands in the passage instead."""
    out = []
    for token in mine.tokens:
        against = ctx.lexicon.opposites.get(token.root)
        if not against or token.root in whole_theirs.roots:
            continue
        for other in theirs.tokens:
            if other.root in against and other.root not in whole_claim.roots and other.text not in {o for _, o in out}:
                out.append((token.text, other.text))
                break
    return out


def check_polarity(ctx: Context) -> Iterator[Finding]:
    """Yield contradictions between a claim segment and the passage segment that carries it."""
    for mine, theirs, index, score in ctx.aligned:
        if score < _MIN_ALIGNED:
            continue
        sentence = ctx.evidence[index]
        scope = _scope(mine, theirs, sentence.segments, ctx)
        negated_here, negated_there = _negations(mine, ctx) % 2, _negations(scope, ctx) % 2
        flips = _opposite_pairs(mine, scope, ctx.claim.unit, sentence.unit, ctx)
        odd = (negated_here + negated_there + len(flips)) % 2
        if not odd:
            continue
        if flips:
            yield Finding("opposite", True, {"word": flips[0][0], "found": flips[0][1]})
            continue
        theirs_only = _has_implicit(scope if score >= _WELL_ALIGNED else sentence.unit, ctx)
        mine_only = _has_implicit(mine if score >= _WELL_ALIGNED else ctx.claim.unit, ctx)
        if mine_only ^ theirs_only or _no_longer(ctx):
            continue
        if negated_here != negated_there:
            yield Finding("negated" if negated_here else "not_negated", True, {})
    yield from _zonder(ctx)


def _no_longer(ctx: Context) -> bool:
    """"bestaat niet meer" where the source says that it was ended, or the other way round."""
    ended = ctx.lexicon.classes["ended_words"]
    here, there = ctx.claim.unit.flat, [s.unit.flat for s in ctx.evidence]
    gone = (" niet meer ", " geen ")
    if any(g in here for g in gone[:1]) and any(has_phrase(f, ended) for f in there):
        return True
    return bool(has_phrase(here, ended)) and any(gone[0] in f for f in there)


def _scope(mine: Unit, theirs: Unit, siblings: tuple[Unit, ...], ctx: Context) -> Unit:
    """The aligned segment plus short verbless siblings that hold words of the claim which it lacks."""
    extra: list[Token] = []
    for sibling in siblings:
        if sibling is theirs or len(sibling.flat.split()) > 8:
            continue
        holds = any(
            is_content(t, ctx.lexicon) and strength(t, c, (sibling,), ctx.lexicon) >= PART
            and strength(t, c, (theirs,), ctx.lexicon) < PART
            for t, c in zip(mine.tokens, mine.token_concepts, strict=True)
        )  # fmt: skip
        if holds:
            extra.extend(sibling.tokens)
    return make_unit((*theirs.tokens, *extra), ctx.lexicon, ()) if extra else theirs


def _zonder(ctx: Context) -> Iterator[Finding]:
    """"met een diploma" against "zonder diploma": look at the words right after zonder."""
    local = ctx.lexicon.classes["local_negators"]
    for index in ctx.near:
        tokens = ctx.evidence[index].unit.tokens
        for i, token in enumerate(tokens):
            if token.lower not in local:
                continue
            roots = {t.root for t in tokens[i + 1 : i + 4] if is_content(t, ctx.lexicon)}
            for j, mine in enumerate(ctx.claim.unit.tokens):
                before = {t.lower for t in ctx.claim.unit.tokens[max(0, j - 4) : j]}
                if mine.root in roots and before & {"met", "with"} and not before & local:
                    yield Finding("zonder", True, {"word": mine.text})
                    return


def check_direction(ctx: Context) -> Iterator[Finding]:
    """Yield more/less, rising/falling turned round, and comparisons with their sides swapped."""
    for mine in ctx.claim.segments:
        marked = _directions(mine, ctx)
        if not marked or len({s for _, s in marked}) > 1:
            continue
        word, sign = marked[0]
        left, right = _sides(mine, ctx)
        options = []
        for place, index in enumerate(ctx.top):
            for unit in ctx.evidence[index].segments:
                theirs = _directions(unit, ctx)
                if not theirs or len({s for _, s in theirs}) > 1:
                    if theirs:
                        options.append((coverage(left, (unit,), ctx.lexicon), -place, unit, None, theirs[0][0]))
                    continue
                options.append((coverage(left, (unit,), ctx.lexicon), -place, unit, theirs[0][1], theirs[0][0]))
        numeric = _by_numbers(mine, sign, left, right, ctx)
        if numeric:
            yield Finding("direction_numbers", True, {"word": word.text, "found": numeric})
            continue
        if not options:
            continue
        score, _, unit, other, found = max(options, key=lambda o: o[:2])
        if other is None or score < 0.3:
            continue
        their_left, their_right = _sides(unit, ctx)
        swapped = False
        if right is not None and their_right is not None:
            straight = coverage(left, (their_left,), ctx.lexicon) + coverage(right, (their_right,), ctx.lexicon)
            crossed = coverage(left, (their_right,), ctx.lexicon) + coverage(right, (their_left,), ctx.lexicon)
            swapped = crossed > straight + 0.2
        negated = (_negations(mine, ctx) + _negations(unit, ctx)) % 2
        if (sign != other) != (swapped ^ bool(negated)):
            key = "sides" if swapped else "direction"
            yield Finding(key, True, {"word": word.text, "found": found.text})


def _by_numbers(mine: Unit, sign: int, left: Unit, right: Unit | None, ctx: Context) -> str | None:
    """Figures that say the opposite: "A meer dan B" with a smaller figure for A, or "stijgt" with a falling pair."""
    for index in ctx.top:
        sentence = ctx.evidence[index]
        if right is None:
            for a, b, text in from_to_pairs(sentence.unit):
                if a != b and (b > a) != (sign > 0) and len(ctx.top) and index == ctx.top[0]:
                    return text
            continue
        for kind in sorted({q.kind for q in sentence.unit.numbers}):
            zones = [
                (q, make_unit(sentence.unit.tokens[start:end], ctx.lexicon, ()))
                for q, start, end in number_zones(sentence, kind)
            ]
            if len(zones) != 2:
                continue
            fit = [(coverage(left, (u,), ctx.lexicon), coverage(right, (u,), ctx.lexicon)) for _, u in zones]
            a = 0 if fit[0][0] - fit[0][1] > fit[1][0] - fit[1][1] else 1
            if fit[a][0] < 0.3 or fit[1 - a][1] < 0.3:
                continue
            values = zones[a][0].value, zones[1 - a][0].value
            if values[0] != values[1] and (values[0] > values[1]) != (sign > 0):
                return f"{zones[a][0].text} / {zones[1 - a][0].text}"
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
