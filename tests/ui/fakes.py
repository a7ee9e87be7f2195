"""An assistant that answers from a script, for the page alone."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from pathlib import Path

import typst

from assistant.domain.answer import Answer, Citation, Sentence
from assistant.domain.catalogue import Record
from assistant.domain.documents import Passage
from assistant.domain.match import Advice, FacetFit, Match
from assistant.domain.question import Conversation, Understanding
from assistant.domain.ranking import HybridRanking, ScoredPassage
from assistant.errors import IndexStateError, StoreError
from assistant.labelling import label_reviewed
from assistant.pipeline import Trace
from assistant.review.database import Database
from assistant.review.seams import ReviewStore
from assistant.review.store import SqlReviewStore
from assistant.ui.access import PasswordDoor
from assistant.ui.desk import keep
from assistant.ui.review_desk import ReviewDesk
from assistant.ui.seams import Adjustment, Asked, AssistantLike, GoldenOutcome, Progress, Reviews, SourceView
from tests.ui.fake_answers import ADVICE, FLEVOLAND, PAGE, PAGE_QUOTE, SCRIPT, SKILLS


def markdown(answer: Answer) -> str:
    """All sentences with their markers."""
    return " ".join(s.text + "".join(f" [{n}]" for n in s.citations) for s in answer.sentences)


def fake_trace(question: str, answer: Answer) -> Trace:
    """A trace with one passage in each ranking and one match."""
    understood = Understanding(question, question, "nl", "find_regional_hca")
    passage = Passage("voorbeeld-handreiking#1", "voorbeeld-handreiking", PAGE_QUOTE, 2)
    ranking = (ScoredPassage(passage, 0.8),)
    fits = (FacetFit("region", "Lelystad", "Flevoland", "fits", 1.0),)
    matches = (Match(FLEVOLAND, 0.9, fits, 0.8, 6, True), Match(SKILLS, 0.4, (), 0.2, 40, False, "region"))
    advice = Advice(((matches[0], "join"),), (matches[1],), ())
    return Trace(understood, HybridRanking(ranking, ranking, ranking), matches, advice, answer, 1)


class NoStore:
    """A store that is away."""

    def __call__(self) -> ReviewStore:
        raise StoreError("The store cannot be reached. Start it.")


def fake_reviews(folder: Path, *, is_keeping: bool = True, is_away: bool = False) -> ReviewDesk:
    """The real store in a file of its own."""

    def open_store() -> ReviewStore:
        return SqlReviewStore(
            Database(f"sqlite:///{folder / 'log.sqlite'}"), is_logging=is_keeping, stamps={"version": "0.0"}
        )

    def to_golden(store: ReviewStore, answer_id: str, reader: str) -> GoldenOutcome:
        outcome = label_reviewed(
            store, answer_id, reader, records={r.id: r for r in (FLEVOLAND, SKILLS)},
            golden_dir=folder / "golden", today=date(2026, 11, 25), replace=True,
        )  # fmt: skip
        return GoldenOutcome(outcome.item_id, outcome.reason)

    def no_export(store: ReviewStore, form: str, answer_id: str | None) -> bytes:
        return f"{form} {answer_id}".encode()

    return ReviewDesk(
        NoStore() if is_away else open_store,
        to_golden,
        no_export,
        is_keeping=is_keeping,
        retention_days=180,
    )


def checked(sentence: Sentence) -> Sentence:
    """A claim with what the claim checker found: partly supported where it stands in "write"."""
    if sentence.kind == "frame":
        return sentence
    return sentence.model_copy(update={"verdict": "partial" if sentence.block == "write" else "supported"})


class FakeAssistant(AssistantLike):
    """Answers by a word in the question; "traag" takes seconds, "kapot" raises.

    Attributes:
        asked: question and adjustment of each call, oldest first.
    """

    def __init__(self, folder: Path, *, reviews: Reviews | None = None, step_seconds: float = 0.0) -> None:
        self.pdf = page_pdf(folder)
        self.reviews = reviews or fake_reviews(folder)
        self.step_seconds = step_seconds
        self.asked: list[tuple[str, Adjustment | None]] = []

    def ask(
        self,
        question: str,
        conversation: Conversation,
        *,
        conversation_id: str = "",
        turn: int = 0,
        adjustment: Adjustment | None = None,
        on_step: Callable[[str], None] | None = None,
    ) -> Asked:
        self.asked.append((question, adjustment))
        for step in ("understand", "retrieve", "match", "compose", "check"):
            if on_step:
                on_step(step)
            time.sleep(3.0 if "traag" in question and step == "retrieve" else self.step_seconds)
        if "kapot" in question:
            raise IndexStateError("The index is damaged. Run `assistant index --rebuild`.")
        answer = next((found for word, found in SCRIPT.items() if word in question.lower()), ADVICE)
        view = answer.understanding
        if adjustment:
            view = view.model_copy(
                update={
                    "places": view.places if adjustment.places is None else adjustment.places,
                    "sectors": view.sectors if adjustment.sectors is None else adjustment.sectors,
                    "education_levels": view.education_levels
                    if adjustment.education_levels is None
                    else adjustment.education_levels,
                }
            )
        if conversation.turns:
            view = view.model_copy(update={"carried_over": ("place", "sector")})
        answer = answer.model_copy(
            update={
                "question": question, "answer": markdown(answer), "understanding": view,
                "sentences": tuple(checked(s) for s in answer.sentences),
            }
        )  # fmt: skip
        trace = fake_trace(question, answer)
        after = conversation.then(trace.turn)
        if not self.reviews.is_keeping or not conversation_id:
            return Asked(answer, after)
        kept = keep(self.reviews, trace, conversation_id, turn, adjustment)
        return Asked(answer, after, kept, has_log_failed=kept is None)

    def source_context(self, citation: Citation) -> SourceView | None:
        record = next((r for r in (FLEVOLAND, SKILLS) if r.id == citation.document_id), None)
        if record and citation.locator:
            return SourceView(record=record, field=citation.locator.split(": ")[1])
        if citation.document_id == "voorbeeld-handreiking":
            return SourceView(
                "De handreiking vraagt samen op te trekken.", "Dat vraagt een bredere blik.", pdf=self.pdf
            )
        return None

    def records(self) -> Sequence[Record]:
        return (FLEVOLAND, SKILLS)

    def sources_date(self) -> str | None:
        return "2026-11-24"


class FakeOpener:
    """Opens the fake; with `is_built=False` the index is built first."""

    max_question_chars = 400

    def __init__(
        self,
        folder: Path,
        *,
        is_built: bool = True,
        step_seconds: float = 0.0,
        reviews: Reviews | None = None,
        password: str | None = None,
    ) -> None:
        self.folder, self.is_built, self.step_seconds = folder, is_built, step_seconds
        self.reviews = reviews or fake_reviews(folder)
        self.door = PasswordDoor(password)

    def is_ready(self) -> bool:
        return self.is_built

    def build(self, progress: Progress) -> None:
        for step in ("read", "embed", "write"):
            for done in range(1, 4):
                progress(step, done, 3)
                time.sleep(self.step_seconds)
        self.is_built = True

    def open(self) -> AssistantLike:
        return FakeAssistant(self.folder, reviews=self.reviews, step_seconds=self.step_seconds)


@cache
def page_pdf(folder: Path) -> Path:
    """The example document, two pages."""
    path = folder / "voorbeeld.pdf"
    source = folder / "voorbeeld.typ"
    source.write_text(PAGE, "utf-8")
    typst.compile(str(source), output=str(path))
    return path
