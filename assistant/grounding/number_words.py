"""Number words, units and months: the vocabulary of the quantity reader."""

from __future__ import annotations

import re
from functools import lru_cache

_UNITS = {
    "nul": 0,
    "één": 1,
    "eén": 1,
    "twee": 2,
    "drie": 3,
    "vier": 4,
    "vijf": 5,
    "zes": 6,
    "zeven": 7,
    "acht": 8,
    "negen": 9,
    "tien": 10,
    "elf": 11,
    "twaalf": 12,
    "dertien": 13,
    "veertien": 14,
    "vijftien": 15,
    "zestien": 16,
    "zeventien": 17,
    "achttien": 18,
    "negentien": 19,
}


_TENS = {
    "twintig": 20,
    "dertig": 30,
    "veertig": 40,
    "vijftig": 50,
    "zestig": 60,
    "zeventig": 70,
    "tachtig": 80,
    "negentig": 90,
}


_ENGLISH = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "eleven": 11,
    "twelve": 12,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "eighty": 80,
    "ninety": 90,
    "hundred": 100,
}


ORDINALS = {
    "eerste": 1,
    "tweede": 2,
    "derde": 3,
    "vierde": 4,
    "vijfde": 5,
    "zesde": 6,
    "zevende": 7,
    "achtste": 8,
    "negende": 9,
    "tiende": 10,
    "elfde": 11,
    "twaalfde": 12,
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
}


MULTIPLIERS = {
    "duizend": 1e3,
    "dzd": 1e3,
    "miljoen": 1e6,
    "mln": 1e6,
    "mio": 1e6,
    "miljard": 1e9,
    "mld": 1e9,
    "ton": 1e5,
    "biljoen": 1e12,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "k": 1e3,
    "honderd": 1e2,
    "dozijn": 12.0,
}


MONTHS = {
    name: n
    for n, names in enumerate(
        (
            "januari jan january",
            "februari feb february",
            "maart mrt march",
            "april apr",
            "mei may",
            "juni jun june",
            "juli jul july",
            "augustus aug august",
            "september sep sept",
            "oktober okt oct october",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}


WEEKDAYS = {
    name: n
    for n, names in enumerate(
        (
            "maandag maandags monday",
            "dinsdag dinsdags tuesday",
            "woensdag woensdags wednesday",
            "donderdag thursday",
            "vrijdag vrijdags friday",
            "zaterdag zaterdags saturday",
            "zondag zondags sunday",
        )
    )
    for name in names.split()
}


# Units with their base and factor; one base is one dimension, values compare after scaling.
MEASURES = {
    "euro": ("euro", 1.0),
    "euros": ("euro", 1.0),
    "€": ("euro", 1.0),
    "eur": ("euro", 1.0),
    "procent": ("percent", 1.0),
    "%": ("percent", 1.0),
    "percent": ("percent", 1.0),
    "procentpunt": ("percent", 1.0),
    "dag": ("days", 1.0),
    "week": ("days", 7.0),
    "maand": ("months", 1.0),
    "jaar": ("months", 12.0),
    "kwartaal": ("months", 3.0),
    "uur": ("minutes", 60.0),
    "minuut": ("minutes", 1.0),
    "day": ("days", 1.0),
    "month": ("months", 1.0),
    "year": ("months", 12.0),
    "hour": ("minutes", 60.0),
    "gram": ("gram", 1.0),
    "kilo": ("gram", 1000.0),
    "kilogram": ("gram", 1000.0),
    "kg": ("gram", 1000.0),
    "meter": ("metre", 1.0),
    "kilometer": ("metre", 1000.0),
    "km": ("metre", 1000.0),
    "millimeter": ("mm", 1.0),
    "mm": ("mm", 1.0),
    "jarige": ("months", 12.0),
    "jarig": ("months", 12.0),
    "graad": ("degree", 1.0),
    "°": ("degree", 1.0),
    "hectare": ("hectare", 1.0),
    "liter": ("litre", 1.0),
}


FRACTIONS = {
    "helft": 50.0,
    "kwart": 25.0,
    "derde": 100 / 3,
    "tweederde": 200 / 3,
    "driekwart": 75.0,
    "tiende": 10.0,
    "vijfde": 20.0,
    "half": 50.0,
    "quarter": 25.0,
    "vierde": 25.0,
    "zesde": 100 / 6,
    "zevende": 100 / 7,
    "achtste": 12.5,
    "third": 100 / 3,
    "fifth": 20.0,
    "tenth": 10.0,
}


_WORD_NUMBER = re.compile(r"(?P<rest>.*?)(?P<last>duizend|honderd)(?P<tail>.*)$")


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
            if unit is None:
                continue
            return float(value + unit) if unit else None
    match = _WORD_NUMBER.fullmatch(word) if "honderd" in word or "duizend" in word else None
    if match:
        split = "duizend" if "duizend" in word else "honderd"
        before, tail = word.split(split, 1)
        half = 0.5 if before.endswith("enhalf") else 0.0
        high = word_value(before.removesuffix("enhalf")) if before else 1.0
        low = 0.0 if not tail else word_value(tail.removeprefix("en") or tail)
        if high is None or low is None:
            return None
        return (high + half) * (1000 if split == "duizend" else 100) + low
    return None


def digits_of(text: str) -> tuple[float, float] | None:
    """Value and size of the last digit of a written number; 1.450 is a thousand, 2,5 and 1.5 are decimals."""
    if ":" in text:
        return None
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?", text):
        whole = text.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", text):
        whole = text.replace(",", "")
    elif re.fullmatch(r"\d+[.,]\d{1,2}", text):
        whole = text.replace(",", ".")
    elif text.isdecimal():
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


NUMBER_WORDS = frozenset(
    [
        *_UNITS,
        *_TENS,
        *ORDINALS,
        *MULTIPLIERS,
        *MONTHS,
        *WEEKDAYS,
        *MEASURES,
        *FRACTIONS,
        "halve",
        "anderhalf",
        "anderhalve",
        "jarigen",
        "jarige",
        "kwartier",
        "weken",
        "dagen",
        "maanden",
        "jaren",
        "uren",
        "minuten",
        "graden",
        "q1",
        "q2",
        "q3",
        "q4",
        "helft",
    ]
)


@lru_cache(maxsize=65_536)
def is_number_word(lower: str) -> bool:
    """Words the number checks deal with, so the word checks can leave them alone."""
    return lower in NUMBER_WORDS or word_value(lower) is not None
