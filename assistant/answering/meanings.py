"""What a value in a field of a record says, in Dutch: what the claim check reads beside the value itself."""

from __future__ import annotations

from collections.abc import Mapping

_MEANINGS: Mapping[str, str] = {
    "contact_route": "Vraag het na bij: {value}",
    "coordinator": "De trekker is {value}",
    "education_levels": "Onderwijsniveaus: {value}",
    "figures": "Cijfers: {value}",
    "financing": "Financiering, het geld: {value}",
    "partners": "Partners: {value}",
    "region": "Het werkgebied is {value}",
    "sectors": "Bij de sectoren van deze agenda hoort {value}",
    "target_groups": "Doelgroepen: {value}",
}
_NATIONAL = "Het werkgebied is heel Nederland"


def meaning_of(field: str, text: str, sector_names: Mapping[str, str]) -> str:
    """A field of a record in words; a field of whole sentences is left as it is.

    Args:
        sector_names: sector id to its Dutch name, as far as there is another.
    """
    if field == "scope":
        return f"{_NATIONAL} ({text})" if text == "national" else text
    if field == "sectors":
        name = sector_names.get(text, text)
        text = text if name == text else f"{name} ({text})"
    return _MEANINGS.get(field, "{value}").format(value=text)
