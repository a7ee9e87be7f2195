"""What was understood of a question, and the conversation it stands in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Language = Literal["nl", "en"]
PlaceKind = Literal["municipality", "settlement", "province", "labour_market_region", "area", "country"]
Intent = Literal[
    "find_regional_hca", "find_sectoral_hca", "find_initiative", "explain", "figure", "role", "condition",
    "financing", "definition", "compare", "why_not", "check_claim", "about_record", "greeting", "thanks",
    "about_assistant", "outside",
]  # fmt: skip
Abstention = Literal[
    "outside_subject", "outside_netherlands", "no_source_says", "false_premise", "too_vague", "nonsense",
    "injection", "too_long",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A place recognised in a question.

    Attributes:
        name: official name ("Lelystad", "Noord-Brabant", "Achterhoek").
        kind: what sort of place it is; `country` only for the Netherlands as a whole.
        municipalities: names of the municipalities it lies in or consists of (all of them for an area).
        provinces: provinces it lies in or consists of, largest share first ("Friesland", not "Fryslân").
        labour_market_regions: names of labour market regions it lies in or touches.
        surface: text as typed; `start`/`end` are its offsets in the question.
        is_corrected: True when the spelling was mended.
        alternatives: other readings of the same surface when it is ambiguous.
    """

    name: str
    kind: PlaceKind
    municipalities: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    labour_market_regions: tuple[str, ...] = ()
    surface: str = ""
    start: int = 0
    end: int = 0
    is_corrected: bool = False
    alternatives: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Facet:
    """A value understood for one facet.

    Attributes:
        value: id in the vocabulary ("energie", "mbo", "zij-instromers").
        surface: the words of the question that gave it.
        weight: 1.0 said literally, lower when inferred.
    """

    value: str
    surface: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Understanding:
    """Everything a later stage may know about the question.

    Attributes:
        question: as typed, bounded and cleaned.
        query: text to retrieve with: the question, with what carried over and abbreviations expanded.
        places: places asked for, in reading order; empty when none.
        foreign_places: names outside the Netherlands that were recognised.
        national: True when the applicant wants something for the whole country.
        records: ids of records named in the question, in reading order.
        rejected_records: ids the applicant does not want ("niet bij X").
        carried_over: facets ("place", "sector", "education_level", "target_group", "intent", "record") taken
            from earlier turns.
        abstention: a reason to abstain seen in the question itself, or None.
        clarify: the facet to ask for ("place", "need", "which_place"), or None.
    """

    question: str
    query: str
    language: Language
    intent: Intent
    places: tuple[Place, ...] = ()
    foreign_places: tuple[str, ...] = ()
    national: bool = False
    sectors: tuple[Facet, ...] = ()
    education_levels: tuple[Facet, ...] = ()
    target_groups: tuple[Facet, ...] = ()
    interventions: tuple[Facet, ...] = ()
    records: tuple[str, ...] = ()
    rejected_records: tuple[str, ...] = ()
    carried_over: tuple[str, ...] = ()
    abstention: Abstention | None = None
    clarify: Literal["place", "need", "which_place"] | None = None

    @property
    def sector_ids(self) -> tuple[str, ...]:
        return tuple(f.value for f in self.sectors)


@dataclass(frozen=True, slots=True)
class Turn:
    """One finished turn: what was understood, and the record ids recommended, best first."""

    understanding: Understanding
    recommended: tuple[str, ...] = ()
    asked_back: str | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """Earlier turns, oldest first; held by the caller, never by the Assistant."""

    turns: tuple[Turn, ...] = field(default=())

    def then(self, turn: Turn) -> Conversation:
        """The conversation with one more turn."""
        return Conversation((*self.turns, turn))
