"""The opened index: passages, page texts, documents, records, and the two search arms."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from langchain_core.embeddings import Embeddings

from assistant.domain.catalogue import Coverage, Record
from assistant.domain.documents import Passage, SourceDocument
from assistant.errors import IndexStateError
from assistant.index.dense import DenseIndex, open_dense_index
from assistant.index.dutch import AnalyzerSettings, DutchAnalyzer
from assistant.index.embedding import identity_of
from assistant.index.grams import GramSettings
from assistant.index.lexical import LexicalIndex, LexicalSettings, open_lexical_index
from assistant.index.stamp import MEND, IndexStamp, read_stamp
from assistant.index.store import Content, load_content


def analyzer_identity(analyzer: AnalyzerSettings, lexical: LexicalSettings) -> str:
    """What the lexical arm is made with, for the stamp."""
    grams = GramSettings()
    return f"{_words_identity(analyzer, lexical)}:n={grams.n},k1={grams.k1:g},b={grams.b:g}"


def _words_identity(analyzer: AnalyzerSettings, lexical: LexicalSettings) -> str:
    """The same without the runs of letters, which an index can be opened without."""
    return f"{DutchAnalyzer(analyzer).identity}:k1={lexical.k1:g},b={lexical.b:g},h={lexical.heading_weight}"


class Index:
    """A finished index, read only. Use `Index.open`.

    Attributes:
        stamp: what it was made with.
        passages: passage id to passage, in corpus order.
        documents: document id to document; a record is a document too, with its id.
        records: record id to record.
        coverage: record id to the area it covers.
        record_files: record id to path under the corpus root.
    """

    def __init__(
        self,
        folder: Path,
        stamp: IndexStamp,
        content: Content,
        embeddings: Embeddings | None,
        abbreviations: Mapping[str, str] | None,
    ) -> None:
        self.stamp = stamp
        self.content = content
        self.passages: Mapping[str, Passage] = {passage.passage_id: passage for passage in content.passages}
        self.documents: Mapping[str, SourceDocument] = content.documents
        self.records: Mapping[str, Record] = content.records
        self.coverage: Mapping[str, Coverage] = content.coverage
        self.record_files: Mapping[str, str] = content.record_files
        self._folder = folder
        self._embeddings = embeddings
        self._abbreviations = abbreviations

    @classmethod
    def open(
        cls,
        index_dir: Path,
        *,
        embeddings: Embeddings | None = None,
        corpus_hash: Callable[[], str] | None = None,
        passages_identity: str | None = None,
        analyzer: AnalyzerSettings = AnalyzerSettings(),  # noqa: B008
        lexical: LexicalSettings = LexicalSettings(),  # noqa: B008
        abbreviations: Mapping[str, str] | None = None,
    ) -> Index:
        """Open an index and check that it fits.

        Args:
            embeddings: model for queries; None leaves the model unchecked.
            corpus_hash: gives the hash of the corpus as it is now; None leaves it unchecked.
            passages_identity: identity of the way of cutting now in use; None leaves it unchecked.
            abbreviations: short to full forms, used both ways on queries.

        Raises:
            IndexStateError: missing, stale or damaged; the message names the command that mends it.
        """
        stamp = read_stamp(index_dir)
        if embeddings is not None and stamp.embedder != identity_of(embeddings):
            raise IndexStateError(
                f"The index in {index_dir} was made with embedding model {stamp.embedder!r}, "
                f"not with {identity_of(embeddings)!r}. {MEND}"
            )
        # An index without runs of letters, or with others, is renewed by `assistant index`; until then they
        # are made in memory.
        words = _words_identity(analyzer, lexical)
        if stamp.analyzer != words and not stamp.analyzer.startswith(f"{words}:n="):
            raise IndexStateError(f"The index in {index_dir} was made with other analyzer settings. {MEND}")
        if passages_identity is not None and stamp.passages != passages_identity:
            raise IndexStateError(f"The index in {index_dir} was made with other passage settings. {MEND}")
        if corpus_hash is not None and stamp.corpus != corpus_hash():
            raise IndexStateError(f"The corpus changed since the index in {index_dir} was made. {MEND}")
        folder = index_dir / stamp.generation
        content = load_content(folder)
        if len(content.passages) != stamp.n_passages:
            raise IndexStateError(f"The index in {index_dir} does not hold the passages it should. {MEND}")
        return cls(folder, stamp, content, embeddings, abbreviations)

    @cached_property
    def dense(self) -> DenseIndex:
        """The embedding arm; opened on first use."""
        return open_dense_index(self._folder / "chroma", tuple(self.passages), self._embeddings)

    @cached_property
    def lexical(self) -> LexicalIndex:
        """The BM25 arm; opened on first use."""
        return open_lexical_index(
            self._folder / "lexical", self.content.passages, abbreviations=self._abbreviations
        )

    def passage(self, passage_id: str) -> Passage:
        """A passage by id; KeyError when there is none."""
        return self.passages[passage_id]

    def document(self, document_id: str) -> SourceDocument:
        """A document or record by id, as it is cited; KeyError when there is none."""
        return self.documents[document_id]

    def page_text(self, document_id: str, page: int | None) -> str:
        """Text of a page, whitespace runs as one space; `page` is None for formats without pages.

        Raises:
            KeyError: there is no such page.
        """
        return self.content.page_texts[(document_id, page)]

    def quotable_text(self, passage: Passage) -> str:
        """Text in which quotes from a passage must stand literally: its page, or its field for a record.

        For a passage that runs over a page end it is the passage's own text.
        """
        if passage.record_id is not None or passage.page != passage.end_page:
            return passage.text
        return self.page_text(passage.document_id, passage.page)

    def passages_of(self, document_id: str) -> Sequence[Passage]:
        """Passages of one document or record, in reading order."""
        return [passage for passage in self.content.passages if passage.document_id == document_id]
