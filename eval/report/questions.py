"""The drill-down: each question with its label, what was understood, weighed and ranked, and the answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from assistant.domain.answer import Answer
from eval.golden_set import Expected, GoldenItem
from eval.measures.catalog import CATALOG
from eval.outcome import Outcome
from eval.report.markup import Html, join, table, tag
from eval.run_store import Run

SHOWN_PASSAGES = 6
SHOWN_MATCHES = 8
_PASSAGE_CHARS = 200
_BOLD = re.compile(r"\*\*(.+?)\*\*")


def wrong_measures(run: Run) -> Mapping[str, tuple[str, ...]]:
    """Item id to the measures on which it has less than the best value, in the order of the catalog."""
    found: dict[str, list[str]] = {}
    for name, values in run.summary.values.items():
        info = CATALOG[name]
        if info.unit != "share" or info.better == "neither":
            continue
        best = 0.0 if info.better == "lower" else 1.0
        for item, (numerator, denominator) in values.items():
            if denominator and abs(numerator / denominator - best) > 1e-9:
                found.setdefault(item, []).append(name)
    return {item: tuple(names) for item, names in found.items()}


def question_list(run: Run) -> Html:
    """All questions of a run, closed."""
    wrong = wrong_measures(run)
    outcomes = {outcome.id: outcome for outcome in run.outcomes}
    return join(
        _question(item, outcomes[item.id], wrong.get(item.id, ()), run.passages)
        for item in run.items
        if item.id in outcomes
    )


def _question(
    item: GoldenItem, outcome: Outcome, wrong: tuple[str, ...], passages: Mapping[str, str]
) -> Html:
    main = [
        name for name in wrong if name in ("match Success@1", "status accuracy", "page hit", "nugget recall")
    ]
    badges = [tag("span", f"✕ {name}", class_="badge no") for name in main]
    summary = tag("summary", tag("span", item.id, class_="id"), " / ".join(item.turns) or item.text, *badges)
    answer = outcome.answer
    parts = [
        tag(
            "p", f"Falls short on: {', '.join(wrong)}." if wrong else "Right on every measure that judges it."
        ),
        _expected(item.expected),
        _got(outcome),
        _matches(outcome, item.expected),
        _passages(outcome, item, passages),
        tag("h4", "Answer"),
        answer_html(answer),
        _citations(answer),
    ]
    if outcome.error:
        parts.insert(0, tag("p", f"The assistant broke: {outcome.error}", class_="no"))
    return tag(
        "details", summary, tag("div", *parts), id=item.id, data_split=item.split, data_slice=item.slice,
        data_wrong="|".join(wrong),
    )  # fmt: skip


def _pairs(caption: str, rows: Iterable[tuple[str, Iterable[object]]]) -> Html:
    shown = [(name, ", ".join(str(value) for value in values)) for name, values in rows]
    return table(("", ""), [(name, value) for name, value in shown if value], caption=caption)


def _expected(expected: Expected) -> Html:
    facets = expected.facets
    return _pairs(
        "Label",
        [
            ("status", [expected.status, *filter(None, [expected.abstention, expected.clarify])]),
            ("right agendas", expected.hcas),
            ("fine further down", (*expected.hcas_also, *expected.initiatives_also)),
            ("right initiatives", expected.initiatives),
            ("not in", expected.forbidden_regions),
            ("facets", [*facets.places, *facets.provinces, *facets.sectors, *facets.education_levels,
                        *facets.target_groups, *filter(None, [facets.intent])]),
            ("passages", [f"{p.document_id} p. {p.page}: “{p.quote}”" for p in expected.passages]),
            ("key facts", expected.nuggets),
        ],
    )  # fmt: skip


def _got(outcome: Outcome) -> Html:
    answer, seen = outcome.answer, outcome.answer.understanding
    return _pairs(
        "Outcome",
        [
            ("status", [answer.status, *filter(None, [answer.abstention, outcome.clarify])]),
            ("understood", [seen.intent, *seen.places, *seen.provinces, *seen.sectors, *seen.education_levels,
                            *seen.target_groups, *seen.interventions]),
            ("carried over", seen.carried_over),
            ("recommended", [f"{r.id} ({r.kind}, {r.status})" for r in answer.recommendations]),
            ("confidence", [f"{kind} {value:.3f}" for kind, value in outcome.confidence.items()]),
            ("sentences dropped by the check", [outcome.dropped_sentences or ""]),
        ],
    )  # fmt: skip


def _matches(outcome: Outcome, expected: Expected) -> Html:
    """Records weighed: kept when recommended, else why not."""
    recommended = {r.id for r in outcome.answer.recommendations}
    why = {c.id: c.would_fit_if or "" for c in outcome.answer.considered}
    right = {*expected.hcas, *expected.initiatives}
    rows = []
    for match in outcome.matches[:SHOWN_MATCHES]:
        kept = match.id in recommended
        verdict = tag("span", "✓ kept", class_="yes") if kept else tag("span", "✕ rejected", class_="no")
        reason = "" if kept else (match.obstacle or why.get(match.id, "") or "scored lower")
        name = tag("mark", match.id) if match.id in right else match.id
        rows.append((name, match.kind, f"{match.score:.3f}", f"{match.text_score:.2f}", verdict, reason))
    header = ("record (right ones marked)", "kind", "score", "text", "", "why not")
    return table(header, rows, caption="Records weighed, best first") if rows else Html("")


def _passages(outcome: Outcome, item: GoldenItem, passages: Mapping[str, str]) -> Html:
    quoted = {c.passage_id for c in outcome.answer.citations}
    places = {
        arm: {passage: str(n) for n, (passage, _) in enumerate(outcome.rankings.get(arm, ()), 1)}
        for arm in ("dense", "bm25")
    }
    quotes = [" ".join(p.quote.split()) for p in item.expected.passages]
    rows = []
    for rank, (passage, score) in enumerate(outcome.rankings.get("hybrid", ())[:SHOWN_PASSAGES], 1):
        body = passages.get(passage, "")
        is_right = any(quote in " ".join(body.split()) for quote in quotes)
        short = body if len(body) <= _PASSAGE_CHARS else body[:_PASSAGE_CHARS].rsplit(" ", 1)[0] + " …"
        used = tag("span", "✓ cited", class_="yes") if passage in quoted else "not cited"
        name = tag("mark", passage) if is_right else passage
        arms = f"{places['dense'].get(passage, '–')} / {places['bm25'].get(passage, '–')}"
        rows.append((f"{rank}. {score:.3f}", name, arms, used, short))
    header = ("hybrid", "passage (right ones marked)", "dense / bm25", "", "text")
    return table(header, rows, caption="Passages ranked, best first") if rows else Html("")


def answer_html(answer: Answer) -> Html:
    """An answer's Markdown: headings, paragraphs and bold are all it holds."""
    blocks = []
    for block in answer.answer.split("\n\n"):
        if block.startswith("### "):
            blocks.append(tag("h4", block[4:]))
            continue
        pieces = _BOLD.split(block)  # bold text stands at the odd places
        blocks.append(tag("p", *(tag("strong", p) if n % 2 else p for n, p in enumerate(pieces))))
    return tag("div", *blocks, class_="answer")


def _citations(answer: Answer) -> Html:
    rows = [
        (f"[{c.n}]", f"{c.title}, {f'p. {c.page}' if c.page else c.locator or ''}", f"“{c.quote}”")
        for c in answer.citations
    ]
    return table(("", "source", "quote"), rows, caption="Citations") if rows else Html("")
