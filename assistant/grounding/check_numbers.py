"""Numbers, dates and amounts: is each in the passages, near enough, and about the same thing?"""

from __future__ import annotations

from collections.abc import Iterator

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
from assistant.grounding.numbers import Quantity, word_value
from assistant.grounding.text import Token, has_phrase, is_verb_form, joined

_SMALL = 12
_TIME_KINDS = ("year", "date", "monthname", "month", "weekday", "clock", "ordinal")
_LITERAL = 0.9
# The rest of the claim must fit another number this much better, and this well, to say the number is misplaced.
_FAR_BETTER = 0.35
_REST_FITS = 0.7
_MEANS_KIND = {"euro": "bedrag", "percent": "percentage", "year": "jaartal", "date": "datum", "month": "maand",
               "weekday": "dag", "clock": "tijdstip", "ordinal": "rangnummer"}  # fmt: skip


def qualifier(tokens: tuple[Token, ...], quantity: Quantity, ctx: Context) -> frozenset[str]:
    """Names of the qualifier classes in the three words before (or the two after) a number."""
    window = tokens[max(0, quantity.start - 4) : quantity.start]
    last_number = max((i for i, t in enumerate(window) if t.is_number or word_value(t.lower) is not None), default=-1)
    before = joined(window[last_number + 1 :])
    after = joined(tokens[quantity.end : quantity.end + 2])
    found = set()
    for name, words in ctx.lexicon.qualifiers.items():
        if has_phrase(before, words):
            found.add(name)
    if " of meer " in after or " or more " in after:
        found |= {"at_least", "strict_least"}
    if " of minder " in after:
        found |= {"at_most", "strict_most"}
    return frozenset(found)


def _is_close(claim: Quantity, other: Quantity, quals: frozenset[str]) -> bool:
    if claim.kind != other.kind and not {claim.kind, other.kind} <= {"count", "euro"}:
        return False
    gap = other.value - claim.value
    if claim.kind in _TIME_KINDS:
        return False
    # rounding reaches as far as the last written digit: "ruim 250" may stand for 258, not for 271
    if "approx" in quals and abs(gap) <= claim.step / 2:
        return True
    if "rounded_down" in quals and 0 <= gap < claim.step:
        return True
    if "rounded_up" in quals and 0 <= -gap < claim.step:
        return True
    fractions = [q for q in (claim, other) if q.spelled and q.kind == "percent" and not q.text.lower().endswith("procent")]
    return bool(fractions) and claim.kind == other.kind and abs(gap) <= 1.0


