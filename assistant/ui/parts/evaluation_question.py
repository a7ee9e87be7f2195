"""From a figure to a question: its label, what was weighed and found (kept and rejected), its answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from assistant.ui.parts.evaluation_numbers import share_measures
from assistant.ui.parts.evaluation_shown import table
from assistant.ui.parts.evaluation_texts import evaluation_texts
from assistant.ui.parts.markup import Html, join, tag

if TYPE_CHECKING:
    from assistant.domain.answer import Answer
    from eval.golden_set import GoldenItem
    from eval.outcome import Outcome
    from eval.run_store import Run

_MATCHES = 10
_PASSAGES = 10
_PASSAGE_CHARS = 240
_QUESTION_CHARS = 110


def show_questions(run: Run, split: str) -> None:
    """Choose a figure, a kind of question, then a question."""
    words = evaluation_texts().questions
    names = share_measures(run, split)
    st.html(str(join(tag("h2", words.title), tag("p", words.about, class_="tw-quiet"))))
    if not names:
        return
    slices = sorted({item.slice for item in run.items if item.split == split})
    with st.container(key="evaluation-filters", horizontal=True):
        measure = st.selectbox(
            words.measure, names, format_func=evaluation_texts().measure, key="evaluation-measure"
        )
        part = st.selectbox(
            words.slice,
            ["", *slices],
            format_func=lambda name: evaluation_texts().slice(name) if name else words.all_slices,
            key="evaluation-slice",
        )
        which = st.selectbox(words.which, [words.wrong, words.all], key="evaluation-which")
    gaps = shortfalls(run, measure)
    chosen = [
        item
        for item in run.items
        if item.split == split
        and (not part or item.slice == part)
        and item.id in gaps
        and (which == words.all or gaps[item.id] > 0)
    ]
    if not chosen:
        st.html(str(tag("p", words.none, class_="tw-empty", role="status")))
        return
    chosen.sort(key=lambda item: (-gaps[item.id], item.id))
    count = words.count_one if len(chosen) == 1 else words.count.format(count=len(chosen))
    st.html(str(tag("p", count, class_="tw-quiet", role="status")))
    by_id = {item.id: item for item in chosen}
    item_id = st.selectbox(
        words.choose, list(by_id), format_func=lambda i: _short(by_id[i]), key="evaluation-question"
    )
    outcome = next((outcome for outcome in run.outcomes if outcome.id == item_id), None)
    if outcome is not None:
        show_question(run, by_id[item_id], outcome)


def shortfalls(run: Run, measure: str) -> Mapping[str, float]:
    """How far each judged question is from the best value, by id; 0 is right."""
    from eval.measures.catalog import CATALOG

    best = 0.0 if CATALOG[measure].better == "lower" else 1.0
    values = run.summary.values.get(measure, {})
    gaps = {item: abs(numerator / n - best) for item, (numerator, n) in values.items() if n}
    return {item: gap if gap > 1e-9 else 0.0 for item, gap in gaps.items()}


def _short(item: GoldenItem) -> str:
    text = " / ".join(item.text.splitlines())
    return text if len(text) <= _QUESTION_CHARS else text[:_QUESTION_CHARS].rsplit(" ", 1)[0] + " …"


def show_question(run: Run, item: GoldenItem, outcome: Outcome) -> None:
    """Everything a run keeps of one question."""
    words = evaluation_texts().questions
    wrong = [n for n in share_measures(run, item.split) if shortfalls(run, n).get(item.id, 0) > 0]
    names = ", ".join(evaluation_texts().measure(name) for name in wrong)
    parts = [
        tag("h3", *_lines(item.text), class_="ev-question"),
        tag("p", words.falls_short.format(measures=names) if wrong else words.right),
    ]
    if outcome.error:
        parts.append(tag("p", words.broke.format(error=outcome.error), class_="tw-bar tw-bar-failed"))
    parts += [_compared(item, outcome), _weighed(item, outcome), _ranked(run, item, outcome)]
    parts += [tag("h4", words.answer), answer_text(outcome.answer)]
    st.html(str(tag("article", *parts, class_="ev-detail")))


def _lines(text: str) -> Sequence[str]:
    lines = text.splitlines()
    return [piece for n, line in enumerate(lines) for piece in ([Html("<br>")] if n else []) + [line]]


def _compared(item: GoldenItem, outcome: Outcome) -> Html:
    words, expected, answer = evaluation_texts().questions, item.expected, outcome.answer
    seen = answer.understanding
    rows = [
        (words.status, words.statuses[expected.status], words.statuses[answer.status]),
        (words.agendas, _joined(expected.hcas), _joined(_recommended(answer, is_hca=True))),
        (words.initiatives, _joined(expected.initiatives), _joined(_recommended(answer, is_hca=False))),
        (words.nuggets, _joined(expected.nuggets), ""),
        (words.passages, _joined([f"{p.document_id}, {_page(p.page)}" for p in expected.passages]),
         _joined([f"{c.document_id}, {_page(c.page)}" if c.page else c.document_id
                  for c in answer.citations])),
        (words.understood, _joined([*expected.facets.places, *expected.facets.provinces,
                                    *expected.facets.sectors, *expected.facets.education_levels]),
         _joined([*seen.places, *seen.provinces, *seen.sectors, *seen.education_levels])),
    ]  # fmt: skip
    return table(words.got, ("", words.expected, words.got), [row for row in rows if row[1] or row[2]])


def _page(page: int | None) -> str:
    return evaluation_texts().questions.page.format(page=page)


def _joined(values: Sequence[str]) -> str:
    return ", ".join(dict.fromkeys(values))


def _recommended(answer: Answer, *, is_hca: bool) -> list[str]:
    return [r.id for r in answer.recommendations if r.kind.endswith("_hca") == is_hca]


def _verdict(is_kept: bool, kept: str, rejected: str) -> Html:
    sign, name, class_ = ("✓", kept, "ev-yes") if is_kept else ("✕", rejected, "ev-no")
    return tag("span", f"{sign} {name}", class_=class_)


def _marked(text: str, is_right: bool) -> Html:
    note = tag("span", f" ({evaluation_texts().questions.right_mark})", class_="tw-hidden")
    return join(tag("mark", text), note) if is_right else join(text)


def _weighed(item: GoldenItem, outcome: Outcome) -> Html:
    if not outcome.matches:
        return Html("")
    words = evaluation_texts().questions
    recommended = {r.id for r in outcome.answer.recommendations}
    reasons = {c.id: c.would_fit_if or "" for c in outcome.answer.considered}
    right = {*item.expected.hcas, *item.expected.initiatives}
    obstacles = {str(facet): name for facet, name in words.obstacles.items()}
    rows = []
    for match in outcome.matches[:_MATCHES]:
        is_kept = match.id in recommended
        obstacle = obstacles.get(match.obstacle or "")
        why = "" if is_kept else obstacle or reasons.get(match.id) or words.scored_lower
        rows.append(
            (
                _marked(match.id, match.id in right),
                f"{match.score:.2f}".replace(".", ","),
                _verdict(is_kept, words.kept, words.rejected),
                why,
            )
        )
    header = (words.record, words.score, words.outcome, words.why)
    return join(tag("h4", words.weighed), table(words.weighed, header, rows))


def _ranked(run: Run, item: GoldenItem, outcome: Outcome) -> Html:
    lines = outcome.rankings.get("hybrid", ())[:_PASSAGES]
    if not lines:
        return Html("")
    words = evaluation_texts().questions
    cited = {c.passage_id for c in outcome.answer.citations}
    quotes = [" ".join(p.quote.split()) for p in item.expected.passages]
    places = {
        arm: {passage: str(n) for n, (passage, _) in enumerate(outcome.rankings.get(arm, ()), 1)}
        for arm in ("dense", "bm25")
    }
    rows = []
    for rank, (passage, _score) in enumerate(lines, 1):
        text = " ".join(run.passages.get(passage, "").split())
        short = text if len(text) <= _PASSAGE_CHARS else text[:_PASSAGE_CHARS].rsplit(" ", 1)[0] + " …"
        name = _marked(passage, any(quote in text for quote in quotes))
        arms = f"{places['dense'].get(passage, '–')} / {places['bm25'].get(passage, '–')}"
        shown = join(name, tag("span", short, class_="ev-note"))
        rows.append((str(rank), shown, arms, _verdict(passage in cited, words.cited, words.not_cited)))
    header = (words.rank, words.passage, words.arms, words.outcome)
    return join(tag("h4", words.ranked), table(words.ranked, header, rows, class_="ev-ranked"))


def answer_text(answer: Answer) -> Html:
    """The answer as it was given, in its own language; its headings become plain bold lines."""
    pieces = []
    for block in answer.answer.split("\n\n"):
        is_heading = block.startswith("### ")
        text = block.removeprefix("### ").replace("**", "")
        if text.strip():
            pieces.append(tag("p", tag("strong", text)) if is_heading else tag("p", *_lines(text)))
    return tag("div", *pieces, class_="ev-answer", lang=answer.language)
