"""What one golden item came to: the answer and the steps before it, as stored in a run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from assistant.domain.answer import Answer, UnderstandingView
from assistant.domain.match import Match
from assistant.domain.ranking import Ranking
from assistant.pipeline import Trace

DEPTH = 20
"""Passages kept of each ranking; no measure looks further than 10, the rest is for reading."""
RECORDS = 10
"""Initiatives kept of each ranking, in the order of their best passages."""
MATCHES = 25
"""Weighed records kept, best first."""

Line = tuple[str, float]
"""Passage id and score."""


@dataclass(frozen=True, slots=True)
class MatchLine:
    """One weighed record."""

    id: str
    kind: str
    score: float
    text_score: float
    is_eligible: bool
    obstacle: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the assistant made of one item; holds no times, so that two equal runs are equal byte for byte.

    Attributes:
        clarify: the facet asked back ("place", "need", "which_place"), or None.
        rankings: "dense", "bm25" and "hybrid" to passage ids with scores, best first.
        found_initiatives: the same arms to ids of initiatives, in the order of their best passages.
        confidence: kind of confidence to its value, higher is surer; only comparable within one kind.
        error: what broke, or None. The answer is then an empty abstention.
    """

    id: str
    answer: Answer
    clarify: str | None = None
    rankings: Mapping[str, tuple[Line, ...]] = field(default_factory=dict)
    found_initiatives: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    matches: tuple[MatchLine, ...] = ()
    confidence: Mapping[str, float] = field(default_factory=dict)
    dropped_sentences: int = 0
    error: str | None = None

    def as_json(self) -> str:
        """One line of `outputs.jsonl`."""
        answer = self.answer.model_dump(mode="json")
        del answer["timing_ms"]
        data: dict[str, Any] = {
            "id": self.id,
            "answer": answer,
            "clarify": self.clarify,
            "rankings": {arm: [list(line) for line in lines] for arm, lines in self.rankings.items()},
            "found_initiatives": {arm: list(ids) for arm, ids in self.found_initiatives.items()},
            "matches": [
                [m.id, m.kind, m.score, m.text_score, m.is_eligible, m.obstacle] for m in self.matches
            ],
            "confidence": dict(self.confidence),
            "dropped_sentences": self.dropped_sentences,
            "error": self.error,
        }
        return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def outcome_from_json(line: str) -> Outcome:
    """Read what `Outcome.as_json` wrote."""
    data = json.loads(line)
    return Outcome(
        id=data["id"],
        answer=Answer.model_validate(data["answer"]),
        clarify=data["clarify"],
        rankings={arm: tuple((i, s) for i, s in lines) for arm, lines in data["rankings"].items()},
        found_initiatives={arm: tuple(ids) for arm, ids in data["found_initiatives"].items()},
        matches=tuple(MatchLine(*row) for row in data["matches"]),
        confidence=data["confidence"],
        dropped_sentences=data["dropped_sentences"],
        error=data["error"],
    )


def _lines(ranking: Ranking) -> tuple[Line, ...]:
    return tuple((line.passage.passage_id, round(line.score, 5)) for line in ranking[:DEPTH])


def _initiatives(ranking: Ranking, initiatives: frozenset[str]) -> tuple[str, ...]:
    ids = (line.passage.record_id for line in ranking)
    found = dict.fromkeys(i for i in ids if i is not None and i in initiatives)
    return tuple(islice(found, RECORDS))


def _match(match: Match) -> MatchLine:
    return MatchLine(
        match.record.id, match.record.kind, round(match.score, 5), round(match.text_score, 5),
        match.is_eligible, match.obstacle,
    )  # fmt: skip


def outcome_from_trace(item_id: str, trace: Trace) -> Outcome:
    """Keep of a trace what measures and readers need."""
    first = trace.answer.recommendations[0].score if trace.answer.recommendations else 0.0
    arms = {"dense": trace.ranking.dense, "bm25": trace.ranking.lexical, "hybrid": trace.ranking.fused}
    initiatives = frozenset(m.record.id for m in trace.matches if m.record.kind == "initiative")
    dense = trace.ranking.dense
    return Outcome(
        id=item_id,
        answer=trace.answer,
        clarify=trace.understanding.clarify,
        rankings={arm: _lines(ranking) for arm, ranking in arms.items()},
        found_initiatives={arm: _initiatives(ranking, initiatives) for arm, ranking in arms.items()},
        matches=tuple(_match(m) for m in trace.matches[:MATCHES]),
        confidence={"match": first, "cosine": round(dense[0].score, 5) if dense else 0.0},
        dropped_sentences=trace.dropped_sentences,
    )


def failed_outcome(item_id: str, question: str, error: BaseException) -> Outcome:
    """An item on which the assistant broke; every measure counts it as wrong."""
    answer = Answer(
        question=question, language="nl", status="abstained", answer="", sentences=(),
        understanding=UnderstandingView(intent="outside"),
    )  # fmt: skip
    return Outcome(item_id, answer, error=f"{type(error).__name__}: {error}")
