from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fpdf import FPDF

PdfMaker = Callable[..., Path]


@pytest.fixture
def make_pdf(tmp_path: Path) -> PdfMaker:
    """Writes a PDF; each page is a list of (text, size) lines, `size` 16 for a heading."""

    def make(
        name: str,
        pages: list[list[tuple[str, int]]],
        *,
        title: str | None = None,
        header: str | None = None,
        password: str | None = None,
        rotate: int = 0,
        columns: bool = False,
    ) -> Path:
        pdf = FPDF()
        pdf.set_auto_page_break(False)
        if title:
            pdf.set_title(title)
        if password:
            pdf.set_encryption(owner_password=password, user_password=password)
        for number, lines in enumerate(pages, start=1):
            pdf.add_page()
            if header:
                pdf.set_font("Helvetica", size=8)
                pdf.set_xy(10, 5)
                pdf.cell(text=f"{header} - pagina {number}")
            y = 20
            for line_number, (text, size) in enumerate(lines):
                pdf.set_font("Helvetica", size=size)
                if columns and line_number == (len(lines) + 1) // 2:
                    y = 20
                x = 110 if columns and line_number >= (len(lines) + 1) // 2 else 10
                pdf.set_xy(x, y)
                if rotate:
                    with pdf.rotation(rotate, 100, 100):
                        pdf.cell(text=text)
                else:
                    pdf.cell(text=text)
                y += 6 if size < 14 else 12
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        pdf.output(str(path))
        return path

    return make
