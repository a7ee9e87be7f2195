"""Answers "klopt het dat ...": weighs the claim against the passages nearest to it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.answering.documents import DocumentComposer, Evidenced
from assistant.answering.draft import Draft
from assistant.answering.texts import Texts
from assistant.domain.catalogue import Record
from assistant.domain.question import Understanding
from assistant.domain.text import split_sentences
from assistant.grounding.checker import ClaimChecker

_CUE = re.compile(r"^.*?\b(?:dat|that|of|whether|if)\b\s+", re.IGNORECASE | re.DOTALL)
"""What stands before the claim: "Klopt het dat", "Is it true that"."""
MIN_COVERAGE_TO_CONTRADICT = 0.6
"""Share of the claim's terms a sentence must hold before it is said to contradict the claim."""


@dataclass(frozen=True, slots=True)
class ClaimComposer:
    """Says whether the sources support a claim, and quotes what they do say."""

    texts: Texts
    documents: DocumentComposer
    checker: ClaimChecker

    def compose(
        self, draft: Draft, understanding: Understanding, evidence: Evidenced, named: Sequence[Record]
    ) -> None:
        """Write the verdict with the sentence that decides it."""
        claim = _CUE.sub("", understanding.question).strip(" ?")
        asked = self.documents.terms.weigh(claim)
        best: tuple[float, str, object] | None = None
        for record in named[:2]:
            for field in ("summary", "status_note", "offer"):
                text = getattr(record, field)
                for start, end in split_sentences(text):
                    best = self._better(best, asked, text[start:end], (record, field))
        for line in evidence.lines:
            for start, end in split_sentences(line.passage.text):
                best = self._better(best, asked, line.passage.text[start:end], line.passage)
        if best is None:
            self._unknown(draft)
            return
        share, sentence, holder = best
        verdict = self.checker.check_sentence(claim, {1: sentence}).verdict
        if verdict == "supported":
            draft.frame(self.texts("check_claim.supported"), "answer")
        elif share >= MIN_COVERAGE_TO_CONTRADICT:
            draft.frame(self.texts("check_claim.conflict"), "answer")
        else:
            self._unknown(draft)
            draft.frame(self.texts("document.nearest"), "answer")
        if isinstance(holder, tuple):
            record, field = holder
            draft.quote_field(record.id, field, sentence, "answer", limit=1)
        else:
            self.documents.compose(draft, understanding, evidence)

    def _better(
        self,
        best: tuple[float, str, object] | None,
        asked: Mapping[str, float],
        sentence: str,
        holder: object,
    ) -> tuple[float, str, object] | None:
        share = self.documents.terms.share_covered(asked, sentence)
        return (share, sentence, holder) if best is None or share > best[0] else best

    def _unknown(self, draft: Draft) -> None:
        draft.status = "abstained"
        draft.abstention = "no_source_says"
        draft.frame(self.texts("check_claim.unknown"), "abstain")
