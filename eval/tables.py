"""Measures as plain text and Markdown tables."""

from __future__ import annotations

from collections.abc import Sequence

from eval.measures.catalog import CATALOG, MeasureInfo
from eval.statistics import Estimate
from eval.summary import ALL, Summary

HEADLINES = (
    "match Success@1", "match Success@3", "hca Success@1", "hca Success@3", "initiative Success@1",
    "initiative Success@3", "outside region", "dropped context left", "failed", "status accuracy",
    "refusal right", "wrongly refused", "wrongly asked back", "clarify accuracy", "AURC match",
    "intent accuracy", "places F1", "sectors F1", "dense nDCG@10", "bm25 nDCG@10", "hybrid nDCG@10",
    "citation recall", "citation precision", "quotes literal", "page accuracy", "nugget recall",
    "answer words", "reading ease", "total ms p50", "total ms p95", "latency ratio",
)  # fmt: skip


def shown(info: MeasureInfo, found: Estimate) -> str:
    """`value [low, high]`."""
    return f"{info.shown(found.value)} [{info.shown(found.low)}, {info.shown(found.high)}]"


def text_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns of equal width, the first to the left, the others to the right."""
    widths = [max(len(row[i]) for row in (header, *rows)) for i in range(len(header))]
    return "\n".join(
        "  ".join(
            cell.ljust(w) if i == 0 else cell.rjust(w)
            for i, (cell, w) in enumerate(zip(row, widths, strict=True))
        )
        for row in (header, *rows)
    )


def markdown_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The same for Markdown."""
    lines = [header, ["---", *("---:" for _ in header[1:])], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def measure_table(summary: Summary, *, is_full: bool = False) -> str:
    """Measures over whole splits, and matching per slice."""
    splits = sorted({split for by_split in summary.estimates.values() for split in by_split})
    names = [name for name in CATALOG.names if name in summary.estimates and (is_full or name in HEADLINES)]
    rows = []
    for name in names:
        row = [name]
        for split in splits:
            found = summary.get(name, split)
            row += [str(found.n), shown(CATALOG[name], found)] if found else ["", ""]
        rows.append(row)
    header = ["measure", *(cell for split in splits for cell in ("n", split))]
    return (
        text_table(header, rows)
        + "\n\n"
        + slice_table(summary, "match Success@1")
        + "\n\n"
        + slice_table(summary, "status accuracy")
    )


def slice_table(summary: Summary, measure: str) -> str:
    """One measure per slice."""
    by_split = summary.estimates.get(measure, {})
    slices = sorted({part for parts in by_split.values() for part in parts if part != ALL})
    rows = []
    for part in slices:
        row = [part]
        for split in sorted(by_split):
            found = summary.get(measure, split, part)
            row += [str(found.n), shown(CATALOG[measure], found)] if found else ["", ""]
        rows.append(row)
    header = [f"{measure} per slice", *(cell for split in sorted(by_split) for cell in ("n", split))]
    return text_table(header, rows)
