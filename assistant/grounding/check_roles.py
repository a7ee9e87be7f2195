"""Who does what: a light clause analysis, enough to see doer and receiver swapped."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.grounding.clause_words import RELATIVES
from assistant.grounding.clauses import Chunk, Clause, clause_of, heads_of, text_of
from assistant.grounding.context import Context, Finding
from assistant.grounding.evidence import PART, Unit, is_content, number_matches, strength


def _covers(chunk: Chunk, other: Chunk, unit: Unit, ctx: Context, theirs: Unit | None = None) -> bool:
    """Some noun of the first phrase is named (or named otherwise) in the second."""
    concepts = dict(zip((t.index for t in unit.tokens), unit.token_concepts, strict=True))
    others = dict(zip((t.index for t in theirs.tokens), theirs.token_concepts, strict=True)) if theirs else {}
    for token in heads_of(chunk):
        for mate in heads_of(other):
            if (
                token.root == mate.root
                or (len(token.root) > 4 and mate.root.endswith(token.root))
                or (len(mate.root) > 4 and token.root.endswith(mate.root))
            ):
                return True
            groups = ctx.lexicon.concepts.get(mate.root, frozenset()) | others.get(mate.index, frozenset())
            if concepts.get(token.index, frozenset()) & groups:
                return True
    return False


def _verbs(mine: Clause, theirs: Clause, ctx: Context) -> str:
    """ "same root", "same" (a synonym), "converse" (betalen against krijgen) or ""."""
    give, get = ctx.lexicon.classes["give_verbs"], ctx.lexicon.classes["get_verbs"]
    best = ""
    for a in mine.verbs:
        for b in theirs.verbs:
            turned = (a.lemma in give and b.lemma in get) or (a.lemma in get and b.lemma in give)
            converse = {a.lemma, b.lemma} & (get | ctx.lexicon.classes["converse_verbs"]) and a.root != b.root
            if a.root == b.root:
                return "same root"
            if turned:
                best = "converse"
            elif not converse and ctx.lexicon.concepts.get(a.root, frozenset()) & ctx.lexicon.concepts.get(
                b.root, frozenset()
            ):
                return "same"
    return best


def _compares(unit: Unit) -> bool:
    return " dan " in unit.flat or " than " in unit.flat


def check_roles(ctx: Context) -> Iterator[Finding]:
    """Yield claims whose doer is, in the source, somebody the deed is done to or for."""
    for segment in ctx.claim.segments:
        mine = clause_of(segment, ctx.lexicon)
        if (
            mine.doer is None
            or any(v.lemma == "laten" for v in mine.verbs)
            or _compares(segment)
            or not heads_of(mine.doer)
        ):
            continue
        swapped: Finding | None = None
        fine = False
        for index in ctx.top:
            for unit in ctx.evidence[index].segments:
                theirs = clause_of(unit, ctx.lexicon)
                verbs = _verbs(mine, theirs, ctx)
                if theirs.doer is None or not verbs or _compares(unit):
                    continue
                if verbs == "converse":
                    shared = any(
                        _covers(c, o, segment, ctx) for c in mine.others for o in theirs.others
                    ) or any(number_matches(a, b) for a in segment.numbers for b in unit.numbers)
                    if shared and _covers(mine.doer, theirs.doer, segment, ctx):
                        swapped = swapped or Finding(
                            "roles", True, {"claimed": text_of(mine.doer), "found": _other(theirs)}
                        )
                    continue
                if _covers(mine.doer, theirs.doer, segment, ctx, unit):
                    fine = True
                    continue
                role = next((c for c in theirs.others if _covers(mine.doer, c, segment, ctx)), None)
                generic = all(
                    t.root in ctx.lexicon.generic_roots or t.lower in RELATIVES for t in heads_of(theirs.doer)
                )
                crossed = any(
                    _covers(c, theirs.doer, segment, ctx)
                    for c in mine.others
                    if c.preposition in ("", "aan", "door", "van", "voor", "bij", "to", "by", "for")
                )
                names = {"claimed": text_of(mine.doer), "found": text_of(theirs.doer)}
                if crossed and not generic and (role is not None or verbs == "same root"):
                    swapped = swapped or Finding("roles", True, names)
                elif role is not None and (crossed or not generic):
                    if crossed or role.preposition not in ("met", "with", ""):
                        swapped = swapped or Finding("roles", True, names)
                elif (
                    role is None
                    and not generic
                    and not _belongs_to_doer(mine, theirs, segment, ctx)
                    and (
                        (
                            not _is_kind_of(mine.doer, theirs.doer)
                            and index == ctx.top[0]
                            and _elsewhere(mine.doer, segment, index, ctx)
                        )
                        or _does_something_else(mine, theirs, unit, segment, ctx)
                    )
                ):
                    swapped = swapped or Finding("doer", True, names)
        if swapped and not fine:
            yield swapped


def _belongs_to_doer(mine: Clause, theirs: Clause, segment: Unit, ctx: Context) -> bool:
    """ "De belangstelling voor techniek groeit" is about techniek, as "techniek neemt toe" is."""
    if mine.doer is None or theirs.doer is None:
        return False
    end = mine.doer.position + len(mine.doer.tokens)
    return any(
        chunk.preposition in ("voor", "van", "aan", "in", "bij", "for", "of", "in")
        and 0 <= chunk.position - end <= 3
        and _covers(chunk, theirs.doer, segment, ctx)
        for chunk in mine.others
    )


def _is_kind_of(mine: Chunk, theirs: Chunk) -> bool:
    """A common noun on one side and a name on the other may well be the same doer."""
    here, there = (any(t.is_capital and not t.first for t in c.tokens) for c in (mine, theirs))
    return here != there


def _other(clause: Clause) -> str:
    return next(
        (text_of(c) for c in clause.others if c.preposition in ("van", "door", "from", "by", "aan")),
        "een ander",
    )


def _does_something_else(mine: Clause, theirs: Clause, own: Unit, segment: Unit, ctx: Context) -> bool:
    """The doer has a clause of its own with another verb, while this deed has another doer."""
    if not any(_covers(c, o, segment, ctx) for c in mine.others for o in theirs.others) or mine.doer is None:
        return False
    for index in ctx.top:
        for unit in ctx.evidence[index].segments:
            if unit is own:
                continue
            clause = clause_of(unit, ctx.lexicon)
            if (
                clause.doer is not None
                and not _verbs(mine, clause, ctx)
                and _covers(mine.doer, clause.doer, segment, ctx)
            ):
                return True
    return False


def _elsewhere(chunk: Chunk, segment: Unit, index: int, ctx: Context) -> bool:
    """No noun of the phrase is in the carrying sentence, while the rest of the claim is."""
    concepts = dict(zip((t.index for t in segment.tokens), segment.token_concepts, strict=True))
    unit = ctx.evidence[index].unit
    heads = heads_of(chunk)
    if any(strength(t, concepts.get(t.index, frozenset()), (unit,), ctx.lexicon) >= PART for t in heads):
        return False
    if all(t.root in ctx.lexicon.generic_roots for t in heads):
        return False
    rest = [
        (t, c)
        for t, c in zip(segment.tokens, segment.token_concepts, strict=True)
        if is_content(t, ctx.lexicon) and t not in heads
    ]
    held = sum(strength(t, c, (unit,), ctx.lexicon) >= PART for t, c in rest)
    return bool(rest) and held >= max(1, 0.75 * len(rest))
