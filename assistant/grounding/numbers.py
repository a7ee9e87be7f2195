"""Quantities in Dutch and English text: digits and words, money, percentages, dates, years, durations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.grounding.number_words import (
    FRACTIONS,
    MEASURES,
    MONTHS,
    MULTIPLIERS,
    ORDINALS,
    WEEKDAYS,
    digits_of,
    word_value,
)
from assistant.grounding.text import Token

_COMPOUND_UNIT = re.compile(r"(?P<number>[a-zé]+?)-?(?P<unit>daag|jarig|urig|maands|weeks)(?:se?|en?|e)?")
# "ruim de helft" reaches this many percent points further.
_FRACTION_STEP = 8.0
_SHARED = (
    "percent",
    "euro",
    "days",
    "months",
    "minutes",
    "gram",
    "metre",
    "mm",
    "degree",
    "litre",
    "hectare",
)
_SINGLE = frozenset(
    [
        "jaar",
        "maand",
        "week",
        "dag",
        "uur",
        "kwartier",
        "minuut",
        "kwartaal",
        "euro",
        "year",
        "month",
        "week",
        "day",
        "hour",
    ]
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number as meant.

    Attributes:
        value: in base units (euros, percent, days, months, minutes, …); a date is day + 100 * month.
        kind: count, percent, euro, year, date, month, weekday, ordinal, clock, or a measure such as days.
        start: index of its first token in the sentence.
        end: index after its last token.
        text: as written.
        spelled: True when written in letters.
        raw: the number before its unit scaled it, so that "18" and "18 jaar" can meet.
        step: size of the last written digit in base units; half of it is rounding room.
    """

    value: float
    kind: str
    start: int
    end: int
    text: str
    spelled: bool = False
    step: float = 0.0
    raw: float = 0.0


def _is_year(token: Token) -> bool:
    return token.lower.isdecimal() and len(token.lower) == 4 and 1500 <= int(token.lower) <= 2100


def quantities(tokens: Sequence[Token]) -> tuple[Quantity, ...]:
    """All quantities of one sentence, in reading order."""
    found: list[Quantity] = []
    i = 0
    while i < len(tokens):
        quantity = _quantity_at(tokens, i)
        if quantity is None:
            i += 1
            continue
        found.append(quantity)
        i = max(quantity.end, i + 1)
    return tuple(_share_units(tokens, found))


def _share_units(tokens: Sequence[Token], found: list[Quantity]) -> list[Quantity]:
    """Give "24" in "van 24 naar 31 procent" the unit of its neighbour."""
    out = list(found)
    for n in range(len(found) - 2, -1, -1):
        left, right = found[n], out[n + 1]
        between = [t.lower for t in tokens[left.end : right.start]]
        if (
            left.kind == "count"
            and right.kind in _SHARED
            and len(between) == 1
            and between[0] in ("naar", "tot", "en", "of", "-", "to", "or")
        ):
            factor = right.value / right.raw if right.raw else 1.0
            out[n] = Quantity(
                left.value * factor,
                right.kind,
                left.start,
                left.end,
                left.text,
                left.spelled,
                left.step * factor,
                left.raw,
            )
    return out


def _text(tokens: Sequence[Token], start: int, end: int) -> str:
    return " ".join(t.text for t in tokens[start:end])


def _lower(tokens: Sequence[Token], i: int) -> str:
    return tokens[i].lower if 0 <= i < len(tokens) else ""


