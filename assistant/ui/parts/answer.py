"""One answer as the browser gets it: parts in reading order, with a label for every marker."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial
from typing import Any

import streamlit as st

from assistant.domain.answer import Answer, Citation, Reason, Recommendation, Sentence
from assistant.ui.parts.markup import host, web_address
from assistant.ui.parts.script import script
from assistant.ui.texts import AnswerTexts, texts

_SCRIPT = script("answer.js")
_component = st.components.v2.component("talentwijzer_answer", js=_SCRIPT, isolate_styles=False)

REVEAL_MILLISECONDS = 900
"""The longest an answer takes to appear as a whole: enough to see where it starts, too short to wait for."""

BLOCKS_BEFORE_CARDS = ("abstain", "answer", "compare", "advice", "clarify")
BLOCKS_AFTER_CARDS = ("what", "offer", "more")
BLOCKS_IN_BAR = ("status", "notice")
BLOCKS_AT_END = ("write", "guard", "made")
BLOCKS = (*BLOCKS_BEFORE_CARDS, *BLOCKS_AFTER_CARDS, *BLOCKS_IN_BAR, *BLOCKS_AT_END, "considered")
"""Every block of an answer, in the order of the page; a block of another name comes before the last part."""


def answer_data(answer: Answer, *, hidden_notices: Collection[str] = ()) -> dict[str, Any]:
    """The parts of an answer, JSON only.

    Args:
        hidden_notices: sentences of a notice that an earlier answer in this conversation already showed.
    """
    words = texts().answer[answer.language]
    marks = {citation.n: _mark(citation, words) for citation in answer.citations}
    by_block: dict[str, list[Sentence]] = {}
    for sentence in answer.sentences:
        if not (sentence.block == "notice" and sentence.text in hidden_notices):
            by_block.setdefault(sentence.block, []).append(sentence)
    part = partial(_part, marks=marks)
    parts: list[dict[str, Any] | None] = []
    for name in BLOCKS_BEFORE_CARDS:
        parts.append(part(name, by_block.get(name, ()), style=name, heading=_heading(name, answer, words)))
    if "clarify" not in by_block and answer.clarifying_question:
        asked = Sentence(text=answer.clarifying_question, kind="frame")
        parts.append(part("clarify", [asked], style="clarify", heading=words.clarify))
    if answer.recommendations:
        cards = [_card(item, words, marks) for item in answer.recommendations]
        parts.append({"name": "cards", "style": "cards", "heading": words.advised, "cards": cards})
    for name in BLOCKS_AFTER_CARDS:
        parts.append(part(name, by_block.get(name, ()), style=name, heading=_heading(name, answer, words)))
    bar = [by_block[name] for name in BLOCKS_IN_BAR if name in by_block]
    parts.append(part("notice", *bar, style="notice"))
    for name in BLOCKS_AT_END:
        parts.append(part(name, by_block.get(name, ()), style=name, heading=_heading(name, answer, words)))
    parts += [part(name, found, style="other") for name, found in by_block.items() if name not in BLOCKS]
    parts.append(_considered(answer, by_block.get("considered", ()), words, marks))
    return {
        "language": answer.language,
        "parts": [p for p in parts if p is not None],
        "copy": {
            "text": answer.answer, "label": words.copy_, "done": words.copied, "failed": words.copy_failed,
        },
        "checks": {"show": words.show_checks, "names": words.checks},
    }  # fmt: skip


def show_answer(
    answer: Answer,
    *,
    turn: int,
    open_n: int | None,
    is_fresh: bool,
    hidden_notices: Collection[str],
    on_cite: Callable[[int], None],
    on_ask: Callable[[str], None],
    thumb: str | None = None,
    on_thumb: Callable[[str], None] | None = None,
) -> None:
    """Draw an answer.

    Args:
        turn: number of the turn on the page, from 0.
        open_n: the citation that is open now.
        is_fresh: True the first time, when it appears sentence by sentence.
        on_cite: called with the number of a marker that was clicked.
        on_ask: called with the question of a "vraag hierover" button.
        thumb: what the applicant said of this answer: "helpful", "not_helpful" or nothing yet.
        on_thumb: called with what is said now; None where it cannot be kept.
    """
    key = f"answer-{turn}"
    data = answer_data(answer, hidden_notices=hidden_notices)
    data |= {"turn": turn, "open": open_n, "fresh": is_fresh, "reveal_milliseconds": REVEAL_MILLISECONDS}
    data["thumb"] = thumb
    if on_thumb:
        feedback = texts().feedback
        data["thumbs"] = {
            "label": feedback.label, "helpful": feedback.helpful, "not_helpful": feedback.not_helpful,
        }  # fmt: skip
    _component(
        key=key,
        data=data,
        on_cite_change=lambda: on_cite(int(st.session_state[key]["cite"])),
        on_ask_change=lambda: on_ask(str(st.session_state[key]["ask"])),
        on_thumb_change=lambda: on_thumb(str(st.session_state[key]["thumb"])) if on_thumb else None,
    )


def marker_label(citation: Citation, words: AnswerTexts) -> str:
    """What a screen reader says for a marker: "bron 5, pagina 4"."""
    if citation.page is not None:
        return words.marker_page.format(n=citation.n, page=citation.page)
    field = cited_field(citation)
    if field:
        return words.marker_field.format(n=citation.n, field=field_name(field))
    return words.marker.format(n=citation.n)


def cited_field(citation: Citation) -> str | None:
    """Name of the record field a citation points to: the part of its locator after the record id."""
    if citation.locator and citation.locator.startswith(f"{citation.document_id}: "):
        return citation.locator.removeprefix(f"{citation.document_id}: ")
    return None


def field_name(field: str) -> str:
    """Name of a record field in plain words, in lower case."""
    name = texts().record_fields.get(field, field)
    return name[:1].lower() + name[1:]


def _mark(citation: Citation, words: AnswerTexts) -> dict[str, Any]:
    return {"n": citation.n, "label": marker_label(citation, words)}


def _marks(numbers: Iterable[int], marks: dict[int, dict[str, Any]]) -> list[dict[str, Any]]:
    return [marks[n] for n in numbers if n in marks]


def _heading(name: str, answer: Answer, words: AnswerTexts) -> str | None:
    headings = {
        "clarify": words.clarify,
        "compare": words.compare,
        "what": words.what,
        "offer": words.offer,
        "write": words.write,
    }
    if name in headings:
        return headings[name]
    if name == "abstain":
        reasons: dict[str, str] = {str(key): text for key, text in words.abstained.items()}
        return reasons.get(answer.abstention or "no_source_says", words.abstained["no_source_says"])
    return None


def _split(sentences: Sequence[Sentence]) -> list[list[Sentence]]:
    """The paragraphs of one block."""
    found: list[list[Sentence]] = []
    for sentence in sentences:
        if sentence.opens_paragraph or not found:
            found.append([])
        found[-1].append(sentence)
    return found


def _part(
    name: str,
    *paragraphs: Sequence[Sentence],
    marks: dict[int, dict[str, Any]],
    style: str,
    heading: str | None = None,
) -> dict[str, Any] | None:
    filled = [
        [{"text": s.text, "marks": _marks(s.citations, marks), "verdict": s.verdict} for s in sentences]
        for group in paragraphs
        for sentences in _split(group)
    ]
    return {"name": name, "style": style, "heading": heading, "paragraphs": filled} if filled else None


def _card(item: Recommendation, words: AnswerTexts, marks: dict[int, dict[str, Any]]) -> dict[str, Any]:
    fits = {"fits": words.fits, "does_not_fit": words.does_not_fit, "unknown": words.unknown}
    website = web_address(item.website)
    return {
        "id": item.id,
        "name": item.name,
        "meta": f"{words.kinds[item.kind]} · {words.status[item.status]}",
        "reasons": [
            {
                "fit": r.fit,
                "fit_label": fits[r.fit],
                "text": _reason(r, words),
                "marks": _marks(r.citations, marks),
            }
            for r in item.reasons
        ],
        "advice": words.link_up[item.link_up],
        "website": website,
        "host": host(website) if website else None,
        "website_label": words.website_label.format(name=item.name, host=host(website)) if website else None,
        "as_of": words.as_of.format(year=item.as_of) if item.as_of else None,
        "ask": words.ask_about,
        "ask_label": words.ask_about_label.format(name=item.name),
        "question": words.ask_about_question.format(name=item.name),
    }


def _reason(reason: Reason, words: AnswerTexts) -> str:
    """One reason in words: the facet, what was found, and what was asked when the two differ."""
    label = words.facets[reason.facet]
    text = f"{label}: {reason.found}" if label else reason.found
    return words.asked.format(text=text, asked=reason.asked) if reason.fit == "does_not_fit" else text


def _considered(
    answer: Answer, sentences: Sequence[Sentence], words: AnswerTexts, marks: dict[int, dict[str, Any]]
) -> dict[str, Any] | None:
    if not answer.considered and not sentences:
        return None
    part = _part("considered", sentences, marks=marks, style="considered") or {"paragraphs": []}
    items = []
    for item in answer.considered:
        why = words.would_fit_if.format(condition=item.would_fit_if) if item.would_fit_if else ""
        if not why:
            why = "; ".join(_reason(r, words) for r in item.reasons if r.fit == "does_not_fit")
        items.append({"name": item.name, "why": why})
    return part | {"name": "considered", "style": "considered", "heading": words.considered, "items": items}
