"""A draft cut where a model may not mix: at frames, at blocks, and at sentences that stay as they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from assistant.domain.answer import Sentence
from assistant.domain.text import single_spaced

KEPT_BLOCKS = frozenset({"status", "notice", "write", "clarify", "abstain", "more", "considered"})
"""Warnings and text to copy: these are shown word for word."""


@dataclass(slots=True)
class Segment:
    """Claims that stand together, and what a model made of them.

    Attributes:
        place: order among the segments of a draft.
        is_open: True when a model may phrase these sentences.
        accepted: sentences of the model, and draft sentences put back between them, in order.
    """

    place: int
    sentences: tuple[Sentence, ...]
    is_open: bool
    accepted: list[Sentence] = field(default_factory=list)
    _was_mended: bool = False
    _waiting: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)

    @property
    def numbers(self) -> frozenset[int]:
        """All markers of its sentences."""
        return frozenset(n for sentence in self.sentences for n in sentence.citations)

    def literally(self, text: str, citations: Sequence[int]) -> Sentence | None:
        """The draft's sentence with these words and markers, if there is one."""
        same = (s for s in self.sentences if single_spaced(s.text) == single_spaced(text))
        return next((s for s in same if set(citations) <= set(s.citations)), None)

    def accept(self, text: str, citations: tuple[int, ...]) -> None:
        """Add a sentence of the model that passed the check; a sentence of the draft stays what it was."""
        own = self.literally(text, citations)
        if own is not None:
            self.accepted.append(own.model_copy(update={"opens_paragraph": False}))
            return
        self.accepted.append(self.sentences[0].model_copy(
            update={"text": text, "citations": citations, "verdict": "supported", "opens_paragraph": False}
        ))  # fmt: skip

    def put_back(self, citations: Sequence[int]) -> None:
        """Remember that the draft's own sentences with these markers belong here."""
        self._was_mended = True
        self._waiting.append((len(self.accepted), tuple(citations)))

    def finished(self, names_of: Callable[[str], frozenset[str]]) -> tuple[tuple[Sentence, ...], bool]:
        """The sentences to show, and whether draft sentences had to stand in for the model's.

        Args:
            names_of: names in a sentence that have to be named in the result as well.
        """
        if not self.is_open:
            return self.sentences, False
        if not self.accepted:
            return self.sentences, True
        covered = {n for sentence in self.accepted for n in sentence.citations}
        shown: list[Sentence] = []
        for position in range(len(self.accepted) + 1):
            for place, citations in self._waiting:
                if place == position:
                    shown += self._missing(set(citations), covered, shown)
            shown += self.accepted[position : position + 1]
        text = " ".join(sentence.text for sentence in shown)
        lost = [
            s for s in self.sentences if any(name not in text for name in names_of(s.text)) and s not in shown
        ]
        shown = [*lost, *shown]
        first = shown[0].model_copy(update={"opens_paragraph": self.sentences[0].opens_paragraph})
        return (first, *shown[1:]), self._was_mended or bool(lost)

    def _missing(self, wanted: set[int], covered: set[int], shown: Sequence[Sentence]) -> list[Sentence]:
        return [
            s
            for s in self.sentences
            if wanted & set(s.citations) and not set(s.citations) <= covered and s not in shown
        ]


def segments_of(sentences: Sequence[Sentence], *, is_kept: Callable[[Sentence], bool]) -> list[Segment]:
    """Cut a draft in segments, in reading order.

    Args:
        is_kept: whether a claim has to stay word for word.
    """
    segments: list[Segment] = []
    for sentence in sentences:
        is_open = sentence.kind == "claim" and sentence.block not in KEPT_BLOCKS and not is_kept(sentence)
        last = segments[-1] if segments else None
        if last is not None and is_open and last.is_open and last.sentences[0].block == sentence.block:
            last.sentences = (*last.sentences, sentence)
        else:
            segments.append(Segment(len(segments), (sentence,), is_open))
    return segments
