"""`assistant eval ablate`: what each part of retrieval is worth, on the questions of the golden sets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from assistant import Assistant
from assistant.domain.documents import Passage
from assistant.domain.ranking import Ranking
from eval.golden_set import GoldenItem
from eval.measures.base import Values
from eval.measures.passages import Qrels, initiative_qrels, passage_qrels, ranking_values
from eval.statistics import Difference, Estimate, difference, estimate
from eval.tables import markdown_table, text_table
from eval.variants import Variant, variant_retriever

Task = Literal["passages", "initiatives"]
TASKS: Mapping[Task, str] = {
    "passages": "passages that answer document questions",
    "initiatives": "initiatives by their passages, for needs in plain words",
}
MEASURES = ("nDCG@10", "Recall@10", "RR@10")
TESTED = "nDCG@10"
"""The measure of which the change is tested."""
DEPTH = 200
"""Passages looked at to rank initiatives, which have several each."""


@dataclass(frozen=True, slots=True)
class AblationRow:
    """One variant on one task.

    Attributes:
        measures: name to estimate.
        against: variant it is compared with.
        change: of nDCG@10 against that one; None for the product itself.
    """

    variant: str
    about: str
    against: str
    measures: Mapping[str, Estimate]
    change: Difference | None


def task_qrels(task: Task, items: Sequence[GoldenItem], passages: Mapping[str, Passage]) -> Qrels:
    """What is relevant per question; only questions that stand alone."""
    alone = [item for item in items if item.question is not None]
    if task == "passages":
        return passage_qrels(alone, passages)
    return initiative_qrels(
        [item for item in alone if item.slice in ("initiative", "typo", "english", "plan")]
    )


def _ids(task: Task, ranking: Ranking) -> Iterable[str]:
    if task == "passages":
        return (line.passage.passage_id for line in ranking)
    return dict.fromkeys(line.passage.record_id for line in ranking if line.passage.record_id)


def ablate(
    assistant: Assistant,
    items: Sequence[GoldenItem],
    variants: Mapping[str, Variant],
    *,
    advance: Callable[[int], None] = lambda _: None,
) -> dict[Task, list[AblationRow]]:
    """Every variant on both tasks, the product first.

    Args:
        advance: called with 1 after each variant.
    """
    retriever = assistant.pipeline.retriever
    passages = {passage.passage_id: passage for passage in retriever.passages}
    initiatives = {r.id for r in assistant.pipeline.matcher.records.values() if not r.is_hca}
    qrels: dict[Task, Qrels] = {task: task_qrels(task, items, passages) for task in TASKS}
    questions = {item.id: item.last_question for item in items}
    judged = dict.fromkeys(i for relevant in qrels.values() for i in relevant)
    vectors = {i: retriever.embeddings.embed_query(questions[i]) for i in judged}
    values: dict[Task, dict[str, dict[str, Values]]] = {task: {} for task in TASKS}
    for name, variant in variants.items():
        changed = variant_retriever(assistant, variant)
        for task, relevant in qrels.items():
            where = None if task == "passages" else (lambda p: p.record_id in initiatives)
            run = {}
            for i in relevant:
                ranking = changed.rank_by(
                    variant.arm, questions[i], query_vector=vectors[i], k=DEPTH, where=where
                )
                run[i] = {found: -float(rank) for rank, found in enumerate(_ids(task, ranking))}
            values[task][name] = ranking_values(relevant, run)
        advance(1)
    return {task: _rows(by_variant, variants) for task, by_variant in values.items()}


def _rows(values: Mapping[str, Mapping[str, Values]], variants: Mapping[str, Variant]) -> list[AblationRow]:
    rows = []
    for name, variant in variants.items():
        measures = {m: estimate(list(values[name][m].values()), seed=m) for m in MEASURES}
        change = None
        if name != variant.against and variant.against in values:
            before, after = values[variant.against][TESTED], values[name][TESTED]
            change = difference(list(before.values()), list(after.values()), seed=TESTED)
        found = {m: e for m, e in measures.items() if e is not None}
        if found:
            rows.append(AblationRow(name, variant.about, variant.against, found, change))
    return rows


def ablation_tables(rows: Mapping[Task, Sequence[AblationRow]], *, is_markdown: bool = False) -> str:
    """One table per task."""
    parts = []
    for task, lines in rows.items():
        if not lines:
            continue
        n = next(iter(lines[0].measures.values())).n
        header = ["variant", *MEASURES, "against", f"change of {TESTED}", "p"]
        cells = []
        for row in lines:
            found = [row.measures[m] for m in MEASURES]
            shown = [f"{e.value:.3f} [{e.low:.3f}, {e.high:.3f}]" for e in found]
            change = row.change
            tested = (
                [
                    row.against,
                    f"{change.delta:+.3f} [{change.low:+.3f}, {change.high:+.3f}]",
                    f"{change.p_value:.3f}",
                ]
                if change
                else ["", "", ""]
            )
            cells.append([f"{row.variant}: {row.about}" if is_markdown else row.variant, *shown, *tested])
        table = markdown_table(header, cells) if is_markdown else text_table(header, cells)
        title = f"{TASKS[task]} (n = {n}, 95% bootstrap intervals, paired bootstrap test)"
        parts.append(f"{title[0].upper()}{title[1:]}\n\n{table}")
    return "\n\n".join(parts)


def ablation_as_dict(rows: Mapping[Task, Sequence[AblationRow]]) -> dict[str, Any]:
    """As `eval ablate --json` prints it."""
    return {task: [asdict(row) for row in lines] for task, lines in rows.items()}
