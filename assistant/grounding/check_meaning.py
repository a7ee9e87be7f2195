"""Strength of a statement: modality, quantity words, scope, cause and time."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.grounding.context import Context, Finding
from assistant.grounding.evidence import PART, Unit, coverage, is_content, make_unit, strength
from assistant.grounding.numbers import Quantity
from assistant.grounding.text import Token, has_phrase
from assistant.grounding.words import lemma_of, root_of

_MIN_ALIGNED = 0.4


def _modes(unit: Unit, ctx: Context) -> set[str]:
    lemmas = frozenset(t.lemma for t in unit.tokens if t.is_word)
    return {
        name for name, words in ctx.lexicon.modality.items()
        if has_phrase(unit.flat, words) or (name != "can" and lemmas & words)
    }  # fmt: skip


def check_modality(ctx: Context) -> Iterator[Finding]:
    """Yield can turned into must, plan turned into fact, and the like."""
    lexicon = ctx.lexicon
    for mine, theirs, index, score in ctx.aligned:
        if score < _MIN_ALIGNED:
            if ctx.fits[0].coverage < 0.5:
                continue
            index, theirs = ctx.top[0], ctx.best.unit
        whole = ctx.evidence[index].unit
        here, there = _modes(mine, ctx), _modes(theirs, ctx) | _modes(whole, ctx)
        claim_modes = _modes(ctx.claim.unit, ctx)
        negative = bool(has_phrase(mine.flat, lexicon.classes["negators"]))
        their_negative = bool(has_phrase(whole.flat, lexicon.classes["negators"]))
        own = _modes(theirs, ctx)
        if own & {"must", "can"}:
            there = own
        if "must" in here and not negative and "must" not in there and "can" in there:
            if not has_phrase(theirs.flat, lexicon.classes["instructive"]) and not their_negative:
                yield Finding("must_from_can", True, {})
                return
        elif "can" in here and "must" in there and "can" not in there and not negative and not their_negative:
            yield Finding("can_from_must", True, {})
            return
        elif not claim_modes and not negative and _only_possible(mine, theirs, ctx):
            yield Finding("fact_from_plan", True, {})
            return
        elif not claim_modes and not negative and there & {"want", "expect"} and not there & {"can"} and "must" not in there:
            if not _is_question_of_time(ctx) and not _speaks_of_plan(ctx) and _planned_is_claimed(whole, ctx):
                yield Finding("fact_from_plan", True, {})
                return
        elif "want" in here and "want" not in there and not there & {"expect", "must"} and "can" not in there:
            if has_phrase(theirs.flat, lexicon.modality["want"]) is None and _has_past(theirs, ctx):
                yield Finding("plan_from_fact", True, {})
                return


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
    pairs = [(t, c) for t, c in zip(whole.tokens[at + 1 :], whole.token_concepts[at + 1 :], strict=True) if is_content(t, ctx.lexicon)]
    if not pairs:
        return True
    held = sum(strength(t, c, (ctx.claim.unit,), ctx.lexicon) >= PART for t, c in pairs)
    return held >= 0.5 * len(pairs) or at > 2 * len(pairs)


def _is_question_of_time(ctx: Context) -> bool:
    """The claim itself speaks of later: a year or words like "straks" leave it a plan."""
    flat = ctx.claim.unit.flat
    return any(f" {w} " in flat for w in ("volgend", "volgende", "straks", "binnenkort", "later", "doel", "toekomst"))


def _has_past(unit: Unit, ctx: Context) -> bool:
    return bool(has_phrase(unit.flat, ctx.lexicon.classes["past_verbs"])) or any(_is_participle(t) for t in unit.tokens)


def _is_participle(token: Token) -> bool:
    low = token.lower
    return "ge" in low[:6] and low.endswith(("d", "t", "en")) and token.lemma.endswith("n") and token.lemma != low


_RANK = {"few": 0, "some": 1, "many": 2, "most": 3, "all": 4}


def _quantifiers(unit: Unit, ctx: Context) -> dict[str, str]:
    found = {}
    for name, words in ctx.lexicon.quantifiers.items():
        hit = has_phrase(unit.flat, words)
        if hit:
            found[name] = hit
    flat = unit.flat
    if found.get("all") in ("elk", "each", "ieder") and not _followed_by_noun(unit, found["all"], ctx):
        found.pop("all")
    if "all" in found and any(f" {p} " in flat for p in ("niet alle", "not all", "vóór alles", "niet altijd", "bij elkaar")):
        found.pop("all")
    if "some" in found and found["some"] == "aantal" and " een aantal " not in flat:
        found.pop("some")
    if "some" in found and found["some"] == "enige" and any(f" {p} enige " in flat for p in ("het", "de", "als")):
        found.pop("some")
    if "some" in found and found["some"] == "deel" and " een deel " not in flat:
        found.pop("some")
    if "most" in found and found["most"] == "meeste" and " de meeste " not in flat:
        found.pop("most")
    if found.get("most") == "most" and " at most " in flat:
        found.pop("most")
    if "all" in found and any(f" {p} alle " in flat or f" {p} all " in flat for p in ("bijna", "vrijwel", "haast", "almost", "nearly")):
        found.pop("all")
        found["most"] = "bijna alle"
    if "all" in found and (" van alle " in flat or " of all " in flat) and _shares(unit):
        found.pop("all")
    if "all" in found and found["all"] in ("heel", "hele") and any(f" heel {w} " in flat for w in ("veel", "goed", "erg")):
        found.pop("all")
    if "all" in found and any(f" {e} {p} " in flat for e in ("elk", "elke", "ieder", "iedere", "every") for p in
                              ("jaar", "maand", "week", "dag", "werkdag", "kwartaal", "uur", "year", "week", "month", "day")):  # fmt: skip
        found.pop("all")
    return found


def _followed_by_noun(unit: Unit, word: str, ctx: Context) -> bool:
    at = next((i for i, t in enumerate(unit.tokens) if t.lower == word), None)
    return at is not None and at + 1 < len(unit.tokens) and is_content(unit.tokens[at + 1], ctx.lexicon)


def _shares(unit: Unit) -> list[float]:
    return [q.value for q in unit.numbers if q.kind == "percent"]


def check_quantity(ctx: Context) -> Iterator[Finding]:
    """Yield "alle" for "sommige", "alleen" from nowhere, and wider or narrower than the source says."""
    lexicon = ctx.lexicon
    near = [ctx.evidence[i] for i in ctx.near]
    for mine, theirs, index, _ in ctx.aligned:
        here = _quantifiers(mine, ctx)
        there = _quantifiers(ctx.evidence[index].unit, ctx) or _quantifiers(theirs, ctx)
        around: dict[str, str] = {}
        for sentence in near:
            around.update(_quantifiers(sentence.unit, ctx))
        shares = [v for s in (ctx.evidence[index],) for v in _shares(s.unit)] + [q.value for q in ctx.claim.unit.numbers if q.kind == "percent"]
        if "all" in here and "all" not in around:
            implied = {"only"} if has_phrase(ctx.evidence[index].unit.flat, lexicon.classes["only"]) else set()
            negation = has_phrase(ctx.evidence[index].unit.flat, lexicon.classes["negators"])
            if here["all"] in ("elke", "elk", "ieder", "iedere", "every", "each") and " per " in ctx.evidence[index].unit.flat:
                continue
            if there or (shares and max(shares) < 99.5) or not (implied or negation) and _quantified_noun_there(mine, ctx):
                yield Finding("quantity", True, {"word": here["all"], "found": min(there.values()) if there else ""})
                return
        if "most" in here and "most" not in around and "all" not in around:
            carriers = _carriers_of_quantified(mine, ctx)
            there = {n: w for c in carriers for n, w in _quantifiers(c, ctx).items()}
            shares = [v for c in carriers for v in _shares(c)]
            low = bool(shares) and max(shares) < 50
            if low or ("some" in there or "few" in there) or (not shares and "many" not in there):
                if low or not _superlative(mine, ctx):
                    yield Finding("quantity", True, {"word": here["most"], "found": min(there.values()) if there else ""})
                    return
        if "some" in here and "all" in there and "some" not in around:
            yield Finding("quantity", False, {"word": here["some"], "found": there["all"]})
            return
        only = has_phrase(mine.flat, lexicon.classes["only"])
        if only and not has_phrase(mine.flat, lexicon.classes["not_only"]):
            said = any(
                has_phrase(s.unit.flat, lexicon.classes["only_evidence"]) and not has_phrase(s.unit.flat, lexicon.classes["not_only"])
                for s in near
            )
            if not said:
                yield Finding("only", True, {"word": only})
                return


def _carriers_of_quantified(unit: Unit, ctx: Context) -> list[Unit]:
    """The well-fitting sentences that name the noun after "de meeste" best."""
    noun = concepts = None
    for i, token in enumerate(unit.tokens):
        if token.lower in ctx.lexicon.quantifiers["most"]:
            pairs = zip(unit.tokens[i + 1 :], unit.token_concepts[i + 1 :], strict=True)
            noun, concepts = next(((t, c) for t, c in pairs if is_content(t, ctx.lexicon)), (None, None))
            break
    floor = 0.8 * ctx.fits[0].coverage
    close = [ctx.evidence[f.index].unit for f in ctx.fits if f.coverage >= floor]
    if noun is None or concepts is None:
        return close
    scores = [strength(noun, concepts, (u,), ctx.lexicon) for u in close]
    return [u for u, s in zip(close, scores, strict=True) if s == max(scores)]


def _superlative(unit: Unit, ctx: Context) -> bool:
    """"de meeste vacatures staan in X" ranks X; the source may do so by figures or by another superlative."""
    words = [s.unit.flat for s in (ctx.evidence[i] for i in ctx.top)]
    return any(f" {w} " in flat for flat in words for w in ("het meest", "meeste", "het grootst", "grootste", "vooral", "hoogste"))


def _quantified_noun_there(unit: Unit, ctx: Context) -> bool:
    """The noun after "alle" is a subject the source speaks about without that word."""
    tokens = unit.tokens
    for i, token in enumerate(tokens):
        if token.lower in ctx.lexicon.quantifiers["all"]:
            for follower, concepts in zip(tokens[i + 1 : i + 4], unit.token_concepts[i + 1 : i + 4], strict=True):
                if is_content(follower, ctx.lexicon):
                    return strength(follower, concepts, ctx.units, ctx.lexicon) >= PART
    return True


def check_cause(ctx: Context) -> Iterator[Finding]:
    """Yield causes and effects that the passages do not link, or link to something else."""
    lexicon = ctx.lexicon
    word = has_phrase(ctx.claim.unit.flat, lexicon.classes["causal"])
    if not word:
        return
    linked = [
        i for i in range(len(ctx.evidence))
        if has_phrase(ctx.evidence[i].unit.flat, lexicon.classes["causal_evidence"])
    ]  # fmt: skip
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


_UNTIL = frozenset("tot uiterlijk voor vóór until before by".split())
_FROM = frozenset("vanaf sinds na per since from after sedert".split())
_PARTS = {"begin": "begin", "start": "begin", "eind": "eind", "einde": "eind", "half": "half", "medio": "half"}
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
            (_relation(s.unit, q), _part(s.unit, q)) for s in ctx.evidence for q in s.unit.numbers
            if q.kind == mine.kind and q.value == mine.value
        ]  # fmt: skip
        if not seen:
            continue
        if relation and all(r and r != relation for r, _ in seen) and not _tells_before(ctx):
            yield Finding("time_relation", True, {"date": mine.text})
        elif relation == "until" and all(not r for r, _ in seen) and _has_in(ctx, mine) and not _tells_end(ctx):
            yield Finding("time_relation", True, {"date": mine.text})
        elif part and all(p and p != part for _, p in seen):
            yield Finding("time_part", True, {"date": mine.text, "part": part})
    yield from _word_relation(ctx)
    yield from _relative(ctx)
    yield from _tense(ctx)


def _tells_before(ctx: Context) -> bool:
    """"sinds 2021 …; vroeger …" also speaks of before 2021."""
    words = ctx.lexicon.classes["formerly"]
    return any(has_phrase(ctx.evidence[i].unit.flat, words) for i in ctx.top)


def _tells_end(ctx: Context) -> bool:
    """"eindigde in 2020" says the same as "tot 2020"."""
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


_THIS, _LAST, _NEXT = {"dit", "deze", "huidig", "huidige"}, {"vorig", "vorige", "afgelopen"}, {"volgend", "volgende", "komend", "komende"}


def _relative(ctx: Context) -> Iterator[Finding]:
    """"dit jaar" against "vorig jaar": the same noun of time with another pointer."""
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
    """"voordat" against "nadat" when both stand before the same words."""
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
        future = bool({"expect", "want", "must"} & _modes(ctx.best.unit, ctx)) and not _modes(claim, ctx)
        if ended or future or (not has_phrase(ctx.best.unit.flat, classes["ongoing_words"]) and _past_only(ctx.best.unit, ctx)):
            yield Finding("tense", True, {})
            return
    if years or not has_phrase(claim.flat, classes["present_verbs"]) or _past_only(claim, ctx):
        return
    participle = any(_is_participle(t) for t in claim.tokens)
    if participle or ctx.fits[0].coverage < 0.5:
        return
    if _past_only(ctx.best.unit, ctx) and _same_verb_other_tense(claim, ctx.best.unit):
        yield Finding("tense", True, {})


def _past_only(unit: Unit, ctx: Context) -> bool:
    return bool(has_phrase(unit.flat, ctx.lexicon.classes["past_verbs"])) and not has_phrase(
        unit.flat, ctx.lexicon.classes["present_verbs"] - {"krijgen", "gaan", "komen", "lopen", "hebben", "zijn", "worden"}
    )


def _same_verb_other_tense(claim: Unit, other: Unit) -> bool:
    lemmas = {t.lemma: t.lower for t in claim.tokens if t.is_word}
    return any(t.lemma in lemmas and t.lemma.endswith("n") and lemmas[t.lemma] != t.lower for t in other.tokens if t.is_word)
