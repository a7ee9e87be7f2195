"""A reviewed answer on paper: verdicts in words and signs, and the cited pages with their words marked."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from assistant.domain.answer import Answer, Citation
from assistant.domain.review import LoggedAnswer, Review
from assistant.review.pages import render_quotes
from assistant.review.words import ReportWords, words

if TYPE_CHECKING:
    from fpdf import FPDF

SIGNS: Mapping[str, str] = {
    "supported": "✓", "right": "✓", "partial": "±", "unsupported": "×", "wrong": "×", "none": "–",
}  # fmt: skip
_LIKE = {"✕": "×", "✗": "×", "✘": "×", "✖": "×", "✔": "✓", "☑": "✓"}
"""Signs the font does not have, and the one of the same meaning that it has."""
_FONT = "SourceSansPro"
_STYLES: Mapping[Literal["", "B", "I"], str] = {"": "Regular", "B": "Bold", "I": "It"}
_MARGIN_MM = 18
_LINE_MM = 5.4
_INDENT_MM = 6
_TITLE_ROOM_MM = 24
_PICTURE_PIXELS = 1100
"""Width of a page as rendered; about 160 dots an inch on paper."""


def review_pdf(
    logged: LoggedAnswer,
    reviews: Sequence[Review],
    *,
    file_of: Callable[[Citation], Path | None],
    names: Mapping[str, str],
    earlier: Sequence[str] = (),
) -> bytes:
    """The review of an answer as a PDF; the same review gives the same bytes.

    Args:
        reviews: the latest of each reader.
        file_of: the PDF a citation points into, or None when there is no page to show.
        names: names of catalogue records by id.
        earlier: questions asked before this one in the conversation.
    """
    sheet = _Sheet(logged, words().report, names)
    sheet.head(earlier)
    if not reviews:
        sheet.text(sheet.words.no_review)
    for review in reviews or (Review(logged.answer_id, ""),):
        sheet.review(review)
    sheet.sources()
    sheet.pages(file_of)
    return sheet.bytes()


class _Sheet:
    """The document as it grows."""

    def __init__(self, logged: LoggedAnswer, report: ReportWords, names: Mapping[str, str]) -> None:
        self.logged, self.words, self.names = logged, report, names
        self._pdf = _blank()
        self._pdf.set_creation_date(logged.asked_at)
        self._pdf.set_title(report.title)
        self._pdf.set_lang("nl")
        self._pdf.add_page()

    @property
    def _answer(self) -> Answer:
        return self.logged.answer

    def text(
        self, text: str, style: Literal["", "B", "I"] = "", *, indent: float = 0, size: float = 10.5
    ) -> None:
        """A paragraph, without Markdown's signs and without letters that the font does not have."""
        self._pdf.set_font(_FONT, style, size)
        self._pdf.set_x(_MARGIN_MM + indent)
        plain = "".join(_LIKE.get(c, c) for c in text.replace("**", ""))
        known = self._pdf.current_font.cmap  # type: ignore[union-attr]
        plain = "".join(c if ord(c) in known or c.isspace() else "?" for c in plain)
        self._pdf.multi_cell(0, _LINE_MM * size / 10.5, plain, new_x="LMARGIN", new_y="NEXT", align="L")

    def heading(self, text: str) -> None:
        """The title of a part, never the last line of a page."""
        if self._pdf.get_y() > self._pdf.h - _MARGIN_MM - _TITLE_ROOM_MM:
            self._pdf.add_page()
        self._pdf.ln(3)
        self.text(text, "B", size=12.5)
        self._pdf.ln(0.5)

    def head(self, earlier: Sequence[str]) -> None:
        """What was asked, when, and what sort of answer came."""
        self.text(self.words.title, "B", size=18)
        self.text(self.words.asked_on.format(moment=_moment(self.logged)), size=9.5)
        if earlier:
            self.heading(self.words.earlier)
            for question in earlier:
                self.text(question, "I")
        self.heading(self.words.asked)
        self.text(self._answer.question)
        self.text(self.words.status[self._answer.status], "I", size=9.5)

    def review(self, review: Review) -> None:
        """What one reader found."""
        if review.reader:
            self.heading(self.words.review.format(reader=review.reader))
            when = review.at.strftime("%d-%m-%Y %H:%M UTC") if review.at else ""
            self.text(self.words.judged_on.format(moment=when, revision=review.revision), size=9.5)
        self._sentences(review)
        self._recommendations(review)
        self.heading(self.words.missing)
        for record_id in review.missing:
            self.text(f"– {self.names.get(record_id, record_id)}")
        if not review.missing and review.reader:
            self.text(self.words.nothing_missing)
        for title, text in (
            (self.words.comment, review.comment),
            (self.words.corrected, review.corrected_answer),
        ):
            if text.strip():
                self.heading(title)
                self.text(text)

    def _sentences(self, review: Review) -> None:
        self.heading(self.words.answer)
        for number, sentence in enumerate(self._answer.sentences):
            markers = "".join(f"[{n}]" for n in sentence.citations)
            self.text(f"{sentence.text} {markers}".rstrip())
            if sentence.kind == "claim":
                verdict = review.sentences.get(number)
                said = f"{SIGNS[verdict or 'none']}  {self.words.sentence[verdict or 'none']}"
                if verdict is not None and sentence.verdict is not None:
                    found = self.words.checked[sentence.verdict]
                    said += f"   ·   {self.words.checker.format(verdict=found)}"
                self.text(said, "B" if verdict else "", indent=_INDENT_MM, size=9.5)
            self._pdf.ln(1)

    def _recommendations(self, review: Review) -> None:
        self.heading(self.words.recommendations)
        for place, item in enumerate(self._answer.recommendations, start=1):
            verdict = review.recommendations.get(item.id, "none")
            self.text(f"{place}. {item.name}")
            self.text(f"{SIGNS[verdict]}  {self.words.recommendation[verdict]}", indent=_INDENT_MM, size=9.5)
        if not self._answer.recommendations:
            self.text(self.words.no_recommendations)

    def sources(self) -> None:
        """Every citation with its literal words; what only the recommendations rest on in short."""
        if self._answer.citations:
            self.heading(self.words.sources)
        said = {n for sentence in self._answer.sentences for n in sentence.citations}
        for citation in self._answer.citations:
            facts = (citation.publisher, str(citation.year) if citation.year else None, self._place(citation))
            where = f"[{citation.n}] {', '.join((citation.title, *(f for f in facts if f)))}"
            if citation.n not in said:
                self.text(f"{where}: “{citation.quote}”", size=8.5)
                continue
            self.text(where, "B", size=9.5)
            self.text(f"“{citation.quote}”", "I", indent=_INDENT_MM, size=9.5)
            if citation.url:
                self.text(citation.url, indent=_INDENT_MM, size=8.5)
            self._pdf.ln(1)

    def _place(self, citation: Citation) -> str | None:
        if citation.page is not None:
            return self.words.page.format(page=citation.page)
        return self.words.field.format(field=citation.locator) if citation.locator else None

    def pages(self, file_of: Callable[[Citation], Path | None]) -> None:
        """The cited pages as pictures, each once, with all words quoted from it marked."""
        by_page: dict[tuple[Path, int], list[Citation]] = defaultdict(list)
        for citation in self._answer.citations:
            path = file_of(citation)
            if path is not None and citation.page is not None:
                by_page[path, citation.page].append(citation)
        for (path, page), citations in by_page.items():
            image = render_quotes(path, page, [c.quote for c in citations], width_pixels=_PICTURE_PIXELS)
            if image is None:
                continue
            self._pdf.add_page()
            markers = "".join(f"[{c.n}]" for c in citations)
            self.text(f"{markers} {citations[0].title}, {self.words.page.format(page=page)}", "B")
            self.text(self.words.marked if all(image.found) else self.words.unmarked, size=9.5)
            self._pdf.ln(2)
            self._pdf.image(
                io.BytesIO(image.png), x=_MARGIN_MM, w=self._pdf.epw,
                h=self._pdf.h - self._pdf.get_y() - _MARGIN_MM, keep_aspect_ratio=True,
            )  # fmt: skip

    def bytes(self) -> bytes:
        """The finished document."""
        return bytes(self._pdf.output())


def _moment(logged: LoggedAnswer) -> str:
    return logged.asked_at.strftime("%d-%m-%Y %H:%M UTC")


def _blank() -> FPDF:
    """An empty document with the fonts and a footer."""
    from fpdf import FPDF

    class Document(FPDF):
        def footer(self) -> None:
            self.set_y(-12)
            self.set_font(_FONT, "", 8)
            self.cell(0, 6, f"{words().report.made_on}   {self.page_no()}", align="C")

    pdf = Document(format="A4", unit="mm")
    pdf.set_margins(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    pdf.set_auto_page_break(True, _MARGIN_MM)
    for style, name in _STYLES.items():
        with as_file(files("font_source_sans_pro") / "files" / f"{_FONT}-{name}.ttf") as path:
            pdf.add_font(_FONT, style, path)
    return pdf
