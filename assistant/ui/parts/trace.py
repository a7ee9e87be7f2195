"""A stored trace as sections of a page; a trace of an older version may lack parts, which are left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.domain.review import LoggedAnswer
from assistant.ui.parts.markup import Html, join, tag
from assistant.ui.texts import texts

_FIELDS = (
    "language", "intent", "query", "places", "sectors", "education_levels", "target_groups", "interventions",
    "records", "carried_over", "clarify", "abstention",
)  # fmt: skip
_SIGNS = {"fits": "✓", "does_not_fit": "–", "unknown": "?"}
_CHECKS = {"supported": "✓", "partial": "±", "unsupported": "✕"}


def trace_sections(logged: LoggedAnswer) -> list[Html]:
    """Understood, rankings, matches, checks, timings and stamps, in that order."""
    trace = logged.trace
    return [
        _understood(_mapping(trace.get("understanding"))),
        _rankings(_mapping(trace.get("rankings"))),
        _matches(trace, [r.name for r in logged.answer.recommendations]),
        _checks(_mapping(trace.get("checks"))),
        _timings(_mapping(trace.get("timing_ms"))),
        _stamps(logged.stamps),
    ]


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _rows(value: object) -> Sequence[Mapping[str, Any]]:
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, (list, tuple)) else []


def _number(value: object, digits: int = 2) -> str:
    return f"{value:.{digits}f}".replace(".", ",") if isinstance(value, (int, float)) else ""


def _section(title: str, *body: str) -> Html:
    return tag("section", tag("h2", title), *body, class_="tw-why")


def _understood(understood: Mapping[str, Any]) -> Html:
    words = texts().why
    rows = []
    for name in _FIELDS:
        value = _plain(understood.get(name))
        if name in ("language", "intent", "clarify"):
            value = words.values.get(value, value)
        elif name == "sectors":
            value = ", ".join(texts().sector(sector) for sector in value.split(", ")) if value else ""
        if value or name in ("places", "sectors", "education_levels"):
            rows.append(tag("div", tag("dt", words.fields[name]), tag("dd", value or words.nothing)))
    return _section(words.understood, tag("dl", *rows, class_="tw-record"))


def _plain(value: object) -> str:
    """Any stored value in a few words: facets with their weight, places with their kind."""
    if value is None or value == "":
        return ""
    if isinstance(value, Mapping):
        name = str(value.get("name") or value.get("value") or "")
        weight = value.get("weight")
        return f"{name} ({_number(weight)})" if isinstance(weight, float) and weight < 1 else name
    if isinstance(value, (list, tuple)):
        return ", ".join(filter(None, (_plain(item) for item in value)))
    return str(value)


def _rankings(rankings: Mapping[str, Any]) -> Html:
    words = texts().why
    names = {"dense": words.dense, "bm25": words.lexical, "fused": words.fused}
    tables = []
    for key, name in names.items():
        rows = _rows(rankings.get(key))
        if rows:
            body = [_ranked(place, row) for place, row in enumerate(rows, start=1)]
            tables.append(tag("details", tag("summary", f"{name} ({len(rows)})"), _table(name, body)))
    return _section(words.rankings, tag("p", words.rankings_why, class_="tw-quiet"), *tables)


def _ranked(place: int, row: Mapping[str, Any]) -> Html:
    words = texts().why
    page = f" · {words.page.format(page=row['page'])}" if row.get("page") else ""
    where = tag("span", f"{row.get('passage_id', '')}{page}", class_="tw-quiet")
    text = tag("td", where, tag("span", str(row.get("text", "")), class_="tw-why-text"))
    return tag("tr", tag("td", str(place)), text, tag("td", _number(row.get("score"), 4)))


def _table(name: str, rows: Sequence[Html]) -> Html:
    words = texts().why
    heads = [tag("th", head, scope="col") for head in (words.rank, words.passage, words.score)]
    head = tag("thead", tag("tr", *heads))
    table = tag("table", tag("caption", name, class_="tw-hidden"), head, tag("tbody", *rows))
    return tag("div", table, class_="tw-table", tabindex="0", role="region", aria_label=name)


def _matches(trace: Mapping[str, Any], names: Sequence[str]) -> Html:
    words = texts().why
    recommended = {str(row.get("id")) for row in _rows(trace.get("recommended"))}
    items = [_match(row, str(row.get("id")) in recommended) for row in _rows(trace.get("matches"))]
    if not items:
        return _section(words.matches, tag("p", words.no_matches, class_="tw-quiet"))
    first = tag("p", words.in_order.format(names=", ".join(names))) if names else join()
    why = tag("p", words.matches_why, class_="tw-quiet")
    return _section(words.matches, why, first, tag("ol", *items, class_="tw-why-matches"))


def _match(row: Mapping[str, Any], is_recommended: bool) -> Html:
    words = texts().why
    said = words.recommended if is_recommended else words.not_recommended
    if row.get("obstacle"):
        said += f" · {words.obstacle.format(facet=_facet(row['obstacle']))}"
    meta = tag("span", f"{said} · {words.score.lower()} {_number(row.get('score'))}", class_="tw-meta")
    facets = [_fit(facet) for facet in _rows(row.get("facets"))]
    head = tag("div", tag("h3", str(row.get("name", ""))), meta, class_="tw-card-head")
    style = "tw-card tw-why-first" if is_recommended else "tw-card"
    return tag("li", head, tag("ul", *facets, class_="tw-reasons"), class_=style)


def _fit(facet: Mapping[str, Any]) -> Html:
    labels, words = texts().answer["nl"], texts().why
    fit = str(facet.get("fit", "unknown"))
    names = {"fits": labels.fits, "does_not_fit": labels.does_not_fit, "unknown": labels.unknown}
    asked = words.asked_found.format(
        asked=facet.get("asked") or words.nothing, found=facet.get("found") or words.nothing
    )
    sign = tag("span", _SIGNS.get(fit, "?"), class_="tw-sign", aria_hidden="true")
    text = tag(
        "span",
        tag("span", f"{names.get(fit, fit)}: ", class_="tw-hidden"),
        f"{_facet(facet.get('facet'))}: {asked}",
    )
    return tag("li", sign, text, class_=f"tw-reason tw-{fit}")


def _facet(name: object) -> str:
    labels: dict[str, str] = {str(key): text for key, text in texts().answer["nl"].facets.items()}
    return labels.get(str(name)) or str(name)


def _checks(checks: Mapping[str, Any]) -> Html:
    words, names = texts().why, texts().review.machine_verdicts
    items = []
    for row in _rows(checks.get("sentences")):
        verdict = str(row.get("verdict") or "no_claim")
        said = f"{_CHECKS.get(verdict, '')} {names.get(verdict, verdict)}".strip()
        mark = tag("span", said, class_=f"tw-why-check tw-check-{verdict}")
        items.append(tag("li", mark, tag("span", str(row.get("text", "")).replace("**", ""))))
    dropped = checks.get("dropped")
    more = tag("p", words.dropped.format(count=dropped), class_="tw-quiet") if dropped else join()
    why = tag("p", words.checks_why, class_="tw-quiet")
    return _section(words.checks, why, tag("ol", *items, class_="tw-why-checks"), more)


def _timings(timing: Mapping[str, Any]) -> Html:
    words = texts().why
    rows = [
        tag("div", tag("dt", name), tag("dd", words.milliseconds.format(value=_number(timing[key], 0))))
        for key, name in words.steps.items()
        if key in timing
    ]
    return _section(words.timings, tag("dl", *rows, class_="tw-record tw-record-short"))


def _stamps(stamps: Mapping[str, Any]) -> Html:
    rows = [tag("div", tag("dt", name), tag("dd", value)) for name, value in _flat(stamps)]
    return _section(texts().why.stamps, tag("dl", *rows, class_="tw-record tw-record-short"))


def _flat(data: Mapping[str, Any], before: str = "") -> list[tuple[str, str]]:
    """Names and values of nested data; a name tells the way to it."""
    found: list[tuple[str, str]] = []
    for key, value in data.items():
        if isinstance(value, Mapping):
            found += _flat(value, f"{before}{key}.")
        else:
            found.append((f"{before}{key}", _plain(value) or "–"))
    return found
