"""Turned-round statements: negation, opposites, direction of change, comparison."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.grounding.check_numbers import from_to_pairs, number_zones
from assistant.grounding.context import Context, Finding
from assistant.grounding.evidence import COMPOUND, PART, Sentence, Unit, coverage, is_content, make_unit, strength
from assistant.grounding.direction import direction_of
from assistant.grounding.numbers import word_value
from assistant.grounding.text import Token, has_phrase, is_verb_form

_MIN_ALIGNED = 0.45
# A denial is only weighed when this much of the segment is in the sentence at hand.
_CARRIED = 0.6
_PARTLY = 0.25
# A figure goes with one side of a comparison when it fits that side this much better.
_SIDE_FITS = 0.3
# "daalt" and "minder" are only set side by side in segments about the same thing.
_SAME_SUBJECT = 0.75


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
        if (len(flips) + _negations(mine, ctx) + _negations(theirs, ctx)) % 2 and flips:
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
    if not _negations(unit, ctx):
        return []
    for i, token in enumerate(tokens):
        if token.lower not in ctx.lexicon.classes["negators"]:
            continue
        after = [j for j in range(i + 1, min(len(tokens), i + 6)) if _bears(tokens[j], ctx)]
        stop = next((j for j in range(i + 1, len(tokens)) if tokens[j].lower in (",", ";", "maar", "but")), len(tokens))
        after = [j for j in after if j < stop][: 1 if token.lower in ("geen", "no") else 2]
        before = [j for j in range(i) if _bears(tokens[j], ctx)][-1:]
        verbs = [j for j in range(i) if is_verb_form(tokens[j]) and _bears(tokens[j], ctx)][-1:]
        chosen = after or verbs or before
        if chosen:
            out.append(_Focus(token.lower, tuple(tokens[j] for j in chosen), tuple(unit.token_concepts[j] for j in chosen)))
    return out


def _bears(token: Token, ctx: Context) -> bool:
    return is_content(token, ctx.lexicon) and token.root not in _FADED


_FADED = frozenset("meer veel weinig groot lang langer".split())


def _is_denied(unit: Unit, ctx: Context, other: Unit) -> bool:
    """Holds a negator, or a word with a built-in "not" that the other side lacks."""
    local = ctx.lexicon.classes["local_negators"]
    return (
        bool(_negations(unit, ctx))
        or (any(t.lower in local for t in unit.tokens) and not any(t.lower in local for t in other.tokens))
        or bool(_has_implicit(unit, ctx) - other.roots)
    )


def _holders(focus: _Focus, sentence: Sentence, ctx: Context) -> list[Unit]:
    """Segments of a sentence that hold every word of the focus (its opposite does not count)."""
    return [
        u for u in sentence.segments
        if all(strength(t, c, (u,), ctx.lexicon) >= COMPOUND for t, c in zip(focus.tokens, focus.concepts, strict=True))
    ]  # fmt: skip


def _not_in_source(ctx: Context) -> Iterator[Finding]:
    """The claim denies something that the carrying sentence says without denying it."""
    if _no_longer(ctx):
        return
    for mine in ctx.claim.segments:
        for focus in _foci(mine, ctx):
            holders = [(i, u) for i in ctx.top for u in _holders(focus, ctx.evidence[i], ctx)]
            if not holders or any(_is_denied(u, ctx, mine) for _, u in holders):
                continue
            if any(direction_of(t, ctx.lexicon) for t in focus.tokens) or _denied_nearby(mine, ctx):
                continue  # "nergens hoger" is how "het hoogst" is said otherwise
            index, unit = holders[0]
            rest = coverage(mine, (ctx.evidence[index].unit,), ctx.lexicon)
            if rest >= _CARRIED and not _has_implicit(mine, ctx) - ctx.evidence[index].unit.roots:
                yield Finding("negated", True, {})


def _denied_nearby(mine: Unit, ctx: Context) -> bool:
    """One of the two best sentences holds a denial of its own and part of this segment."""
    return any(
        _negations(ctx.evidence[i].unit, ctx) and coverage(mine, (ctx.evidence[i].unit,), ctx.lexicon) >= _PARTLY
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
                    u is not theirs and not _negations(u, ctx) and coverage(holders[0], (u,), ctx.lexicon) > rest + 0.15
                    for i in ctx.top for u in _holders(focus, ctx.evidence[i], ctx)
                )  # fmt: skip
                if rest >= (_CARRIED if place == 0 else 0.75) and not elsewhere:
                    yield Finding("not_negated", True, {})


def _no_longer(ctx: Context) -> bool:
    """"bestaat niet meer" where the source says that it was ended, or the other way round."""
    ended = ctx.lexicon.classes["ended_words"]
    here, there = ctx.claim.unit.flat, [s.unit.flat for s in ctx.evidence]
    gone = (" niet meer ", " geen ")
    if any(g in here for g in gone[:1]) and any(has_phrase(f, ended) for f in there):
        return True
    return bool(has_phrase(here, ended)) and any(gone[0] in f for f in there)


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
                fit = coverage(left, (unit,), ctx.lexicon) - (0.5 * coverage(right, (unit,), ctx.lexicon) if right and not _has_than(unit) else 0)
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
        if _is_trend(word) != _is_trend(found) and (score < _SAME_SUBJECT or _has_than(unit) or right is not None):
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


_TREND = ("stijg", "steeg", "steg", "gesteg", "daal", "daald", "gedaal", "daling", "toen", "toeg", "afn", "afg", "groei", "gegroei", "krimp", "omhoog",
          "omlaag", "verhog", "verhoog", "verlag", "verlaag", "oplop", "opgelop", "terug", "increas", "decreas", "declin", "rise", "rose", "fell", "fall")  # fmt: skip


def _is_trend(token: Token) -> bool:
    return token.lower.startswith(_TREND)


def _has_than(unit: Unit) -> bool:
    return " dan " in unit.flat or " than " in unit.flat


def _paired(mine: Unit, marked: list[tuple[Token, int]], ctx: Context) -> Finding | None:
    """"meer administratie" against "minder administratie": the noun right after a direction word."""
    def nouns(unit: Unit, found: list[tuple[Token, int]]) -> dict[str, tuple[Token, int]]:
        place = {id(t): i for i, t in enumerate(unit.tokens)}
        out = {}
        for token, sign in found:
            at = place[id(token)] + 1
            if token.lower in ("meer", "minder", "more", "less", "fewer") and at < len(unit.tokens) and is_content(unit.tokens[at], ctx.lexicon):
                out[unit.tokens[at].root] = (token, sign)
        return out

    here = nouns(mine, marked)
    if not here or _has_than(mine) or _negations(mine, ctx):
        return None
    for index in ctx.top[:1]:
        unit = ctx.evidence[index].unit
        there = nouns(unit, _directions(unit, ctx))
        for root, (token, sign) in here.items():
            if root in there and there[root][1] != sign and not _negations(unit, ctx):
                return Finding("direction", True, {"word": token.text, "found": there[root][0].text})
    return None


def _by_numbers(mine: Unit, sign: int, left: Unit, right: Unit | None, ctx: Context) -> str | None:
    """Figures that say the opposite: "A meer dan B" with a smaller figure for A, or "stijgt" with a falling pair."""
    if ctx.claim.unit.numbers and right is not None:
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


def _across(sign: int, left: Unit, right: Unit, ctx: Context) -> str | None:
    """Compare the figure that goes with one side to the figure that goes with the other."""
    zones = [
        (q, make_unit(ctx.evidence[i].unit.tokens[start:end], ctx.lexicon, ()))
        for i in sorted(ctx.top)
        for kind in sorted({q.kind for q in ctx.evidence[i].unit.numbers} - {"year", "date", "month", "weekday", "ordinal"})
        for q, start, end in number_zones(ctx.evidence[i], kind)
    ]
    last_year = any(w in right.flat for w in (" vorig jaar ", " een jaar geleden ", " vorige maand "))
    def fit(own: Unit, other: Unit, zone: Unit) -> float:
        return coverage(own, (zone,), ctx.lexicon) - coverage(other, (zone,), ctx.lexicon)

    if len(zones) < 2:
        return None
    if last_year:
        then = next((z for z in zones if " vorig" in z[1].flat or "geleden" in z[1].flat), None)
        now = next((z for z in zones if z is not then and then is not None and z[0].kind == then[0].kind), None)
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
