"""Plots as inline SVG: intervals, curves, stacked bars. Colours come from the style sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.report.markup import Html, join, tag

WIDTH = 720
LABEL = 210
ROW = 24
RIGHT = 96


@dataclass(frozen=True, slots=True)
class IntervalRow:
    """One line of an interval plot; `series` chooses the colour, from 0."""

    label: str
    value: float
    low: float
    high: float
    shown: str
    series: int = 0


def _at(value: float, left: float, right: float, low: float, high: float) -> float:
    share = (value - low) / (high - low) if high > low else 0.0
    return round(left + (right - left) * min(1.0, max(0.0, share)), 1)


def _svg(height: float, parts: Sequence[Html], label: str) -> Html:
    box = f"0 0 {WIDTH} {height:g}"
    return tag("svg", tag("title", label), *parts, viewBox=box, role="img", aria_label=label, class_="plot")


def _text(x: float, y: float, content: str, class_: str = "", anchor: str = "start") -> Html:
    return tag("text", content, x=x, y=y, class_=class_ or None, text_anchor=anchor)


def _line(x1: float, y1: float, x2: float, y2: float, class_: str) -> Html:
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=class_)


def interval_plot(rows: Sequence[IntervalRow], *, label: str, low: float = 0.0, high: float = 1.0) -> Html:
    """A point with its interval per row, on one scale."""
    left, right = LABEL, WIDTH - RIGHT
    height = ROW * len(rows) + 28
    parts: list[Html] = []
    for step in range(5):
        value = low + (high - low) * step / 4
        x = _at(value, left, right, low, high)
        parts += [_line(x, 4, x, height - 22, "grid"), _text(x, height - 6, f"{value:g}", "tick", "middle")]
    for number, row in enumerate(rows):
        y = ROW * number + 16
        series = f"series-{row.series}"
        ends = [_at(value, left, right, low, high) for value in (row.low, row.high)]
        parts += [
            _text(left - 10, y + 4, row.label, "", "end"),
            _line(ends[0], y, ends[1], y, f"interval {series}"),
            tag("circle", cx=_at(row.value, left, right, low, high), cy=y, r=4.5, class_=series),
            _text(right + 10, y + 4, row.shown, "number"),
        ]
    return _svg(height, parts, label)


def curve_plot(
    curves: Mapping[str, Sequence[tuple[float, float]]],
    *,
    label: str,
    x_label: str,
    y_label: str,
    y_high: float,
) -> Html:
    """Lines over x from 0 to 1.

    Args:
        curves: name of each line to its points, x rising.
        y_high: top of the scale.
    """
    left, right, top, bottom = 56, WIDTH - 180, 12, 260
    parts: list[Html] = []
    for step in range(5):
        x, y = left + (right - left) * step / 4, bottom - (bottom - top) * step / 4
        parts += [
            _line(x, top, x, bottom, "grid"),
            _line(left, y, right, y, "grid"),
            _text(x, bottom + 18, f"{100 * step / 4:.0f}%", "tick", "middle"),
            _text(left - 8, y + 4, f"{100 * y_high * step / 4:.0f}%", "tick", "end"),
        ]
    for series, (name, points) in enumerate(curves.items()):
        path = " ".join(f"{_at(x, left, right, 0, 1)},{_at(y, bottom, top, 0, y_high)}" for x, y in points)
        parts.append(tag("polyline", points=path, class_=f"curve series-{series}"))
        y = top + 12 + ROW * series
        parts += [
            _line(right + 14, y - 4, right + 36, y - 4, f"interval series-{series}"),
            _text(right + 42, y, name),
        ]
    parts += [
        _text((left + right) / 2, bottom + 38, x_label, "", "middle"),
        tag("text", y_label, x=14, y=(top + bottom) / 2, text_anchor="middle",
            transform=f"rotate(-90 14 {(top + bottom) / 2:g})"),
    ]  # fmt: skip
    return _svg(bottom + 46, parts, label)


def stacked_bars(
    bars: Mapping[str, Mapping[str, float]], *, label: str, unit: str, mark: tuple[str, float] | None = None
) -> Html:
    """One bar per name, cut in named parts, with a legend.

    Args:
        mark: name and place of a line across all bars.
    """
    left, right = LABEL, WIDTH - RIGHT
    names = list(dict.fromkeys(part for parts in bars.values() for part in parts))
    top = max([sum(parts.values()) for parts in bars.values()] + ([mark[1]] if mark else []) + [1e-9])
    height = 34 * len(bars) + 56
    out: list[Html] = []
    for number, (name, parts) in enumerate(bars.items()):
        y, x = 34 * number + 8, float(left)
        out.append(_text(left - 10, y + 16, name, "", "end"))
        for part, value in parts.items():
            width = round((right - left) * value / top, 1)
            about = tag("title", f"{part}: {value:.1f} {unit}")
            series = f"series-{names.index(part)}"
            out.append(tag("rect", about, x=round(x, 1), y=y, width=width, height=22, class_=series))
            x += width
        out.append(_text(x + 8, y + 16, f"{sum(parts.values()):.1f} {unit}", "number"))
    if mark is not None:
        x = _at(mark[1], left, right, 0, top)
        out += [
            _line(x, 2, x, height - 50, "mark"),
            _text(x, height - 36, f"{mark[0]} {mark[1]:.1f} {unit}", "tick", "middle"),
        ]
    x = float(left)
    for number, name in enumerate(names):
        out += [
            tag("rect", x=x, y=height - 22, width=12, height=12, class_=f"series-{number}"),
            _text(x + 18, height - 12, name),
        ]
        x += 34 + 8 * len(name)
    return _svg(height, out, label)


def legend(names: Sequence[str]) -> Html:
    """What the colours of an interval plot stand for."""
    return tag(
        "p",
        *(join([tag("span", "●", class_=f"dot series-{n}"), f" {name}  "]) for n, name in enumerate(names)),
    )
