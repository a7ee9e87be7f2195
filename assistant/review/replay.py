"""A logged answer given again: the same on the same index, a readable difference on another one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from assistant.domain.answer import Answer
from assistant.domain.question import Conversation
from assistant.domain.review import LoggedAnswer
from assistant.errors import StoreError
from assistant.guards import GuardedQuestion
from assistant.pipeline import Pipeline, Trace
from assistant.review.masking import masked_answer
from assistant.review.seams import ReviewStore
from assistant.tracing import trace_as_dict
from assistant.understanding.adjusting import adjusted


@dataclass(frozen=True, slots=True)
class Difference:
    """What became different; every part is empty when the answers are the same.

    Attributes:
        status: before and after, or None when it stayed.
        moved: record id, place before and place after, counted from 1.
        fields: other parts of the answer object that differ.
    """

    status: tuple[str, str] | None
    added: tuple[str, ...]
    removed: tuple[str, ...]
    moved: tuple[tuple[str, int, int], ...]
    sentences_added: tuple[str, ...]
    sentences_removed: tuple[str, ...]
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Replay:
    """An answer as it was logged, and as it is now."""

    before: Answer
    after: Answer

    @property
    def is_same(self) -> bool:
        """Whether both are the same, byte for byte, but for the time they took."""
        return answer_json(self.before) == answer_json(self.after)

    @property
    def difference(self) -> Difference:
        """What became different."""
        return difference_between(self.before, self.after)


def answer_json(answer: Answer) -> str:
    """An answer without the time it took."""
    return answer.model_dump_json(exclude={"timing_ms"})


def turns_up_to(store: ReviewStore, logged: LoggedAnswer) -> tuple[LoggedAnswer, ...]:
    """The answers that this one follows on, oldest first, and itself.

    A question that was asked again, read in another way, counts as it was last asked before.

    Raises:
        StoreError: an earlier turn is no longer in the log.
    """
    before: dict[int, LoggedAnswer] = {}
    for other in store.conversation(logged.conversation_id):
        if other.answer_id == logged.answer_id:
            break
        before[other.turn] = other
    missing = [turn for turn in range(logged.turn) if turn not in before]
    if missing:
        raise StoreError(
            f"Question {missing[0] + 1} of this conversation is no longer in the log, so answer "
            f"{logged.answer_id} cannot be given again. Choose an answer of a complete conversation."
        )
    return (*(before[turn] for turn in range(logged.turn)), logged)


def replay(pipeline: Pipeline, turns: Sequence[LoggedAnswer]) -> Replay:
    """Ask the questions of a conversation again, with the facets set by hand then.

    Args:
        turns: from `turns_up_to`; the last one is compared.
    """
    conversation = Conversation()
    for turn in turns[:-1]:
        conversation = conversation.then(_again(pipeline, turn, conversation).turn)
    trace = _again(pipeline, turns[-1], conversation)
    after, _ = masked_answer(trace.answer, trace_as_dict(trace))
    return Replay(turns[-1].answer, after)


def _again(pipeline: Pipeline, logged: LoggedAnswer, conversation: Conversation) -> Trace:
    change = logged.adjustment
    return pipeline.run(
        logged.answer.question,
        conversation,
        language=logged.answer.language,
        override=partial(adjusted, pipeline.understander, change=change) if change else None,
        guarded=_guarded(logged),
    )


def _guarded(logged: LoggedAnswer) -> GuardedQuestion | None:
    """What the guard changed then: it would not see it again in a question that is masked already."""
    guard: Mapping[str, Any] | None = logged.trace.get("guard")
    if guard is None:
        return None
    return GuardedQuestion(logged.answer.question, tuple(guard["notices"]), guard["refusal"])


def difference_between(before: Answer, after: Answer) -> Difference:
    """What became different between two answers to one question."""
    old, new = [r.id for r in before.recommendations], [r.id for r in after.recommendations]
    said, says = [s.text for s in before.sentences], [s.text for s in after.sentences]
    old_data, new_data = before.model_dump(mode="json"), after.model_dump(mode="json")
    told = {"status", "answer", "sentences", "recommendations", "timing_ms"}
    fields = [name for name in old_data if name not in told and old_data[name] != new_data[name]]
    if old == new and old_data["recommendations"] != new_data["recommendations"]:
        fields.append("recommendations")
    if said == says and old_data["sentences"] != new_data["sentences"]:
        fields.append("sentences")
    return Difference(
        status=(before.status, after.status) if before.status != after.status else None,
        added=tuple(i for i in new if i not in old),
        removed=tuple(i for i in old if i not in new),
        moved=tuple(
            (i, old.index(i) + 1, new.index(i) + 1) for i in new if i in old and old.index(i) != new.index(i)
        ),
        sentences_added=tuple(text for text in says if text not in said),
        sentences_removed=tuple(text for text in said if text not in says),
        fields=tuple(fields),
    )
