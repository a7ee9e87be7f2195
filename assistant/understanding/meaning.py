"""The models that compare the meaning of a question with example sentences."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.understanding.evidence import KINDS
from assistant.understanding.facets import FacetFinder
from assistant.understanding.intents import SOCIAL
from assistant.understanding.prototypes import KernelModel, LinearModel, PrototypeVectors
from assistant.understanding.vocabulary import Intents, QuestionKinds


@dataclass(frozen=True, slots=True)
class MeaningModels:
    """What the vector of a question is compared with."""

    kind: KernelModel
    intent: LinearModel
    sector: LinearModel


def kind_examples(intents: Intents, kinds: QuestionKinds, facets: FacetFinder) -> dict[str, list[str]]:
    """Example sentences per kind of question, without repeats."""
    found: dict[str, list[str]] = {kind: list(getattr(kinds, kind)) for kind in KINDS}
    found["inside"] += [s for v in facets.vocabularies.values() for e in v.entries for s in e.examples]
    found["inside"] += [s for cues in intents.intents if cues.intent not in SOCIAL for s in cues.examples]
    return {kind: list(dict.fromkeys(sentences)) for kind, sentences in found.items()}


def meaning_models(
    intents: Intents, kinds: QuestionKinds, facets: FacetFinder, vectors: PrototypeVectors
) -> MeaningModels:
    """Fit the three models on the example sentences of the vocabularies."""
    by_intent: dict[str, list[str]] = {
        cues.intent: list(cues.examples) for cues in intents.intents if cues.examples
    }
    by_sector = {e.id: list(e.examples) for e in facets.vocabularies["sector"].entries if e.examples}
    return MeaningModels(
        kind=KernelModel(kind_examples(intents, kinds, facets), vectors),
        intent=LinearModel(by_intent, vectors),
        sector=LinearModel(by_sector, vectors),
    )
