"""Time: until and from, begin and end, this year and last, past told as present."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.grounding.check_meaning import is_participle, modes_of
from assistant.grounding.context import Context, Finding
from assistant.grounding.evidence import Unit
from assistant.grounding.numbers import Quantity
from assistant.grounding.text import has_phrase
from assistant.grounding.words import lemma_of, root_of

_UNTIL = frozenset(["tot", "uiterlijk", "voor", "vóór", "until", "before", "by"])


_FROM = frozenset(["vanaf", "sinds", "na", "per", "since", "from", "after", "sedert"])


_PARTS = {
    "begin": "begin",
    "start": "begin",
    "eind": "eind",
    "einde": "eind",
    "half": "half",
    "medio": "half",
}


_TIME_KINDS = ("year", "date", "month", "weekday", "clock")


def _relation(unit: Unit, quantity: Quantity) -> str:
    before = [t.lower for t in unit.tokens[max(0, quantity.start - 3) : quantity.start]]
    words = [w for w in before if w in _UNTIL or w in _FROM]
    if not words:
        return ""
    last = words[-1]
    # "voor" also means "for": only a time word right before the date itself counts
    if last in ("voor", "by", "per") and before[-1] != last:
        return ""
    return "until" if last in _UNTIL else "from"


def _part(unit: Unit, quantity: Quantity) -> str:
    before = [t.lower for t in unit.tokens[max(0, quantity.start - 1) : quantity.start]]
    return _PARTS.get(before[0], "") if before else ""


def check_time(ctx: Context) -> Iterator[Finding]:
    """Yield until/from turned round, begin/end swapped, and past told as present."""
    for mine in ctx.claim.unit.numbers:
        if mine.kind not in _TIME_KINDS:
            continue
        relation, part = _relation(ctx.claim.unit, mine), _part(ctx.claim.unit, mine)
        seen = [
            (_relation(s.unit, q), _part(s.unit, q))
            for s in ctx.evidence
            for q in s.unit.numbers
            if q.kind == mine.kind and q.value == mine.value
        ]
        if not seen:
            continue
        if (relation and all(r and r != relation for r, _ in seen) and not _tells_before(ctx)) or (
            relation == "until" and all(not r for r, _ in seen) and _has_in(ctx, mine) and not _tells_end(ctx)
        ):
            yield Finding("time_relation", True, {"date": mine.text})
        elif part and all(p and p != part for _, p in seen):
            yield Finding("time_part", True, {"date": mine.text, "part": part})
    yield from _word_relation(ctx)
    yield from _relative(ctx)
    yield from _tense(ctx)


def _tells_before(ctx: Context) -> bool:
    """ "sinds 2021 …; vroeger …" also speaks of before 2021."""
    words = ctx.lexicon.classes["formerly"]
    return any(has_phrase(ctx.evidence[i].unit.flat, words) for i in ctx.top)


def _tells_end(ctx: Context) -> bool:
    """ "eindigde in 2020" says the same as "tot 2020"."""
    ends = ctx.lexicon.opposites.get(root_of(lemma_of("beginnen")), frozenset())
    return any(t.root in ends for i in ctx.top for t in ctx.evidence[i].unit.tokens)


def _has_in(ctx: Context, quantity: Quantity) -> bool:
    for sentence in ctx.evidence:
        for other in sentence.unit.numbers:
            if other.kind == quantity.kind and other.value == quantity.value:
                before = sentence.unit.tokens[max(0, other.start - 1) : other.start]
                if not before or before[0].lower not in ("in", "op", "on"):
                    return False
    return True


_THIS, _LAST, _NEXT = (
    {"dit", "deze", "huidig", "huidige"},
    {"vorig", "vorige", "afgelopen"},
    {"volgend", "volgende", "komend", "komende"},
)


def _relative(ctx: Context) -> Iterator[Finding]:
    """ "dit jaar" against "vorig jaar": the same noun of time with another pointer."""

    def pointers(unit: Unit) -> dict[str, str]:
        out = {}
        for i, token in enumerate(unit.tokens[:-1]):
            for name, words in (("dit", _THIS), ("vorig", _LAST), ("volgend", _NEXT)):
                follower = unit.tokens[i + 1]
                if token.lower in words and follower.lower.endswith(_TIME_NOUNS):
                    out[follower.root] = name
        return out

    mine = pointers(ctx.claim.unit)
    for noun, pointer in mine.items():
        theirs = [p for s in ctx.evidence for r, p in pointers(s.unit).items() if r == noun]
        if theirs and pointer not in theirs:
            yield Finding("before_after", True, {"word": pointer, "found": theirs[0]})
            return


_TIME_NOUNS = ("jaar", "maand", "week", "kwartaal", "seizoen", "zomer", "winter", "eeuw", "periode")


def _word_relation(ctx: Context) -> Iterator[Finding]:
    """ "voordat" against "nadat" when both stand before the same words."""
    before, after = {"voordat", "before", "vooraf"}, {"nadat", "after", "achteraf", "na"}
    mine = {t.lower for t in ctx.claim.unit.tokens}
    theirs = {t.lower for t in ctx.best.unit.tokens}
    for here, there in ((before, after), (after, before)):
        if mine & here and theirs & there and not mine & there and not theirs & here:
            yield Finding("before_after", True, {"word": min(mine & here), "found": min(theirs & there)})


def _tense(ctx: Context) -> Iterator[Finding]:
    lexicon = ctx.lexicon
    classes = lexicon.classes
    claim = ctx.claim.unit
    years = any(q.kind in ("year", "date") for q in claim.numbers)
    ended = any(has_phrase(s.unit.flat, classes["ended_words"]) for s in ctx.evidence)
    if has_phrase(claim.flat, classes["ongoing_words"]):
        future = bool({"expect", "want", "must"} & modes_of(ctx.best.unit, ctx)) and not modes_of(claim, ctx)
        if (
            ended
            or future
            or (
                not has_phrase(ctx.best.unit.flat, classes["ongoing_words"])
                and _past_only(ctx.best.unit, ctx)
            )
        ):
            yield Finding("tense", True, {})
            return
    if years or not has_phrase(claim.flat, classes["present_verbs"]) or _past_only(claim, ctx):
        return
    best = ctx.best.unit
    if (
        has_phrase(best.flat, classes["ended_words"])
        and _past_only(best, ctx)
        and not has_phrase(claim.flat, classes["ended_words"] | classes["past_verbs"])
        and not any(is_participle(t) for t in claim.tokens)
        and ctx.fits[0].coverage >= _SAME_STATEMENT
    ):
        yield Finding("tense", True, {})
        return
    participle = any(is_participle(t) for t in claim.tokens)
    if participle or ctx.fits[0].coverage < 0.5:
        return
    if _past_only(ctx.best.unit, ctx) and _same_verb_other_tense(claim, ctx.best.unit):
        yield Finding("tense", True, {})


_SAME_STATEMENT = 0.6


def _past_only(unit: Unit, ctx: Context) -> bool:
    return bool(has_phrase(unit.flat, ctx.lexicon.classes["past_verbs"])) and not has_phrase(
        unit.flat,
        ctx.lexicon.classes["present_verbs"]
        - {"krijgen", "gaan", "komen", "lopen", "hebben", "zijn", "worden"},
    )


def _same_verb_other_tense(claim: Unit, other: Unit) -> bool:
    lemmas = {t.lemma: t.lower for t in claim.tokens if t.is_word}
    return any(
        t.lemma in lemmas and t.lemma.endswith("n") and lemmas[t.lemma] != t.lower
        for t in other.tokens
        if t.is_word
    )
