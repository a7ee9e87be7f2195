"""A trace as data and as text: understood, both rankings, fusion, matches, losers, checks."""

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
    answer = trace.answer
    return {
        "question": answer.question,
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


def trace_as_text(trace: Trace) -> str:
    """The same for a person in a terminal."""
    data = trace_as_dict(trace)
    understood = trace.understanding
    lines = [f"Question: {data['question']}", "", "1. Understood"]
    for name in ("language", "intent", "abstention", "clarify", "query"):
        lines.append(f"   {name}: {getattr(understood, name)}")
    lines.append(f"   places: {', '.join(f'{p.name} ({p.kind})' for p in understood.places) or '-'}")
    for name in ("sectors", "education_levels", "target_groups", "interventions"):
        facets = getattr(understood, name)
        lines.append(
            f"   {name}: {', '.join(f'{f.value} {f.weight:.2f} <{f.surface}>' for f in facets) or '-'}"
        )
    lines.append(f"   records: {', '.join(understood.records) or '-'}")
    lines.append(f"   carried over: {', '.join(understood.carried_over) or '-'}")
    for number, name in enumerate(("dense", "bm25", "fused"), start=2):
        lines += ["", f"{number}. Ranking {name}"]
        lines += [
            f"   {row['score']:8.4f}  {row['passage_id']}  {row['text'][:80]}"
            for row in data["rankings"][name]
        ]
    lines += ["", "5. Matches"]
    for row in data["matches"]:
        mark = "+" if row["eligible"] else f"- ({row['obstacle'] or 'not wanted'})"
        lines.append(f"   {row['score']:7.4f} {mark} {row['id']}  text {row['text_score']:.2f}")
        for fit in row["facets"]:
            said = f"{fit['asked']} / {fit['found']}"
            lines.append(f"            {fit['facet']}: {fit['fit']} {fit['score']:.2f}  {said}")
    lines += ["", "6. Recommended"]
    lines += [f"   {row['id']}: {row['link_up']}" for row in data["recommended"]] or ["   -"]
    lines += ["", "7. Considered"]
    lines += [f"   {row['id']}: {row['would_fit_if'] or '-'}" for row in data["considered"]] or ["   -"]
    lines += ["", f"8. Checks ({data['checks']['dropped']} sentences dropped)"]
    for row in data["checks"]["sentences"]:
        lines.append(f"   {row['kind']:5} {row['verdict'] or '-':11} {list(row['citations'])} {row['text']}")
    lines += ["", "Timing (ms): " + ", ".join(f"{k} {v}" for k, v in data["timing_ms"].items())]
    return "\n".join(lines)
