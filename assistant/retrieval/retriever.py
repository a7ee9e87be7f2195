"""The hybrid retriever as a LangChain `BaseRetriever`."""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field

from assistant.domain.ranking import ScoredPassage
from assistant.retrieval.hybrid import HybridRetriever


class PassageRetriever(BaseRetriever):
    """Best passages first, as LangChain documents whose metadata say where they stand and how they scored."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    hybrid: HybridRetriever
    k: int = Field(default=10, ge=1)

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, k: int | None = None, **kwargs: Any
    ) -> list[Document]:
        wanted = self.k if k is None else k
        return [as_document(line) for line in self.hybrid.rank(query, k=wanted).fused]


def as_document(line: ScoredPassage) -> Document:
    """A line of a ranking as a LangChain document; its id is the passage id."""
    passage = line.passage
    return Document(
        id=passage.passage_id,
        page_content=passage.text,
        metadata={
            "passage_id": passage.passage_id,
            "document_id": passage.document_id,
            "page": passage.page,
            "end_page": passage.end_page,
            "start": passage.start,
            "end": passage.end,
            "heading_path": list(passage.heading_path),
            "record_id": passage.record_id,
            "field": passage.field,
            "score": line.score,
        },
    )
