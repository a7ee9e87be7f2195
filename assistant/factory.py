"""Settings to objects: the only place that knows how the parts fit together."""

from __future__ import annotations

import contextlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from assistant.errors import AssistantError, ConfigurationError
from assistant.index.embedding import BUNDLED, load_embeddings
from assistant.ingest.ingest import IndexReport, catalogue_of, index_corpus
from assistant.ingest.ingest import open_index as open_checked_index
from assistant.settings import Settings

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

    from assistant.answering.compose import Composer
    from assistant.domain.catalogue import Record
    from assistant.grounding.checker import ClaimChecker
    from assistant.index.index import Index
    from assistant.llm import Phraser
    from assistant.matching.matcher import Matcher
    from assistant.pipeline import Pipeline
    from assistant.retrieval.hybrid import HybridRetriever
    from assistant.review.store import SqlReviewStore
    from assistant.understanding.geography import Geography
    from assistant.understanding.places import PlaceRecogniser

LANGUAGES = ("nl", "en")
REMEMBERED_VECTORS = 64
QUESTION_EXAMPLES_FILE = "question_examples.npz"
ABBREVIATIONS_FILE = "gazetteer/abbreviations.yaml"
ANSWER_SETTINGS = {
    "embedder", "reranker", "retrieve_depth", "max_question_chars", "language", "llm_model",
}  # fmt: skip
"""Settings that change what an answer says."""
STEP_NAMES = {"read": "read files", "embed": "embed passages", "write": "write the index"}


def main_corpus(settings: Settings) -> Path:
    """The corpus folder that holds records and gazetteer.

    Raises:
        ConfigurationError: none of the folders does.
    """
    for root in settings.corpus:
        if (root / "gazetteer").is_dir():
            return root
    raise ConfigurationError(
        f"None of the corpus folders {', '.join(map(str, settings.corpus))} holds a gazetteer/ folder. "
        "Put the product's own corpus first (setting corpus)."
    )


def build_index(
    settings: Settings,
    *,
    rebuild: bool = False,
    show_progress: bool = False,
    on_progress: Callable[[str, int, int], None] | None = None,
) -> IndexReport:
    """Bring the index in line with the corpus.

    Args:
        show_progress: draw a bar on the terminal.
        on_progress: called with step, done and total instead.
    """
    embedder = load_embeddings(settings.embedder)
    if on_progress is None and show_progress:
        on_progress = _TerminalProgress()
    report = index_corpus(
        settings.corpus, settings.index_dir, embedder, rebuild=rebuild, progress=on_progress
    )
    is_same = not (report.added or report.changed or report.removed)
    if not (is_same and (settings.index_dir / QUESTION_EXAMPLES_FILE).exists()):
        _embed_question_examples(settings)
    return report


def _embed_question_examples(settings: Settings) -> None:
    """Keep the vectors of the example questions beside the index, so that the first answer need not wait.

    A corpus of documents alone has no examples; a vocabulary that cannot be used is told when it is used.
    """
    if any((root / "gazetteer").is_dir() for root in settings.corpus):
        with contextlib.suppress(AssistantError):
            make_pipeline(settings)


