"""An answer in the making: sentences in blocks, each claim with its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from assistant.answering.citations import CitationBook
from assistant.answering.texts import in_dutch
from assistant.domain.answer import AnswerStatus, Sentence
from assistant.domain.documents import Passage
from assistant.domain.match import Advice, Evidence
from assistant.domain.text import split_sentences


@dataclass(slots=True)
class Draft:
    """Mutable while one answer is composed; nothing of it outlives the call.

    Attributes:
        quote_form: how a literal sentence is shown: as it is, or between quotation marks in another language.
        headings: block to the heading above it.
        checked: claim to what its sources must say: the claim in Dutch, and what was asked besides.
    """

    book: CitationBook
    quote_form: str = "{value}"
    status: AnswerStatus = "answered"
    sentences: list[Sentence] = field(default_factory=list)
    headings: dict[str, str] = field(default_factory=dict)
    advice: Advice | None = None
    clarifying_question: str | None = None
    abstention: str | None = None
    followups: list[str] = field(default_factory=list)
    checked: dict[str, tuple[str, str]] = field(default_factory=dict)

    def heading(self, block: str, text: str) -> None:
        """Name a block; shown above its first sentence."""
        self.headings[block] = text

    def abstain(self, kind: str, text: str) -> None:
        """Make this an answer that says why there is none."""
        self.status = "abstained"
        self.abstention = kind
        self.frame(text, "abstain")

    def frame(self, text: str, block: str, *, opens: bool = False) -> None:
        """Add a sentence that claims no fact; `opens` begins a new paragraph."""
        self.sentences.append(Sentence(text=text, kind="frame", block=block, opens_paragraph=opens))

    def claim(
        self, text: str, evidence: Iterable[Evidence], block: str, *, opens: bool = False, asked: str = ""
    ) -> bool:
        """Add a claim; it is left out, and False returned, when a quote is not literally there.

        Args:
            asked: what the claim repeats of the question, which no source needs to say.
        """
        numbers = [self.book.cite(piece) for piece in evidence]
        if not numbers or None in numbers:
            return False
        cited = tuple(dict.fromkeys(n for n in numbers if n is not None))
        self.checked[text] = (str(in_dutch(text)), asked)
        self.sentences.append(
            Sentence(text=text, citations=cited, kind="claim", block=block, opens_paragraph=opens)
        )
        return True

    def quote_field(self, record_id: str, field_name: str, text: str, block: str, *, limit: int) -> int:
        """Add up to `limit` literal sentences of a record field; returns how many were added."""
        added = 0
        for start, end in split_sentences(text)[:limit]:
            sentence = text[start:end]
            shown = self.quote_form.format(value=sentence)
            added += self.claim(shown, (Evidence("record", record_id, field_name, sentence),), block)
        return added

    def quote_passage(self, passage: Passage, sentences: Sequence[str], block: str) -> int:
        """Add literal sentences of a passage; a sentence over a page end cites both pages."""
        added = 0
        for sentence in sentences:
            number = self.book.cite_passage(passage, sentence)
            numbers = (number,) if number is not None else self._over_page_end(passage, sentence)
            if numbers:
                shown = self.quote_form.format(value=sentence)
                self.sentences.append(Sentence(text=shown, citations=numbers, kind="claim", block=block))
                added += 1
        return added

    def _over_page_end(self, passage: Passage, sentence: str) -> tuple[int, ...]:
        words = sentence.split(" ")
        for cut in range(len(words) - 1, 0, -1):
            head, tail = " ".join(words[:cut]), " ".join(words[cut:])
            first = self.book.cite_passage(passage, head)
            if first is not None:
                second = self.book.cite_passage(passage, tail)
                return (first, second) if second is not None else ()
        return ()


def to_markdown(sentences: Sequence[Sentence], headings: dict[str, str]) -> str:
    """The whole answer as Markdown; every claim ends in its markers."""
    parts: list[str] = []
    block = ""
    for sentence in sentences:
        markers = "".join(f"[{n}]" for n in sentence.citations)
        text = f"{sentence.text} {markers}".rstrip()
        if sentence.block != block:
            if block:
                parts.append("\n\n")
            if sentence.block in headings:
                parts.append(f"### {headings[sentence.block]}\n\n")
            block = sentence.block
        else:
            parts.append("\n\n" if sentence.opens_paragraph else " ")
        parts.append(text)
    return "".join(parts)
