"""An assistant that answers from a script, for the page alone."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import typst

from assistant.domain.answer import Answer, Citation
from assistant.domain.catalogue import Record
from assistant.domain.question import Conversation, Turn, Understanding
from assistant.errors import IndexStateError
from assistant.ui.seams import Adjustment, AssistantLike, Progress, SourceView
from tests.ui.fake_answers import ADVICE, FLEVOLAND, PAGE, SCRIPT, SKILLS


def markdown(answer: Answer) -> str:
    """All sentences with their markers."""
    return " ".join(s.text + "".join(f" [{n}]" for n in s.citations) for s in answer.sentences)


class FakeAssistant(AssistantLike):
    """Answers by a word in the question; "traag" takes seconds, "kapot" raises.

    Attributes:
        asked: question and adjustment of each call, oldest first.
    """

    def __init__(self, folder: Path, *, step_seconds: float = 0.0) -> None:
        self.pdf = page_pdf(folder)
        self.step_seconds = step_seconds
        self.asked: list[tuple[str, Adjustment | None]] = []

    def ask(
        self,
        question: str,
        conversation: Conversation,
        *,
        adjustment: Adjustment | None = None,
        on_step: Callable[[str], None] | None = None,
    ) -> tuple[Answer, Conversation]:
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
            update={"question": question, "answer": markdown(answer), "understanding": view}
        )
        understood = Understanding(question, question, "nl", "find_regional_hca")
        return answer, conversation.then(Turn(understood))

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

    def __init__(self, folder: Path, *, is_built: bool = True, step_seconds: float = 0.0) -> None:
        self.folder, self.is_built, self.step_seconds = folder, is_built, step_seconds

    def is_ready(self) -> bool:
        return self.is_built

    def build(self, progress: Progress) -> None:
        for step in ("read", "embed", "write"):
            for done in range(1, 4):
                progress(step, done, 3)
                time.sleep(self.step_seconds)
        self.is_built = True

    def open(self) -> AssistantLike:
        return FakeAssistant(self.folder, step_seconds=self.step_seconds)


@cache
def page_pdf(folder: Path) -> Path:
    """The example document, two pages."""
    path = folder / "voorbeeld.pdf"
    source = folder / "voorbeeld.typ"
    source.write_text(PAGE, "utf-8")
    typst.compile(str(source), output=str(path))
    return path
