"""Citation recall and precision as ALCE defines them, literal quotes, and the right page.

Recall of a sentence is 1 when all its cited passages together support it. A citation is precise when its
sentence is supported and it is not irrelevant: irrelevant is one that does not support the sentence alone and
without which the others still do. Both are averaged over an answer, then over answers (Gao et al. 2023,
"Enabling Large Language Models to Generate Text with Citations"). ALCE judges support with an NLI model; here
the claim checker judges.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from assistant.domain.answer import Answer, Citation, Sentence
from assistant.domain.text import single_spaced
from assistant.grounding.checker import ClaimChecker
from assistant.grounding.verdicts import Verdict
from eval.measures.base import Case, Sources, Value, Values, yes


class SupportJudge(Protocol):
    """Says whether texts support a sentence."""

    def supports(self, sentence: str, texts: Mapping[int, str]) -> bool:
        """Whether the texts together say it."""

    def claims(self, sentence: str) -> bool:
        """Whether the sentence states a fact at all."""


class CheckerJudge:
    """The claim checker as judge; remembers what it judged, for many answers share sentences."""

    def __init__(self, checker: ClaimChecker) -> None:
        self._checker = checker
        self._known: dict[tuple[str, tuple[str, ...]], bool] = {}

    def supports(self, sentence: str, texts: Mapping[int, str]) -> bool:
        """True only for the verdict "supported"; partial support is none."""
        key = (sentence, tuple(texts.values()))
        if key not in self._known:
            verdict = self._checker.check_sentence(sentence, texts).verdict
            self._known[key] = verdict in (Verdict.SUPPORTED, Verdict.NO_CLAIM)
        return self._known[key]

    def claims(self, sentence: str) -> bool:
        """False for questions, headings, lead-ins."""
        return self._checker.check_sentence(sentence, {}).verdict is not Verdict.NO_CLAIM


def cited_text(citation: Citation, sources: Sources) -> str:
    """What the judge reads for one citation: what it is called, and the passage or field it points to."""
    passage = sources.passages.get(citation.passage_id or "")
    if passage is not None:
        return f"{'. '.join(passage.heading_path)}. {passage.text}"
    record_id, _, field = (citation.locator or "").partition(": ")
    record, coverage = sources.records.get(record_id), sources.coverage.get(record_id)
    if record is not None and field:
        values: Sequence[str] = record.field_texts(field) if field in type(record).model_fields else ()
        if citation.quote not in values and coverage is not None and hasattr(coverage, field):
            values = tuple(map(str, getattr(coverage, field)))
        names = ", ".join((record.name, *record.aliases))
        return f"{names}. {citation.title}: {', '.join(values)}"
    header = sources.cited_texts(citation.file, citation.page, citation.locator)[:1]
    return f"{citation.title}. {', '.join(header)}. {citation.quote}".replace(",", ", ")


def _sentence_values(
    sentence: Sentence, texts: Mapping[int, str], judge: SupportJudge
) -> tuple[float, list[float]]:
    """Recall of a sentence, and the precision of each of its citations."""
    cited = {n: texts[n] for n in sentence.citations if n in texts}
    if not cited or not judge.supports(sentence.text, cited):
        return 0.0, [0.0] * len(sentence.citations)
    if len(cited) == 1:
        return 1.0, [1.0 if n in cited else 0.0 for n in sentence.citations]
    precise = []
    for number in sentence.citations:
        rest = {n: text for n, text in cited.items() if n != number}
        alone = number in cited and judge.supports(sentence.text, {number: cited[number]})
        precise.append(1.0 if alone or not judge.supports(sentence.text, rest) else 0.0)
    return 1.0, precise


def citation_recall_and_precision(
    answer: Answer, sources: Sources, judge: SupportJudge
) -> tuple[float | None, float | None]:
    """Both for one answer; None when it has no claims, or no citations in claims."""
    texts = {citation.n: cited_text(citation, sources) for citation in answer.citations}
    recalls: list[float] = []
    precisions: list[float] = []
    for sentence in answer.sentences:
        if sentence.kind == "claim":
            recall, precise = _sentence_values(sentence, texts, judge)
            recalls.append(recall)
            precisions += precise
    return (
        sum(recalls) / len(recalls) if recalls else None,
        sum(precisions) / len(precisions) if precisions else None,
    )


def is_literal(citation: Citation, sources: Sources) -> bool:
    """Whether the quote stands in the cited file, on the cited page or in the cited field."""
    quote = single_spaced(citation.quote)
    texts = sources.cited_texts(citation.file, citation.page, citation.locator)
    return bool(quote) and any(quote in text for text in texts)


def _pages(case: Case) -> tuple[Value, Value] | None:
    """Whether the first citation of a page is a labelled one, and whether any is."""
    labelled = {(p.document_id, p.page) for p in case.item.expected.passages}
    if not labelled or case.item.expected.status != "answered":
        return None
    cited = [(c.document_id, c.page) for c in case.outcome.answer.citations if c.page is not None]
    return yes(bool(cited) and cited[0] in labelled), yes(bool(labelled & set(cited)))


def measure_citations(cases: Sequence[Case], sources: Sources, judge: SupportJudge) -> dict[str, Values]:
    """Recall and precision per answer, literal quotes per citation, the right page per document question."""
    names = (
        "citation recall",
        "citation precision",
        "quotes literal",
        "page accuracy",
        "page hit",
        "uncited claims",
    )
    found: dict[str, Values] = {name: {} for name in names}
    frames: dict[str, bool] = {}
    for case in cases:
        item, answer = case.item.id, case.outcome.answer
        recall, precision = citation_recall_and_precision(answer, sources, judge)
        if recall is not None:
            found["citation recall"][item] = (recall, 1.0)
        if precision is not None:
            found["citation precision"][item] = (precision, 1.0)
        if answer.citations:
            literal = sum(is_literal(citation, sources) for citation in answer.citations)
            found["quotes literal"][item] = (float(literal), float(len(answer.citations)))
        pages = _pages(case)
        if pages is not None:
            found["page accuracy"][item], found["page hit"][item] = pages
        texts = [s.text for s in answer.sentences if s.kind == "frame"]
        for text in texts:
            frames.setdefault(text, judge.claims(text))
        if answer.sentences:
            found["uncited claims"][item] = (
                float(sum(frames[t] for t in texts)),
                float(len(answer.sentences)),
            )
    return found
