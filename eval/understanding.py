"""Measures how questions are understood on a labelled split: facets, intent, abstention, dialogues."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from assistant.domain.question import Conversation, Turn, Understanding
from assistant.index.embedding import load_embeddings
from assistant.ingest.catalogue import load_catalogue
from assistant.understanding.build import build_understander
from assistant.understanding.places import PlaceRecogniser
from assistant.understanding.understand import Understander

ROOT = Path(__file__).resolve().parent.parent
CHECKED = ("sectors", "education_levels", "target_groups", "interventions", "places", "records", "rejected")


def open_understander(corpus: Path = ROOT / "corpus", cache: Path | None = None) -> Understander:
    """The understander as the product makes it, with an embedding remembered per text."""
    embeddings = load_embeddings()

    @lru_cache(maxsize=4096)
    def embed(text: str) -> tuple[float, ...]:
        return tuple(embeddings.embed_query(text))

    return build_understander(
        corpus, load_catalogue(corpus), PlaceRecogniser.load(corpus), embed, cache=cache
    )


def read_cases(path: Path) -> list[dict[str, Any]]:
    """Labelled questions and dialogues, one JSON object a line."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def understood(understander: Understander, case: Mapping[str, Any]) -> tuple[Understanding, float]:
    """The understanding of a question, or of the last turn of a dialogue, and its milliseconds."""
    turns: Sequence[str] = case.get("turns") or [case["question"]]
    recommended: Sequence[Sequence[str]] = case.get("recommended") or []
    conversation = Conversation()
    for index, text in enumerate(turns):
        start = perf_counter()
        found = understander.understand(text, conversation)
        spent = (perf_counter() - start) * 1000
        shown = tuple(recommended[index]) if index < len(recommended) else ()
        asked = case.get("asked") if index == len(turns) - 2 else None
        conversation = conversation.then(Turn(found, shown, asked))
    return found, spent


def values(found: Understanding, facet: str) -> set[str]:
    """Ids or names understood for one facet."""
    if facet == "places":
        return {place.name for place in found.places}
    if facet in {"records", "rejected"}:
        return set(found.records if facet == "records" else found.rejected_records)
    return {item.value for item in getattr(found, facet)}


def mistakes(found: Understanding, case: Mapping[str, Any]) -> list[str]:
    """What was misunderstood, one line each; empty when all that is labelled is right."""
    wrong = []
    if "any" not in case["intent"] and found.intent not in case["intent"]:
        wrong.append(f"intent {found.intent}, expected {'|'.join(case['intent'])}")
    for name in ("abstention", "clarify", "language", "national"):
        if name in case and getattr(found, name) != case[name]:
            wrong.append(f"{name} {getattr(found, name)}, expected {case[name]}")
    for facet in CHECKED:
        if facet not in case:
            continue
        got, expected = values(found, facet), set(case[facet])
        if not expected <= got or (not expected and got and facet != "sectors"):
            wrong.append(f"{facet} {sorted(got)}, expected {sorted(expected)}")
        elif facet == "places" and got != expected:
            wrong.append(f"places {sorted(got)}, expected {sorted(expected)}")
    for facet, label in (("sectors", "not_sectors"), ("education_levels", "not_levels")):
        left = values(found, facet) & set(case.get(label, ()))
        if left:
            wrong.append(f"{facet} still hold {sorted(left)}")
    if case.get("no_records") and found.records:
        wrong.append(f"records still hold {sorted(found.records)}")
    return wrong


def share(outcomes: Iterable[bool]) -> str:
    """`right/all percentage` of a list of outcomes."""
    listed = list(outcomes)
    return f"{sum(listed)}/{len(listed)} {100 * sum(listed) / max(1, len(listed)):.1f}%"


def report(understander: Understander, cases: Sequence[Mapping[str, Any]], *, show: bool) -> dict[str, str]:
    """Measures over a split; prints each mistake when `show`."""
    rows = [(case, *understood(understander, case)) for case in cases]
    single = [(case, found) for case, found, _ in rows if "question" in case]
    if show:
        for case, found, _ in rows:
            for line in mistakes(found, case):
                sys.stdout.write(f"{case['id']} {case.get('question') or case['turns']}: {line}\n")
    refuse = [(c, f) for c, f in single if c.get("abstention")]
    ask = [(c, f) for c, f in single if c.get("clarify")]
    answer = [(c, f) for c, f in single if not c.get("abstention") and not c.get("clarify")]
    measures = {
        "intent": share(f.intent in c["intent"] for c, f in answer if "any" not in c["intent"]),
        "refused": share(f.abstention not in {None, "too_vague"} for c, f in refuse),
        "refusal kind": share(f.abstention == c["abstention"] for c, f in refuse),
        "wrongly refused": share(f.abstention not in {None, "too_vague"} for c, f in answer),
        "clarify": share(f.clarify == c["clarify"] for c, f in ask),
        "wrongly clarified": share(f.clarify is not None for c, f in answer),
        "dialogues": share(not mistakes(f, c) for c, f, _ in rows if "turns" in c),
    }
    for facet in CHECKED:
        labelled = [(c, f) for c, f in single if c.get(facet)]
        measures[facet] = share(set(c[facet]) <= values(f, facet) for c, f in labelled)
    spent = sorted(ms for _, _, ms in rows)
    measures["ms p50 / p95"] = f"{median(spent):.1f} / {spent[int(0.95 * len(spent))]:.1f}"
    return measures


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", type=Path, default=ROOT / "eval/data/understanding_test.jsonl")
    parser.add_argument("--cache", type=Path, default=None, help="file to keep the vectors of examples in")
    parser.add_argument("--show", action="store_true", help="print every mistake")
    options = parser.parse_args()
    understander = open_understander(cache=options.cache)
    for name, value in report(understander, read_cases(options.split), show=options.show).items():
        sys.stdout.write(f"{name:18} {value}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
