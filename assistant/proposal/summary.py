"""A proposal summed up to a question: what it does, whom it needs, where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from assistant.domain.question import Facet, Place, Understanding
from assistant.proposal.criteria import Criteria
from assistant.proposal.facts import ProposalFacts, SentenceFacts
from assistant.proposal.reading import ProposalSentence, ProposalText
from assistant.understanding.text import fold

MAX_CHARS = 1_200
MAX_PLACES = 3
PLACE_SHARE = 0.5
"""A place counts when it is named in at least this share of the sentences that name the first place."""
NARROW_SHARE = 0.25
"""A place inside a province or region that counts takes its place from this share on: it says more."""
FACET_SHARE = 0.4
MAX_FACETS = {"sector": 3, "education_level": 4, "target_group": 3, "intervention": 3}
WIDE_KINDS = frozenset({"province", "labour_market_region", "area"})
GENERAL_SECTORS = ("onderwijs", "techniek", "intersectoraal")
"""Said in every plan about training; they count only when no other sector is said."""


def question_of(proposal: ProposalText, facts: ProposalFacts, criteria: Criteria) -> str:
    """The sentences that tell most about people, training, place and sector, in reading order, bounded.

    Returns:
        At most `MAX_CHARS` characters, the title first.
    """
    scored = [
        (_weight(sentence, found, criteria), number)
        for number, (sentence, found) in enumerate(zip(proposal.sentences, facts.by_sentence, strict=True))
    ]
    scored.sort(key=lambda item: (-item[0], item[1]))
    title = proposal.title.strip().rstrip(".")
    left = MAX_CHARS - len(title) - 2
    chosen = []
    for weight, number in scored:
        length = len(proposal.sentences[number].text) + 1
        if weight > 0 and length <= left:
            chosen.append(number)
            left -= length
    sentences = [proposal.sentences[number].text for number in sorted(chosen)]
    return " ".join([f"{title}.", *sentences] if title else sentences)


def _weight(sentence: ProposalSentence, facts: SentenceFacts, criteria: Criteria) -> float:
    folded = fold(sentence.text)
    different = {folded[a:b] for a, b in criteria.summary.spans(folded)}
    names = len(facts.names & {"place", "sector", "level"})
    is_aside = criteria.headings["samenwerking"].hits(fold(" ".join(sentence.headings)))
    return (min(len(different), 4) + 1.5 * names) * (0.5 if is_aside else 1.0)


def leading(understanding: Understanding, facts: ProposalFacts) -> Understanding:
    """The understanding of the summing-up, with what the whole proposal says most often.

    What a proposal names in passing (an example elsewhere, the place of a partner) would else weigh as much
    as where it takes place.
    """
    places = _places(facts) or understanding.places
    return replace(
        understanding,
        intent="find_regional_hca",
        places=places,
        national=understanding.national and not places,
        sectors=_facets(facts, "sector", understanding.sectors),
        education_levels=_facets(facts, "education_level", understanding.education_levels),
        target_groups=_facets(facts, "target_group", understanding.target_groups),
        interventions=_facets(facts, "intervention", understanding.interventions),
        records=(),
        rejected_records=(),
        abstention=None,
        clarify=None,
    )


def _places(facts: ProposalFacts) -> tuple[Place, ...]:
    counts = facts.place_counts()
    if not counts:
        return ()
    by_name: dict[str, Place] = {}
    for found in facts.by_sentence:
        for place in found.places:
            by_name.setdefault(place.name, place)
    top = max(counts.values())
    order = list(by_name)
    names = sorted(
        (n for n in counts if counts[n] >= PLACE_SHARE * top), key=lambda n: (-counts[n], order.index(n))
    )
    places = [replace(by_name[name], alternatives=()) for name in names]
    inside = [
        n
        for n in order
        if n not in names and counts[n] >= NARROW_SHARE * top and by_name[n].kind not in WIDE_KINDS
    ]
    wide = [place for place in places if place.kind in WIDE_KINDS]
    narrow = [place for place in places if place.kind not in WIDE_KINDS]
    narrow += [
        replace(by_name[n], alternatives=()) for n in inside if any(_holds_any(w, [by_name[n]]) for w in wide)
    ]
    kept = [*narrow, *(place for place in wide if not _holds_any(place, narrow))]
    kept.sort(key=lambda place: (-counts[place.name], order.index(place.name)))
    return tuple(kept[:MAX_PLACES])


def _holds_any(wide: Place, narrow: Sequence[Place]) -> bool:
    return any(set(place.municipalities) & set(wide.municipalities) for place in narrow)


def _facets(facts: ProposalFacts, facet: str, otherwise: tuple[Facet, ...]) -> tuple[Facet, ...]:
    counts: Counter[str] = facts.counts(facet)
    if facet == "sector" and any(value not in GENERAL_SECTORS for value in counts):
        for value in GENERAL_SECTORS:
            counts.pop(value, None)
    if not counts:
        return otherwise
    top = max(counts.values())
    kept = sorted((v for v in counts if counts[v] >= FACET_SHARE * top), key=lambda v: (-counts[v], v))
    known = {item.value: item for item in otherwise}
    return tuple(known.get(v, Facet(v, v)) for v in kept[: MAX_FACETS[facet]])
