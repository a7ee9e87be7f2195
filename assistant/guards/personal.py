"""Personal data in a text: found by form and check digit, and masked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["bsn", "iban", "email", "phone", "address"]
LABELS: dict[Kind, str] = {
    "bsn": "[burgerservicenummer]",
    "iban": "[rekeningnummer]",
    "email": "[e-mailadres]",
    "phone": "[telefoonnummer]",
    "address": "[adres]",
}
ORDER: tuple[Kind, ...] = ("email", "iban", "address", "phone", "bsn")
"""A longer form first, so that no number inside it is taken for something else."""

_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"
    r"|(?<![\w.+-])[\w.+-]{1,64}\s?[\[({]\s?(?:at|apenstaartje|@)\s?[\])}]\s?[\w-]{1,63}"
    r"(?:\s?(?:\.|[\[({]\s?(?:dot|punt)\s?[\])}]|\s(?:dot|punt)\s)\s?[a-z]{2,24})+",
    re.I,
)
_IBAN = re.compile(r"(?<![A-Z0-9])[A-Z]{2}\d{2}(?:[ .-]?[A-Z0-9]){11,30}(?![A-Z0-9])", re.I)
_HOUSE = r"\d{1,5}(?:\s?-?\s?[a-zA-Z]{1,3}\b|[-/]\d{1,4})?"
_CAPITAL = r"[A-Z][\w'’.-]{0,40}"
_STREET = (
    rf"(?:{_CAPITAL}\s){{0,4}}[A-Z]?[\w'’.-]{{0,40}}"
    r"(?:straat|laan|weg|plein|kade|gracht|singel|dijk|hof|pad|steeg|dreef|park|plantsoen|markt|wal|ring"
    rf"|baan|haven|poort|allee|boulevard|lei|str\.)\s{_HOUSE}"
)
_ANY_STREET = rf"{_CAPITAL}(?:\s(?:{_CAPITAL}|van|de|der|den|het|ten|ter|aan)){{0,4}}\s{_HOUSE}"
_POSTCODE = r"[1-9]\d{3}\s?(?!SA|SD|SS)[A-Z]{2}"
_ADDRESS = re.compile(
    rf"\b{_STREET}(?:\s?[,;]\s?|\s{{1,3}}|\s?\n\s?)(?:postcode\s)?{_POSTCODE}\b"
    rf"|\b{_ANY_STREET}(?:\s?,\s?|\s?\n\s?){_POSTCODE}\b"
    rf"|\b(?:postcode\s:?\s?)?{_POSTCODE}\s?(?:,|en|/|-)?\s?(?:huis)?(?:nummer|nr\.?)\s?:?\s?"
    r"\d{1,5}(?:\s?[a-zA-Z])?\b"
    rf"|\b{_POSTCODE}\s?,?\s\d{{1,5}}(?:[a-zA-Z]\b|-\d{{1,3}})?"
    r"(?=\s?(?:[.,;:)?!]|$|\n|in\s[A-Z]|te\s[A-Z]))"
    rf"|\bpostbus\s\d{{1,6}}\s?,?\s{_POSTCODE}\b"
)
_PHONE = re.compile(
    r"(?<![\w.,/-])(?:"
    r"(?:\+|00)31[\s.-]?(?:\(0\)[\s.-]?)?[1-9](?:[\s.-]{0,3}\d){8}"
    r"|\(?0[1-9]\d{0,3}\)?[\s./-]{0,3}\d(?:[\s.-]?\d){4,8}"
    r"|\+(?!31)[1-9]\d{0,2}[\s.-]?\(?\d{1,4}\)?(?:[\s.-]?\d){5,10}"
    r")(?![\w%€]|[.,/-]\d)"
)
_NINE_DIGITS = re.compile(
    r"(?<![\w.,/+-])(?:\d{8,9}|\d{4}[. ]\d{2}[. ]\d{3}|\d{3}[ -]\d{3}[ -]\d{3}|\d{3}\.\d{3}\.\d{3})"
    r"(?![\w%]|[.,/-]\d|\s?(?:euro|eur|miljoen|mln|kwh|mwh|m2|m³|kg|ton|stuks)\b)",
    re.I,
)
_BSN_WORD = re.compile(
    r"(?:\bbsn|burgerservicenummer|sofi-?nummer|citizen service number)\W{0,3}(?:\w+\W+){0,3}$", re.I
)
_OTHER_NUMBER = re.compile(
    r"(?:project|dossier|kvk|kamer van koophandel|rsin"
    r"|fiscaal|fi-|btw|vestigings?|order|factuur|referentie|kenmerk|zaak"
    r"|aanvraag|subsidie|beschikking|registratie|ticket|isbn|doi|crebo|brin|artikel|serie|contract|versie|id\b"
    r"|reference|invoice|grant|application|case|chamber of commerce|vat|number of|aantal|code|€|eur\b|euro\b)"
    r"[\w-]*\W{0,3}(?:\w+\W+){0,2}$",
    re.I,
)  # fmt: skip
_PHONE_WORD = re.compile(
    r"(?:tel|telefoon|mobiel|bel|phone|call|mobile|gsm|06)[\w-]*\W{0,4}(?:\w+\W+){0,2}$", re.I
)
_ACCOUNT_HEAD = re.compile(r"\b[A-Z]{2}\d{2}[ .-]?[A-Z]{4}[ .-]?$", re.I)
_LOOK_BACK = 48
_DUTCH_DIGITS = 10


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with its personal data replaced by what kind of data it was.

    Attributes:
        kinds: the kinds that were masked, without doubles, in fixed order.
    """

    text: str
    kinds: tuple[Kind, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonalDatum:
    """One piece of personal data: offsets in the text and its kind."""

    kind: Kind
    start: int
    end: int


def mask_personal_data(text: str) -> Masked:
    """Mask e-mail addresses, bank accounts, postal addresses, telephone numbers and citizen numbers.

    A citizen number has to pass the 11-test and a bank account mod 97, unless the words before a
    nine-digit number say that it is a citizen number. A postcode without house number stays: it says where
    somebody works, not who it is.
    """
    kinds: set[Kind] = set()
    for datum in sorted(find_personal_data(text), key=lambda d: -d.start):
        text = text[: datum.start] + LABELS[datum.kind] + text[datum.end :]
        kinds.add(datum.kind)
    return Masked(text, tuple(kind for kind in ORDER if kind in kinds))


def find_personal_data(text: str) -> tuple[PersonalDatum, ...]:
    """All personal data, in reading order; pieces do not overlap."""
    found: list[PersonalDatum] = []
    for kind in ORDER:
        for start, end in _FINDERS[kind](text):
            if all(end <= other.start or start >= other.end for other in found):
                found.append(PersonalDatum(kind, start, end))
    return tuple(sorted(found, key=lambda d: d.start))


def is_bsn(digits: str) -> bool:
    """The 11-test of a citizen number of 9 digits (8 with the leading zero left out)."""
    digits = digits.zfill(9)
    if len(digits) != 9 or not digits.isdigit() or digits == "000000000":
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(w * int(d) for w, d in zip(weights, digits, strict=True)) % 11 == 0


def is_iban(text: str) -> bool:
    """The mod-97 test of a bank account number; spaces, stops and hyphens do not count."""
    plain = re.sub(r"[ .-]", "", text).upper()
    if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", plain):
        return False
    return int("".join(str(int(c, 36)) for c in plain[4:] + plain[:4])) % 97 == 1


def _emails(text: str) -> Iterator[tuple[int, int]]:
    for match in _EMAIL.finditer(text):
        end = match.end()
        while text[end - 1] in ".-_":
            end -= 1
        yield match.start(), end


def _ibans(text: str) -> Iterator[tuple[int, int]]:
    for match in _IBAN.finditer(text):
        # The form is open-ended: the longest head that passes the test is the account.
        for end in range(match.end(), match.start() + 14, -1):
            if not text[end - 1].isalnum() or (
                end < len(text) and text[end].isalnum() and end != match.end()
            ):
                continue
            if is_iban(text[match.start() : end]):
                yield match.start(), end
                break


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    for match in _ADDRESS.finditer(text):
        yield match.start(), match.end()


def _phones(text: str) -> Iterator[tuple[int, int]]:
    for match in _PHONE.finditer(text):
        found = match.group()
        digits = re.sub(r"\D", "", found)
        before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
        if found.startswith("0") and not digits.startswith("00") and not _is_dutch(digits):
            continue
        if found.startswith("(") and not _is_dutch(digits):
            continue
        if _ACCOUNT_HEAD.search(before):
            continue
        if _OTHER_NUMBER.search(before) and not _PHONE_WORD.search(before):
            continue
        yield match.start(), match.end()


def _is_dutch(digits: str) -> bool:
    """A Dutch number as dialled inside the country: ten digits, or a short service number."""
    if digits.startswith(("0800", "0900", "0906", "0909")):
        return len(digits) in (8, 11)
    return len(digits) == _DUTCH_DIGITS


def _bsns(text: str) -> Iterator[tuple[int, int]]:
    for match in _NINE_DIGITS.finditer(text):
        found = match.group()
        digits = re.sub(r"\D", "", found)
        before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
        if _BSN_WORD.search(before):
            yield match.start(), match.end()
            continue
        is_amount = re.fullmatch(r"\d{3}\.\d{3}\.\d{3}", found) is not None
        # Eight digits are a Chamber of Commerce number or a date far more often than half a citizen number.
        if len(digits) == 9 and not is_amount and not _OTHER_NUMBER.search(before) and is_bsn(digits):
            yield match.start(), match.end()


_FINDERS: dict[Kind, Callable[[str], Iterator[tuple[int, int]]]] = {
    "email": _emails,
    "iban": _ibans,
    "address": _addresses,
    "phone": _phones,
    "bsn": _bsns,
}