class _TerminalProgress:
    """One tqdm bar per step."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._step = ""

    def __call__(self, step: str, done: int, total: int) -> None:
        from tqdm import tqdm

        if step != self._step:
            if self._bar is not None:
                self._bar.close()
            self._bar = tqdm(total=total, desc=STEP_NAMES.get(step, step), unit="", leave=False)
            self._step = step
        self._bar.update(done - self._bar.n)
        if done >= total:
            self._bar.close()


def open_index(settings: Settings, embedder: Embeddings | None = None) -> Index:
    """The index, checked against corpus, model and settings.

    Raises:
        IndexStateError: missing, stale or damaged.
    """
    return open_checked_index(
        settings.corpus,
        settings.index_dir,
        embedder or load_embeddings(settings.embedder),
        abbreviations=abbreviations_of(settings),
    )


def abbreviations_of(settings: Settings) -> Mapping[str, str]:
    """Short to full forms, from the gazetteer; empty for a corpus without one."""
    for root in settings.corpus:
        path = root / ABBREVIATIONS_FILE
        if path.is_file():
            data = yaml.safe_load(path.read_text("utf-8"))
            return {short: item["long"] for item in data["abbreviations"] for short in item["short"]}
    return {}


def make_retriever(settings: Settings, index: Index, embedder: Embeddings | None = None) -> HybridRetriever:
    """The hybrid retriever on an opened index."""
    from assistant.retrieval.hybrid import HybridRetriever
    from assistant.retrieval.reranker import CrossEncoderReranker

    embedder = embedder or load_embeddings(settings.embedder)
    rerank = CrossEncoderReranker(settings.reranker) if settings.reranker else None
    return HybridRetriever(index.passages, index.dense, index.lexical, embedder, rerank=rerank)


class RememberingEmbeddings:
    """Keeps the vectors of the last few questions, so that two steps do not embed the same text twice."""

    def __init__(self, embeddings: Embeddings) -> None:
        self._embeddings = embeddings
        self._known: OrderedDict[str, list[float]] = OrderedDict()
        self._lock = threading.Lock()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._embeddings, name)

    def embed_query(self, text: str) -> list[float]:
        """Vector of a question."""
        with self._lock:
            if text in self._known:
                self._known.move_to_end(text)
                return self._known[text]
        vector = self._embeddings.embed_query(text)
        with self._lock:
            self._known[text] = vector
            while len(self._known) > REMEMBERED_VECTORS:
                self._known.popitem(last=False)
        return vector

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Vectors of passages."""
        return self._embeddings.embed_documents(texts)


def make_checker(
    settings: Settings, *, records: Iterable[Record] = (), embeddings: Embeddings | None = None
) -> ClaimChecker:
    """The claim checker, with the names and abbreviations of the corpus.

    Args:
        records: their names and aliases stand for each other.
        embeddings: asked where words leave doubt; None keeps to words.
    """
    from assistant.grounding.checker import ClaimChecker
    from assistant.understanding.geography import load_geography

    try:
        places = tuple(load_geography(main_corpus(settings)).municipalities)
    except ConfigurationError:
        places = ()
    return ClaimChecker(
        embed=_query_vectors(embeddings) if embeddings is not None else None,
        places=places,
        aliases=[(record.name, *record.aliases) for record in records],
        abbreviations=abbreviations_of(settings),
    )


def _query_vectors(embeddings: Embeddings) -> Callable[[Sequence[str]], Any]:
    def vectors(texts: Sequence[str]) -> Any:
        import numpy as np

        together = getattr(embeddings, "vectors", None)  # the bundled model spreads a batch over the cores
        if together is not None:
            return together(texts, is_query=True)
        return np.asarray([embeddings.embed_query(text) for text in texts], dtype=np.float32)

    return vectors


def make_phraser(settings: Settings, checker: ClaimChecker) -> Phraser | None:
    """The language model that may reword answers; None when no model is set."""
    if not settings.llm_model:
        return None
    from assistant.guards import find_injection
    from assistant.llm import ChatOptions
    from assistant.llm import make_phraser as open_phraser
    from assistant.understanding.language import detect_language
    from assistant.understanding.text import tokens

    options = ChatOptions(
        settings.llm_model,
        settings.llm_base_url,
        settings.llm_api_key,
        settings.llm_timeout_seconds,
        settings.llm_max_tokens,
        settings.llm_retries,
    )
    return open_phraser(
        options,
        settings.prompts_dir,
        checker,
        language_of=lambda text, fallback: detect_language(tokens(text), fallback=fallback),
        is_suspect=lambda text: find_injection(text) is not None,
    )