def _quantity_at(tokens: Sequence[Token], i: int) -> Quantity | None:
    token = tokens[i]
    low = token.lower
    if low in MONTHS:
        if low == "may" or (low in ("jan", "mei", "mar", "sep", "jun", "dec", "okt") and token.first):
            return None
        return Quantity(float(MONTHS[low]), "month", i, i + 1, token.text)
    if low in WEEKDAYS:
        return Quantity(float(WEEKDAYS[low]), "weekday", i, i + 1, token.text)
    if re.fullmatch(r"[qk][1-4]", low):
        return Quantity(float(low[-1]), "ordinal", i, i + 1, token.text)
    fraction = _fraction_at(tokens, i)
    if fraction:
        return fraction
    if low in ("half", "halve") and _lower(tokens, i + 1) in MULTIPLIERS:
        factor = MULTIPLIERS[_lower(tokens, i + 1)]
        return _with_unit(tokens, i, i + 2, 0.5 * factor, 0.1 * factor, True)
    if low in ("half", "halve") and _lower(tokens, i + 1) in MEASURES:
        base, factor = MEASURES[_lower(tokens, i + 1)]
        return Quantity(0.5 * factor, base, i, i + 2, _text(tokens, i, i + 2), True)
    if low in ORDINALS and low != "tweede kamer":
        return Quantity(float(ORDINALS[low]), "ordinal", i, i + 1, token.text, True)
    compound = _COMPOUND_UNIT.fullmatch(low)
    if compound:
        number = word_value(compound["number"])
        base, factor = MEASURES[
            {"daag": "dag", "jarig": "jaar", "urig": "uur", "maands": "maand", "weeks": "week"}[
                compound["unit"]
            ]
        ]
        if number:
            return Quantity(number * factor, base, i, i + 1, token.text, True, factor, number)
    spelled = False
    if token.is_number:
        if ":" in low or (re.fullmatch(r"\d{1,2}\.\d{2}", low) and _lower(tokens, i + 1) in ("uur", "h")):
            value = float(low.replace(":", ".").split(".")[0]) * 100 + float(
                low.replace(":", ".").split(".")[1][:2]
            )
            return Quantity(value, "clock", i, i + 1, token.text)
        if _is_year(token) and _lower(tokens, i + 1) not in MEASURES and _lower(tokens, i - 1) != "€":
            return Quantity(float(low), "year", i, i + 1, token.text)
        parsed = digits_of(low)
        if parsed is None:
            return None
        value, step = parsed
    else:
        word = word_value(low)
        if (
            word is None
            and low in ("een", "a", "an")
            and _lower(tokens, i + 1) in ("miljoen", "miljard", "ton", "million")
        ):
            word = 1.0
        is_rate = low == "a" and i > 0 and tokens[i - 1].is_number  # "€ 250 a year"
        if word is None and low in ("een", "a") and not is_rate and _lower(tokens, i + 1) in _SINGLE:
            word = 1.0
        if word is None and low in MULTIPLIERS and low not in ("ton", "k", "mio"):
            word, step = MULTIPLIERS[low], MULTIPLIERS[low]
            return _with_unit(tokens, i, i + 1, word, step, True)
        if word is None:
            return None
        value, step, spelled = word, _step_of(word), True
    end = i + 1
    if tuple(_lower(tokens, end + n) for n in range(3)) in _AND_A_HALF:
        value, step, end = value + 0.5, 0.1, end + 3
    if token.is_number and _lower(tokens, end) in ("e", "ste", "de"):
        return Quantity(value, "ordinal", i, end + 1, _text(tokens, i, end + 1))
    if _lower(tokens, end) in MONTHS and value <= 31:
        day_month = value + 100 * MONTHS[_lower(tokens, end)]
        return Quantity(day_month, "date", i, end + 1, _text(tokens, i, end + 1))
    if _lower(tokens, end) in MULTIPLIERS and _lower(tokens, end) != "k" and not _weighs(tokens, end):
        factor = MULTIPLIERS[_lower(tokens, end)]
        value, step, end = value * factor, step * factor, end + 1
    return _with_unit(tokens, i, end, value, step, spelled)


_AND_A_HALF = (("and", "a", "half"), ("en", "een", "half"), ("en", "een", "halve"))
_NO_GOODS = frozenset(["extra", "minder", "jaarlijks", "samen", "totaal", "subsidie", "steun", "budget"])


def _weighs(tokens: Sequence[Token], at: int) -> bool:
    """ "480.000 ton afval" is weight; "een ton" and "2 ton euro" are money."""
    if _lower(tokens, at) != "ton":
        return False
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    grouped = at > 0 and re.fullmatch(r"\d{1,3}([.,]\d{3})+", tokens[at - 1].lower) is not None
    noun = after is not None and after.is_word and len(after.lower) > 4 and not after.lemma.endswith("en")
    noun = noun and after is not None and after.lower not in _NO_GOODS
    return grouped or noun


