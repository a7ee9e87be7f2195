"""`assistant trace`, and a trace as text: understood, both rankings, fusion, matches, losers, checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def trace_as_text(data: Mapping[str, Any]) -> str:
    """A trace, as `trace_as_dict` gives it, for a person in a terminal."""
    understood = data["understanding"]
    lines = [f"Question: {data['question']}", "", "1. Understood"]
    for name in ("language", "intent", "abstention", "clarify", "query"):
        lines.append(f"   {name}: {understood[name]}")
    lines.append(
        f"   places: {', '.join('{name} ({kind})'.format(**p) for p in understood['places']) or '-'}"
    )
    for name in ("sectors", "education_levels", "target_groups", "interventions"):
        facets = [f"{f['value']} {f['weight']:.2f} <{f['surface']}>" for f in understood[name]]
        lines.append(f"   {name}: {', '.join(facets) or '-'}")
    lines.append(f"   records: {', '.join(understood['records']) or '-'}")
    lines.append(f"   carried over: {', '.join(understood['carried_over']) or '-'}")
    for number, name in enumerate(("dense", "bm25", "fused"), start=2):
        lines += ["", f"{number}. Ranking {name}", *_ranking_lines(data["rankings"][name])]
    lines += ["", "5. Matches", *_match_lines(data["matches"])]
    lines += ["", "6. Recommended"]
    lines += [f"   {row['id']}: {row['link_up']}" for row in data["recommended"]] or ["   -"]
    lines += ["", "7. Considered"]
    lines += [f"   {row['id']}: {row['would_fit_if'] or '-'}" for row in data["considered"]] or ["   -"]
    lines += ["", f"8. Checks ({data['checks']['dropped']} sentences dropped)"]
    for row in data["checks"]["sentences"]:
        lines.append(f"   {row['kind']:5} {row['verdict'] or '-':11} {list(row['citations'])} {row['text']}")
    lines += ["", "Timing (ms): " + ", ".join(f"{k} {v}" for k, v in data["timing_ms"].items())]
    return "\n".join(lines)


def _ranking_lines(ranking: Sequence[Mapping[str, Any]]) -> list[str]:
    return [f"   {row['score']:8.4f}  {row['passage_id']}  {row['text'][:80]}" for row in ranking]


def _match_lines(matches: Sequence[Mapping[str, Any]]) -> list[str]:
    lines = []
    for row in matches:
        mark = "+" if row["eligible"] else f"- ({row['obstacle'] or 'not wanted'})"
        lines.append(f"   {row['score']:7.4f} {mark} {row['id']}  text {row['text_score']:.2f}")
        for fit in row["facets"]:
            said = f"{fit['asked']} / {fit['found']}"
            lines.append(f"            {fit['facet']}: {fit['fit']} {fit['score']:.2f}  {said}")
    return lines
