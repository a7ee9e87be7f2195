from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.domain.text import single_spaced
from assistant.errors import LoaderError
from assistant.ingest.loaders import LoadLimits, layout_of, load_file

PdfMaker = Callable[..., Path]
BODY = [("De regio werkt samen met scholen.", 11), ("Bedrijven bieden leerplaatsen aan.", 11)]


def test_each_page_is_one_document_with_the_text_pypdf_reads(make_pdf: PdfMaker) -> None:
    path = make_pdf("a.pdf", [BODY, [("Tweede  bladzijde.", 11)]])

    pages = load_file(path)

    read = [single_spaced(page.extract_text()) for page in pypdf.PdfReader(path).pages]
    assert [page.page_content for page in pages] == read
    assert [page.metadata["page"] for page in pages] == [1, 2]


def test_repeated_header_is_a_margin_and_stays_in_the_text(make_pdf: PdfMaker) -> None:
    pages = load_file(make_pdf("a.pdf", [BODY, BODY[:1], BODY[1:]], header="Jaarverslag"))

    for page in pages:
        margins = [page.page_content[a:b] for a, b in layout_of(page).margins]
        assert any("Jaarverslag" in margin for margin in margins)
        assert "Jaarverslag" in page.page_content


def test_larger_lines_are_headings(make_pdf: PdfMaker) -> None:
    page = load_file(make_pdf("a.pdf", [[("Samenwerking in de regio", 18), *BODY]]))[0]

    assert [page.page_content[a:b] for a, b, _ in layout_of(page).headings] == ["Samenwerking in de regio"]


def test_title_comes_from_the_metadata(make_pdf: PdfMaker) -> None:
    pages = load_file(make_pdf("a.pdf", [BODY], title="Handreiking talent"))

    assert pages[0].metadata["title"] == "Handreiking talent"


@pytest.mark.parametrize(
    "options",
    [pytest.param({"rotate": 90}, id="rotated page"), pytest.param({"columns": True}, id="two columns")],
)
def test_odd_layouts_keep_all_words(make_pdf: PdfMaker, options: dict[str, object]) -> None:
    lines = [(f"woord{i} staat hier.", 11) for i in range(6)]

    page = load_file(make_pdf("a.pdf", [lines], **options))[0]

    assert {f"woord{i}" for i in range(6)} <= set(page.page_content.replace(".", " ").split())


def test_page_without_text_is_kept_as_an_empty_page(make_pdf: PdfMaker) -> None:
    pages = load_file(make_pdf("a.pdf", [BODY, [], BODY]))

    assert [bool(page.page_content) for page in pages] == [True, False, True]


def test_encrypted_file_is_refused(make_pdf: PdfMaker) -> None:
    with pytest.raises(LoaderError, match="password") as caught:
        load_file(make_pdf("a.pdf", [BODY], password="geheim"))

    assert caught.value.reason == "encrypted"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"", "empty", id="no bytes"),
        pytest.param(b"%PDF-1.7\nno objects here", "broken", id="header only"),
        pytest.param(b"PK\x03\x04 not a pdf", "broken", id="another format"),
    ],
)
def test_bad_file_is_refused_with_its_reason(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)

    with pytest.raises(LoaderError) as caught:
        load_file(path)

    assert caught.value.reason == reason


def test_pdf_without_any_text_is_refused(make_pdf: PdfMaker) -> None:
    with pytest.raises(LoaderError, match="OCR") as caught:
        load_file(make_pdf("a.pdf", [[], []]))

    assert caught.value.reason == "no_text"


def test_too_many_pages_are_refused(make_pdf: PdfMaker) -> None:
    with pytest.raises(LoaderError) as caught:
        load_file(make_pdf("a.pdf", [BODY] * 3), LoadLimits(max_pages=2))

    assert caught.value.reason == "too_large"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 3_000), st.binary(min_size=1, max_size=12))
def test_damaged_bytes_give_pages_or_a_loader_error(make_pdf: PdfMaker, place: int, junk: bytes) -> None:
    path = make_pdf("a.pdf", [BODY])
    data = path.read_bytes()
    place %= len(data)
    path.write_bytes(data[:place] + junk + data[place + len(junk) :])

    try:
        pages = load_file(path)
    except LoaderError:
        return
    assert all("\x00" not in page.page_content for page in pages)
