"""Puts golden items to the assistant, one after the other, and times a plain vector search beside each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter

from assistant import Assistant
from assistant.domain.question import Conversation
from assistant.pipeline import Trace
from eval.golden_set import GoldenItem
from eval.outcome import Outcome, failed_outcome, outcome_from_trace

REFERENCE_K = 10
"""Passages the plain vector search asks for."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds spent on one item.

    Attributes:
        steps: step of the pipeline to milliseconds, `total` among them; of the last turn.
        reference: milliseconds to embed the question and query the vector store once, measured right after.
    """

    id: str
    steps: Mapping[str, float]
    reference: float


def trace_of(assistant: Assistant, item: GoldenItem) -> Trace:
    """The trace of the question, or of the last turn of a conversation."""
    conversation = Conversation()
    for question in item.turns[:-1]:
        conversation = conversation.then(assistant.trace(question, conversation).turn)
    return assistant.trace(item.last_question, conversation)


def reference_milliseconds(assistant: Assistant, question: str) -> float:
    """Time to embed the question afresh and ask the vector store for its nearest passages."""
    retriever = assistant.pipeline.retriever
    begin = perf_counter()
    # Embedded as a passage, which costs the same: the pipeline remembers vectors of questions.
    vector = retriever.embeddings.embed_documents([question])[0]
    retriever.dense.nearest(vector, REFERENCE_K)
    return round(1000 * (perf_counter() - begin), 2)


def run_items(
    assistant: Assistant, items: Sequence[GoldenItem], *, advance: Callable[[int], None] = lambda _: None
) -> tuple[list[Outcome], list[Timing]]:
    """Answer every item, in order.

    Args:
        advance: called with 1 after each item.
    """
    outcomes: list[Outcome] = []
    timings: list[Timing] = []
    for number, item in enumerate(items):
        if number == 0:
            trace_of(assistant, item)  # what loads on first use is not part of an answer's time
        try:
            trace = trace_of(assistant, item)
        except Exception as error:
            outcomes.append(failed_outcome(item.id, item.last_question, error))
        else:
            outcomes.append(outcome_from_trace(item.id, trace))
            reference = reference_milliseconds(assistant, item.last_question)
            timings.append(Timing(item.id, trace.answer.timing_ms.model_dump(), reference))
        advance(1)
    return outcomes, timings