def _date_fits(claim: Quantity, other: Quantity) -> bool:
    if claim.kind == "month" and other.kind == "date":
        return int(other.value // 100) == int(claim.value)
    if claim.kind == "clock" and other.kind in ("clock", "minutes"):
        return abs(other.value - claim.value) < 1e-6 or abs(other.value / 60 * 100 - claim.value) < 1e-6
    return claim.kind == "minutes" and other.kind == "clock" and abs(other.value / 100 * 60 - claim.value) < 1e-6


def _all_numbers(ctx: Context) -> list[tuple[int, Quantity]]:
    return [(i, q) for i, s in enumerate(ctx.evidence) for q in s.unit.numbers]


def _derived(claim: Quantity, ctx: Context) -> bool:
    """Numbers that follow from what is there: a difference, a sum, a count of listed things, a year later."""
    flat = ctx.claim.unit.flat
    if claim.kind == "year":
        later = any(f" {w} " in s.unit.flat for s in ctx.evidence for w in ("een jaar later", "jaar daarna", "a year later"))
        earlier = any(f" {w} " in s.unit.flat for s in ctx.evidence for w in ("een jaar eerder", "jaar ervoor"))
        years = {q.value for _, q in _all_numbers(ctx) if q.kind == "year"}
        return (later and claim.value - 1 in years) or (earlier and claim.value + 1 in years)
    if claim.value == 1 and claim.spelled:
        return any(f" {w} " in s.unit.flat for s in ctx.evidence for w in ("een", "één", "eén", "a", "an", "one"))
    words = ("bij", "erbij", "verschil", "gestegen", "gedaald", "toegenomen", "afgenomen", "gegroeid", "extra", "meer", "minder")
    differs = any(f" {w} " in flat for w in words)
    sums = any(f" {w} " in flat for w in ("samen", "totaal", "opgeteld", "bij elkaar"))
    if claim.kind in ("count", "euro", "percent") and (differs or sums):
        for sentence in ctx.evidence:
            values = [q.value for q in sentence.unit.numbers if q.kind == claim.kind or q.kind == "count"]
            for a in range(len(values)):
                for b in range(a + 1, len(values)):
                    if differs and abs(abs(values[a] - values[b]) - claim.value) < 1e-6:
                        return True
                    if sums and abs(values[a] + values[b] - claim.value) < 1e-6:
                        return True
    if claim.kind == "percent" and ctx.coverage_near < _LITERAL:
        # what is left: 8 percent left, so 92 percent stayed
        return any(q.kind == "percent" and abs(100 - q.value - claim.value) < 1e-6 for _, q in _all_numbers(ctx))
    if f" {claim.text.lower()} keer " in flat or f" {claim.text.lower()} maal " in flat:
        for sentence in ctx.evidence:
            values = [q.value for q in sentence.unit.numbers if q.kind == "count" and q.value]
            if any(abs(a / b - claim.value) < 0.05 for a in values for b in values if a != b):
                return True
    if claim.kind == "percent" and " van de " in f" {claim.text.lower()} ":
        words = claim.text.lower().split()
        pair = [word_value(w) or (float(w) if w.isdigit() else None) for w in (words[0], words[-1])]
        held = {q.value for _, q in _all_numbers(ctx)}
        return all(v in held for v in pair)
    if claim.kind == "count" and claim.value == 2 and claim.spelled:
        flats = [ctx.evidence[i].unit for i in ctx.top]
        if " twee keer " in flat and any(" keer " in u.flat for u in flats):
            return False
        return any(" en " in u.flat and not any(q.kind == "count" and q.value <= _SMALL for q in u.numbers) for u in flats)
    if claim.kind == "count" and claim.value <= _SMALL and claim.value == int(claim.value):
        return any(_longest_list(s) == int(claim.value) for s in (ctx.evidence[i] for i in ctx.top))
    return False


def _longest_list(sentence: Sentence) -> int:
    """Length of the longest enumeration "a, b en c" in a sentence; 0 when there is none."""
    longest = run = 0
    gap = 9
    for token in sentence.unit.tokens:
        if token.lower == ",":
            run = run + 1 if gap <= 6 else 1
            gap = 0
        elif token.lower in ("en", "and") and gap <= 6 + 3:
            longest = max(longest, run + 2)
            run, gap = 0, 9
        else:
            gap += 1
            if gap > 6:
                run = 0
    return longest


def check_numbers(ctx: Context) -> Iterator[Finding]:
    """Yield what is wrong with the claim's numbers."""
    everything = _all_numbers(ctx)
    tokens = ctx.claim.unit.tokens
    for claim in ctx.claim.unit.numbers:
        quals = qualifier(tokens, claim, ctx)
        exact = [(i, q) for i, q in everything if number_matches(claim, q) or _date_fits(claim, q)]
        if not exact and claim.kind in ("ordinal", "count"):
            exact = [(i, q) for i, q in everything if q.value == claim.value and {q.kind, claim.kind} == {"ordinal", "count"}]
        close = exact or [(i, q) for i, q in everything if _is_close(claim, q, quals)]
        if not close:
            if _derived(claim, ctx):
                continue
            yield _absent(claim, ctx, everything)
            continue
        if claim.kind in ("weekday", "ordinal", "month"):
            continue
        conflict = _qualifier_conflict(quals, close, ctx)
        if conflict:
            yield Finding("qualifier", False, {"number": claim.text, "found": conflict})
            continue
        wrong = _belongs_elsewhere(claim, close, everything, ctx)
        if wrong:
            yield wrong
    yield from _frequency(ctx)
    yield from _from_to(ctx)


def _absent(claim: Quantity, ctx: Context, everything: list[tuple[int, Quantity]]) -> Finding:
    order = {index: place for place, index in enumerate(f.index for f in ctx.fits)}
    same = sorted((order[i], n, q.text) for n, (i, q) in enumerate(everything) if q.kind == claim.kind)
    found = same[0][2] if same else ""
    kind = _MEANS_KIND.get(claim.kind, "getal")
    return Finding("number_other" if found else "number", True, {"kind": kind, "number": claim.text, "found": found})


def _qualifier_conflict(quals: frozenset[str], close: list[tuple[int, Quantity]], ctx: Context) -> str | None:
    if not quals:
        return None
    conflicts = []
    for index, other in close:
        theirs = qualifier(ctx.evidence[index].unit.tokens, other, ctx)
        against = ("at_least" in quals and "at_most" in theirs - quals) or ("at_most" in quals and "at_least" in theirs - quals)
        bare = bool({"strict_least", "strict_most"} & quals) and not theirs & {"at_least", "at_most"}
        if not (against or bare):
            return None
        conflicts.append(other.text)
    return conflicts[0] if conflicts else None


def number_zones(sentence: Sentence, kind: str) -> list[tuple[Quantity, int, int]]:
    """Per number of a kind: the stretch of the sentence it governs, cut at the last comma or conjunction between two."""
    numbers = [q for q in sentence.unit.numbers if q.kind == kind]
    tokens = sentence.unit.tokens
    cuts = [0]
    for left, right in zip(numbers, numbers[1:], strict=False):
        stops = [i for i in range(left.end, right.start) if tokens[i].lower in (",", ";", "en", "maar", "terwijl", "and", "but", "waarvan")]
        strong = [i for i in stops if tokens[i].lower == ";"]
        cuts.append((strong or stops)[-1] if stops else left.end)
    cuts.append(len(tokens))
    return [(q, cuts[n], cuts[n + 1]) for n, q in enumerate(numbers)]


def _belongs_elsewhere(
    claim: Quantity, close: list[tuple[int, Quantity]], everything: list[tuple[int, Quantity]], ctx: Context
) -> Finding | None:
    """The number is there, but a word of the claim stands with another number of the same kind."""
    kinds = {q.kind for _, q in close}
    rivals = [
        (i, q) for i, q in everything
        if q.kind in kinds and q.text.lower() not in ("duizend", "honderd", "miljoen") and not any(q is c for _, c in close) and not any(number_matches(n, q) for n in ctx.claim.unit.numbers)
    ]  # fmt: skip
    alone = sum(q.kind == claim.kind for q in ctx.claim.unit.numbers) == 1
    if not alone and claim.kind != "year":
        return _other_head(claim, close, everything, ctx)
    if not rivals:
        return None
    segment = ctx.claim.unit if alone else next((s for s in ctx.claim.segments if any(claim.text.split()[0] == t.text for t in s.tokens)), ctx.claim.unit)
    anchors = _anchors(claim, segment, ctx)
    own_scores, other_scores = [], []
    for pool, scores in ((close, own_scores), (rivals, other_scores)):
        for index, quantity in pool:
            zone = next((z for z in number_zones(ctx.evidence[index], quantity.kind) if z[0] is quantity), None)
            if zone is None:
                continue
            unit = make_unit(ctx.evidence[index].unit.tokens[zone[1] : zone[2]], ctx.lexicon, ())
            scores.append((index, quantity, unit))
    if alone and own_scores and other_scores and all(_differs(u, ctx) for _, _, u in own_scores):
        rest = make_unit(tuple(t for t in ctx.claim.unit.tokens), ctx.lexicon, ())
        here = max(coverage(rest, (u,), ctx.lexicon) for _, _, u in own_scores)
        there = max(((coverage(rest, (u,), ctx.lexicon), q.text) for _, q, u in other_scores), key=lambda p: p[0])
        rival = max(other_scores, key=lambda o: coverage(rest, (o[2],), ctx.lexicon))[2]
        gained = sum(
            is_content(t, ctx.lexicon) and strength(t, c, (rival,), ctx.lexicon) >= PART
            and all(strength(t, c, (u,), ctx.lexicon) < PART for _, _, u in own_scores)
            for t, c in zip(rest.tokens, rest.token_concepts, strict=True)
        )  # fmt: skip
        if there[0] - here > _FAR_BETTER and there[0] >= _REST_FITS and gained >= 2:
            return Finding("number_other_fits", True, {"number": claim.text, "found": there[1]})
    for token, concepts, weight in anchors:
        own = [strength(token, concepts, (u,), ctx.lexicon) >= PART for _, _, u in own_scores]
        if any(own):
            continue
        around = [strength(token, concepts, (ctx.evidence[i].unit,), ctx.lexicon) >= PART for i, _, _ in own_scores]
        for index, rival, unit in other_scores:
            if claim.kind == "year" and not any(index == i for i, _, _ in own_scores):
                continue  # a year may stand far from its topic
            if strength(token, concepts, (unit,), ctx.lexicon) < PART or weight < 0.35:
                continue
            if not any(_differs(u, ctx) for _, _, u in own_scores):
                continue
            same_sentence = any(index == i for i, _, _ in own_scores)
            if same_sentence or (not any(around) and _contrasts(index, own_scores, ctx)):
                return Finding("number_elsewhere", True, {"number": claim.text, "word": token.text, "found": rival.text})
    return None


def _head(sentence: Sentence, quantity: Quantity, ctx: Context) -> tuple[Token, frozenset[int]] | None:
    """The noun counted: the last word of the run of content words right after the number."""
    tokens, found = sentence.unit.tokens, None
    for i in range(quantity.end, min(quantity.end + 3, len(tokens))):
        if not is_content(tokens[i], ctx.lexicon) or is_verb_form(tokens[i]):
            break
        found = (tokens[i], sentence.unit.token_concepts[i])
    return found


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
    other = next((q for i, q in everything if q.kind == claim.kind and not any(q is c for _, c in close) and counts(i, q)), None)
    if other is None:
        return None
    return Finding("number_elsewhere", True, {"number": claim.text, "word": mine[0].text, "found": other.text})


_SHIFTS = frozenset("later eerder daarvoor daarna vorig vorige volgend volgende".split())


def _differs(zone: Unit, ctx: Context) -> bool:
    """The stretch around the number names something the claim does not: another group, year or time."""
    claim = ctx.claim.unit
    for i, token in enumerate(zone.tokens[:-1]):
        follower, groups = zone.tokens[i + 1], zone.token_concepts[i + 1]
        if token.is_number and is_content(follower, ctx.lexicon) and strength(follower, groups, (claim,), ctx.lexicon) < PART:
            return True
    for token, concepts in zip(zone.tokens, zone.token_concepts, strict=True):
        if is_content(token, ctx.lexicon) and token.root not in ctx.lexicon.light_roots:
            if strength(token, concepts, (claim,), ctx.lexicon) < PART:
                return True
        elif token.lower.isdigit() and len(token.lower) == 4 and f" {token.lower} " not in claim.flat:
            return True
        elif token.lower in _SHIFTS and f" {token.lower} " not in claim.flat:
            return not any(q.kind == "year" and _derived(q, ctx) for q in claim.numbers)
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
        elif token.lower.isdigit() and len(token.lower) == 4 and token.text != claim.text and claim.kind != "year":
            out.append((token, frozenset(), 1.0))
    return out


def _frequency(ctx: Context) -> Iterator[Finding]:
    mine = {n for n, words in ctx.lexicon.frequencies.items() if has_phrase(ctx.claim.unit.flat, words)}
    if not mine:
        return
    theirs: set[str] = set()
    for i in ctx.near:
        theirs |= {n for n, words in ctx.lexicon.frequencies.items() if has_phrase(ctx.evidence[i].unit.flat, words)}
    lost = sorted(mine - theirs)
    if lost and theirs - mine:
        yield Finding("frequency", True, {"claimed": f"per {lost[0]}", "found": f"per {min(theirs - mine)}"})


def from_to_pairs(unit: Unit) -> list[tuple[float, float, str]]:
    """Values of "van X naar Y" and "from X to Y"."""
    out = []
    for left, right in zip(unit.numbers, unit.numbers[1:], strict=False):
        between = [t.lower for t in unit.tokens[left.end : right.start]]
        before = [t.lower for t in unit.tokens[max(0, left.start - 2) : left.start]]
        if len(between) <= 2 and any(w in between for w in ("naar", "tot", "to")) and any(w in before for w in ("van", "from")):
            out.append((left.value, right.value, f"{left.text} → {right.text}"))
    return out


def _from_to(ctx: Context) -> Iterator[Finding]:
    claimed = from_to_pairs(ctx.claim.unit)
    if not claimed:
        return
    for sentence in ctx.evidence:
        for a, b, text in from_to_pairs(sentence.unit):
            if any((x, y) == (b, a) and x != y for x, y, _ in claimed):
                yield Finding("from_to", True, {"found": text})
                return
