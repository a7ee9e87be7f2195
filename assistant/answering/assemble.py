"""From draft to answer object: reasons cited, citations numbered in reading order, Markdown written."""

from __future__ import annotations

from assistant.answering.draft import Draft, to_markdown
from assistant.answering.texts import Texts
from assistant.domain.answer import (
    Answer,
    Citation,
    Considered,
    Reason,
    Recommendation,
    Sentence,
    Timing,
    UnderstandingView,
)
from assistant.domain.match import FacetFit, Match
from assistant.domain.question import Understanding

MAX_FOLLOWUPS = 3


def _reason(draft: Draft, fit: FacetFit, texts: Texts) -> Reason:
    numbers = [draft.book.cite(piece) for piece in fit.evidence]
    cited = tuple(dict.fromkeys(n for n in numbers if n is not None))
    found = fit.found if cited or fit.fit == "unknown" else ""
    fit_shown = fit.fit if cited else "unknown"
    return Reason(
        facet=fit.facet,
        asked=fit.asked,
        found=found or texts("reasons.nothing_listed"),
        fit=fit_shown,
        citations=cited,
    )


def _recommendation(draft: Draft, match: Match, link_up: str, texts: Texts) -> Recommendation:
    record = match.record
    reasons = [_reason(draft, fit, texts) for fit in match.facets]
    if not any(reason.citations for reason in reasons):
        number = draft.book.cite_summary(record.id)
        reasons.append(
            Reason(
                facet="text",
                asked=texts("reasons.text"),
                found=record.name,
                citations=(number,) if number else (),
            )
        )
    return Recommendation.model_validate(
        {
            "id": record.id, "name": record.name, "kind": record.kind, "status": record.status,
            "score": round(match.score, 4), "reasons": tuple(reasons), "website": record.website,
            "link_up": link_up, "as_of": record.as_of,
        }
    )  # fmt: skip


def _considered(match: Match, texts: Texts) -> Considered:
    misfits = [fit for fit in match.facets if fit.fit == "does_not_fit"]
    reasons = tuple(Reason(facet=f.facet, asked=f.asked, found=f.found, fit=f.fit) for f in match.facets)
    if match.obstacle == "status":
        would = texts("reasons.would_fit_if.status")
    elif misfits and misfits[0].found:
        would = texts(f"reasons.would_fit_if.{misfits[0].facet}", found=misfits[0].found)
    else:
        would = None
    return Considered(
        id=match.record.id,
        name=match.record.name,
        score=round(match.score, 4),
        reasons=reasons,
        would_fit_if=would,
    )


def _view(understanding: Understanding) -> UnderstandingView:
    places = understanding.places
    return UnderstandingView(
        intent=understanding.intent,
        places=tuple(dict.fromkeys(p.name for p in places)),
        provinces=tuple(dict.fromkeys(v for p in places if p.kind != "country" for v in p.provinces)),
        labour_market_regions=tuple(
            dict.fromkeys(v for p in places if p.kind != "country" for v in p.labour_market_regions)
        ),
        sectors=understanding.sector_ids,
        education_levels=tuple(f.value for f in understanding.education_levels),
        target_groups=tuple(f.value for f in understanding.target_groups),
        interventions=tuple(f.value for f in understanding.interventions),
        carried_over=understanding.carried_over,
        corrected=tuple(f"{p.surface} → {p.name}" for p in places if p.is_corrected),
    )


def _followups(draft: Draft, understanding: Understanding, texts: Texts) -> tuple[str, ...]:
    if draft.advice is None or not draft.advice.recommended:
        return ()
    first = draft.advice.recommended[0][0].record
    questions = [texts("followups.about", name=first.name)]
    if first.financing:
        questions.append(texts("followups.finance", name=first.name))
    if len(draft.advice.recommended) > 1:
        questions.append(
            texts("followups.compare", name=first.name, value=draft.advice.recommended[1][0].record.name)
        )
    return tuple(questions[:MAX_FOLLOWUPS])


def _numbered(draft: Draft, recommendations: list[Recommendation]) -> tuple[
    tuple[Sentence, ...], tuple[Recommendation, ...], tuple[Citation, ...]
]:  # fmt: skip
    """Numbers from 1 in reading order: sentences first, then the reasons on the cards; unused ones go."""
    order: dict[int, int] = {}
    groups = [s.citations for s in draft.sentences]
    groups += [reason.citations for r in recommendations for reason in r.reasons]
    for numbers in groups:
        for number in numbers:
            order.setdefault(number, len(order) + 1)

    def new(numbers: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(order[n] for n in numbers)

    by_number = {c.n: c for c in draft.book.citations}
    sentences = tuple(s.model_copy(update={"citations": new(s.citations)}) for s in draft.sentences)
    recommended = tuple(
        r.model_copy(
            update={"reasons": tuple(x.model_copy(update={"citations": new(x.citations)}) for x in r.reasons)}
        )
        for r in recommendations
    )
    citations = tuple(by_number[old].model_copy(update={"n": number}) for old, number in order.items())
    return sentences, recommended, citations


def assemble(
    question: str, understanding: Understanding, draft: Draft, texts: Texts, timing: Timing
) -> Answer:
    """The finished answer object."""
    advice = draft.advice
    recommendations = [
        _recommendation(draft, match, link_up, texts)
        for match, link_up in (advice.recommended if advice else ())
    ]
    sentences, recommended, citations = _numbered(draft, recommendations)
    return Answer(
        question=question,
        language=understanding.language,
        status=draft.status,
        answer=to_markdown(sentences, draft.headings),
        sentences=sentences,
        recommendations=recommended,
        citations=citations,
        understanding=_view(understanding),
        clarifying_question=draft.clarifying_question,
        abstention=draft.abstention,
        considered=tuple(_considered(m, texts) for m in advice.considered) if advice else (),
        followups=_followups(draft, understanding, texts),
        timing_ms=timing,
    )
