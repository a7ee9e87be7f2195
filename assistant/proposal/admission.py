"""Tells a proposal from another document: it speaks of a plan of its own, in the words of a plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.proposal.criteria import Gate
from assistant.proposal.cues import Cues
from assistant.proposal.reading import ProposalSentence
from assistant.understanding.text import fold

MIN_SCORE = 3.0
"""Points from which a document counts as a proposal; see `score_of`."""
MIN_SCORE_SHORT = 2.0
SHORT_SENTENCES = 3
"""A text of this few sentences has no room for more points."""
MIN_OWN_SHARE = 0.01
"""A document that speaks of a plan of its own in fewer of its sentences speaks of the plans of others."""
OTHER_SHARE = 0.08
"""Words of other documents count against only when more than this share of the sentences has one."""


@dataclass(frozen=True, slots=True)
class GateScore:
    """Points for and against; `is_proposal` is the outcome.

    Attributes:
        own: sentences that speak of a plan of one's own.
        form, talent, innovation: numbers of different words of that sort.
        other: different words of other kinds of documents, 0 when they are rare.
        sentences: number of sentences.
    """

    own: int
    form: int
    talent: int
    innovation: int
    other: int
    sentences: int

    @property
    def points(self) -> float:
        return (
            1.0 * min(self.own, 3)
            + 0.5 * min(self.form, 4)
            + 0.5 * min(self.talent, 4)
            + 0.5 * min(self.innovation, 3)
            - 1.0 * self.other
        )

    @property
    def is_proposal(self) -> bool:
        least = MIN_SCORE_SHORT if self.sentences <= SHORT_SENTENCES else MIN_SCORE
        has_own_plan = self.own >= max(1.0, MIN_OWN_SHARE * self.sentences)
        return has_own_plan and self.form + self.talent + self.innovation >= 2 and self.points >= least


def score_of(sentences: Sequence[ProposalSentence], headings: Sequence[str], gate: Gate) -> GateScore:
    """Weigh a document."""
    lines = [fold(sentence.text) for sentence in sentences]
    everything = [*lines, *(fold(heading) for heading in headings)]
    with_other = sum(gate.other.hits(line) for line in lines)
    is_other = bool(lines) and with_other / len(lines) > OTHER_SHARE
    return GateScore(
        own=sum(gate.own_plan.hits(line) for line in everything),
        form=_different(everything, gate.form),
        talent=_different(everything, gate.talent),
        innovation=_different(everything, gate.innovation),
        other=_different(everything, gate.other) if is_other else 0,
        sentences=len(lines),
    )


def _different(lines: Sequence[str], cues: Cues) -> int:
    return len({line[start:end] for line in lines for start, end in cues.spans(line)})
