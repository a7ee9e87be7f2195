"""Sentences of the corpus that belong in every advice; one that is no longer there is left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.answering.draft import Draft
from assistant.answering.texts import StandingQuote
from assistant.domain.documents import Passage
from assistant.domain.text import single_spaced


@dataclass(frozen=True, slots=True)
class Standing:
    """Standing quotes with the passage each stands in."""

    found: Mapping[str, tuple[tuple[Passage, str], ...]]

    def add(self, draft: Draft, name: str, block: str, *, heading: str | None = None) -> int:
        """Quote one group; returns how many sentences were added."""
        added = 0
        for passage, sentence in self.found.get(name, ()):
            if heading is not None and not added:
                draft.heading(block, heading)
            added += draft.quote_passage(passage, [sentence], block)
        return added


def find_standing(quotes: Mapping[str, StandingQuote], passages: Iterable[Passage]) -> Standing:
    """Look the quotes up among the passages of their documents."""
    by_document: dict[str, list[Passage]] = {}
    for passage in passages:
        by_document.setdefault(passage.document_id, []).append(passage)
    found: dict[str, tuple[tuple[Passage, str], ...]] = {}
    for name, item in quotes.items():
        pairs: list[tuple[Passage, str]] = []
        for sentence in item.quotes:
            holder = next(
                (
                    p
                    for p in by_document.get(item.document_id, [])
                    if single_spaced(sentence) in single_spaced(p.text)
                ),
                None,
            )
            if holder is not None:
                pairs.append((holder, sentence))
        found[name] = tuple(pairs)
    return Standing(found)