def _step_of(value: float) -> float:
    """Room that a number word leaves: "vijftig" is rounded to tens, "zeventien" to one."""
    step = 1.0
    while value >= 20 and value % (10 * step) == 0:
        step *= 10
    return step


def _with_unit(
    tokens: Sequence[Token], i: int, end: int, value: float, step: float, spelled: bool
) -> Quantity:
    if _lower(tokens, end) == "-" and _lower(tokens, end + 1).startswith("jarig"):
        return Quantity(value * 12, "months", i, end + 2, _text(tokens, i, end), spelled, step * 12, value)
    unit = MEASURES.get(_lower(tokens, end)) or (
        MEASURES.get(tokens[end].lemma) if end < len(tokens) else None
    )
    if _lower(tokens, i - 1) == "€":
        return Quantity(value, "euro", i, end, "€ " + _text(tokens, i, end), spelled, step, value)
    if _lower(tokens, end) in ("kwartier",):
        return Quantity(value * 15, "minutes", i, end + 1, _text(tokens, i, end + 1), spelled, step)
    if unit:
        base, factor = unit
        return Quantity(
            value * factor, base, i, end + 1, _text(tokens, i, end + 1), spelled, step * factor, value
        )
    if end > i + 1 and tokens[end - 1].lower == "ton":
        return Quantity(value, "euro", i, end, _text(tokens, i, end), spelled, step)
    return Quantity(value, "count", i, end, _text(tokens, i, end), spelled, step, value)


_PARTS_OF_A_WHOLE = frozenset(["derde", "kwart", "vierde", "vijfde", "zesde", "zevende", "achtste", "tiende"])
# "een derde van" is a share, "een derde ronde" is not
_AFTER_A_SHARE = frozenset(
    [
        "van",
        "deel",
        "meer",
        "minder",
        "hoger",
        "lager",
        "daarvan",
        "een",
        "de",
        "het",
        "is",
        "was",
        "wordt",
        "werd",
        "had",
        "heeft",
        "zat",
        "ging",
        "in",
    ]
)


def _fraction_at(tokens: Sequence[Token], i: int) -> Quantity | None:
    low = _lower(tokens, i)
    after, then = _lower(tokens, i + 1), _lower(tokens, i + 2)
    if low in ("helft", "kwart", "driekwart", "tweederde"):
        return Quantity(FRACTIONS[low], "percent", i, i + 1, tokens[i].text, True, _FRACTION_STEP)
    if low == "half" and after in ("of", "the") and _lower(tokens, i + 3) in _SINGLE:
        return None  # "the first half of the year"
    if low == "half" and after in ("of", "the"):
        return Quantity(50.0, "percent", i, i + 1, tokens[i].text, True, _FRACTION_STEP)
    if low in ("a", "one") and after in ("third", "quarter", "fifth", "tenth"):
        return Quantity(FRACTIONS[after], "percent", i, i + 2, _text(tokens, i, i + 2), True, _FRACTION_STEP)
    head = word_value(low) if not tokens[i].is_number else (float(low) if low.isdecimal() else None)
    if low == "een":
        head = 1.0
    if head and after in _PARTS_OF_A_WHOLE and head < 10:
        if then in _AFTER_A_SHARE or then in ".,":
            return Quantity(
                head * FRACTIONS[after], "percent", i, i + 2, _text(tokens, i, i + 2), True, _FRACTION_STEP
            )
        return None
    if head and after in ("op", "van", "in", "out") and then in ("de", "elke", "iedere", "every", "of"):
        lower = _lower(tokens, i + 3)
        below = word_value(lower) or (float(lower) if lower.isdecimal() else None)
        if after == "van" and (low == "een" or (below and below not in (3, 4, 5, 10, 100))):
            return None
        if below and below >= head:
            return Quantity(
                100 * head / below, "percent", i, i + 4, _text(tokens, i, i + 4), True, _FRACTION_STEP
            )
    return None
