"""One logged answer as the list of verdicts gets it: sentences, recommendations, the catalogue to search."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from assistant.domain.catalogue import Record
from assistant.domain.review import LoggedAnswer, RecommendationVerdict, Review, SentenceVerdict
from assistant.ui.parts.answer import marker_label
from assistant.ui.parts.script import script
from assistant.ui.texts import texts

_SCRIPT = script("review.js")
_component = st.components.v2.component("talentwijzer_review", js=_SCRIPT, isolate_styles=False)
_WORDS = (
    "judge", "group", "verdicts", "recommended", "recommendations", "no_recommendations", "missing",
    "missing_search", "missing_found", "missing_none", "missing_add", "missing_remove", "comment",
    "comment_hint", "corrected", "corrected_hint", "machine", "machine_none", "machine_verdicts", "save",
    "golden", "skip", "help", "help_title", "help_lines", "keys", "unsaved",
)  # fmt: skip
KEY = "review-item"


def item_data(
    logged: LoggedAnswer, own: Review | None, reader: str, records: Sequence[Record]
) -> dict[str, Any]:
    """What the browser needs to judge one answer, JSON only.

    Args:
        own: the latest review of this reader; None when there is none.
    """
    answer, labels = logged.answer, texts().answer["nl"]
    citations = {c.n: c for c in answer.citations}
    return {
        "answer": logged.answer_id,
        "reader": reader,
        "revision": own.revision if own else 0,
        "own": _draft(own) if own else {},
        "sentences": [
            {
                "n": n,
                "text": s.text.replace("**", ""),
                "kind": s.kind,
                "machine": s.verdict,
                "marks": [
                    {"n": i, "label": marker_label(citations[i], labels)}
                    for i in s.citations
                    if i in citations
                ],
            }
            for n, s in enumerate(answer.sentences)
        ],
        "recommendations": [
            {"id": r.id, "name": r.name, "meta": f"{labels.kinds[r.kind]} · {labels.status[r.status]}"}
            for r in answer.recommendations
        ],
        "catalogue": _catalogue(records),
        "words": texts().review.model_dump(include=set(_WORDS), mode="json"),
    }


def show_review_item(
    data: Mapping[str, Any],
    *,
    on_save: Callable[[Mapping[str, Any]], None],
    on_skip: Callable[[], None],
) -> Mapping[str, Any]:
    """Draw the list of verdicts.

    Args:
        on_save: called with the whole draft.

    Returns:
        Which source is looked at: `answer`, `n` (of the citation), `asked` (0 when the reader only came by).
    """
    result = _component(
        key=KEY,
        data=dict(data),
        default={"at": {}},
        on_at_change=lambda: None,
        on_save_change=lambda: on_save(st.session_state[KEY]["save"]),
        on_skip_change=on_skip,
    )
    at = result.get("at")
    return at if isinstance(at, Mapping) else {}


def review_of_draft(draft: Mapping[str, Any], logged: LoggedAnswer) -> Review:
    """The review a browser sent; what does not belong to this answer is left out."""
    answer = logged.answer
    claims = {n for n, s in enumerate(answer.sentences) if s.kind == "claim"}
    recommended = {r.id for r in answer.recommendations}
    sentences: dict[int, SentenceVerdict] = {}
    for key, value in dict(draft.get("sentences") or {}).items():
        if str(key).isdigit() and int(key) in claims and value in ("supported", "partial", "unsupported"):
            sentences[int(key)] = value
    recommendations: dict[str, RecommendationVerdict] = {
        str(key): value
        for key, value in dict(draft.get("recommendations") or {}).items()
        if key in recommended and value in ("right", "wrong")
    }
    return Review(
        answer_id=logged.answer_id,
        reader=str(draft.get("reader", "")),
        sentences=dict(sorted(sentences.items())),
        recommendations=dict(sorted(recommendations.items())),
        missing=tuple(dict.fromkeys(str(i) for i in draft.get("missing") or ())),
        comment=str(draft.get("comment", "")).strip(),
        corrected_answer=str(draft.get("corrected", "")).strip(),
    )


def is_empty(review: Review) -> bool:
    """True when nothing was judged, named or written."""
    return not (
        review.sentences
        or review.recommendations
        or review.missing
        or review.comment
        or review.corrected_answer
    )


def _draft(review: Review) -> dict[str, Any]:
    return {
        "sentences": {str(n): verdict for n, verdict in review.sentences.items()},
        "recommendations": dict(review.recommendations),
        "missing": list(review.missing),
        "comment": review.comment,
        "corrected": review.corrected_answer,
    }


def _catalogue(records: Sequence[Record]) -> list[dict[str, str]]:
    """Name, kind and the words to find each record by, in order of name."""
    labels = texts().answer["nl"]
    found = []
    for record in sorted(records, key=lambda r: r.name.casefold()):
        words = (record.name, *record.aliases, record.region or "", *record.provinces, *record.sectors)
        found.append(
            {
                "id": record.id,
                "name": record.name,
                "meta": f"{labels.kinds[record.kind]} · {labels.status[record.status]}",
                "text": " ".join(words).casefold(),
            }
        )
    return found
