"""Turned-round statements: negation, opposites, direction of change, comparison."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.grounding.context import Context, Finding
from assistant.grounding.direction import direction_of
from assistant.grounding.evidence import (
    COMPOUND,
    Sentence,
    Unit,
    coverage,
    is_content,
    make_unit,
    strength,
)
from assistant.grounding.text import Token, has_phrase, is_verb_form

_MIN_ALIGNED = 0.45
# A denial is only weighed when this much of the segment is in the sentence at hand.
_CARRIED = 0.6
_PARTLY = 0.25


def negations_in(unit: Unit, ctx: Context) -> int:
    """How many negators a unit holds; "niet alleen" and "niet meer dan" are none."""
    words = [t.lower for t in unit.tokens]
    count = 0
    for i, word in enumerate(words):
        if word not in ctx.lexicon.classes["negators"]:
            continue
        after = words[i + 1] if i + 1 < len(words) else ""
        if word in ("niet", "not") and after in ("alleen", "only", "uitsluitend", "enkel"):
            continue
        if (
            word in ("niet", "not")
            and after in ("meer", "later", "minder")
            and i + 2 < len(words)
            and words[i + 2] in ("dan", "than")
        ):
            continue
        count += 1
    return count


def _has_implicit(unit: Unit, ctx: Context) -> set[str]:
    implicit = ctx.lexicon.classes["implicit_negatives"]
    return {t.root for t in unit.tokens if t.lower in implicit or t.lemma in implicit}


def _opposite_pairs(
    mine: Unit, theirs: Unit, whole_claim: Unit, whole_theirs: Unit, ctx: Context
) -> list[tuple[str, str]]:
    """Words of the claim whose opposite stands in the passage instead."""
    out: list[tuple[str, str]] = []
    for token in mine.tokens:
        against = ctx.lexicon.opposites.get(token.root)
        if not against or token.root in whole_theirs.roots:
            continue
        for other in theirs.tokens:
            if (
                other.root in against
                and other.root not in whole_claim.roots
                and other.text not in {o for _, o in out}
            ):
                out.append((token.text, other.text))
                break
    return out


def check_polarity(ctx: Context) -> Iterator[Finding]:
    """Yield a "not" on one side only, and opposites."""
    yield from _opposites(ctx)
    seen: set[str] = set()
    for finding in (*_not_in_source(ctx), *_not_in_claim(ctx)):
        if finding.key not in seen:
            seen.add(finding.key)
            yield finding
    yield from _zonder(ctx)


def _opposites(ctx: Context) -> Iterator[Finding]:
    for mine, theirs, index, score in ctx.aligned:
        if score < _MIN_ALIGNED:
            continue
        sentence = ctx.evidence[index]
        flips = _opposite_pairs(mine, theirs, ctx.claim.unit, sentence.unit, ctx)
        if (len(flips) + negations_in(mine, ctx) + negations_in(theirs, ctx)) % 2 and flips:
            yield Finding("opposite", True, {"word": flips[0][0], "found": flips[0][1]})
            return


@dataclass(frozen=True, slots=True)
class _Focus:
    """A negator and the words it bears on."""

    negator: str
    tokens: tuple[Token, ...]
    concepts: tuple[frozenset[int], ...]


def _foci(unit: Unit, ctx: Context) -> list[_Focus]:
    """For every negator the word it denies: the next content words, else the last one before it."""
    out = []
    tokens = unit.tokens
    if not negations_in(unit, ctx):
        return []
    for i, token in enumerate(tokens):
        if token.lower not in ctx.lexicon.classes["negators"]:
            continue
        after = [j for j in range(i + 1, min(len(tokens), i + 6)) if _bears(tokens[j], ctx)]
        stop = next(
            (j for j in range(i + 1, len(tokens)) if tokens[j].lower in (",", ";", "maar", "but")),
            len(tokens),
        )
        after = [j for j in after if j < stop][: 1 if token.lower in ("geen", "no") else 2]
        before = [j for j in range(i) if _bears(tokens[j], ctx)][-1:]
        verbs = [j for j in range(i) if is_verb_form(tokens[j]) and _bears(tokens[j], ctx)][-1:]
        chosen = after or verbs or before
        if chosen:
            out.append(
                _Focus(
                    token.lower,
                    tuple(tokens[j] for j in chosen),
                    tuple(unit.token_concepts[j] for j in chosen),
                )
            )
    return out


def _bears(token: Token, ctx: Context) -> bool:
    return is_content(token, ctx.lexicon) and token.root not in _FADED


_FADED = frozenset(["meer", "veel", "weinig", "groot", "lang", "langer"])


def _is_denied(unit: Unit, ctx: Context, other: Unit) -> bool:
    """Holds a negator, or a word with a built-in "not" that the other side lacks."""
    local = ctx.lexicon.classes["local_negators"]
    return (
        bool(negations_in(unit, ctx))
        or (any(t.lower in local for t in unit.tokens) and not any(t.lower in local for t in other.tokens))
        or bool(_has_implicit(unit, ctx) - other.roots)
    )


def _holders(focus: _Focus, sentence: Sentence, ctx: Context) -> list[Unit]:
    """Segments of a sentence that hold every word of the focus (its opposite does not count)."""
    return [
        u
        for u in sentence.segments
        if all(
            strength(t, c, (u,), ctx.lexicon) >= COMPOUND
            for t, c in zip(focus.tokens, focus.concepts, strict=True)
        )
    ]


def _not_in_source(ctx: Context) -> Iterator[Finding]:
    """The claim denies something that the carrying sentence says without denying it."""
    if _no_longer(ctx):
        return
    for mine in ctx.claim.segments:
        for focus in _foci(mine, ctx):
            holders = [(i, u) for i in ctx.top for u in _holders(focus, ctx.evidence[i], ctx)]
            if not holders and _denies_the_rest(mine, focus, ctx):
                yield Finding("negated", True, {})
            if not holders or any(_is_denied(u, ctx, mine) for _, u in holders):
                continue
            if any(direction_of(t, ctx.lexicon) for t in focus.tokens) or _denied_nearby(mine, ctx):
                continue  # "nergens hoger" is how "het hoogst" is said otherwise
            index, _unit = holders[0]
            rest = coverage(mine, (ctx.evidence[index].unit,), ctx.lexicon)
            if rest >= _CARRIED and not _has_implicit(mine, ctx) - ctx.evidence[index].unit.roots:
                yield Finding("negated", True, {})


def _denies_the_rest(mine: Unit, focus: _Focus, ctx: Context) -> bool:
    """All but the denied word is said in one sentence, and no denial is near it."""
    if focus.negator not in ("niet", "not") or _denied_nearby(mine, ctx) or _has_implicit(mine, ctx):
        return False
    if any(direction_of(t, ctx.lexicon) for t in mine.tokens):
        return False
    held = {t.index for t in focus.tokens}
    rest = make_unit(tuple(t for t in mine.tokens if t.index not in held), ctx.lexicon, ())
    told = sum(is_content(t, ctx.lexicon) for t in rest.tokens)
    if told < _LEAST_REST:
        return False
    around = [ctx.evidence[i].unit for i in ctx.near]
    if any(negations_in(u, ctx) or _has_implicit(u, ctx) for u in around):
        return False
    return coverage(rest, (ctx.best.unit,), ctx.lexicon) >= _REST_SAID


_LEAST_REST = 2
_REST_SAID = 0.8


def _denied_nearby(mine: Unit, ctx: Context) -> bool:
    """One of the two best sentences holds a denial of its own and part of this segment."""
    return any(
        negations_in(ctx.evidence[i].unit, ctx)
        and coverage(mine, (ctx.evidence[i].unit,), ctx.lexicon) >= _PARTLY
        for i in ctx.top[:2]
    )


def _not_in_claim(ctx: Context) -> Iterator[Finding]:
    """The carrying sentence denies something that the claim says without denying it."""
    if _no_longer(ctx):
        return
    for place, index in enumerate(ctx.top):
        sentence = ctx.evidence[index]
        for theirs in sentence.segments:
            for focus in _foci(theirs, ctx):
                holders = _holders(focus, ctx.claim, ctx)
                if not holders or any(_is_denied(u, ctx, sentence.unit) for u in holders):
                    continue
                rest = coverage(holders[0], (sentence.unit,), ctx.lexicon)
                elsewhere = any(
                    u is not theirs
                    and not negations_in(u, ctx)
                    and coverage(holders[0], (u,), ctx.lexicon) > rest + 0.15
                    for i in ctx.top
                    for u in _holders(focus, ctx.evidence[i], ctx)
                )
                if rest >= (_CARRIED if place == 0 else 0.75) and not elsewhere:
                    yield Finding("not_negated", True, {})


def _no_longer(ctx: Context) -> bool:
    """ "bestaat niet meer" where the source says that it was ended, or the other way round."""
    ended = ctx.lexicon.classes["ended_words"]
    here, there = ctx.claim.unit.flat, [s.unit.flat for s in ctx.evidence]
    gone = (" niet meer ", " geen ")
    if any(g in here for g in gone[:1]) and any(has_phrase(f, ended) for f in there):
        return True
    return bool(has_phrase(here, ended)) and any(gone[0] in f for f in there)


def _zonder(ctx: Context) -> Iterator[Finding]:
    """ "met een diploma" against "zonder diploma": look at the words right after zonder."""
    local = ctx.lexicon.classes["local_negators"]
    for index in ctx.near:
        tokens = ctx.evidence[index].unit.tokens
        for i, token in enumerate(tokens):
            if token.lower not in local or any(t.lower in local for t in ctx.claim.unit.tokens):
                continue
            roots = {t.root for t in tokens[i + 1 : i + 4] if is_content(t, ctx.lexicon)}
            for j, mine in enumerate(ctx.claim.unit.tokens):
                before = {t.lower for t in ctx.claim.unit.tokens[max(0, j - 4) : j]}
                if mine.root in roots and before & {"met", "with"} and not before & local:
                    yield Finding("zonder", True, {"word": mine.text})
                    return
    yield from _without_what_is_there(ctx)


def _without_what_is_there(ctx: Context) -> Iterator[Finding]:
    """ "zonder private partijen" where the source has them and denies nothing."""
    local = ctx.lexicon.classes["local_negators"]
    tokens, concepts = ctx.claim.unit.tokens, ctx.claim.unit.token_concepts
    for i, token in enumerate(tokens):
        if token.lower not in local or any(t.lower in local for u in ctx.units for t in u.tokens):
            continue
        after = [j for j in range(i + 1, min(len(tokens), i + 4)) if is_content(tokens[j], ctx.lexicon)]
        if not after or any(tokens[j].lower == "te" for j in range(i + 1, min(len(tokens), i + 5))):
            continue
        for index in ctx.near:
            unit = ctx.evidence[index].unit
            if (
                negations_in(unit, ctx)
                or any(t.lower in local for t in unit.tokens)
                or _has_implicit(unit, ctx)
            ):
                continue
            if all(strength(tokens[j], concepts[j], (unit,), ctx.lexicon) >= COMPOUND for j in after):
                yield Finding("zonder", True, {"word": tokens[after[0]].text})
                return
