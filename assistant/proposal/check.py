"""Checks a proposal: read, recognise, judge, match with the catalogue, and word the outcome."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from assistant.answering.assemble import assemble
from assistant.answering.citations import CitationBook
from assistant.answering.draft import Draft
from assistant.domain.answer import Answer, Timing, UnderstandingView
from assistant.domain.documents import Passage
from assistant.domain.match import Advice, Match
from assistant.domain.question import Language, Understanding
from assistant.domain.text import single_spaced
from assistant.matching.advise import advise
from assistant.pipeline import Pipeline
from assistant.proposal.admission import score_of
from assistant.proposal.cautions import Cautions
from assistant.proposal.criteria import Criteria, load_criteria
from assistant.proposal.facts import ProposalFacts, find_facts
from assistant.proposal.judge import Judgement, judge, part_verdict, without_replaced
from assistant.proposal.meaning import MeaningFinder
from assistant.proposal.reading import ProposalText, quote_of, read_proposal
from assistant.proposal.report import PARTS, CriterionResult, PartId, PartResult, Proof, ProposalReport
from assistant.proposal.summary import leading, question_of
from assistant.understanding.language import detect_language
from assistant.understanding.text import tokens

LANGUAGE_CHARS = 4_000
"""Characters from the start that decide the language of a proposal."""


@dataclass(frozen=True)
class ProposalChecker:
    """Judges proposals with the parts of an opened assistant; holds nothing of a proposal."""

    pipeline: Pipeline
    criteria: Criteria
    meaning: MeaningFinder

    @classmethod
    def open(cls, pipeline: Pipeline, prompts_dir: Path) -> ProposalChecker:
        """A checker on a pipeline.

        Args:
            pipeline: of an opened assistant.
            prompts_dir: folder that holds `proposal.yaml`.

        Raises:
            ConfigurationError: the criteria cannot be read.
        """
        criteria = load_criteria(prompts_dir)
        return cls(pipeline, criteria, MeaningFinder(criteria, pipeline.retriever.embeddings))

    def check_file(self, path: Path, *, language: Literal["nl", "en", "auto"] = "auto") -> ProposalReport:
        """Judge one file.

        Args:
            path: PDF, DOCX, Markdown, HTML or text.
            language: of the report; `auto` follows the proposal.

        Raises:
            LoaderError: the file cannot be read; `reason` says why.
        """
        return self.check(read_proposal(path), language=language)

    def check(
        self, proposal: ProposalText, *, language: Literal["nl", "en", "auto"] = "auto"
    ) -> ProposalReport:
        """Judge a proposal that was read."""
        spoken = (
            language
            if language != "auto"
            else detect_language(tokens(proposal.text[:LANGUAGE_CHARS]), fallback="nl")
        )
        if not score_of(proposal.sentences, proposal.headings, self.criteria.gate).is_proposal:
            return self._refused(proposal, spoken)
        facts = find_facts(proposal.sentences, self.pipeline.understander)
        judgements = judge(proposal.sentences, facts, self.criteria)
        missing = {i for i, j in judgements.items() if j.verdict == "missing" and j.criterion.text.examples}
        by_meaning = self.meaning.find(proposal.sentences, missing)
        if by_meaning:
            judgements = judge(proposal.sentences, facts, self.criteria, by_meaning=by_meaning)
        question = question_of(proposal, facts, self.criteria)
        understanding = leading(self.pipeline.understander.understand(question, language=spoken), facts)
        understanding = replace(understanding, language=spoken)
        matches = self._matches(understanding)
        return self._report(proposal, spoken, judgements, understanding, matches, question, facts)

    def _matches(self, understanding: Understanding) -> tuple[Match, ...]:
        retriever = self.pipeline.retriever
        vector = retriever.embeddings.embed_query(understanding.query)
        ranking = retriever.rank(understanding.query, query_vector=vector, k=self.pipeline.depth)
        return self.pipeline.matcher.match(understanding, ranking.fused, ranking.dense)

    def _advice(self, understanding: Understanding, matches: Sequence[Match]) -> Advice:
        """Recommendations; without a place no regional one, since that would be a guess."""
        if not understanding.places:
            areas = self.pipeline.matcher.areas
            matches = [m for m in matches if areas[m.record.id].is_national]
        return advise(matches, understanding, self.pipeline.matcher.weights)

    def _report(
        self,
        proposal: ProposalText,
        language: Language,
        judgements: dict[str, Judgement],
        understanding: Understanding,
        matches: Sequence[Match],
        question: str,
        facts: ProposalFacts,
    ) -> ProposalReport:
        composer = self.pipeline.composers[language]
        texts = composer.texts
        book = CitationBook(self.pipeline.library, texts("titles.gazetteer"), texts("titles.coverage"))
        draft = Draft(book, quote_form=texts.raw("quote"))
        draft.advice = self._advice(understanding, matches)
        self._cite_criteria(draft, judgements)
        cautions = Cautions(draft, self.criteria, language)
        cautions.about_text(proposal)
        cautions.about_fund(proposal, composer.advice.standing)
        cautions.about_content(proposal, facts, judgements, understanding)
        cautions.about_named(facts.records, self.pipeline.library.records, matches)
        answer = assemble(question, understanding, draft, texts, Timing())
        return ProposalReport(
            file=proposal.file,
            language=language,
            is_proposal=True,
            analyse=self._part("analyse", judgements, answer, language),
            interventies=self._part("interventies", judgements, answer, language),
            samenwerking=self._part("samenwerking", judgements, answer, language),
            recommendations=answer.recommendations,
            understanding=answer.understanding,
            warnings=tuple(_block_text(answer, block) for block in cautions.blocks),
            citations=answer.citations,
            question=question,
        )

    def _refused(self, proposal: ProposalText, language: Language) -> ProposalReport:
        texts = self.pipeline.composers[language].texts
        draft = Draft(
            CitationBook(self.pipeline.library, texts("titles.gazetteer"), texts("titles.coverage"))
        )
        judgements = {c.text.id: Judgement(c, "missing") for c in self.criteria.criteria}
        self._cite_criteria(draft, judgements)
        cautions = Cautions(draft, self.criteria, language)
        cautions.say("no_proposal")
        cautions.about_text(proposal)
        nothing = Understanding(question="", query="", language=language, intent="outside")
        answer = assemble("", nothing, draft, texts, Timing())
        return ProposalReport(
            file=proposal.file,
            language=language,
            is_proposal=False,
            analyse=self._part("analyse", judgements, answer, language),
            interventies=self._part("interventies", judgements, answer, language),
            samenwerking=self._part("samenwerking", judgements, answer, language),
            understanding=UnderstandingView(intent="outside"),
            warnings=tuple(_block_text(answer, block) for block in cautions.blocks),
            citations=answer.citations,
        )

    def _cite_criteria(self, draft: Draft, judgements: dict[str, Judgement]) -> None:
        """Put the sentence that asks for each criterion into the draft, in a block of its own."""
        by_sentence: dict[str, Passage] = {}
        wanted = {j.criterion.text.asked_by for j in judgements.values()}
        for passage in self.pipeline.retriever.passages:
            if passage.document_id == self.criteria.texts.document_id:
                text = single_spaced(passage.text)
                by_sentence |= {
                    s: passage for s in wanted if s not in by_sentence and single_spaced(s) in text
                }
        for part in PARTS:
            for judgement in without_replaced([j for j in judgements.values() if j.criterion.part == part]):
                asked = judgement.criterion.text
                if asked.asked_by in by_sentence:
                    draft.quote_passage(
                        by_sentence[asked.asked_by], [asked.asked_by], f"criterion-{asked.id}"
                    )

    def _part(
        self, part: PartId, judgements: dict[str, Judgement], answer: Answer, language: Language
    ) -> PartResult:
        own = without_replaced([j for j in judgements.values() if j.criterion.part == part])
        results = tuple(self._result(judgement, answer, language) for judgement in own)
        return PartResult(verdict=part_verdict(own), criteria=results)

    def _result(self, judgement: Judgement, answer: Answer, language: Language) -> CriterionResult:
        text = judgement.criterion.text
        numbers = next((s.citations for s in answer.sentences if s.block == f"criterion-{text.id}"), ())
        if judgement.verdict == "present":
            advice = self.criteria.say("is_there", language)
        else:
            advice = getattr(text.advice, judgement.verdict)(language)
        return CriterionResult(
            id=text.id,
            label=text.label(language),
            verdict=judgement.verdict,
            evidence=tuple(Proof(quote=quote_of(s.text), page=s.page) for s in judgement.sentences),
            asked_by=answer.citations[numbers[0] - 1] if numbers else None,
            advice=advice,
        )


def _block_text(answer: Answer, block: str) -> str:
    """The sentences of one block with their markers."""
    return " ".join(
        f"{s.text} {''.join(f'[{n}]' for n in s.citations)}".rstrip()
        for s in answer.sentences
        if s.block == block
    )
