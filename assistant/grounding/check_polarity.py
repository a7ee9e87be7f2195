"""Turned-round statements: negation, opposites, direction of change, comparison."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.grounding.context import Context, Finding
from assistant.grounding.evidence import PART, Unit, coverage, is_content, make_unit, strength
from assistant.grounding.text import Token

_MIN_ALIGNED = 0.45
_UP, _DOWN = 1, -1


def direction_of(token: Token, ctx: Context) -> int:
    """+1 for a word that says more, -1 for less, 0 for neither."""
    for name, sign in (("up", _UP), ("down", _DOWN)):
        if token.lower in ctx.lexicon.classes[name]:
            return sign
    for name, sign in (("up", _UP), ("down", _DOWN)):
        prefixes = ctx.lexicon.prefixes[name]
        if prefixes and token.lower.startswith(prefixes):
            return sign
    return 0


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
            if other.root in against and other.root not in whole_claim.roots:
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
        if flips and not negated_here and not negated_there:
            yield Finding("opposite", True, {"word": flips[0][0], "found": flips[0][1]})
            continue
        if (_has_implicit(ctx.claim.unit, ctx) ^ _has_implicit(sentence.unit, ctx)) and not flips:
            continue
        if negated_here != negated_there:
            yield Finding("negated" if negated_here else "not_negated", True, {})
    yield from _zonder(ctx)


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
        signs = [(t, direction_of(t, ctx)) for t in mine.tokens]
        marked = [(t, s) for t, s in signs if s]
        if not marked or len({s for _, s in marked}) > 1:
            continue
        word, sign = marked[0]
        left, right = _sides(mine, ctx)
        options = []
        for place, index in enumerate(ctx.top):
            for unit in ctx.evidence[index].segments:
                theirs = [(t, s) for t, s in ((t, direction_of(t, ctx)) for t in unit.tokens) if s]
                if not theirs or len({s for _, s in theirs}) > 1:
                    if theirs:
                        options.append((coverage(left, (unit,), ctx.lexicon), -place, unit, None, theirs[0][0]))
                    continue
                options.append((coverage(left, (unit,), ctx.lexicon), -place, unit, theirs[0][1], theirs[0][0]))
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


def _sides(unit: Unit, ctx: Context) -> tuple[Unit, Unit | None]:
    """The two things compared, split at "dan"; direction words themselves left out."""
    at = next((i for i, t in enumerate(unit.tokens) if t.lower in ("dan", "than") and i > 0), None)
    keep = [t for t in unit.tokens if not direction_of(t, ctx)]
    if at is None or not any(direction_of(t, ctx) for t in unit.tokens[:at]):
        return make_unit(tuple(keep), ctx.lexicon, ()), None
    first = tuple(t for t in unit.tokens[:at] if not direction_of(t, ctx))
    second = tuple(unit.tokens[at + 1 :])
    shared = {t.root for t in second}
    return (
        make_unit(tuple(t for t in first if t.root not in shared), ctx.lexicon, ()),
        make_unit(second, ctx.lexicon, ()),
    )
