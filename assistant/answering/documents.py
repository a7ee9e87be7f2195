"""Answers questions about the handreiking, the fund and the labour market with literal sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from assistant.answering.draft import Draft
from assistant.answering.texts import Texts
from assistant.domain.documents import Passage
from assistant.domain.question import Understanding
from assistant.domain.ranking import HybridRanking, ScoredPassage
from assistant.domain.text import split_sentences

_SOURCE_NOTE = re.compile(r"(?:Bron|Bronnen|Source|Sources): ")
"""The source notes of our own summaries claim nothing."""
MAX_SENTENCES = 4
MAX_PASSAGES = 3
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_DEFINITION = re.compile(r"(?:Een|Het|De) [^.]{3,90}? (?:is|zijn) (?:een|de|het) ")
OTHER_FORM = 0.8
"""Factor for a passage of another form than was asked."""
NEAR_BEST = 0.88
"""A further passage is quoted when it scores at least this share of the best."""
CANDIDATES = 8
COVERAGE_SHARE = 0.05
"""What full coverage of the asked terms adds to the cosine similarity of the best passage."""
MIN_EVIDENCE = {"nl": 0.876, "en": 0.85}
"""Least evidence (cosine + share of coverage) per language of the question, for the bundled embedder; English
shares few terms with Dutch passages. Tuned on the dev split of eval/golden."""


def _asked_text(understanding: Understanding) -> str:
    """The words asked: as typed, or with what carried over; abbreviations are not written out."""
    return understanding.query if understanding.carried_over else understanding.question


def _is_whole(sentence: str) -> bool:
    """A sentence that can be quoted on its own: with a beginning and an end, and no source note."""
    first = sentence.lstrip("\"'‘’“”(•- ")[:1]
    if _SOURCE_NOTE.match(sentence) or not (first.isupper() or first.isdigit()):
        return False
    return sentence.rstrip("\"'’”) ").endswith((".", "?", "!", ":", ";")) and len(sentence.split()) > 2


@dataclass(frozen=True, slots=True)
class TermWeights:
    """How rare each analysed term is in the corpus; rare terms say most about what is asked."""

    analyze: Callable[[str], Sequence[str]]
    weights: Mapping[str, float]
    default: float

    @classmethod
    def of(cls, passages: Iterable[Passage], analyze: Callable[[str], Sequence[str]]) -> TermWeights:
        """Inverse document frequencies over passages."""
        counts: Counter[str] = Counter()
        total = 0
        for passage in passages:
            counts.update(set(analyze(passage.search_text)))
            total += 1
        weights = {term: log(1 + total / count) for term, count in counts.items()}
        return cls(analyze, weights, log(1 + total))

    def weigh(self, text: str) -> dict[str, float]:
        """Distinct terms of a text with their weights."""
        return {term: self.weights.get(term, self.default) for term in self.analyze(text)}

    def share_covered(self, asked: Mapping[str, float], text: str) -> float:
        """Share, 0 to 1, of the weight of the asked terms that the text holds."""
        total = sum(asked.values())
        if not total:
            return 0.0
        present = set(self.analyze(text))
        return sum(weight for term, weight in asked.items() if term in present) / total


@dataclass(frozen=True, slots=True)
class Evidenced:
    """The passages that answer a question, best first, and how sure that is."""

    lines: tuple[ScoredPassage, ...]
    coverage: float
    cosine: float


@dataclass(frozen=True, slots=True)
class DocumentComposer:
    """Picks and quotes the sentences that answer a document question."""

    texts: Texts
    terms: TermWeights

    def gather(self, understanding: Understanding, ranking: HybridRanking) -> Evidenced:
        """The best passages of documents, and of records where these are clearly better."""
        asked = self.terms.weigh(_asked_text(understanding))
        documents = [line for line in ranking.fused if line.passage.record_id is None][:CANDIDATES]
        records = [line for line in ranking.fused if line.passage.record_id is not None][:3]
        pool = documents
        if records and (not documents or records[0].score > 1.25 * documents[0].score):
            pool = sorted([*records, *documents], key=lambda s: (-s.score, s.passage.passage_id))
        rescored = [
            ScoredPassage(
                line.passage,
                line.score * (0.6 + 0.4 * self.terms.share_covered(asked, line.passage.search_text))
                * self._has_wanted_form(understanding, line.passage),
            )
            for line in pool
        ]  # fmt: skip
        rescored.sort(key=lambda s: (-s.score, s.passage.passage_id))
        top = rescored[:MAX_PASSAGES]
        coverage = self.terms.share_covered(asked, " ".join(line.passage.search_text for line in top))
        cosines = {line.passage.passage_id: line.score for line in ranking.dense}
        cosine = max((cosines.get(line.passage.passage_id, 0.0) for line in top), default=0.0)
        return Evidenced(tuple(top), coverage, cosine)

    def is_evidenced(self, evidence: Evidenced, language: str) -> bool:
        """Whether the sources say something about this."""
        if not evidence.lines:
            return False
        return evidence.cosine + COVERAGE_SHARE * evidence.coverage >= MIN_EVIDENCE[language]

    def compose(
        self, draft: Draft, understanding: Understanding, evidence: Evidenced, *, block: str = "answer"
    ) -> int:
        """Quote the answer; returns the number of sentences."""
        asked = self.terms.weigh(_asked_text(understanding))
        best = evidence.lines[0].score
        added = 0
        for line in evidence.lines:
            if added and line.score < NEAR_BEST * best:
                break
            chosen = self._sentences(line.passage, asked, MAX_SENTENCES - added, first=not added)
            added += draft.quote_passage(line.passage, chosen, block)
            if added >= MAX_SENTENCES:
                break
        return added

    def _sentences(
        self, passage: Passage, asked: Mapping[str, float], limit: int, *, first: bool
    ) -> list[str]:
        """Sentences in reading order; of a further passage only the one that answers best."""
        sentences = [passage.text[start:end] for start, end in split_sentences(passage.text)]
        sentences = [sentence for sentence in sentences if _is_whole(sentence)]
        if first:
            return sentences[:limit]
        scored = sorted(
            enumerate(sentences), key=lambda pair: (-self.terms.share_covered(asked, pair[1]), pair[0])
        )
        return [sentence for _, sentence in scored[: min(limit, 2 if limit > 1 else 1)]][:1]

    def _has_wanted_form(self, understanding: Understanding, passage: Passage) -> float:
        """Below 1 for a passage without a new figure where one is asked, or an unasked definition."""
        if understanding.intent == "figure":
            new = set(_NUMBER.findall(passage.text)) - set(_NUMBER.findall(understanding.question))
            return 1.0 if new else OTHER_FORM
        if understanding.intent != "definition" and _DEFINITION.match(passage.text):
            return OTHER_FORM
        return 1.0
