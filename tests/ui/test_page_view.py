"""The marks on a rendered page cover the quoted words, all of them and nothing else."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
import typst
from PIL import Image

from assistant.review.pages import words_in_boxes
from assistant.ui.parts.page_view import Box, highlight_boxes, render_page

MARK = (255, 229, 138)
QUOTE = "Versterk een initiatief dat al loopt; zo gaat u versnippering tegen."
BODY = f"""
= Samenwerking
De handreiking vraagt indieners te kiezen voor samen optrekken. {QUOTE} Dat vraagt soms een bredere blik.

Regionale agenda's kennen de scholen en bedrijven in hun gebied. Er werkten 2022 mensen mee aan 22 projecten.
"""

Typeset = Callable[..., Path]


@pytest.fixture
def typeset(tmp_path: Path) -> Typeset:
    def make(setup: str = "", body: str = BODY, rotate: int = 0, crop: float = 0) -> Path:
        path = tmp_path / "page.pdf"
        source = tmp_path / "page.typ"
        source.write_text(f'#set text(font: "Libertinus Serif", lang: "nl")\n{setup}\n{body}', "utf-8")
        typst.compile(str(source), output=str(path))
        if rotate or crop:
            document = pypdfium2.PdfDocument(path)
            page = document[0]
            width, height = page.get_size()
            if crop:
                page.set_cropbox(crop, crop, width - crop, height - crop)
            if rotate:
                page.set_rotation(rotate)
            data = io.BytesIO()
            document.save(data)
            document.close()
            path.write_bytes(data.getvalue())
        return path

    return make


def words_in(path: Path, boxes: tuple[Box, ...]) -> str:
    """Characters of the page that have their middle in a box, whitespace and line-end hyphens left out."""
    document = pypdfium2.PdfDocument(path)
    page = document[0]
    crop, rotation = page.get_cropbox(), page.get_rotation()
    page.set_rotation(0)
    text = page.get_textpage()
    characters = [text.get_text_range(i, 1) for i in range(text.count_chars())]
    middles = [text.get_charbox(i) for i in range(text.count_chars())]
    found = []
    for box in boxes:
        points = [_to_sheet(x, y, rotation, crop) for x, y in ((box.left, box.top), (box.right, box.bottom))]
        (x0, x1), (y0, y1) = (sorted(p[0] for p in points), sorted(p[1] for p in points))
        for character, (left, bottom, right, top) in zip(characters, middles, strict=True):
            if x0 <= (left + right) / 2 <= x1 and y0 <= (bottom + top) / 2 <= y1:
                found.append(character)
    document.close()
    return "".join("".join(found).replace("\x02", "").replace("\ufffe", "").split())


def _to_sheet(x: float, y: float, rotation: int, crop: tuple[float, ...]) -> tuple[float, float]:
    left, bottom, right, top = crop
    u, v = {0: (x, 1 - y), 90: (y, x), 180: (1 - x, y), 270: (1 - y, 1 - x)}[rotation]
    return left + u * (right - left), bottom + v * (top - bottom)


@pytest.mark.parametrize(
    ("setup", "rotate", "crop"),
    [
        pytest.param("", 0, 0, id="plain page"),
        pytest.param("", 90, 0, id="page turned a quarter"),
        pytest.param("", 180, 0, id="page upside down"),
        pytest.param("", 270, 0, id="page turned three quarters"),
        pytest.param("", 0, 40, id="cropped page"),
        pytest.param("", 90, 40, id="cropped and turned"),
        pytest.param("#set page(columns: 2)", 0, 0, id="two columns"),
        pytest.param(
            "#set page(columns: 2)\n#set par(justify: true)", 90, 0, id="two columns, justified, turned"
        ),
        pytest.param(
            "#set text(hyphenate: true)\n#set page(width: 8cm)", 0, 0, id="words broken at line ends"
        ),
    ],
)
def test_marked_words_read_back_as_the_quote(typeset: Typeset, setup: str, rotate: int, crop: float) -> None:
    path = typeset(setup, rotate=rotate, crop=crop)

    boxes = highlight_boxes(path, 1, QUOTE)

    assert boxes is not None
    assert all(0 <= b.left < b.right <= 1 and 0 <= b.top < b.bottom <= 1 for b in boxes)
    assert words_in(path, boxes) == "".join(QUOTE.split())
    assert words_in_boxes(path, 1, boxes) == "".join(QUOTE.split())


def test_quote_that_runs_over_a_column_end_is_marked_in_both_columns(typeset: Typeset) -> None:
    body = "Een zin vooraf. " * 12 + QUOTE + " Een zin erna." * 3
    path = typeset("#set page(width: 12cm, height: 6cm, margin: 0.8cm, columns: 2)", body=body)

    boxes = highlight_boxes(path, 1, QUOTE)

    assert boxes is None or words_in(path, boxes) == "".join(QUOTE.split())


@pytest.mark.parametrize(
    "quote",
    [
        pytest.param("Versterk een ander initiatief dat al loopt.", id="other words"),
        pytest.param("", id="nothing"),
        pytest.param("   \n", id="whitespace only"),
        pytest.param("02", id="digits inside a number"),
        pytest.param("werkten 20", id="ends halfway a number"),
    ],
)
def test_no_mark_rather_than_a_wrong_one(typeset: Typeset, quote: str) -> None:
    assert highlight_boxes(typeset(), 1, quote) is None


def test_number_is_marked_where_it_stands_alone(typeset: Typeset) -> None:
    path = typeset()

    boxes = highlight_boxes(path, 1, "22")

    assert boxes is not None
    assert words_in(path, boxes) == "22"


def test_line_breaks_and_double_spaces_in_the_quote_do_not_matter(typeset: Typeset) -> None:
    path = typeset()

    assert highlight_boxes(path, 1, QUOTE.replace(" ", "\n  ")) == highlight_boxes(path, 1, QUOTE)


def test_picture_has_the_page_and_a_mark(typeset: Typeset) -> None:
    path = typeset()

    marked, plain = (
        render_page(path, 1, QUOTE, width_pixels=600),
        render_page(path, 1, "iets anders", width_pixels=600),
    )

    assert marked is not None
    assert plain is not None
    assert (marked.page_count, len(plain.boxes)) == (1, 0)
    pictures = [Image.open(io.BytesIO(image.png)).convert("RGB") for image in (marked, plain)]
    assert pictures[0].size == pictures[1].size
    marked_colours, plain_colours = ({c for _, c in p.getcolors(1 << 20) or ()} for p in pictures)
    assert MARK in marked_colours
    assert MARK not in plain_colours


def test_empty_page_is_still_a_picture(typeset: Typeset) -> None:
    image = render_page(typeset(body="#pagebreak()"), 1, QUOTE, width_pixels=300)

    assert image is not None
    assert Image.open(io.BytesIO(image.png)).width == 300


@pytest.mark.parametrize("page", [pytest.param(0, id="page zero"), pytest.param(9, id="past the end")])
def test_page_that_does_not_exist_gives_nothing(typeset: Typeset, page: int) -> None:
    assert render_page(typeset(), page, QUOTE) is None


def test_file_that_is_gone_or_broken_gives_nothing(tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing here")

    assert render_page(tmp_path / "gone.pdf", 1, QUOTE) is None
    assert highlight_boxes(broken, 1, QUOTE) is None
