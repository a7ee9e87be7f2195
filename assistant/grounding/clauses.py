"""A light clause analysis: noun phrases, verbs and the doer of a Dutch clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.grounding.clause_words import AUXILIARIES, DETERMINERS, PREPOSITIONS, RELATIVES
from assistant.grounding.evidence import Unit, is_content
from assistant.grounding.lexicon import Lexicon
from assistant.grounding.number_words import is_number_word
from assistant.grounding.text import Token, is_verb_form
from assistant.grounding.words import zipf

_KNOWN_VERB = 3.5


_ENGLISH_BE = frozenset(["is", "are", "was", "were", "be", "been", "being"])


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
    if not token.is_word or (token.is_capital and not token.first):
        return False
    if token.lower in AUXILIARIES:
        return True
    if not token.lemma.endswith("n") or token.lower in lexicon.function_words or token.lower.endswith("s"):
        return False
    if (previous is not None and previous.lower in DETERMINERS) or token.lower.endswith(("end", "ende")):
        return False
    if token.lemma == token.lower:
        # plural nouns and infinitives look alike; an infinitive follows "te", a noun or another verb
        return token.lemma.endswith("en") and not token.first and not is_number_word(token.lower)
    return token.lemma.endswith("en") and not token.lower.endswith(("ing", "er", "ers", "heid"))


def clause_of(unit: Unit, lexicon: Lexicon) -> Clause:
    """`read_clause` of a segment, worked out once."""
    known: Clause | None = unit.memo.get("clause")
    if known is None:
        known = unit.memo["clause"] = read_clause(unit.tokens, lexicon)
    return known


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
        if _is_verb(token, previous, lexicon) and not (
            _is_adjectival(token) and following is not None and _is_noun(following, lexicon)
        ):
            close()
            if token.lower in ("wordt", "worden", "werd", "werden", "geworden") or token.lower in _ENGLISH_BE:
                passive = True
            if first_verb < 0:
                first_verb = i
            clause.verbs.append(token)
        elif token.lower in PREPOSITIONS:
            close()
            preposition = token.lower
        elif is_content(token, lexicon) or token.is_number or (token.is_word and is_number_word(token.lower)):
            if current and not joining and _is_plural_noun(current[-1]) and not token.is_capital:
                close()
            if (
                current
                and not joining
                and (token.is_number or is_number_word(token.lower))
                and any(t.is_word for t in current)
            ):
                close()
            if not current:
                start = i
            current.append(token)
            joining = False
        elif token.lower in ("en", "of", "and", "or", ",") and current:
            joining = True
        elif token.lower in DETERMINERS and current:
            if not joining:
                close()
        elif (not token.is_word and token.lower not in ("-",) and token.lower != ",") or (
            token.lower not in DETERMINERS and token.lower not in ("en", "of", "and", "or", ",")
        ):
            close()
        previous = token
    close()
    chunks = _with_van(chunks)
    bare = [
        c
        for c in chunks
        if not c.preposition
        and any(t.is_word and not (is_number_word(t.lower) or _is_time(t)) for t in c.tokens)
    ]
    by = next((c for c in chunks if c.preposition in ("door", "by")), None)
    perfect = any(v.lower in ("is", "zijn", "was", "waren") for v in clause.verbs) and by is not None
    participles_only = bool(clause.verbs) and all(
        _is_adjectival(v) and v.lower not in AUXILIARIES for v in clause.verbs
    )
    if participles_only or (tokens and any(t.lower in RELATIVES for t in tokens[:2])):
        bare = []
    if (passive or perfect) and by is not None:
        clause.doer = by
    elif not passive and bare:
        clause.doer = bare[0]
    if not [v for v in clause.verbs if v.lower not in AUXILIARIES]:
        clause.verbs.extend(_second_place(tokens, lexicon))
    main = [v for v in clause.verbs if v.lower not in AUXILIARIES]
    clause.verbs = main or clause.verbs
    clause.others = [c for c in chunks if c is not clause.doer]
    return clause


_TIME = (
    "jaar",
    "maand",
    "week",
    "dag",
    "uur",
    "kwartaal",
    "jaren",
    "maanden",
    "weken",
    "dagen",
    "seizoen",
    "eerst",
    "snel",
    "vaak",
    "vaker",
    "keer",
)


_LOOSE_PARTICLES = frozenset(["terug", "weg", "samen", "mee", "af", "toe", "vast", "open", "dicht", "neer"])


def _is_time(token: Token) -> bool:
    return token.lower.endswith(_TIME) or token.lower in (
        "vorig",
        "vorige",
        "volgend",
        "volgende",
        "meer",
        "minder",
        "veel",
        "relatief",
        "elkaar",
    )


def _second_place(tokens: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    """A verb that looks like a noun ("besluit"): the word after the first phrase, if known as a verb."""
    seen_noun = False
    for i, token in enumerate(tokens):
        if not is_content(token, lexicon) or not token.is_word:
            continue
        before = tokens[i - 1].lower if i else ""
        if seen_noun and before not in DETERMINERS and before not in PREPOSITIONS and not token.is_capital:
            return [token] if zipf(token.lower + "en") >= _KNOWN_VERB else []
        seen_noun = True
    return []


def _is_adjectival(token: Token) -> bool:
    return "ge" in token.lower[:6] and token.lower.endswith(("d", "t", "en", "de", "te"))


def _is_plural_noun(token: Token) -> bool:
    """Two bare nouns in a row are two phrases in Dutch: "bieden bedrijven studenten een baan aan"."""
    low = token.lower
    return (
        token.is_word
        and token.lemma != low
        and low.endswith(("en", "s"))
        and not is_verb_form(token)
        and not token.is_capital
    )


def _is_noun(token: Token, lexicon: Lexicon) -> bool:
    return is_content(token, lexicon) and not is_verb_form(token)


def _with_van(chunks: list[Chunk]) -> list[Chunk]:
    """Let "een deel van de bedrijven" be one phrase: a "van" right behind a phrase belongs to it."""
    out: list[Chunk] = []
    for chunk in chunks:
        if (
            out
            and chunk.preposition in ("van", "of")
            and chunk.position - out[-1].position <= len(out[-1].tokens) + 3
        ):
            last = out[-1]
            out[-1] = Chunk(last.preposition, last.tokens + chunk.tokens, last.position)
        else:
            out.append(chunk)
    return out


def heads_of(chunk: Chunk) -> list[Token]:
    """The words of a phrase that name something: no numbers, times or particles of a verb."""
    return [
        t
        for t in chunk.tokens
        if t.is_word and not is_number_word(t.lower) and not _is_time(t) and t.lower not in _LOOSE_PARTICLES
    ]


def text_of(chunk: Chunk) -> str:
    return " ".join(t.text for t in chunk.tokens)
