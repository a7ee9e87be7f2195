"""From vocabularies and catalogue to an understander."""

from __future__ import annotations

from pathlib import Path

from assistant.ingest.catalogue import Catalogue
from assistant.understanding.abbreviations import Expander
from assistant.understanding.abroad import ForeignNames
from assistant.understanding.conversation import Follower
from assistant.understanding.evidence import EvidenceFinder
from assistant.understanding.facets import FacetFinder
from assistant.understanding.intents import IntentFinder
from assistant.understanding.meaning import meaning_models
from assistant.understanding.prototypes import EmbedDocuments, EmbedQuery, PrototypeVectors
from assistant.understanding.reading import PlaceFinder, Reader
from assistant.understanding.record_names import RecordNames
from assistant.understanding.subject import SubjectJudge
from assistant.understanding.understand import DEFAULT_MAX_CHARS, Understander
from assistant.understanding.vocabulary import (
    Abbreviations,
    Intents,
    QuestionKinds,
    Subject,
    Thresholds,
    read_yaml,
)

VOCABULARIES = "gazetteer"
DEFAULT_EMBEDDER = "multilingual-e5-small"


def build_understander(
    corpus_root: Path,
    catalogue: Catalogue,
    place_recogniser: PlaceFinder,
    embed_query: EmbedQuery,
    embed_documents: EmbedDocuments | None = None,
    *,
    embedder: str = DEFAULT_EMBEDDER,
    cache: Path | None = None,
    max_chars: int = DEFAULT_MAX_CHARS,
) -> Understander:
    """Read the vocabularies and make an understander.

    Args:
        corpus_root: folder that holds `gazetteer/`.
        catalogue: all records.
        place_recogniser: finds places.
        embed_query: vector of one question.
        embed_documents: not needed now; example sentences are embedded as questions.
        embedder: name of the embedding model; part of the key of stored example vectors.
        cache: file to keep the vectors of the example sentences in, or None.
        max_chars: upper bound of a question.

    Raises:
        ConfigurationError: a vocabulary is missing or invalid.
    """
    folder = corpus_root / VOCABULARIES
    intents = read_yaml(folder / "intents.yaml", Intents)
    subject = read_yaml(folder / "subject.yaml", Subject)
    kinds = read_yaml(folder / "question_kinds.yaml", QuestionKinds)
    thresholds = read_yaml(folder / "subject_thresholds.yaml", Thresholds)
    abbreviations = read_yaml(folder / "abbreviations.yaml", Abbreviations)
    facets = FacetFinder.load(folder)
    names = RecordNames(catalogue, generic_names=subject.generic_names, hollow_words=subject.hollow_words)
    intent_finder = IntentFinder(intents)
    vectors = PrototypeVectors(embed_query, embedder=embedder, cache=cache)
    models = meaning_models(intents, kinds, facets, vectors)
    vectors.save()
    return Understander(
        reader=Reader(
            facets=facets,
            records=names,
            places=place_recogniser,
            intents=intent_finder,
            cues=intents,
            abroad=ForeignNames.load(folder / "foreign_names.txt"),
        ),
        follower=Follower(intents.follow_up, facets),
        expander=Expander(abbreviations.abbreviations),
        intents=intent_finder,
        judge=SubjectJudge(EvidenceFinder(subject, catalogue.records), thresholds),
        models=models,
        thresholds=thresholds,
        facets=facets,
        embed_query=embed_query,
        records=catalogue.records,
        max_chars=max_chars,
    )
