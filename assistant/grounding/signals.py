"""What speaks for and against a sentence, as figures: findings, words, order, parity, likeness.

The checks are rules that were made on sentences at hand; how far each can be trusted is learned. A learned
model weighs these figures (`deciding.py`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from assistant.grounding.check_meaning import modes_of
from assistant.grounding.check_polarity import negations_in
from assistant.grounding.clauses import clause_of, heads_of
from assistant.grounding.context import Context, Finding
from assistant.grounding.crossing import crosses, crossing_texts
from assistant.grounding.direction import direction_of
from assistant.grounding.evidence import PART, Unit, is_content, number_matches, strength
from assistant.grounding.likeness import Vectors, figures, word_figures
from assistant.grounding.names import NameIndex, names_in
from assistant.grounding.text import has_phrase

FAMILIES: Mapping[str, str] = {
    "number": "number",
    "number_other": "number",
    "number_elsewhere": "number_place",
    "number_other_fits": "number_place",
    "frequency": "number_place",
    "from_to": "direction",
    "qualifier": "qualifier",
    "name": "name",
    "name_elsewhere": "name_place",
    "negated": "negated",
    "not_negated": "negated",
    "zonder": "negated",
    "opposite": "opposite",
    "direction": "direction",
    "direction_numbers": "direction",
    "sides": "direction",
    "must_from_can": "modality",
    "can_from_must": "modality",
    "must_from_fact": "must_from_fact",
    "fact_from_plan": "plan",
    "plan_from_fact": "plan",
    "quantity": "quantity",
    "only": "quantity",
    "cause": "cause",
    "cause_other": "cause",
    "time_relation": "time",
    "time_part": "time",
    "before_after": "time",
    "sequence": "time",
    "replacement": "roles",
    "tense": "tense",
    "roles": "roles",
    "doer": "doer",
    "addition": "addition",
    "little": "addition",
}
"""Findings of one sort share a weight: alone each is too rare to learn from."""
_PAIRS = 24


def signals(
    ctx: Context, findings: Sequence[Finding], vectors: Vectors | None, *, in_doubt: bool
) -> dict[str, float]:
    """All figures of one claim.

    Args:
        findings: what the checks found.
        vectors: None where words decide alone.
        in_doubt: the claim's texts are embedded; cosines are left out otherwise.
    """
    values = {f"found_{family}": 0.0 for family in dict.fromkeys(FAMILIES.values())}
    for finding in findings:
        family = f"found_{FAMILIES[finding.key]}"
        values[family] = max(values[family], 2.0 if finding.hard else 1.0)
    values["findings"] = float(len({FAMILIES[f.key] for f in findings}))
    values |= word_figures(ctx) | _sizes(ctx) | _agreement(ctx) | _parity(ctx)
    values["order"], values["doer_lost"] = _order(ctx), _doer_lost(ctx)
    values["crossing"] = float(crosses(ctx))
    values["in_doubt"] = float(in_doubt)
    if vectors is not None:
        values |= _cosines(ctx, vectors, is_asked=in_doubt or bool(values["crossing"]))
    return values


def _cosines(ctx: Context, vectors: Vectors, *, is_asked: bool) -> dict[str, float]:
    """Cosines of the claim with the source; 1 where words leave no doubt and nothing is embedded."""
    if not is_asked:
        return {"sentence": 1.0, "part": 1.0, "clause": 1.0}
    if crosses(ctx):
        claim, *others = vectors.of(crossing_texts(ctx))
        best = max(float(v @ claim) for v in others)
        return {"sentence": best, "part": best, "clause": best}
    seen = figures(ctx, vectors)
    return {name: seen[name] for name in ("sentence", "part", "clause")}


def _sizes(ctx: Context) -> dict[str, float]:
    mine = max(1, len(ctx.claim.unit.tokens))
    best = max(1, len(ctx.best.unit.tokens))
    return {
        "fit": ctx.fits[0].coverage,
        "lead": ctx.fits[0].coverage - (ctx.fits[1].coverage if len(ctx.fits) > 1 else 0.0),
        "segment": min((score for *_, score in ctx.aligned), default=1.0),
        "length": math.log(mine / best),
        "evidence": math.log1p(len(ctx.evidence)),
        "cited": float(len(set(ctx.owners))),
        "segments": float(len(ctx.claim.segments)),
    }


def _near(ctx: Context) -> list[Unit]:
    return [ctx.evidence[i].unit for i in ctx.top[:2]]


def _agreement(ctx: Context) -> dict[str, float]:
    """Numbers and names of the claim: how many, and how many the carrying sentences hold."""
    numbers = ctx.claim.unit.numbers
    near = [m for u in _near(ctx) for m in u.numbers]
    anywhere = [m for u in ctx.units for m in u.numbers]
    index = NameIndex(ctx.evidence, ctx.lexicon)
    names = names_in(ctx.claim.unit.tokens, ctx.lexicon, frozenset(index.lower_seen))
    close = NameIndex([ctx.evidence[i] for i in ctx.top[:2]], ctx.lexicon)
    return {
        "numbers": float(len(numbers)),
        "numbers_lost": float(sum(not any(number_matches(n, m) for m in anywhere) for n in numbers)),
        "numbers_far": float(sum(not any(number_matches(n, m) for m in near) for n in numbers)),
        "names": float(len(names)),
        "names_lost": float(sum(index.missing(n) is not None for n in names)),
        "names_far": float(sum(close.missing(n) is not None for n in names)),
    }


def _parity(ctx: Context) -> dict[str, float]:
    """Whether claim and source deny, oblige, compare, limit and explain alike."""
    classes, claim, best, near = ctx.lexicon.classes, ctx.claim.unit, ctx.best.unit, _near(ctx)
    mine, theirs = negations_in(claim, ctx), negations_in(best, ctx)
    modes = modes_of(claim, ctx)
    held = set().union(*(modes_of(u, ctx) for u in near))
    quantifiers = {name for name, words in ctx.lexicon.quantifiers.items() if has_phrase(claim.flat, words)}
    there = {
        name for u in near for name, words in ctx.lexicon.quantifiers.items() if has_phrase(u.flat, words)
    }
    up = {direction_of(t, ctx.lexicon) for t in claim.tokens} - {0}
    ups = {direction_of(t, ctx.lexicon) for u in near for t in u.tokens} - {0}
    causal = has_phrase(claim.flat, classes["causal"])
    return {
        "denies": float(bool(mine) and not theirs),
        "denied": float(bool(theirs) and not mine),
        "both_deny": float(bool(theirs) and bool(mine)),
        "modes_new": float(len(modes - held)),
        "modes_lost": float(len(modes_of(best, ctx) - modes)),
        "quantity_new": float(len(quantifiers - there)),
        "direction_new": float(bool(up) and not up & ups),
        "direction_lost": float(bool(ups) and bool(up) and not ups & up),
        "compares": float(" dan " in claim.flat or " than " in claim.flat),
        "cause_new": float(
            bool(causal) and not any(has_phrase(u.flat, classes["causal_evidence"]) for u in ctx.units)
        ),
        "causal": float(bool(causal)),
        "past_new": float(
            bool(has_phrase(claim.flat, classes["past_verbs"]))
            != bool(has_phrase(best.flat, classes["past_verbs"]))
        ),
    }


def _order(ctx: Context) -> float:
    """Share of pairs of shared words that stand in another order than in the carrying sentence."""
    spots: list[int] = []
    where: dict[str, int] = {}
    for i, token in enumerate(ctx.best.unit.tokens):
        where.setdefault(token.root, i)
    for token in ctx.claim.unit.tokens:
        if token.root in where and is_content(token, ctx.lexicon):
            spots.append(where[token.root])
    spots = list(dict.fromkeys(spots))[:_PAIRS]
    pairs = [(a, b) for i, a in enumerate(spots) for b in spots[i + 1 :]]
    return sum(a > b for a, b in pairs) / len(pairs) if pairs else 0.0


def _doer_lost(ctx: Context) -> float:
    """Share of the words of the claim's doer that its carrying sentence lacks."""
    clause = clause_of(ctx.claim.segments[0], ctx.lexicon)
    if clause.doer is None:
        return 0.0
    heads = [t for t in heads_of(clause.doer) if t.root not in ctx.lexicon.generic_roots]
    if not heads:
        return 0.0
    concepts = {t.index: c for t, c in zip(ctx.claim.unit.tokens, ctx.claim.unit.token_concepts, strict=True)}
    lost = [
        t
        for t in heads
        if strength(t, concepts.get(t.index, frozenset()), (ctx.best.unit,), ctx.lexicon) < PART
    ]
    return len(lost) / len(heads)
