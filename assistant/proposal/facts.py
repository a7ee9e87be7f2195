"""What recognisers find in each sentence of a proposal: places, records, levels and sectors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.domain.question import Place
from assistant.proposal.reading import ProposalSentence
from assistant.understanding.text import clean
from assistant.understanding.understand import Understander

MAX_READ = 600
"""Sentences read for facts, from the start; about 5 ms each."""
MAX_CHARS = 1_200


@dataclass(frozen=True, slots=True)
class SentenceFacts:
    """What one sentence names.

    Attributes:
        facets: (facet, value) pairs said literally.
    """

    places: tuple[Place, ...] = ()
    records: tuple[str, ...] = ()
    facets: tuple[tuple[str, str], ...] = ()
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ProposalFacts:
    """Facts per sentence, in the order of the sentences."""

    by_sentence: tuple[SentenceFacts, ...]

    def counts(self, facet: str) -> Counter[str]:
        """In how many sentences each value of a facet is said."""
        return Counter(value for facts in self.by_sentence for name, value in facts.facets if name == facet)

    def place_counts(self) -> Counter[str]:
        """In how many sentences each place is named."""
        return Counter(
            name for facts in self.by_sentence for name in dict.fromkeys(p.name for p in facts.places)
        )

    @property
    def records(self) -> tuple[str, ...]:
        """Ids of records named, in reading order."""
        return tuple(dict.fromkeys(i for facts in self.by_sentence for i in facts.records))


def find_facts(sentences: Sequence[ProposalSentence], understander: Understander) -> ProposalFacts:
    """Read every sentence on its own."""
    return ProposalFacts(
        tuple(
            _facts(sentence.text, understander) if number < MAX_READ else SentenceFacts()
            for number, sentence in enumerate(sentences)
        )
    )


def _facts(text: str, understander: Understander) -> SentenceFacts:
    reading = understander.reader.read(clean(text, max_chars=MAX_CHARS))
    places = tuple(place for place in reading.places if place.kind != "country")
    facets = tuple(
        dict.fromkeys(
            (key, hit.value) for key, hits in reading.hits.items() for hit in hits if hit.weight > 0.5
        )
    )
    names = set()
    if places:
        names.add("place")
    if reading.records:
        names.add("record")
    if any(understander.records[i].is_hca for i in reading.records if i in understander.records):
        names.add("hca")
    if reading.hits["education_level"]:
        names.add("level")
    if reading.hits["sector"]:
        names.add("sector")
    return SentenceFacts(places, reading.records, facets, frozenset(names))
