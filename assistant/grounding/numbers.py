"""Quantities in Dutch and English text: digits and words, money, percentages, dates, years, durations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.grounding.text import Token

_UNITS = {
    "nul": 0, "één": 1, "eén": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "acht": 8, "negen": 9,
    "tien": 10, "elf": 11, "twaalf": 12, "dertien": 13, "veertien": 14, "vijftien": 15, "zestien": 16, "zeventien": 17,
    "achttien": 18, "negentien": 19,
}  # fmt: skip
_TENS = {"twintig": 20, "dertig": 30, "veertig": 40, "vijftig": 50, "zestig": 60, "zeventig": 70, "tachtig": 80,
         "negentig": 90}  # fmt: skip
_ENGLISH = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "eighty": 80, "ninety": 90, "hundred": 100,
}  # fmt: skip
_ORDINALS = {
    "eerste": 1, "tweede": 2, "derde": 3, "vierde": 4, "vijfde": 5, "zesde": 6, "zevende": 7, "achtste": 8, "negende": 9,
    "tiende": 10, "elfde": 11, "twaalfde": 12, "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5,
}  # fmt: skip
_MULTIPLIERS = {
    "duizend": 1e3, "dzd": 1e3, "miljoen": 1e6, "mln": 1e6, "mio": 1e6, "miljard": 1e9, "mld": 1e9, "ton": 1e5, "biljoen": 1e12,
    "thousand": 1e3, "million": 1e6, "billion": 1e9, "k": 1e3, "honderd": 1e2, "dozijn": 12.0,
}  # fmt: skip
_MONTHS = {
    name: n
    for n, names in enumerate(
        ("januari jan january", "februari feb february", "maart mrt march", "april apr", "mei may", "juni jun june",
         "juli jul july", "augustus aug august", "september sep sept", "oktober okt oct october", "november nov",
         "december dec"), start=1)
    for name in names.split()
}  # fmt: skip
_WEEKDAYS = {
    name: n
    for n, names in enumerate(
        ("maandag maandags monday", "dinsdag dinsdags tuesday", "woensdag woensdags wednesday", "donderdag thursday",
         "vrijdag vrijdags friday", "zaterdag zaterdags saturday", "zondag zondags sunday"))
    for name in names.split()
}  # fmt: skip
# Units with their base and factor; one base is one dimension, values compare after scaling.
_MEASURES = {
    "euro": ("euro", 1.0), "euros": ("euro", 1.0), "€": ("euro", 1.0), "eur": ("euro", 1.0),
    "procent": ("percent", 1.0), "%": ("percent", 1.0), "percent": ("percent", 1.0), "procentpunt": ("percent", 1.0),
    "dag": ("days", 1.0), "week": ("days", 7.0), "maand": ("months", 1.0), "jaar": ("months", 12.0), "kwartaal": ("months", 3.0),
    "uur": ("minutes", 60.0), "minuut": ("minutes", 1.0), "day": ("days", 1.0), "month": ("months", 1.0), "year": ("months", 12.0),
    "hour": ("minutes", 60.0), "gram": ("gram", 1.0), "kilo": ("gram", 1000.0), "kilogram": ("gram", 1000.0), "kg": ("gram", 1000.0),
    "meter": ("metre", 1.0), "kilometer": ("metre", 1000.0), "km": ("metre", 1000.0), "millimeter": ("mm", 1.0), "mm": ("mm", 1.0),
    "jarige": ("months", 12.0), "jarig": ("months", 12.0), "graad": ("degree", 1.0), "°": ("degree", 1.0), "hectare": ("hectare", 1.0), "liter": ("litre", 1.0),
}  # fmt: skip
_FRACTIONS = {"helft": 50.0, "kwart": 25.0, "derde": 100 / 3, "tweederde": 200 / 3, "driekwart": 75.0, "tiende": 10.0,
              "vijfde": 20.0, "half": 50.0, "quarter": 25.0, "vierde": 25.0}  # fmt: skip
_COMPOUND_UNIT = re.compile(r"(?P<number>[a-zé]+?)-?(?P<unit>daag|jarig|urig|maands|weeks)(?:se?|en?|e)?")
# "ruim de helft" reaches this many percent points further.
_FRACTION_STEP = 8.0
_SHARED = ("percent", "euro", "days", "months", "minutes", "gram", "metre", "mm", "degree", "litre", "hectare")
_SINGLE = frozenset("jaar maand week dag uur kwartier minuut kwartaal euro year month week day hour".split())
_WORD_NUMBER = re.compile(r"(?P<rest>.*?)(?P<last>duizend|honderd)(?P<tail>.*)$")


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number as meant.

    Attributes:
        value: in base units (euros, percent, days, months, minutes, …); a date is day + 100 * month.
        kind: count, percent, euro, year, date, month, weekday, ordinal, clock, or a measure base such as days.
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


@lru_cache(maxsize=8192)
def word_value(word: str) -> float | None:
    """Value of a number word ("vijfentwintig", "driehonderd", "anderhalf"), or None."""
    word = word.replace("ë", "e").replace("-", "")
    if word in _UNITS:
        return float(_UNITS[word])
    plain = {k.replace("é", "e"): v for k, v in _UNITS.items()}
    if word in _TENS:
        return float(_TENS[word])
    if word in _ENGLISH:
        return float(_ENGLISH[word])
    if word == "anderhalf" or word == "anderhalve":
        return 1.5
    if word.endswith(("eneenhalf", "eneenhalve")):
        head = word_value(word.rsplit("eneenhal", 1)[0])
        return head + 0.5 if head else None
    for tens, value in _TENS.items():
        if word.endswith("en" + tens):
            unit = plain.get(word[: -len(tens) - 2])
            return float(value + unit) if unit else None
    match = _WORD_NUMBER.fullmatch(word) if "honderd" in word or "duizend" in word else None
    if match:
        split = "duizend" if "duizend" in word else "honderd"
        head, tail = word.split(split, 1)
        high = 1.0 if not head else word_value(head)
        low = 0.0 if not tail else word_value(tail.removeprefix("en") or tail)
        if high is None or low is None:
            return None
        return high * (1000 if split == "duizend" else 100) + low
    return None


def _digits(text: str) -> tuple[float, float] | None:
    """Value and size of the last digit of a written number; 1.450 is a thousand, 2,5 and 1.5 are decimals."""
    if ":" in text:
        return None
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?", text):
        whole = text.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", text):
        whole = text.replace(",", "")
    elif re.fullmatch(r"\d+[.,]\d{1,2}", text):
        whole = text.replace(",", ".")
    elif text.isdigit():
        whole = text
    else:
        return None
    if len(whole) > 15:
        return None
    value = float(whole)
    if "." in whole:
        return value, 10.0 ** -len(whole.split(".")[1])
    zeros = len(whole) - len(whole.rstrip("0")) if value else 0
    return value, 10.0**zeros


def _is_year(token: Token) -> bool:
    return token.lower.isdigit() and len(token.lower) == 4 and 1500 <= int(token.lower) <= 2100


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
        if left.kind == "count" and right.kind in _SHARED and len(between) == 1 and between[0] in ("naar", "tot", "en", "of", "-", "to", "or"):
            factor = right.value / right.raw if right.raw else 1.0
            out[n] = Quantity(left.value * factor, right.kind, left.start, left.end, left.text, left.spelled, left.step * factor, left.raw)
    return out


NUMBER_WORDS = frozenset(
    [*_UNITS, *_TENS, *_ORDINALS, *_MULTIPLIERS, *_MONTHS, *_WEEKDAYS, *_MEASURES, *_FRACTIONS, "halve", "anderhalf", "anderhalve", "jarigen",
     "jarige", "kwartier", "weken", "dagen", "maanden", "jaren", "uren", "minuten", "graden", "q1", "q2", "q3", "q4", "helft"]
)  # fmt: skip


@lru_cache(maxsize=65_536)
def is_number_word(lower: str) -> bool:
    """Words the number checks deal with, so the word checks can leave them alone."""
    return lower in NUMBER_WORDS or word_value(lower) is not None


def _text(tokens: Sequence[Token], start: int, end: int) -> str:
    return " ".join(t.text for t in tokens[start:end])


def _lower(tokens: Sequence[Token], i: int) -> str:
    return tokens[i].lower if 0 <= i < len(tokens) else ""


def _quantity_at(tokens: Sequence[Token], i: int) -> Quantity | None:
    token = tokens[i]
    low = token.lower
    if low in _MONTHS and (low not in ("mei", "may", "maart", "march") or token.is_capital is False or True):
        if low == "may" or (low in ("jan", "mei", "mar", "sep", "jun", "dec", "okt") and token.first):
            return None
        return Quantity(float(_MONTHS[low]), "month", i, i + 1, token.text)
    if low in _WEEKDAYS:
        return Quantity(float(_WEEKDAYS[low]), "weekday", i, i + 1, token.text)
    if re.fullmatch(r"[qk][1-4]", low):
        return Quantity(float(low[-1]), "ordinal", i, i + 1, token.text)
    fraction = _fraction_at(tokens, i)
    if fraction:
        return fraction
    if low in ("half", "halve") and _lower(tokens, i + 1) in _MEASURES:
        base, factor = _MEASURES[_lower(tokens, i + 1)]
        return Quantity(0.5 * factor, base, i, i + 2, _text(tokens, i, i + 2), True)
    if low in _ORDINALS and low != "tweede kamer":
        return Quantity(float(_ORDINALS[low]), "ordinal", i, i + 1, token.text, True)
    compound = _COMPOUND_UNIT.fullmatch(low)
    if compound:
        number = word_value(compound["number"])
        base, factor = _MEASURES[{"daag": "dag", "jarig": "jaar", "urig": "uur", "maands": "maand", "weeks": "week"}[compound["unit"]]]
        if number:
            return Quantity(number * factor, base, i, i + 1, token.text, True, factor, number)
    spelled = False
    if token.is_number:
        if ":" in low or (re.fullmatch(r"\d{1,2}\.\d{2}", low) and _lower(tokens, i + 1) in ("uur", "h")):
            value = float(low.replace(":", ".").split(".")[0]) * 100 + float(low.replace(":", ".").split(".")[1][:2])
            return Quantity(value, "clock", i, i + 1, token.text)
        if _is_year(token) and _lower(tokens, i + 1) not in _MEASURES and _lower(tokens, i - 1) != "€":
            return Quantity(float(low), "year", i, i + 1, token.text)
        parsed = _digits(low)
        if parsed is None:
            return None
        value, step = parsed
    else:
        word = word_value(low)
        if word is None and low in ("een", "a", "an") and _lower(tokens, i + 1) in ("miljoen", "miljard", "ton", "million"):
            word = 1.0
        if word is None and low in ("een", "a") and _lower(tokens, i + 1) in _SINGLE:
            word = 1.0
        if word is None and low in _MULTIPLIERS and low not in ("ton", "k", "mio"):
            word, step = _MULTIPLIERS[low], _MULTIPLIERS[low]
            return _with_unit(tokens, i, i + 1, word, step, True)
        if word is None:
            return None
        value, step, spelled = word, 1.0, True
    end = i + 1
    if token.is_number and _lower(tokens, end) in ("e", "ste", "de"):
        return Quantity(value, "ordinal", i, end + 1, _text(tokens, i, end + 1))
    if _lower(tokens, end) in _MONTHS and value <= 31:
        day_month = value + 100 * _MONTHS[_lower(tokens, end)]
        return Quantity(day_month, "date", i, end + 1, _text(tokens, i, end + 1))
    if _lower(tokens, end) in _MULTIPLIERS and (_lower(tokens, end) != "k"):
        factor = _MULTIPLIERS[_lower(tokens, end)]
        value, step, end = value * factor, step * factor, end + 1
    return _with_unit(tokens, i, end, value, step, spelled)


def _with_unit(tokens: Sequence[Token], i: int, end: int, value: float, step: float, spelled: bool) -> Quantity:
    if _lower(tokens, end) == "-" and _lower(tokens, end + 1).startswith("jarig"):
        return Quantity(value * 12, "months", i, end + 2, _text(tokens, i, end), spelled, step * 12, value)
    unit = _MEASURES.get(_lower(tokens, end)) or (_MEASURES.get(tokens[end].lemma) if end < len(tokens) else None)
    if _lower(tokens, i - 1) == "€":
        return Quantity(value, "euro", i, end, "€ " + _text(tokens, i, end), spelled, step, value)
    if _lower(tokens, end) in ("kwartier",):
        return Quantity(value * 15, "minutes", i, end + 1, _text(tokens, i, end + 1), spelled, step)
    if unit:
        base, factor = unit
        return Quantity(value * factor, base, i, end + 1, _text(tokens, i, end + 1), spelled, step * factor, value)
    if end > i + 1 and tokens[end - 1].lower == "ton":
        return Quantity(value, "euro", i, end, _text(tokens, i, end), spelled, step)
    return Quantity(value, "count", i, end, _text(tokens, i, end), spelled, step, value)


def _fraction_at(tokens: Sequence[Token], i: int) -> Quantity | None:
    low = _lower(tokens, i)
    after, then = _lower(tokens, i + 1), _lower(tokens, i + 2)
    if low in ("helft", "kwart", "driekwart", "tweederde"):
        return Quantity(_FRACTIONS[low], "percent", i, i + 1, tokens[i].text, True, _FRACTION_STEP)
    if low == "half" and after == "of":
        return Quantity(50.0, "percent", i, i + 1, tokens[i].text, True)
    head = word_value(low) if not tokens[i].is_number else (float(low) if low.isdigit() else None)
    if low == "een":
        head = 1.0
    if head and after in ("derde", "tiende", "vijfde", "kwart", "vierde") and head < 10:
        if then in ("van", "deel", "meer", "minder", "hoger", "lager", "daarvan", "") or then in ".,":
            return Quantity(head * _FRACTIONS[after], "percent", i, i + 2, _text(tokens, i, i + 2), True, _FRACTION_STEP)
        return None
    if head and after in ("op", "van", "in", "out") and then in ("de", "elke", "iedere", "every", "of"):
        lower = _lower(tokens, i + 3)
        below = word_value(lower) or (float(lower) if lower.isdigit() else None)
        if after == "van" and (low == "een" or (below and below not in (3, 4, 5, 10, 100))):
            return None
        if below and below >= head:
            return Quantity(100 * head / below, "percent", i, i + 4, _text(tokens, i, i + 4), True, _FRACTION_STEP)
    return None
