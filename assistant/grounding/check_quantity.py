"""Quantity words and scope: alle, de meeste, sommige, alleen."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.grounding.context import Context, Finding
from assistant.grounding.evidence import PART, Unit, is_content, strength
from assistant.grounding.text import has_phrase

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
    if "all" in found and any(
        f" {p} " in flat
        for p in (
            "niet alle",
            "niet elk",
            "niet elke",
            "niet ieder",
            "niet iedere",
            "niet iedereen",
            "not all",
            "not every",
            "vóór alles",
            "niet altijd",
            "bij elkaar",
        )
    ):
        found.pop("all")
    if "some" in found and found["some"] == "aantal" and " een aantal " not in flat:
        found.pop("some")
    if (
        "some" in found
        and found["some"] == "enige"
        and any(f" {p} enige " in flat for p in ("het", "de", "als"))
    ):
        found.pop("some")
    if "some" in found and found["some"] == "deel" and " een deel " not in flat:
        found.pop("some")
    if "most" in found and found["most"] == "meeste" and " de meeste " not in flat:
        found.pop("most")
    if found.get("most") == "most" and " at most " in flat:
        found.pop("most")
    if "all" in found and any(
        f" {p} alle " in flat or f" {p} all " in flat
        for p in ("bijna", "vrijwel", "haast", "almost", "nearly")
    ):
        found.pop("all")
        found["most"] = "bijna alle"
    if "all" in found and (" van alle " in flat or " of all " in flat) and _shares(unit):
        found.pop("all")
    if (
        "all" in found
        and found["all"] in ("heel", "hele")
        and any(f" heel {w} " in flat for w in ("veel", "goed", "erg"))
    ):
        found.pop("all")
    if "all" in found and any(
        f" {e} {p} " in flat
        for e in ("elk", "elke", "ieder", "iedere", "every")
        for p in (
            "jaar",
            "maand",
            "week",
            "dag",
            "werkdag",
            "kwartaal",
            "uur",
            "year",
            "week",
            "month",
            "day",
        )
    ):
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
        shares = [v for s in (ctx.evidence[index],) for v in _shares(s.unit)] + [
            q.value for q in ctx.claim.unit.numbers if q.kind == "percent"
        ]
        if "all" in here and "all" not in around:
            implied = (
                {"only"} if has_phrase(ctx.evidence[index].unit.flat, lexicon.classes["only"]) else set()
            )
            negation = has_phrase(ctx.evidence[index].unit.flat, lexicon.classes["negators"])
            if (
                here["all"] in ("elke", "elk", "ieder", "iedere", "every", "each")
                and " per " in ctx.evidence[index].unit.flat
            ):
                continue
            if (
                there
                or (shares and max(shares) < 99.5)
                or (not (implied or negation) and _quantified_noun_there(mine, ctx))
            ):
                yield Finding(
                    "quantity", True, {"word": here["all"], "found": min(there.values()) if there else ""}
                )
                return
        if "most" in here and "most" not in around and "all" not in around:
            carriers = _carriers_of_quantified(mine, ctx)
            there = {n: w for c in carriers for n, w in _quantifiers(c, ctx).items()}
            shares = [v for c in carriers for v in _shares(c)]
            low = bool(shares) and max(shares) < 50
            other = "some" in there or "few" in there or (not shares and "many" not in there)
            if low or (other and not _superlative(ctx)):
                found = min(there.values()) if there else ""
                yield Finding("quantity", True, {"word": here["most"], "found": found})
                return
        if "some" in here and "all" in there and "some" not in around:
            yield Finding("quantity", False, {"word": here["some"], "found": there["all"]})
            return
        only = has_phrase(mine.flat, lexicon.classes["only"])
        if only and not has_phrase(mine.flat, lexicon.classes["not_only"]):
            said = any(
                has_phrase(s.unit.flat, lexicon.classes["only_evidence"])
                and not has_phrase(s.unit.flat, lexicon.classes["not_only"])
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


def _superlative(ctx: Context) -> bool:
    """ "de meeste vacatures staan in X" ranks X; the source may use another superlative."""
    words = [s.unit.flat for s in (ctx.evidence[i] for i in ctx.top)]
    return any(
        f" {w} " in flat
        for flat in words
        for w in ("het meest", "meeste", "het grootst", "grootste", "vooral", "hoogste")
    )


def _quantified_noun_there(unit: Unit, ctx: Context) -> bool:
    """The noun after "alle" is a subject the source speaks about without that word."""
    tokens = unit.tokens
    for i, token in enumerate(tokens):
        if token.lower in ctx.lexicon.quantifiers["all"]:
            for follower, concepts in zip(
                tokens[i + 1 : i + 4], unit.token_concepts[i + 1 : i + 4], strict=True
            ):
                if is_content(follower, ctx.lexicon):
                    return strength(follower, concepts, ctx.units, ctx.lexicon) >= PART
    return True
