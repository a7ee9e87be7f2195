"""Facets of a question: sector, education level, target group and kind of intervention."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant.domain.question import Facet
from assistant.understanding.terms import Hit, TermFinder
from assistant.understanding.text import Token, fold, tokens
from assistant.understanding.vocabulary import FacetVocabulary, read_facet

FacetKey = Literal["sector", "education_level", "target_group", "intervention"]
FILES: dict[FacetKey, str] = {
    "sector": "sectors.yaml",
    "education_level": "education_levels.yaml",
    "target_group": "target_groups.yaml",
    "intervention": "interventions.yaml",
}
_NEGATIONS = frozenset(
    ["geen", "niet", "behalve", "zonder", "buiten", "except", "not", "no", "without", "nor", "noch"]
)
_NEGATION_REACH = 3
"""A negation counts when at most this many words stand between it and the term."""
_BETWEEN = frozenset(
    [
        "de",
        "het",
        "een",
        "in",
        "voor",
        "bij",
        "met",
        "per",
        "se",
        "aan",
        "van",
        "the",
        "a",
        "for",
        "in",
        "with",
        "about",
        "over",
        "op",
    ]
)
_NOT_ONLY = frozenset(["alleen", "only", "just", "slechts", "enkel"])

Hits = dict[FacetKey, tuple[Hit, ...]]


@dataclass(frozen=True, slots=True)
class FacetFinder:
    """Finds the four facets with one vocabulary each."""

    vocabularies: dict[FacetKey, FacetVocabulary]
    finders: dict[FacetKey, TermFinder]

    @classmethod
    def load(cls, folder: Path) -> FacetFinder:
        """Read the four vocabularies of a folder.

        Raises:
            ConfigurationError: a vocabulary is missing or invalid.
        """
        vocabularies = {key: read_facet(folder / name) for key, name in FILES.items()}
        return cls(vocabularies, {key: TermFinder(found.entries) for key, found in vocabularies.items()})

    def find(
        self, text: str, *, masked: Iterable[tuple[int, int]] = (), words: Sequence[Token] | None = None
    ) -> Hits:
        """Hits per facet in reading order, without what the applicant says not to mean."""
        words = tokens(text) if words is None else words
        spans = tuple(masked)
        found: Hits = {}
        for key, finder in self.finders.items():
            hits = finder.find(text, masked=spans, words=words)
            found[key] = tuple(hit for hit in hits if not _is_negated(hit, words))
        return found

    def labels(self, key: FacetKey, *, english: bool = False) -> dict[str, str]:
        """Readable name per id of one facet."""
        return {e.id: e.label_en if english else e.label for e in self.vocabularies[key].entries}

    def canonical_target_groups(self, text: str) -> tuple[str, ...]:
        """Target group ids of a free text, such as one `target_groups` value of a record."""
        return tuple(facet.value for facet in as_facets(self.finders["target_group"].find(text)))


def as_facets(hits: Iterable[Hit]) -> tuple[Facet, ...]:
    """One facet per id, strongest first; weak terms count only where nothing stronger is found."""
    best: dict[str, Hit] = {}
    for hit in hits:
        if hit.value not in best or hit.weight > best[hit.value].weight:
            best[hit.value] = hit
    found = list(best.values())
    if any(hit.weight > 0.5 for hit in found):
        strong = [hit for hit in found if hit.weight > 0.5]
        spans = {(hit.start, hit.end) for hit in strong}
        found = strong + [hit for hit in found if hit.weight <= 0.5 and (hit.start, hit.end) in spans]
    found.sort(key=lambda hit: (-hit.weight, hit.start, hit.value))
    return tuple(Facet(hit.value, hit.surface, round(hit.weight, 2)) for hit in found)


def _is_negated(hit: Hit, words: Sequence[Token]) -> bool:
    before = [word for word in words if word.end <= hit.start][-_NEGATION_REACH:]
    if fold(hit.surface).split(" ")[0] in _NEGATIONS:
        return False
    for index in range(len(before) - 1, -1, -1):
        word = before[index].folded
        if word in _NEGATIONS:
            return not any(w.folded in _NOT_ONLY for w in before[index + 1 :])
        if word not in _BETWEEN:
            return False
    return False
