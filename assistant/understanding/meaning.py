"""The models that compare the meaning of a question with example sentences."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.understanding.facets import FacetFinder
from assistant.understanding.intents import SOCIAL
from assistant.understanding.prototypes import LinearModel, PrototypeVectors
from assistant.understanding.vocabulary import Intents, Subject


@dataclass(frozen=True, slots=True)
class MeaningModels:
    """What the vector of a question is compared with."""

    subject: LinearModel
    no_source: LinearModel
    intent: LinearModel
    sector: LinearModel


def meaning_models(
    intents: Intents, subject: Subject, facets: FacetFinder, vectors: PrototypeVectors
) -> MeaningModels:
    """Fit the three models on the example sentences of the vocabularies."""
    by_intent: dict[str, list[str]] = {
        cues.intent: list(cues.examples) for cues in intents.intents if cues.examples
    }
    by_sector = {e.id: list(e.examples) for e in facets.vocabularies["sector"].entries if e.examples}
    other = [
        s for key, v in facets.vocabularies.items() if key != "sector" for e in v.entries for s in e.examples
    ]
    inside = [*subject.inside_examples, *(s for found in by_sector.values() for s in found), *other]
    inside += [s for intent, found in by_intent.items() if intent not in SOCIAL for s in found]
    return MeaningModels(
        subject=LinearModel({"inside": inside, "outside": list(subject.outside_examples)}, vectors),
        no_source=LinearModel({"inside": inside, "no_source": list(subject.no_source_examples)}, vectors),
        intent=LinearModel(by_intent, vectors),
        sector=LinearModel(by_sector, vectors),
    )
