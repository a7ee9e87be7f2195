"""The printed review: what is in it, read back from the file."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pypdf
import pypdfium2
import pytest
import typst

from assistant.domain.answer import Citation
from assistant.domain.review import LoggedAnswer, Review
from assistant.review.report_pdf import review_pdf
from assistant.tracing import trace_as_dict
from tests.support.reviews import START, trace_of

MARK = (255, 229, 138)


def logged(**changes: object) -> LoggedAnswer:
    trace = trace_of()
    answer = trace.answer.model_copy(update=changes)
    return LoggedAnswer("abc", "gesprek", 0, START, answer, None, trace_as_dict(trace), {}, 0.9)


def claims() -> list[int]:
    return [n for n, s in enumerate(trace_of().answer.sentences) if s.kind == "claim"]


def review(**changes: object) -> Review:
    one, two, three, *_ = claims()
    found = Review(
        "abc", "adviseur-1", 2, datetime(2026, 3, 4, 10, 30, tzinfo=UTC),
        sentences={one: "supported", two: "partial", three: "unsupported"},
        recommendations={"streek": "wrong"}, missing=("project-elders",),
        comment="Eén coördinator in ’s-Hertogenbosch ✕ ﷽.", corrected_answer="Sluit aan bij de provincie.",
    )  # fmt: skip
    return replace(found, **changes)  # type: ignore[arg-type]


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())


def test_printed_review_holds_verdicts_in_words_and_signs() -> None:
    names = {"project-elders": "Project Elders"}

    text = text_of(review_pdf(logged(), [review()], file_of=lambda _: None, names=names, earlier=["Eerst?"]))

    for expected in (
        "Bij wie sluiten we in Lelystad aan?", "Eerst?", "adviseur-1", "versie 2", "✓ Klopt", "± Klopt deels",
        "× Klopt niet", "× Niet terecht", "– Project Elders", "Eén coördinator in ’s-Hertogenbosch × ?.",
        "Sluit aan bij de provincie.",
    ):  # fmt: skip
        assert expected in text
    for citation in trace_of().answer.citations:
        assert " ".join(citation.quote.split()[:3]) in text
    assert "**" not in text


def test_each_reader_is_printed() -> None:
    text = text_of(
        review_pdf(logged(), [review(), review(reader="adviseur-2")], file_of=lambda _: None, names={})
    )

    assert text.count("Beoordeling door adviseur-") == 2


def test_answer_without_review_prints_too() -> None:
    assert "nog niet beoordeeld" in text_of(review_pdf(logged(), [], file_of=lambda _: None, names={}))


def test_same_review_gives_the_same_bytes() -> None:
    first, second = (review_pdf(logged(), [review()], file_of=lambda _: None, names={}) for _ in range(2))

    assert first == second


@pytest.fixture
def page(tmp_path: Path) -> Path:
    source, path = tmp_path / "page.typ", tmp_path / "page.pdf"
    source.write_text("Een zin vooraf. Sluit aan bij wat er al is. Nog een zin.", "utf-8")
    typst.compile(str(source), output=str(path))
    return path


@pytest.mark.parametrize(
    ("quote", "is_marked"),
    [
        pytest.param("Sluit aan bij wat er al is.", True, id="words that stand there"),
        pytest.param("Dit staat er niet.", False, id="words that do not"),
    ],
)
def test_cited_page_is_a_picture_with_the_words_marked(page: Path, quote: str, is_marked: bool) -> None:
    citation = Citation(
        n=1, document_id="gids", file="gids.pdf", title="Gids", publisher=None, year=None, page=1,
        locator=None, quote=quote, url=None, confidence="high",
    )  # fmt: skip

    pdf = review_pdf(logged(citations=(citation,)), [review()], file_of=lambda _: page, names={})

    document = pypdfium2.PdfDocument(pdf)
    picture = document[len(document) - 1].render(scale=2).to_pil().convert("RGB")
    document.close()
    has_mark = any(
        max(abs(a - b) for a, b in zip(c, MARK, strict=True)) < 8 for _, c in picture.getcolors(1 << 22)
    )
    assert has_mark == is_marked
    assert ("zijn gemarkeerd" in text_of(pdf)) == is_marked