def make_pipeline(settings: Settings) -> Pipeline:
    """Everything an answer needs.

    Raises:
        IndexStateError: the index is missing or stale.
        ConfigurationError: a text, vocabulary or setting cannot be used.
    """
    from assistant.guards import load_guard_texts, order_recogniser
    from assistant.matching.areas import areas_of_all
    from assistant.matching.matcher import Matcher
    from assistant.matching.weights import default_weights
    from assistant.pipeline import Pipeline
    from assistant.understanding.build import build_understander
    from assistant.understanding.geography import load_geography
    from assistant.understanding.places import PlaceRecogniser

    root = main_corpus(settings)
    embedder: Any = RememberingEmbeddings(load_embeddings(settings.embedder))
    index = open_index(settings, embedder)
    geography = load_geography(root)
    places = PlaceRecogniser.load(root)
    catalogue = catalogue_of(index)
    understander = build_understander(
        root, catalogue, places, embedder.embed_query, embedder=index.stamp.embedder,
        cache=settings.index_dir / QUESTION_EXAMPLES_FILE, max_chars=settings.max_question_chars,
    )  # fmt: skip
    matcher = Matcher.of(
        records=index.records,
        areas=areas_of_all(index.records, index.coverage, geography, _resolver(places)),
        geography=geography,
        weights=default_weights() if settings.embedder == BUNDLED else default_weights().without_similarity(),
        canonical_target_groups=understander.facets.canonical_target_groups,
    )
    checker = make_checker(settings)
    composers = _composers(settings, index, matcher, geography, checker)
    retriever = make_retriever(settings, index, embedder)
    return Pipeline(
        understander=understander,
        retriever=retriever,
        matcher=matcher,
        composers=composers,
        checker=checker,
        library=index,
        guard_texts=load_guard_texts(settings.prompts_dir),
        depth=settings.retrieve_depth,
        max_chars=settings.max_question_chars,
        phraser=make_phraser(settings, checker),
        is_order=order_recogniser(embedder.embed_query, embedder=index.stamp.embedder),
    )


def _resolver(places: PlaceRecogniser) -> Callable[[str], frozenset[str]]:
    """Region names as records write them, to municipalities."""

    def resolve(region: str) -> frozenset[str]:
        found = places.find(f"regio {region}").places or places.find(region).places
        return frozenset(name for place in found if place.kind != "country" for name in place.municipalities)

    return resolve


def _composers(
    settings: Settings, index: Index, matcher: Matcher, geography: Geography, checker: ClaimChecker
) -> Mapping[str, Composer]:
    from assistant.answering.advice import AdviceComposer
    from assistant.answering.claims import ClaimComposer
    from assistant.answering.compose import Composer
    from assistant.answering.documents import DocumentComposer, TermWeights
    from assistant.answering.records import RecordComposer
    from assistant.answering.standing import find_standing
    from assistant.answering.texts import load_standing, load_texts

    standing = find_standing(load_standing(settings.prompts_dir), index.passages.values())
    analyze: Callable[[str], Sequence[str]] = index.lexical.analyzer.terms
    terms = TermWeights.of(index.passages.values(), analyze)
    composers: dict[str, Composer] = {}
    for language in LANGUAGES:
        texts = load_texts(settings.prompts_dir, language)
        documents = DocumentComposer(texts, terms)
        composers[language] = Composer(
            texts=texts,
            records=matcher.records,
            advice=AdviceComposer(texts, geography, standing),
            documents=documents,
            by_name=RecordComposer(texts, matcher.records, terms),
            claims=ClaimComposer(texts, documents, checker),
        )
    return composers


def make_review_store(settings: Settings, *, index: Index | None = None) -> SqlReviewStore:
    """The store of answers and reviews; one serves all threads of a process.

    Args:
        index: the opened index that answers come from, so that they carry its stamp even when a newer one is
            written meanwhile; without it the stamp is read from disk at the first answer.

    Raises:
        StoreError: it cannot be reached.
        ConfigurationError: the setting log_url cannot be used.
    """
    from assistant.review.database import Database
    from assistant.review.store import SqlReviewStore

    return SqlReviewStore(
        Database(settings.log_url.get_secret_value()),
        is_logging=settings.log_answers,
        retention_days=settings.retention_days,
        stamps=lambda: review_stamps(settings, index=index),
    )


def review_stamps(settings: Settings, *, index: Index | None = None) -> dict[str, Any]:
    """What answers are made with now: version, code, index, and the settings that change them."""
    from assistant.index.stamp import read_stamp
    from assistant.review.stamps import stamps_of

    stamp = index.stamp if index is not None else read_stamp(settings.index_dir)
    return stamps_of(stamp, settings.model_dump(mode="json", include=ANSWER_SETTINGS), settings.prompts_dir)
