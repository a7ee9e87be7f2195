"""The steps in order: understand, retrieve, match, compose, check. Holds no conversation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Literal

from assistant.answering.assemble import assemble
from assistant.answering.citations import CitationBook, Library
from assistant.answering.compose import Composer
from assistant.answering.draft import Draft
from assistant.answering.groundedness import check_draft
from assistant.domain.answer import Answer, Sentence, Timing
from assistant.domain.match import Advice, Match
from assistant.domain.question import Conversation, Turn, Understanding
from assistant.domain.ranking import HybridRanking
from assistant.grounding.checker import ClaimChecker
from assistant.guards import GuardedQuestion, GuardTexts, guard_output, guard_question
from assistant.llm import Phraser, PhrasingTask
from assistant.matching.advise import advise
from assistant.matching.matcher import Matcher
from assistant.retrieval.hybrid import HybridRetriever
from assistant.understanding.intents import FINDING
from assistant.understanding.place_text import without_places
from assistant.understanding.understand import Understander

Step = Literal["understand", "retrieve", "match", "compose", "check"]
Override = Callable[[Understanding], Understanding]


@dataclass(frozen=True, slots=True)
class Trace:
    """Everything one question went through, for `assistant explain`, review and evaluation.

    Attributes:
        guarded: the question as the guard let it through, with what it changed.
    """

    understanding: Understanding
    ranking: HybridRanking
    matches: tuple[Match, ...]
    advice: Advice
    answer: Answer
    dropped_sentences: int
    guarded: GuardedQuestion | None = None

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
    guard_texts: GuardTexts
    depth: int
    max_chars: int
    phraser: Phraser | None = None
    is_order: Callable[[str], bool] | None = None

    def run(
        self,
        question: str,
        conversation: Conversation | None = None,
        *,
        language: Literal["nl", "en", "auto"] = "auto",
        override: Override | None = None,
        on_step: Callable[[Step], None] | None = None,
        guarded: GuardedQuestion | None = None,
    ) -> Trace:
        """Answer one question.

        Args:
            question: as typed.
            conversation: earlier turns; None for a first question.
            language: of the answer; `auto` follows the question.
            override: changes what was understood, for facets set by hand.
            on_step: called with each step's name before it starts.
            guarded: the question as it came through the guard before; None guards it now. A question that is
                answered again is masked already, so that the guard would no longer see what it changed.
        """
        conversation = conversation or Conversation()
        clock = _Clock(on_step)
        with clock("understand"):
            guarded = guarded or guard_question(question, max_chars=self.max_chars, is_order=self.is_order)
            question = guarded.text
            understanding = self.understander.understand(question, conversation, language=language)
            if override is not None:
                understanding = override(understanding)
            if guarded.refusal is not None:
                understanding = replace(understanding, abstention=guarded.refusal, clarify=None)
        with clock("retrieve"):
            ranking = self._rank(understanding)
        with clock("match"):
            understanding = self.matcher.with_agendas_meant(understanding, ranking.fused)
            matches = self.matcher.match(understanding, ranking.fused, ranking.dense)
            advice = advise(matches, understanding, self.matcher.weights)
        composer = self.composers[understanding.language]
        texts = composer.texts
        book = CitationBook(
            self.library, texts("titles.gazetteer"), texts("titles.coverage"), texts.in_dutch_under("sectors")
        )
        draft = Draft(book, quote_form=texts.raw("quote"))
        with clock("compose"):
            refusal = self.guard_texts.refusal(guarded, understanding.language, max_chars=self.max_chars)
            if guarded.refusal is not None and refusal:
                draft.abstain(guarded.refusal, refusal)
            else:
                composer.compose(draft, understanding, ranking, matches, advice, conversation)
            for line in self.guard_texts.notices(guarded, understanding.language):
                draft.frame(line, "guard")
        with clock("check"):
            dropped = check_draft(draft, self.checker)
            if self.phraser is not None and draft.status == "answered":
                draft.sentences[:] = self._phrased(self.phraser, question, understanding, draft)
        answer = guard_output(assemble(question, understanding, draft, texts, clock.timing()))
        return Trace(understanding, ranking, matches, advice, answer, dropped, guarded)

    @staticmethod
    def _phrased(
        phraser: Phraser, question: str, understanding: Understanding, draft: Draft
    ) -> tuple[Sentence, ...]:
        """The sentences as a language model words them, as far as the claim check lets them through."""
        task = PhrasingTask(
            question=question,
            language=understanding.language,
            sentences=tuple(draft.sentences),
            quotes={citation.n: citation.quote for citation in draft.book.citations},
            contexts=draft.book.contexts,
            understood={
                "places": tuple(place.name for place in understanding.places),
                "sectors": understanding.sector_ids,
            },
            records=tuple(m.record.name for m, _ in draft.advice.recommended) if draft.advice else (),
        )
        return tuple(phraser.phrase(task).sentences)

    def _rank(self, understanding: Understanding) -> HybridRanking:
        """Rankings for the query, with the vector that understanding it took already.

        Where something to link up with is looked for, places say nothing of the need: the region is matched
        apart, and a record that happens to name the place must not win by that word.
        """
        query = understanding.query or understanding.question
        vector = self.retriever.embeddings.embed_query(query) if query.strip() else None
        if understanding.intent in FINDING:
            query = without_places(query, understanding.places).strip() or query
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
