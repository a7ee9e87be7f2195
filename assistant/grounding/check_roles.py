"""Who does what: a light clause analysis, enough to see doer and receiver swapped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.grounding.context import Context, Finding
from assistant.grounding.evidence import PART, Unit, is_content, number_matches, strength
from assistant.grounding.lexicon import Lexicon
from assistant.grounding.numbers import is_number_word
from assistant.grounding.text import Token, is_verb_form
from assistant.grounding.words import zipf

_PREPOSITIONS = frozenset(
    "aan achter bij binnen boven door in langs met na naar naast om onder op over per rond sinds te tegen tijdens tot tussen uit "
    "van vanaf vanuit via volgens voor zonder gedurende vanwege wegens dankzij ondanks behalve by from for to with at on of into under".split()
)
_DETERMINERS = frozenset("de het een deze die dit dat hun zijn haar alle sommige the a an their its geen elke elk ieder iedere".split())
_AUXILIARIES = frozenset(
    "is zijn was waren wordt worden werd werden heeft hebben had hadden kan kunnen kunt kon konden moet moeten moest moesten mag mogen wil "
    "staat staan stond stonden blijft blijven bleef bleven willen wilde wilden zal zullen zou zouden hoeft hoeven gaat gaan are were has have can must should will".split()
)
_RELATIVE = frozenset("die dat wie waarmee waarbij waarin waarvan who which that".split())
_KNOWN_VERB = 3.5
_ENGLISH_BE = frozenset("is are was were be been being".split())


@dataclass(frozen=True, slots=True)
class Chunk:
    """A noun phrase with the preposition before it ("" for none)."""

    preposition: str
    tokens: tuple[Token, ...]
    position: int


@dataclass
class Clause:
    """Roles read off word order; any may be empty."""

    verbs: list[Token] = field(default_factory=list)
    doer: Chunk | None = None
    others: list[Chunk] = field(default_factory=list)


def _is_verb(token: Token, previous: Token | None, lexicon: Lexicon) -> bool:
    if not token.is_word or token.is_capital and not token.first:
        return False
    if token.lower in _AUXILIARIES:
        return True
    if not token.lemma.endswith("n") or token.lower in lexicon.function_words or token.lower.endswith("s"):
        return False
    if (previous is not None and previous.lower in _DETERMINERS) or token.lower.endswith(("end", "ende")):
        return False
    if token.lemma == token.lower:
        # plural nouns and infinitives look alike; an infinitive follows "te", a noun or another verb
        return token.lemma.endswith("en") and not token.first and not is_number_word(token.lower)
    return token.lemma.endswith("en") and not token.lower.endswith(("ing", "er", "ers", "heid"))


def read_clause(tokens: Sequence[Token], lexicon: Lexicon) -> Clause:
    """Split a segment into noun phrases and verbs, and tell which phrase is the doer."""
    clause = Clause()
    chunks: list[Chunk] = []
    current: list[Token] = []
    preposition, start = "", 0
    first_verb = -1
    passive = joining = False

    def close() -> None:
        nonlocal current, preposition
        if current:
            chunks.append(Chunk(preposition, tuple(current), start))
        current, preposition = [], ""

    previous: Token | None = None
    for i, token in enumerate(tokens):
        following = tokens[i + 1] if i + 1 < len(tokens) else None
        if _is_verb(token, previous, lexicon) and not (_is_adjectival(token) and following is not None and _is_noun(following, lexicon)):
            close()
            if token.lower in ("wordt", "worden", "werd", "werden", "geworden") or token.lower in _ENGLISH_BE:
                passive = True
            if first_verb < 0:
                first_verb = i
            clause.verbs.append(token)
        elif token.lower in _PREPOSITIONS:
            close()
            preposition = token.lower
        elif is_content(token, lexicon) or token.is_number or (token.is_word and is_number_word(token.lower)):
            if current and not joining and _is_plural_noun(current[-1]) and not token.is_capital:
                close()
            if current and not joining and (token.is_number or is_number_word(token.lower)) and any(t.is_word for t in current):
                close()
            if not current:
                start = i
            current.append(token)
            joining = False
        elif token.lower in ("en", "of", "and", "or", ",") and current:
            joining = True
        elif token.lower in _DETERMINERS and current:
            if not joining:
                close()
        elif not token.is_word and token.lower not in ("-",) and token.lower != ",":
            close()
        elif token.lower not in _DETERMINERS and token.lower not in ("en", "of", "and", "or", ","):
            close()
        previous = token
    close()
    chunks = _with_van(chunks)
    bare = [c for c in chunks if not c.preposition and any(t.is_word and not (is_number_word(t.lower) or _is_time(t)) for t in c.tokens)]
    by = next((c for c in chunks if c.preposition in ("door", "by")), None)
    perfect = any(v.lower in ("is", "zijn", "was", "waren") for v in clause.verbs) and by is not None
    participles_only = bool(clause.verbs) and all(_is_adjectival(v) and v.lower not in _AUXILIARIES for v in clause.verbs)
    if participles_only or (tokens and any(t.lower in _RELATIVE for t in tokens[:2])):
        bare = []
    if (passive or perfect) and by is not None:
        clause.doer = by
    elif not passive and bare:
        clause.doer = bare[0]
    if not [v for v in clause.verbs if v.lower not in _AUXILIARIES]:
        clause.verbs.extend(_second_place(tokens, lexicon))
    main = [v for v in clause.verbs if v.lower not in _AUXILIARIES]
    clause.verbs = main or clause.verbs
    clause.others = [c for c in chunks if c is not clause.doer]
    return clause


_TIME = ("jaar", "maand", "week", "dag", "uur", "kwartaal", "jaren", "maanden", "weken", "dagen", "seizoen", "eerst", "snel", "vaak", "vaker", "keer")


def _is_time(token: Token) -> bool:
    return token.lower.endswith(_TIME) or token.lower in ("vorig", "vorige", "volgend", "volgende", "meer", "minder", "veel", "relatief", "elkaar")


def _second_place(tokens: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    """A verb that looks like a noun ("besluit", "werkt"): the word after the first phrase, if an infinitive is known."""
    seen_noun = False
    for i, token in enumerate(tokens):
        if not is_content(token, lexicon) or not token.is_word:
            continue
        before = tokens[i - 1].lower if i else ""
        if seen_noun and before not in _DETERMINERS and before not in _PREPOSITIONS and not token.is_capital:
            return [token] if zipf(token.lower + "en") >= _KNOWN_VERB else []
        seen_noun = True
    return []


def _is_adjectival(token: Token) -> bool:
    return "ge" in token.lower[:6] and token.lower.endswith(("d", "t", "en", "de", "te"))


def _is_plural_noun(token: Token) -> bool:
    """Two bare nouns in a row are two phrases in Dutch: "bieden bedrijven studenten een baan aan"."""
    low = token.lower
    return token.is_word and token.lemma != low and low.endswith(("en", "s")) and not is_verb_form(token) and not token.is_capital


def _is_noun(token: Token, lexicon: Lexicon) -> bool:
    return is_content(token, lexicon) and not is_verb_form(token)


def _with_van(chunks: list[Chunk]) -> list[Chunk]:
    """Let "een deel van de bedrijven" be one phrase: a "van" right behind a phrase belongs to it."""
    out: list[Chunk] = []
    for chunk in chunks:
        if out and chunk.preposition in ("van", "of") and chunk.position - out[-1].position <= len(out[-1].tokens) + 3:
            last = out[-1]
            out[-1] = Chunk(last.preposition, last.tokens + chunk.tokens, last.position)
        else:
            out.append(chunk)
    return out


def _heads(chunk: Chunk) -> list[Token]:
    return [t for t in chunk.tokens if t.is_word and not is_number_word(t.lower) and not _is_time(t)]


def _covers(chunk: Chunk, other: Chunk, unit: Unit, ctx: Context) -> bool:
    """Some noun of the first phrase is named (or named otherwise) in the second."""
    concepts = dict(zip((t.index for t in unit.tokens), unit.token_concepts, strict=True))
    for token in _heads(chunk):
        for mate in _heads(other):
            if token.root == mate.root or (len(token.root) > 4 and mate.root.endswith(token.root)) or (
                len(mate.root) > 4 and token.root.endswith(mate.root)
            ):
                return True
            if concepts.get(token.index, frozenset()) & ctx.lexicon.concepts.get(mate.root, frozenset()):
                return True
    return False


def _verbs(mine: Clause, theirs: Clause, ctx: Context) -> str:
    """"same root", "same" (a synonym), "converse" (betalen against krijgen) or ""."""
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
            elif not converse and ctx.lexicon.concepts.get(a.root, frozenset()) & ctx.lexicon.concepts.get(b.root, frozenset()):
                return "same"
    return best


def _compares(unit: Unit) -> bool:
    return " dan " in unit.flat or " than " in unit.flat


def check_roles(ctx: Context) -> Iterator[Finding]:
    """Yield claims whose doer is, in the source, somebody the deed is done to or for."""
    for segment in ctx.claim.segments:
        mine = read_clause(segment.tokens, ctx.lexicon)
        if mine.doer is None or any(v.lemma == "laten" for v in mine.verbs) or _compares(segment) or not _heads(mine.doer):
            continue
        swapped: Finding | None = None
        fine = False
        for index in ctx.top:
            for unit in ctx.evidence[index].segments:
                theirs = read_clause(unit.tokens, ctx.lexicon)
                verbs = _verbs(mine, theirs, ctx)
                if theirs.doer is None or not verbs or _compares(unit):
                    continue
                if verbs == "converse":
                    shared = any(_covers(c, o, segment, ctx) for c in mine.others for o in theirs.others) or any(
                        number_matches(a, b) for a in segment.numbers for b in unit.numbers
                    )
                    if shared and _covers(mine.doer, theirs.doer, segment, ctx):
                        swapped = swapped or Finding("roles", True, {"claimed": _text(mine.doer), "found": _other(theirs)})
                    continue
                if _covers(mine.doer, theirs.doer, segment, ctx):
                    fine = True
                    continue
                role = next((c for c in theirs.others if _covers(mine.doer, c, segment, ctx)), None)
                generic = all(t.root in ctx.lexicon.generic_roots or t.lower in _RELATIVE for t in _heads(theirs.doer))
                crossed = any(_covers(c, theirs.doer, segment, ctx) for c in mine.others if c.preposition in ("", "aan", "door", "van", "voor", "bij", "to", "by", "for"))
                names = {"claimed": _text(mine.doer), "found": _text(theirs.doer)}
                if crossed and not generic and (role is not None or verbs == "same root"):
                    swapped = swapped or Finding("roles", True, names)
                elif role is not None and (crossed or not generic):
                    if crossed or role.preposition not in ("met", "with", ""):
                        swapped = swapped or Finding("roles", True, names)
                elif role is None and not generic and not _is_kind_of(mine.doer, theirs.doer) and (
                    (index == ctx.top[0] and _elsewhere(mine.doer, segment, index, ctx))
                    or _does_something_else(mine, theirs, unit, segment, ctx)
                ):
                    swapped = swapped or Finding("doer", True, names)
        if swapped and not fine:
            yield swapped


def _is_kind_of(mine: Chunk, theirs: Chunk) -> bool:
    """A common noun on one side and a name on the other may well be the same doer."""
    here, there = (any(t.is_capital and not t.first for t in c.tokens) for c in (mine, theirs))
    return here != there


def _other(clause: Clause) -> str:
    return next((_text(c) for c in clause.others if c.preposition in ("van", "door", "from", "by", "aan")), "een ander")


def _does_something_else(mine: Clause, theirs: Clause, own: Unit, segment: Unit, ctx: Context) -> bool:
    """The doer has a clause of its own with another verb, while this deed has another doer."""
    if not any(_covers(c, o, segment, ctx) for c in mine.others for o in theirs.others) or mine.doer is None:
        return False
    for index in ctx.top:
        for unit in ctx.evidence[index].segments:
            if unit is own:
                continue
            clause = read_clause(unit.tokens, ctx.lexicon)
            if clause.doer is not None and not _verbs(mine, clause, ctx) and _covers(mine.doer, clause.doer, segment, ctx):
                return True
    return False


def _elsewhere(chunk: Chunk, segment: Unit, index: int, ctx: Context) -> bool:
    """No noun of the phrase is in the carrying sentence, while the rest of the claim is well carried by it."""
    concepts = dict(zip((t.index for t in segment.tokens), segment.token_concepts, strict=True))
    unit = ctx.evidence[index].unit
    heads = _heads(chunk)
    if any(strength(t, concepts.get(t.index, frozenset()), (unit,), ctx.lexicon) >= PART for t in heads):
        return False
    if all(t.root in ctx.lexicon.generic_roots for t in heads):
        return False
    rest = [(t, c) for t, c in zip(segment.tokens, segment.token_concepts, strict=True) if is_content(t, ctx.lexicon) and t not in heads]
    held = sum(strength(t, c, (unit,), ctx.lexicon) >= PART for t, c in rest)
    return bool(rest) and held >= max(1, 0.75 * len(rest))


def _text(chunk: Chunk) -> str:
    return " ".join(t.text for t in chunk.tokens)
