"""Records to passages: one per field (or group of alike fields), with literal text."""

from __future__ import annotations

from assistant.domain.catalogue import Record
from assistant.domain.documents import Passage

SEARCHED_FIELDS = {
    "summary": "Wat het is",
    "offer": "Wat het u biedt",
    "themes": "Thema's",
    "routes": "Aanpak",
    "figures": "Cijfers",
    "financing": "Financiering",
    "coordinator": "Coördinator",
    "partners": "Partners",
    "status_note": "Stand van zaken",
    "contact_route": "Contact",
}
"""Fields of a record that become passages, with the label under which they are searched."""

ITEM_SEPARATOR = "; "


def field_text(record: Record, field: str) -> str:
    """Literal text of a field; items of a list field are joined by "; ". Empty when the field is."""
    return ITEM_SEPARATOR.join(record.field_texts(field))


def record_passages(record: Record) -> list[Passage]:
    """Passages of one record, ids `<record_id>#<field>`; the heading path holds name, aliases and label."""
    found = []
    for field, label in SEARCHED_FIELDS.items():
        text = field_text(record, field)
        if text:
            found.append(
                Passage(
                    passage_id=f"{record.id}#{field}",
                    document_id=record.id,
                    text=text,
                    start=0,
                    end=len(text),
                    heading_path=(record.name, *record.aliases, label),
                    record_id=record.id,
                    field=field,
                )
            )
    return found
