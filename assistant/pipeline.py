"""The steps in order: understand, retrieve, match, compose, check. Holds no conversation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import Literal

from assistant.answering.assemble import assemble
from assistant.answering.citations import CitationBook, Library
from assistant.answering.compose import Composer
from assistant.answering.draft import Draft
from assistant.answering.groundedness import check_draft
from assistant.domain.answer import Answer, Timing
from assistant.domain.match import Advice, Match
from assistant.domain.question import Conversation, Turn, Understanding
from assistant.domain.ranking import HybridRanking
from assistant.grounding.checker import ClaimChecker
from assistant.matching.advise import advise
from assistant.matching.matcher import Matcher
from assistant.retrieval.hybrid import HybridRetriever
from assistant.understanding.understand import Understander

Step = Literal["understand", "retrieve", "match", "compose", "check"]
Override = Callable[[Understanding], Understanding]


@dataclass(frozen=True, slots=True)
class Trace:
    """Everything one question went through, for `assistant explain`, review and evaluation."""

    understanding: Understanding
    ranking: HybridRanking
    matches: tuple[Match, ...]
    advice: Advice
    answer: Answer
    dropped_sentences: int

    @property
    def turn(self) -> Turn:
        """What a next question needs to know of this one."""
        recommended = tuple(r.id for r in self.answer.recommendations)
        return Turn(self.understanding, recommended, self.answer.clarifying_question)


@dataclass(frozen=True)
class Pipeline:
    """The parts, made once by the factory; every call is independent of the others."""

    understander: Understander
    retriever: HybridRetriever
    matcher: Matcher
    composers: Mapping[str, Composer]
    checker: ClaimChecker
    library: Library
    depth: int

    def run(
        self,
        question: str,
        conversation: Conversation | None = None,
        *,
        language: Literal["nl", "en", "auto"] = "auto",
        override: Override | None = None,
        on_step: Callable[[Step], None] | None = None,
    ) -> Trace:
        """Answer one question.

        Args:
            question: as typed.
            conversation: earlier turns; None for a first question.
            language: of the answer; `auto` follows the question.
            override: changes what was understood, for facets set by hand.
            on_step: called with each step's name before it starts.
        """
        conversation = conversation or Conversation()
        clock = _Clock(on_step)
        with clock("understand"):
            understanding = self.understander.understand(question, conversation, language=language)
            if override is not None:
                understanding = override(understanding)
        with clock("retrieve"):
            ranking = self._rank(understanding)
        with clock("match"):
            understanding = self.matcher.with_agendas_meant(understanding, ranking.fused)
            matches = self.matcher.match(understanding, ranking.fused)
            advice = advise(matches, understanding, self.matcher.weights)
        composer = self.composers[understanding.language]
        texts = composer.texts
        book = CitationBook(self.library, texts("titles.gazetteer"), texts("titles.coverage"))
        draft = Draft(book, quote_form=texts.raw("quote"))
        with clock("compose"):
            composer.compose(draft, understanding, ranking, matches, advice, conversation)
        with clock("check"):
            dropped = check_draft(draft, self.checker)
        answer = assemble(question, understanding, draft, texts, clock.timing())
        return Trace(understanding, ranking, matches, advice, answer, dropped)

    def _rank(self, understanding: Understanding) -> HybridRanking:
        """Rankings for the query, with the vector that understanding it took already."""
        query = understanding.query or understanding.question
        vector = self.retriever.embeddings.embed_query(query) if query.strip() else None
        return self.retriever.rank(query, query_vector=vector, k=self.depth)


class _Clock:
    """Times the steps of one call."""

    def __init__(self, on_step: Callable[[Step], None] | None) -> None:
        self._on_step = on_step
        self._milliseconds: dict[str, float] = {}
        self._name: Step = "understand"
        self._begin = 0.0

    def __call__(self, name: Step) -> _Clock:
        self._name = name
        if self._on_step is not None:
            self._on_step(name)
        return self

    def __enter__(self) -> None:
        self._begin = perf_counter()

    def __exit__(self, *_: object) -> None:
        self._milliseconds[self._name] = round(1000 * (perf_counter() - self._begin), 2)

    def timing(self) -> Timing:
        return Timing(**self._milliseconds, total=round(sum(self._milliseconds.values()), 2))
