"""Retrieval on its own, for each arm and their fusion, with the measures of ir-measures.

Of passages that answer document questions, and of initiatives by their passages for questions that describe a
need. An initiative ranks where its best passage does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import ir_measures
from ir_measures import RR, R, Success, nDCG

from assistant.domain.documents import Passage
from assistant.domain.text import single_spaced
from eval.golden_set import GoldenItem
from eval.measures.base import Case, Sources, Values

MEASURES = {
    "nDCG@10": nDCG @ 10,
    "Recall@10": R @ 10,
    "RR@10": RR @ 10,
    "Success@1": Success @ 1,
    "Success@3": Success @ 3,
}
ARMS = ("dense", "bm25", "hybrid")
Qrels = dict[str, dict[str, int]]
Run = Mapping[str, Mapping[str, float]]


def passage_qrels(items: Sequence[GoldenItem], passages: Mapping[str, Passage]) -> Qrels:
    """Item id to the ids of passages that hold a labelled quote; one cut in two counts with both halves."""
    by_document: dict[str, list[tuple[Passage, str]]] = {}
    for passage in passages.values():
        if passage.record_id is None:
            by_document.setdefault(passage.document_id, []).append((passage, single_spaced(passage.text)))
    qrels: Qrels = {}
    for item in items:
        if not item.expected.passages or item.expected.status != "answered":
            continue
        relevant: dict[str, int] = {}
        for label in item.expected.passages:
            quote = single_spaced(label.quote)
            near = [
                (passage, text)
                for passage, text in by_document.get(label.document_id, [])
                if passage.page is not None
                and passage.page <= label.page <= (passage.end_page or passage.page)
            ]
            holding = [passage for passage, text in near if quote in text]
            halves = [passage for passage, text in near if _overlaps(quote, text)]
            relevant |= {passage.passage_id: 1 for passage in holding or halves}
        qrels[item.id] = relevant
    return qrels


def _overlaps(quote: str, text: str) -> bool:
    """Whether a passage starts or ends inside the quote."""
    half = len(quote) // 2
    return bool(half) and (quote[:half] in text or quote[half:] in text)


def ranking_values(qrels: Qrels, run: Run) -> dict[str, Values]:
    """Measures per query; a query without relevant or found documents counts as 0."""
    values: dict[str, Values] = {name: dict.fromkeys(qrels, (0.0, 1.0)) for name in MEASURES}
    names = {str(measure): name for name, measure in MEASURES.items()}
    judged = {query: relevant for query, relevant in qrels.items() if relevant}
    found = {query: dict(run.get(query, {})) for query in judged}
    if judged:
        for line in ir_measures.iter_calc(list(MEASURES.values()), judged, found):
            values[names[str(line.measure)]][line.query_id] = (round(float(line.value), 6), 1.0)
    return values


def measure_passages(cases: Sequence[Case], sources: Sources) -> dict[str, Values]:
    """Ranking measures of every arm on the document questions."""
    qrels = passage_qrels([case.item for case in cases], sources.passages)
    found: dict[str, Values] = {}
    for arm in ARMS:
        run = {
            case.item.id: {
                passage: -float(rank) for rank, (passage, _) in enumerate(case.outcome.rankings.get(arm, ()))
            }
            for case in cases
            if case.item.id in qrels
        }
        found |= {f"{arm} {name}": values for name, values in ranking_values(qrels, run).items()}
    return found | _measure_initiatives(cases)


def initiative_qrels(items: Sequence[GoldenItem]) -> Qrels:
    """Item id to the initiatives that are right, for items that label any."""
    return {
        item.id: dict.fromkeys(item.expected.initiatives, 1) for item in items if item.expected.initiatives
    }


def _measure_initiatives(cases: Sequence[Case]) -> dict[str, Values]:
    qrels = initiative_qrels([case.item for case in cases])
    found: dict[str, Values] = {}
    for arm in ARMS:
        run = {
            case.item.id: {
                record: -float(rank)
                for rank, record in enumerate(case.outcome.found_initiatives.get(arm, ()))
            }
            for case in cases
            if case.item.id in qrels
        }
        values = ranking_values(qrels, run)
        found |= {f"initiatives {arm} {name}": values[name] for name in ("nDCG@10", "Recall@10")}
    return found
