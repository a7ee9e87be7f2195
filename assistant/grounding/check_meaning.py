"""Strength of a statement: modality, quantity words, scope, cause and time."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.grounding.context import Context, Finding
from assistant.grounding.evidence import PART, Unit, coverage, is_content, make_unit, strength
from assistant.grounding.text import Token, has_phrase

_MIN_ALIGNED = 0.4


def modes_of(unit: Unit, ctx: Context) -> set[str]:
    """Kinds of modality (must, can, want, expect) that a unit speaks of."""
    lemmas = frozenset(t.lemma for t in unit.tokens if t.is_word)
    return {
        name
        for name, words in ctx.lexicon.modality.items()
        if has_phrase(unit.flat, words) or (name != "can" and lemmas & words)
    }


def check_modality(ctx: Context) -> Iterator[Finding]:
    """Yield can turned into must, plan turned into fact, and the like."""
    lexicon = ctx.lexicon
    for mine, theirs, index, score in ctx.aligned:
        if score < _MIN_ALIGNED:
            if ctx.fits[0].coverage < 0.5:
                continue
            index, theirs = ctx.top[0], ctx.best.unit
        whole = ctx.evidence[index].unit
        here, there = modes_of(mine, ctx), modes_of(theirs, ctx) | modes_of(whole, ctx)
        claim_modes = modes_of(ctx.claim.unit, ctx)
        negative = bool(has_phrase(mine.flat, lexicon.classes["negators"]))
        their_negative = bool(has_phrase(theirs.flat, lexicon.classes["negators"]))
        own = modes_of(theirs, ctx)
        if own & {"must", "can"}:
            there = own
        if "must" in here and not negative and "must" not in there and "can" in there:
            if not has_phrase(theirs.flat, lexicon.classes["instructive"]) and not their_negative:
                yield Finding("must_from_can", True, {})
                return
        elif (
            "must" in here
            and not claim_has_number_bound(mine)
            and not negative
            and not there
            and not their_negative
            and score >= _MUST_ALIGNED
            and not has_phrase(whole.flat, lexicon.classes["instructive"] | lexicon.classes["conditions"])
        ):
            yield Finding("must_from_fact", True, {})
            return
        elif (
            "can" in here
            and "must" in there
            and "can" not in there
            and not negative
            and not their_negative
            and not has_phrase(mine.flat, _RIGHTS)
        ):
            yield Finding("can_from_must", True, {})
            return
        elif not claim_modes and not negative and _only_possible(mine, theirs, ctx):
            yield Finding("fact_from_plan", True, {})
            return
        elif (
            not claim_modes
            and not negative
            and there & {"want", "expect"}
            and not there & {"can"}
            and "must" not in there
        ):
            if not _is_question_of_time(ctx) and not _speaks_of_plan(ctx) and _planned_is_claimed(whole, ctx):
                yield Finding("fact_from_plan", True, {})
                return
        elif "want" in here and "want" not in there and not there & {"expect", "must"} and "can" not in there:
            planned = has_phrase(theirs.flat, lexicon.modality["want"])
            if (
                planned is None
                and _has_past(theirs, ctx)
                and not _has_purpose(whole)
                and not _is_condition(mine)
            ):
                yield Finding("plan_from_fact", True, {})
                return


_MUST_ALIGNED = 0.5


def claim_has_number_bound(unit: Unit) -> bool:
    """ "moet minstens 40 zijn" may word a plain norm."""
    return any(
        w in unit.flat for w in (" minstens ", " ten minste ", " minimaal ", " maximaal ", " hooguit ")
    )


# a right of the one is a duty of the other
_RIGHTS = frozenset(["recht", "rechten", "entitled"])


def _has_purpose(unit: Unit) -> bool:
    """ "om … te brengen" tells what was wanted."""
    words = [t.lower for t in unit.tokens]
    return "om" in words and "te" in words[words.index("om") :]


def _is_condition(unit: Unit) -> bool:
    """ "Wie wilde …" speaks of who it is for, not of a plan."""
    return bool({t.lower for t in unit.tokens[:2]} & {"wie", "als", "wanneer", "indien", "who", "if"})


def _only_possible(mine: Unit, theirs: Unit, ctx: Context) -> bool:
    words = ctx.lexicon.classes["uncertain"]
    return bool(has_phrase(theirs.flat, words)) and not has_phrase(ctx.claim.unit.flat, words)


def _speaks_of_plan(ctx: Context) -> bool:
    return bool({t.lemma for t in ctx.claim.unit.tokens} & ctx.lexicon.classes["plan_nouns"])


def _planned_is_claimed(whole: Unit, ctx: Context) -> bool:
    """What follows the word of will or expectation is (at least half) what the claim states."""
    words = ctx.lexicon.modality["want"] | ctx.lexicon.modality["expect"]
    at = next((i for i, t in enumerate(whole.tokens) if t.lower in words or t.lemma in words), None)
    if at is None:
        return True
    pairs = [
        (t, c)
        for t, c in zip(whole.tokens[at + 1 :], whole.token_concepts[at + 1 :], strict=True)
        if is_content(t, ctx.lexicon)
    ]
    if not pairs:
        return True
    held = sum(strength(t, c, (ctx.claim.unit,), ctx.lexicon) >= PART for t, c in pairs)
    return held >= 0.5 * len(pairs) or at > 2 * len(pairs)


def _is_question_of_time(ctx: Context) -> bool:
    """The claim itself speaks of later: a year or words like "straks" leave it a plan."""
    flat = ctx.claim.unit.flat
    return any(
        f" {w} " in flat for w in ("volgend", "volgende", "straks", "binnenkort", "later", "doel", "toekomst")
    )


def _has_past(unit: Unit, ctx: Context) -> bool:
    return bool(has_phrase(unit.flat, ctx.lexicon.classes["past_verbs"])) or any(
        is_participle(t) for t in unit.tokens
    )


def is_participle(token: Token) -> bool:
    """A past participle, as far as prefix and ending tell."""
    low = token.lower
    return (
        "ge" in low[:6]
        and low.endswith(("d", "t", "en"))
        and token.lemma.endswith("n")
        and token.lemma != low
    )


def check_cause(ctx: Context) -> Iterator[Finding]:
    """Yield causes and effects that the passages do not link, or link to something else."""
    lexicon = ctx.lexicon
    word = has_phrase(ctx.claim.unit.flat, lexicon.classes["causal"])
    if not word:
        return
    linked = [
        i
        for i in range(len(ctx.evidence))
        if has_phrase(ctx.evidence[i].unit.flat, lexicon.classes["causal_evidence"])
    ]
    if not linked:
        yield Finding("cause", True, {"word": word})
        return
    cause = _after(ctx.claim.unit, word, ctx)
    if cause is None:
        return
    inside = {id(t) for t in cause.tokens}
    rest = make_unit(tuple(t for t in ctx.claim.unit.tokens if id(t) not in inside), lexicon)
    best = 0.0
    for i in linked:
        around = [ctx.evidence[i].unit]
        flat = ctx.evidence[i].unit.flat.strip()
        if i and flat.split(" ")[0] in ("daarom", "daardoor", "hierdoor", "dus", "therefore"):
            around.append(ctx.evidence[i - 1].unit)
        if any(w in flat.split() for w in ("dat", "dit", "daarom", "daardoor", "reden")) and i:
            around.append(ctx.evidence[i - 1].unit)
        best = max(best, min(coverage(cause, around, lexicon), coverage(rest, around, lexicon) + 0.15))
    if best <= 0.5:
        yield Finding("cause_other", True, {"word": word})
    elif not set(linked) & {j for i in ctx.top for j in (i - 1, i, i + 1)}:
        yield Finding("cause", True, {"word": word})


def _after(unit: Unit, word: str, ctx: Context) -> Unit | None:
    """The words that give the cause: up to a comma after the causal word (or the rest of the sentence)."""
    words = word.split()
    lowers = [t.lower for t in unit.tokens]
    for i in range(len(lowers)):
        if lowers[i : i + len(words)] == words:
            end = next((j for j in range(i + len(words), len(lowers)) if lowers[j] == ","), len(lowers))
            chosen = unit.tokens[i + len(words) : end]
            if any(is_content(t, ctx.lexicon) for t in chosen):
                return make_unit(tuple(chosen), ctx.lexicon, ())
    return None
