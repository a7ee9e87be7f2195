"""The page: headlines, slices, plots, what flipped, every question."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from assistant.domain.answer import Answer
from eval.compare import compare, flipped_measures
from eval.measures.catalog import CATALOG
from eval.report.markup import Html, join, table, tag
from eval.report.plots import IntervalRow, curve_plot, interval_plot, legend, stacked_bars
from eval.report.questions import answer_html, question_list
from eval.run_store import Run
from eval.statistics import Estimate
from eval.summary import ALL, Summary

HERE = Path(__file__).parent
POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
"""The browser itself keeps the page from loading anything."""
PLOTTED = (
    "match Success@1", "match Success@3", "hca Success@1", "initiative Success@1", "outside region",
    "status accuracy", "wrongly refused", "clarify accuracy", "intent accuracy", "places F1", "sectors F1",
    "citation recall", "citation precision", "quotes literal", "page accuracy", "nugget recall",
)  # fmt: skip
SLICE_MEASURES = (
    "match Success@1", "match Success@3", "status accuracy", "outside region", "intent accuracy",
    "citation recall", "nugget recall", "answer words",
)  # fmt: skip
STEPS = ("understand", "retrieve", "match", "compose", "check")
SHOWN_FLIPS = 60

INTERVALS = "Intervals are 95% bootstrap intervals over questions."
HEADLINES_NOTE = (
    "Thresholds and weights may be chosen on dev; test is only reported. ↓ means lower is better."
)
RETRIEVAL_NOTE = (
    "Document questions: passages that hold a labelled quote. Initiatives: where the best passage of the "
    "right one ranks, before any facet is weighed."
)
CONFIDENCE_NOTE = (
    "Answers in order of falling confidence: the share of wrong ones (risk) against the share of all "
    "questions answered so far (coverage). A question to refuse that was answered counts as wrong."
)
TEST_NOTE = (
    "The questions of test are there to see how the figures come about. Whoever mends a rule for one of "
    "them has no test set any more."
)


def splits_of(summary: Summary) -> list[str]:
    """Splits a run has, in order."""
    return sorted({split for by_split in summary.estimates.values() for split in by_split})


def report_html(run: Run, before: Run | None = None) -> str:
    """The whole page.

    Args:
        before: an earlier run to show flipped questions against.
    """
    sections = [
        ("headlines", "Headlines", _headlines(run.summary)),
        ("slices", "Slices", _slices(run.summary)),
        ("retrieval", "Retrieval", _retrieval(run.summary)),
        ("confidence", "Risk and coverage", _confidence(run.summary)),
        ("time", "Time", _time(run.summary)),
        ("measures", "Every measure", _measures(run.summary)),
        ("flips", "What flipped", _flips(run, before)),
        ("configuration", "Configuration", _configuration(run)),
        ("questions", "Questions", join([_filter(run), question_list(run)])),
    ]
    nav = tag("nav", *(tag("a", title, href=f"#{key}") for key, title, _ in sections), aria_label="Sections")
    body = tag(
        "main",
        tag("h1", "Evaluation of the Talentwijzer"),
        tag("p", f"Run {run.name}: {len(run.items)} questions. {INTERVALS}", class_="quiet"),
        nav,
        *(tag("section", tag("h2", title), part, id=key) for key, title, part in sections),
    )  # fmt: skip
    head = join(
        [
            Html(
                '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
            ),
            Html(f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'),
            tag("title", f"Evaluation {run.name}"),
            tag("style", Html((HERE / "style.css").read_text("utf-8"))),
        ]
    )
    script = tag("script", Html((HERE / "filter.js").read_text("utf-8")))
    return f'<!doctype html>\n<html lang="en"><head>{head}</head><body>{body}{script}</body></html>\n'


def _rows(summary: Summary, measures: tuple[str, ...]) -> list[IntervalRow]:
    rows = []
    splits = splits_of(summary)
    for measure in measures:
        for split in splits:
            found, info = summary.get(measure, split), CATALOG[measure]
            if found is not None:
                label = f"{measure}{' ↓' if info.better == 'lower' else ''}" if split == splits[0] else ""
                shown = info.shown(found.value)
                rows.append(
                    IntervalRow(label, found.value, found.low, found.high, shown, splits.index(split))
                )
    return rows


def _headlines(summary: Summary) -> Html:
    note = tag("p", HEADLINES_NOTE, class_="quiet")
    plot = interval_plot(_rows(summary, PLOTTED), label="Main measures with intervals, per split")
    return join([note, legend(splits_of(summary)), plot])


def _value(found: Estimate | None, measure: str, split: str, part: str = ALL) -> object:
    """A number that leads to the questions behind it, with its interval."""
    if found is None:
        return ""
    info = CATALOG[measure]
    interval = tag("small", f"{info.shown(found.low)} – {info.shown(found.high)}")
    best = 0.0 if info.better == "lower" else 1.0
    number: object = info.shown(found.value)
    if info.unit == "share" and info.better != "neither" and found.value != best:
        slice_name = None if part == ALL else part
        number = tag("button", number, type="button", class_="drill", data_measure=measure, data_split=split,
                     data_slice=slice_name, title="Show the questions that fall short")  # fmt: skip
    return join([number, interval])


def _slices(summary: Summary) -> Html:
    parts: list[Html] = []
    for split in splits_of(summary):
        by_slice = {
            p for m in SLICE_MEASURES for p in summary.estimates.get(m, {}).get(split, {}) if p != ALL
        }
        rows: list[list[object]] = []
        for part in sorted(by_slice):
            size = max((e.n for m in SLICE_MEASURES if (e := summary.get(m, split, part))), default=0)
            cells = [_value(summary.get(m, split, part), m, split, part) for m in SLICE_MEASURES]
            rows.append([part, size, *cells])
        header = ("slice", "n", *SLICE_MEASURES)
        parts.append(table(header, rows, caption=f"Slices of {split}", class_="numbers"))
    first = splits_of(summary)[-1] if splits_of(summary) else ""
    plotted = [
        IntervalRow(part, e.value, e.low, e.high, f"{100 * e.value:.1f}%")
        for part, e in sorted(summary.estimates.get("match Success@1", {}).get(first, {}).items())
    ]
    if plotted:
        parts.insert(0, interval_plot(plotted, label=f"match Success@1 per slice of {first}"))
        parts.insert(0, tag("p", f"match Success@1 per slice of {first}"))
    return join(parts)


def _retrieval(summary: Summary) -> Html:
    names = tuple(
        f"{arm} {m}" for m in ("nDCG@10", "Recall@10", "Success@1") for arm in ("dense", "bm25", "hybrid")
    )
    more = tuple(f"initiatives {arm} nDCG@10" for arm in ("dense", "bm25", "hybrid"))
    note = tag("p", RETRIEVAL_NOTE, class_="quiet")
    plot = interval_plot(_rows(summary, names + more), label="Retrieval measures per ranking")
    return join([note, legend(splits_of(summary)), plot])


def _confidence(summary: Summary) -> Html:
    about = tag("p", CONFIDENCE_NOTE, class_="quiet")
    curves = {
        f"{split}, {kind}": list(zip(curve.coverage, curve.risk, strict=True))
        for split, kinds in summary.curves.items()
        for kind, curve in kinds.items()
    }
    if not curves:
        return about
    top = max((risk for points in curves.values() for x, risk in points if x > 0.05), default=0.2)
    plot = curve_plot(curves, label="Risk-coverage curves", x_label="coverage", y_label="risk",
                      y_high=max(0.1, min(1.0, round(top + 0.05, 1))))  # fmt: skip
    return join([about, plot])


def _time(summary: Summary) -> Html:
    parts: list[Html] = []
    for split in splits_of(summary):
        bars = {
            f"{split}, {label} per step": {
                step: e.value for step in STEPS if (e := summary.get(f"{step} ms {label}", split))
            }
            for label in ("p50", "p95")
        }
        reference, ratio = summary.get("reference ms p50", split), summary.get("latency ratio", split)
        if reference is None or ratio is None:
            continue
        mark = ("reference p50", reference.value)
        parts.append(stacked_bars(bars, label=f"Milliseconds per step on {split}", unit="ms", mark=mark))
        total = summary.get("total ms p95", split)
        parts.append(
            tag(
                "p",
                f"p95 of a whole answer: {total.value if total else 0:.0f} ms, {ratio.value:.2f} × p50 of "
                f"embedding the question plus one vector query [{ratio.low:.2f}, {ratio.high:.2f}]. "
                "The parts of the p95 bar need not fall on the same question.",
            )
        )
    return join(parts) or tag("p", "No times were kept.")


def _measures(summary: Summary) -> Html:
    splits = splits_of(summary)
    parts = []
    for group in CATALOG.groups:
        rows = []
        for name in CATALOG.names:
            if CATALOG[name].group != group or name not in summary.estimates:
                continue
            cells: list[object] = []
            for split in splits:
                found = summary.get(name, split)
                cells += [found.n if found else "", _value(found, name, split)]
            about = tag("span", name, title=CATALOG[name].about)
            rows.append(
                [about, *cells, {"lower": "lower", "neither": ""}.get(CATALOG[name].better, "higher")]
            )
        header = ("measure", *(cell for split in splits for cell in ("n", split)), "better")
        parts += [table(header, rows, caption=group, class_="numbers")] if rows else []
    return join(parts)


def _flips(run: Run, before: Run | None) -> Html:
    if before is None:
        return tag("p", "There is no earlier run to compare with.")
    comparisons = [found for found in compare(before, run) if found.is_changed]
    if not comparisons:
        return tag("p", f"Nothing flipped since {before.name}.")
    rows = [
        (c.measure, c.difference.n, CATALOG[c.measure].shown(c.difference.before),
         CATALOG[c.measure].shown(c.difference.after), f"{c.difference.p_value:.3f} ({c.difference.test})",
         tag("span", f"+{len(c.better)}", class_="yes"), tag("span", f"−{len(c.worse)}", class_="no"))
        for c in comparisons
    ]  # fmt: skip
    header = ("measure", "n", "before", "after", "p", "better", "worse")
    parts = [table(header, rows, caption=f"Against {before.name}", class_="numbers")]
    answers = [{outcome.id: outcome.answer for outcome in one.outcomes} for one in (before, run)]
    questions = {item.id: item.text for item in run.items}
    flipped = flipped_measures(comparisons)
    for item, measures in list(flipped.items())[:SHOWN_FLIPS]:
        sides = [_side(name, a[item]) for name, a in zip((before.name, run.name), answers, strict=True)]
        badge = tag("span", ", ".join(measures), class_="badge")
        summary = tag("summary", tag("span", item, class_="id"), questions[item], badge)
        parts.append(tag("details", summary, tag("div", tag("div", *sides, class_="sides"))))
    if len(flipped) > SHOWN_FLIPS:
        parts.append(
            tag(
                "p",
                f"{len(flipped) - SHOWN_FLIPS} more questions flipped; `assistant eval compare` lists them.",
            )
        )
    return join(parts)


def _side(title: str, answer: Answer) -> Html:
    recommended = ", ".join(r.id for r in answer.recommendations)
    return tag("div", tag("h4", title), tag("p", f"{answer.status}: {recommended}"), answer_html(answer))


def _configuration(run: Run) -> Html:
    rows = [(key, json.dumps(value, ensure_ascii=False)) for key, value in run.config.items()]
    return table(
        ("", ""), rows, caption="What decides the outputs; the same configuration gives the same outputs"
    )


def _filter(run: Run) -> Html:
    slices = sorted({item.slice for item in run.items})
    measures = [
        name for name in CATALOG.names if name in run.summary.values and CATALOG[name].unit == "share"
    ]
    bar = tag("p", TEST_NOTE, class_="bar")

    def choice(name: str, label: str, values: Sequence[str]) -> Html:
        options = [tag("option", label, value=""), *(tag("option", value, value=value) for value in values)]
        return tag("select", *options, name=name, aria_label=label)

    form = tag(
        "form",
        Html('<input type="search" name="words" placeholder="Words" aria-label="Words in the question">'),
        choice("split", "both splits", splits_of(run.summary)),
        choice("part", "all slices", slices),
        choice("measure", "right and wrong", measures),
        tag("span", "", id="count", role="status", class_="quiet"),
        class_="filter", hidden="hidden",
    )  # fmt: skip
    return join([bar, form])
