"""A page of a PDF as a picture, with the exact words of a quote marked.

The words are found in the page's own text layer. A quote that is not there, or whose marks would cover other
words, gets no mark at all: no highlight rather than a wrong one.
"""

from __future__ import annotations

import io
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_PDFIUM = threading.Lock()
"""PDFium may run in one thread at a time, and Streamlit runs every visitor in a thread of its own."""

_LINE_END_HYPHENS = ("\x02", "\ufffe")
"""How PDFium writes the hyphen of a word that is broken at the end of a line."""
_HYPHENS = {"\u00ad": "", "\u2010": "-", "\u2011": "-"}
_PADDING_POINTS = 0.8
_MARK = (255, 229, 138)
_BORDER = 0.05
"""White left around the text of a page, as part of its width."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the page as displayed, in fractions of its width and height; (0, 0) is the top left."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PageImage:
    """A rendered page.

    Attributes:
        png: the picture; wide margins around the text are cut, so that it can be read in a narrow column.
        page_count: number of pages in the file.
        boxes: what is marked, in fractions of the whole page; empty when the quote was not found literally.
        found: for each quote whether it was marked.
    """

    png: bytes
    page_count: int
    boxes: tuple[Box, ...]
    found: tuple[bool, ...] = ()


def highlight_boxes(pdf_path: Path, page: int, quote: str) -> tuple[Box, ...] | None:
    """Where the words of a quote stand on a page.

    Args:
        page: 1-based number.
        quote: literal text; whitespace does not count.

    Returns:
        One box per line of the quote, in reading order, or None when the words are not there as a whole.
    """
    with _page(pdf_path, page) as opened:
        return _find(opened[1], quote) if opened else None


def render_page(pdf_path: Path, page: int, quote: str, *, width_pixels: int = 1000) -> PageImage | None:
    """A page with the quote marked, or None when there is no such file or page, or it cannot be read."""
    return render_quotes(pdf_path, page, (quote,), width_pixels=width_pixels)


def render_quotes(
    pdf_path: Path, page: int, quotes: Sequence[str], *, width_pixels: int = 1000
) -> PageImage | None:
    """A page with several quotes marked, or None when there is no such page, or it cannot be read."""
    with _page(pdf_path, page) as opened:
        if opened is None:
            return None
        document, found = opened
        places = [_find(found, quote) or () for quote in quotes]
        image = found.render(scale=width_pixels / found.get_width()).to_pil().convert("RGB")
        count = len(document)
    area = _written_area(image)
    boxes = tuple(dict.fromkeys(box for place in places for box in place))
    for box in boxes:
        _mark(image, box)
    image = image.crop(area)
    out = io.BytesIO()
    image.save(out, format="PNG")
    return PageImage(out.getvalue(), count, boxes, tuple(bool(place) for place in places))


def words_in_boxes(pdf_path: Path, page: int, boxes: Sequence[Box]) -> str:
    """Characters of a page that have their middle in a box, in the order of the text layer.

    Whitespace and the hyphens of broken words are left out. For checks: what a mark says it covers is found
    the other way round, from the words.
    """
    with _page(pdf_path, page) as opened:
        if opened is None:
            return ""
        sheet = opened[1]
        rotation = sheet.get_rotation()
        sheet.set_rotation(0)
        text = sheet.get_textpage()
        sheet.set_rotation(rotation)
        found = []
        for i in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(i)
            x, y = _display_point(sheet, (left + right) / 2, (bottom + top) / 2)
            if any(box.left <= x <= box.right and box.top <= y <= box.bottom for box in boxes):
                found.append(_plain(text.get_text_range(i, 1), ""))
        return "".join(found)


@contextmanager
def _page(pdf_path: Path, page: int) -> Iterator[tuple[Any, Any] | None]:
    import pypdfium2

    with _PDFIUM:
        try:
            document = pypdfium2.PdfDocument(pdf_path)
        except (pypdfium2.PdfiumError, OSError):
            yield None
            return
        try:
            yield (document, document[page - 1]) if 1 <= page <= len(document) else None
        finally:
            document.close()


def _plain(char: str, line_end_hyphen: str = "-") -> str:
    """What of a character counts when texts are compared: no whitespace, no ligatures, one kind of hyphen."""
    if char in _LINE_END_HYPHENS:
        return line_end_hyphen
    return "".join(c for c in unicodedata.normalize("NFKC", _HYPHENS.get(char, char)) if not c.isspace())


def _find(page: Any, quote: str) -> tuple[Box, ...] | None:
    rects = _rects(page, "".join(_plain(char) for char in quote))
    return tuple(_on_display(page, rect) for rect in rects) if rects else None


def _rects(page: Any, wanted: str) -> list[tuple[float, ...]] | None:
    """Rectangles around the characters of `wanted`, in points on the sheet."""
    import pypdfium2.raw as pdfium

    if not wanted:
        return None
    rotation = page.get_rotation()
    page.set_rotation(0)  # PDFium puts the lines of a turned page in another order
    text = page.get_textpage()
    page.set_rotation(rotation)
    raw = [chr(pdfium.FPDFText_GetUnicode(text.raw, i)) for i in range(text.count_chars())]
    for line_end_hyphen in ("-", ""):
        plain = [_plain(char, line_end_hyphen) for char in raw]
        index_of = [i for i, parts in enumerate(plain) for _ in parts]
        span = _whole_words("".join(plain), wanted, index_of, raw)
        if span is not None:
            first, last = span
            rects = [text.get_rect(i) for i in range(text.count_rects(first, last - first + 1))]
            return rects if _covers_only(text, raw, rects, first, last) else None
    return None


def _whole_words(text: str, wanted: str, index_of: list[int], raw: list[str]) -> tuple[int, int] | None:
    """Indexes of the first and last character of the first place where `wanted` stands as whole words."""
    at = text.find(wanted)
    while at >= 0:
        first, last = index_of[at], index_of[at + len(wanted) - 1]
        starts_inside = first > 0 and raw[first].isalnum() and raw[first - 1].isalnum()
        ends_inside = last + 1 < len(raw) and raw[last].isalnum() and raw[last + 1].isalnum()
        if not starts_inside and not ends_inside:
            return first, last
        at = text.find(wanted, at + 1)
    return None


def _covers_only(text: Any, raw: list[str], rects: list[tuple[float, ...]], first: int, last: int) -> bool:
    """True when exactly the visible characters of the quote have their middle in one of the rectangles."""
    for i, char in enumerate(raw):
        if not _plain(char):
            continue
        left, bottom, right, top = text.get_charbox(i)
        x, y = (left + right) / 2, (bottom + top) / 2
        is_in = any(r[0] - 0.1 <= x <= r[2] + 0.1 and r[1] - 0.1 <= y <= r[3] + 0.1 for r in rects)
        has_no_size = right <= left and top <= bottom
        if is_in != (first <= i <= last) and not has_no_size:
            return False
    return True


def _on_display(page: Any, rect: tuple[float, ...]) -> Box:
    """From points on the sheet to fractions of the page as shown: cropped and turned."""
    left, bottom, right, top = rect
    x0, y0 = _display_point(page, left - _PADDING_POINTS, bottom - _PADDING_POINTS)
    x1, y1 = _display_point(page, right + _PADDING_POINTS, top + _PADDING_POINTS)
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _display_point(page: Any, x: float, y: float) -> tuple[float, float]:
    """A point on the sheet in fractions of the page as shown."""
    import ctypes

    import pypdfium2.raw as pdfium

    size = 1_000_000
    out_x, out_y = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(page.raw, 0, 0, size, size, 0, x, y, out_x, out_y)
    return out_x.value / size, out_y.value / size


def _mark(image: Any, box: Box) -> None:
    """Lay colour under the letters, as a felt pen does."""
    from PIL import Image, ImageChops

    width, height = image.size
    area = (
        max(0, round(box.left * width)), max(0, round(box.top * height)),
        min(width, round(box.right * width)), min(height, round(box.bottom * height)),
    )  # fmt: skip
    if area[2] > area[0] and area[3] > area[1]:
        piece = image.crop(area)
        image.paste(ImageChops.multiply(piece, Image.new("RGB", piece.size, _MARK)), area)


def _written_area(image: Any) -> tuple[int, int, int, int]:
    """What is written on a page, with an even border around it; the whole of an empty page."""
    from PIL import Image, ImageChops

    width, height = image.size
    written = ImageChops.difference(image, Image.new("RGB", image.size, (255, 255, 255))).getbbox()
    if written is None:
        return 0, 0, width, height
    border = round(_BORDER * width)
    left, top, right, bottom = written
    return (
        max(0, left - border),
        max(0, top - border),
        min(width, right + border),
        min(height, bottom + border),
    )
