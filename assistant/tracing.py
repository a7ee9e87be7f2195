"""A trace as plain data: understood, both rankings, fusion, matches, losers, checks."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from assistant.domain.match import Match
from assistant.domain.ranking import Ranking
from assistant.pipeline import Trace

SHOWN_PASSAGES = 10
SHOWN_MATCHES = 15


def _ranking(ranking: Ranking) -> list[dict[str, Any]]:
    return [
        {
            "passage_id": line.passage.passage_id, "score": round(line.score, 4), "page": line.passage.page,
            "text": line.passage.text[:160],
        }
        for line in ranking[:SHOWN_PASSAGES]
    ]  # fmt: skip


def _match(match: Match) -> dict[str, Any]:
    return {
        "id": match.record.id,
        "name": match.record.name,
        "kind": match.record.kind,
        "status": match.record.status,
        "score": round(match.score, 4),
        "text_score": round(match.text_score, 4),
        "municipalities": match.area_size,
        "eligible": match.is_eligible,
        "obstacle": match.obstacle,
        "facets": [
            {"facet": f.facet, "asked": f.asked, "found": f.found, "fit": f.fit, "score": round(f.score, 4)}
            for f in match.facets
        ],
    }


def trace_as_dict(trace: Trace) -> dict[str, Any]:
    """Everything as plain data."""
    answer, guarded = trace.answer, trace.guarded
    return {
        "question": answer.question,
        "guard": {"notices": guarded.notices, "refusal": guarded.refusal} if guarded else None,
        "understanding": asdict(trace.understanding),
        "rankings": {
            "dense": _ranking(trace.ranking.dense),
            "bm25": _ranking(trace.ranking.lexical),
            "fused": _ranking(trace.ranking.fused),
        },
        "matches": [_match(m) for m in trace.matches[:SHOWN_MATCHES]],
        "recommended": [{"id": m.record.id, "link_up": link_up} for m, link_up in trace.advice.recommended],
        "considered": [c.model_dump(mode="json") for c in answer.considered],
        "checks": {
            "sentences": [
                {"text": s.text, "kind": s.kind, "citations": s.citations, "verdict": s.verdict}
                for s in answer.sentences
            ],
            "dropped": trace.dropped_sentences,
        },
        "status": answer.status,
        "abstention": answer.abstention,
        "timing_ms": answer.timing_ms.model_dump(),
    }
