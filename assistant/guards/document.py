"""What is odd about a document: text a reader cannot see, and orders to a machine. Data, never obeyed."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any, Literal

from assistant.domain.text import single_spaced
from assistant.errors import LoaderError
from assistant.guards.injection import find_injection

HiddenKind = Literal["same_colour", "tiny", "off_page", "invisible"]
FlagKind = Literal["hidden_text", "instruction"]
TINY_POINTS = 2.0
"""Letters below this height cannot be read on paper; footnote marks are 4 points and more."""
LIGHT = 217
"""From this value of red, green and blue (0 to 255) on, letters may vanish on a white page."""
MIN_ALPHA = 26
"""Below this opacity (0 to 255) letters may vanish on any page."""
MAX_CONTRAST = 30
"""Letters whose place shows no greater difference in grey (0 to 255) than this cannot be read."""
SCAN_SHARE = 0.5
"""A picture over this share of a page makes invisible text on it the text layer of a scan."""
MIN_LETTERS = 3
MAX_TEXT = 500
MAX_SECONDS = 20.0
MAX_DEPTH = 8


@dataclass(frozen=True, slots=True)
class HiddenText:
    """Text of a PDF that a reader of the page cannot see.

    Attributes:
        page: from 1.
        kind: colour of its background, tiny, outside the page, or drawn invisibly.
        text: what it says, at most `MAX_TEXT` characters.
        runs: the same words in full, one entry per run of pieces that follow each other on the page.
    """

    page: int
    kind: HiddenKind
    text: str
    runs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentFlag:
    """A warning about a document; its text stays what it is: data.

    Attributes:
        kind: `hidden_text` or `instruction`.
        page: from 1; None for a file without pages.
        detail: kind of hidden text or of order.
        text: the words in question.
    """

    kind: FlagKind
    page: int | None
    detail: str
    text: str


def flag_document(
    pages: Mapping[int | None, str],
    *,
    hidden: Iterable[HiddenText] = (),
    seconds: float = MAX_SECONDS,
    clock: Callable[[], float] = monotonic,
) -> tuple[DocumentFlag, ...]:
    """Warnings about a document, in page order.

    Args:
        pages: page number, or None where there are no pages, to text.
        hidden: what `hidden_text` found in it, when it is a PDF.
        seconds: pages that could not be read for orders within this time are left out.
    """
    until = clock() + seconds
    flags = [DocumentFlag("hidden_text", found.page, found.kind, found.text) for found in hidden]
    for page, text in pages.items():
        if clock() > until:
            break
        order = find_injection(text)
        if order is not None:
            flags.append(DocumentFlag("instruction", page, order.kind, order.text))
    return tuple(sorted(flags, key=lambda f: (f.page or 0, f.kind, f.detail)))


def hidden_text(
    pdf_path: Path, *, seconds: float = MAX_SECONDS, clock: Callable[[], float] = monotonic
) -> tuple[HiddenText, ...]:
    """Text of a PDF that cannot be seen, one entry per page and kind, in page order.

    White letters on a dark bar are seen; the text layer of a scan is not hidden. Pages that could not be
    looked at within `seconds` are left out.

    Raises:
        LoaderError: the file cannot be opened.
    """
    import pypdfium2

    until = clock() + seconds
    found: list[HiddenText] = []
    try:
        pdf = pypdfium2.PdfDocument(pdf_path)
    except (pypdfium2.PdfiumError, OSError) as error:
        raise LoaderError(
            f"Cannot look for hidden text in {pdf_path.name}: it is no readable PDF. Save it again.",
            reason="broken",
        ) from error
    try:
        for number in range(len(pdf)):
            if clock() > until:
                break
            page = pdf[number]
            try:
                found += _hidden_on(page, number + 1)
            finally:
                page.close()
    finally:
        pdf.close()
    return tuple(found)


def _hidden_on(page: Any, number: int) -> Iterator[HiddenText]:
    runs: dict[HiddenKind, list[str]] = {}
    look = _Look(page)
    before: HiddenKind | None = None
    for item in page.get_objects(filter=[1], max_depth=MAX_DEPTH):  # 1: text
        kind = look.kind_of(item)
        if kind is not None:
            found = runs.setdefault(kind, [])
            if kind == before and found:
                found[-1] += f" {look.text_of(item)}"
            else:
                found.append(look.text_of(item))
        before = kind
    for kind in sorted(runs):
        text = single_spaced(" ".join(runs[kind]))
        if sum(char.isalnum() for char in text) >= MIN_LETTERS:
            yield HiddenText(number, kind, text[:MAX_TEXT], tuple(single_spaced(run) for run in runs[kind]))


class _Look:
    """One page as a reader sees it."""

    def __init__(self, page: Any) -> None:
        self._page = page
        # the box in force: a page may inherit it, which `get_cropbox` does not see
        self._box: tuple[float, float, float, float] = page.get_bbox()
        self._text_page = page.get_textpage()
        self._image: Any = None
        left, bottom, right, top = self._box
        self._area = max((right - left) * (top - bottom), 1.0)
        self._is_scan = any(
            self._share(image.get_bounds()) >= SCAN_SHARE
            for image in page.get_objects(filter=[3], max_depth=MAX_DEPTH)  # 3: image
        )

    def kind_of(self, item: Any) -> HiddenKind | None:
        """How a text object is hidden, or None."""
        import pypdfium2.raw as raw

        mode = raw.FPDFTextObj_GetTextRenderMode(item)
        if mode in (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP):
            return None if self._is_scan else "invisible"
        bounds = item.get_bounds()
        left, bottom, right, top = self._box
        if bounds[2] <= left or bounds[0] >= right or bounds[3] <= bottom or bounds[1] >= top:
            return "off_page" if bounds[2] > bounds[0] else None
        if self._height(item) < TINY_POINTS:
            return "tiny"
        red, green, blue, alpha = self._colour(item)
        if (min(red, green, blue) >= LIGHT or alpha < MIN_ALPHA) and not self._is_seen(bounds):
            return "same_colour"
        return None

    def text_of(self, item: Any) -> str:
        """The characters of a text object."""
        import pypdfium2.raw as raw

        size = raw.FPDFTextObj_GetText(item, self._text_page, None, 0)
        if size <= 2:
            return ""
        buffer = ctypes.create_string_buffer(size)
        target = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
        raw.FPDFTextObj_GetText(item, self._text_page, target, size)
        return buffer.raw[: size - 2].decode("utf-16-le", errors="ignore")

    def _height(self, item: Any) -> float:
        import pypdfium2.raw as raw

        size = ctypes.c_float()
        if not raw.FPDFTextObj_GetFontSize(item, ctypes.byref(size)):
            return TINY_POINTS
        m = item.get_matrix()
        scale: float = abs(m.a * m.d - m.b * m.c) ** 0.5
        height: float = abs(size.value) * scale
        return height

    def _colour(self, item: Any) -> tuple[int, int, int, int]:
        import pypdfium2.raw as raw

        parts = [ctypes.c_uint() for _ in range(4)]
        if not raw.FPDFPageObj_GetFillColor(item, *(ctypes.byref(part) for part in parts)):
            return 0, 0, 0, 255
        red, green, blue, alpha = (part.value for part in parts)
        return red, green, blue, alpha

    def _share(self, bounds: tuple[float, float, float, float]) -> float:
        left, bottom, right, top = self._box
        width = max(0.0, min(bounds[2], right) - max(bounds[0], left))
        height = max(0.0, min(bounds[3], top) - max(bounds[1], bottom))
        share: float = width * height / self._area
        return share

    def _is_seen(self, bounds: tuple[float, float, float, float]) -> bool:
        """Whether the place of the letters shows any contrast.

        Only the middle half of their height is looked at, for the lines above and below may touch the rest.
        """
        quarter = (bounds[3] - bounds[1]) / 4
        bounds = (bounds[0], bounds[1] + quarter, bounds[2], bounds[3] - quarter)
        if self._image is None:
            self._image = self._page.render(scale=2, grayscale=True).to_numpy()
        image = self._image
        rows, columns = image.shape[:2]
        left, bottom, right, top = self._box
        x_scale, y_scale = columns / (right - left), rows / (top - bottom)
        x0, x1 = int((bounds[0] - left) * x_scale), int((bounds[2] - left) * x_scale) + 1
        y0, y1 = int((top - bounds[3]) * y_scale), int((top - bounds[1]) * y_scale) + 1
        part = image[max(0, y0) : max(0, y1), max(0, x0) : max(0, x1)]
        return part.size > 0 and int(part.max()) - int(part.min()) > MAX_CONTRAST
