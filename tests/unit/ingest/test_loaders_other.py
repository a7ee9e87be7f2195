from __future__ import annotations

from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.errors import LoaderError
from assistant.ingest.loaders import layout_of, load_file


def headings(path: Path) -> list[tuple[str, int]]:
    page = load_file(path)[0]
    return [(page.page_content[a:b], level) for a, b, level in layout_of(page).headings]


def write(tmp_path: Path, name: str, content: str | bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_docx_gives_headings_paragraphs_and_tables(tmp_path: Path) -> None:
    source = docx.Document()
    source.core_properties.title = "Ons voorstel"
    source.add_heading("Analyse", level=1)
    source.add_paragraph("De regio zoekt monteurs.")
    table = source.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "mbo", "120 plaatsen"
    source.save(str(tmp_path / "a.docx"))

    page = load_file(tmp_path / "a.docx")[0]

    assert headings(tmp_path / "a.docx") == [("Analyse", 1)]
    assert page.page_content == "Analyse De regio zoekt monteurs. mbo 120 plaatsen"
    assert page.metadata["title"] == "Ons voorstel"
    assert page.metadata["page"] is None


def test_markdown_headings_and_list_items_are_blocks(tmp_path: Path) -> None:
    path = write(
        tmp_path, "a.md", "---\ntitle: Gids\nlang: nl\n---\n# Kop\n\nTekst *schuin*.\n\n- een\n- twee\n"
    )

    page = load_file(path)[0]

    assert page.page_content == "Kop Tekst schuin. een twee"
    assert headings(path) == [("Kop", 1)]
    assert [page.page_content[b:].split()[0] for b in layout_of(page).breaks] == [
        "Kop",
        "Tekst",
        "een",
        "twee",
    ]
    assert (page.metadata["title"], page.metadata["language"]) == ("Gids", "nl")


def test_html_leaves_out_scripts_and_navigation(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "a.html",
        "<html lang=nl><title>T</title><nav>menu</nav><h2>Kop</h2><p>Een <b>zin</b>.</p><script>x()</script>",
    )

    page = load_file(path)[0]

    assert page.page_content == "Kop Een zin."
    assert headings(path) == [("Kop", 2)]


def test_csv_rows_are_labelled_with_their_columns(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", 'regio;aantal\nUtrecht;12\n"Den Haag";7\n')

    assert load_file(path)[0].page_content == "regio: Utrecht; aantal: 12 regio: Den Haag; aantal: 7"


def test_xlsx_sheets_are_pages_and_hidden_ones_stay_out(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Cijfers"
    book.active.append(["regio", "aantal"])
    book.active.append(["Utrecht", 12.0])
    book.create_sheet("Geheim").append(["x"])
    book["Geheim"].sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")

    pages = load_file(tmp_path / "a.xlsx")

    assert [page.page_content for page in pages] == ["Cijfers regio: Utrecht; aantal: 12"]
    assert pages[0].metadata["page"] == 1


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        pytest.param("a.pptx", b"x", "unsupported", id="unknown format"),
        pytest.param("a.docx", b"not a zip", "broken", id="broken docx"),
        pytest.param(
            "a.docx", bytes.fromhex("d0cf11e0a1b11ae1") + b"0" * 64, "encrypted", id="protected docx"
        ),
        pytest.param("a.xlsx", b"PK\x05\x06" + b"\x00" * 18, "broken", id="empty archive as xlsx"),
        pytest.param("a.yaml", b"a: [1, 2", "broken", id="broken yaml"),
        pytest.param("a.txt", b"\x00\x01\x02\x03binary", "broken", id="binary as text"),
        pytest.param("a.md", b"   \n\n", "no_text", id="only spaces"),
        pytest.param("a.html", b"<script>1</script>", "no_text", id="only a script"),
    ],
)
def test_unusable_file_is_refused_with_its_reason(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    with pytest.raises(LoaderError) as caught:
        load_file(write(tmp_path, name, content))

    assert caught.value.reason == reason


def test_docx_without_text_is_refused(tmp_path: Path) -> None:
    docx.Document().save(str(tmp_path / "a.docx"))

    with pytest.raises(LoaderError) as caught:
        load_file(tmp_path / "a.docx")

    assert caught.value.reason == "no_text"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from([".md", ".html", ".txt", ".csv", ".yaml"]), st.text(max_size=300))
def test_any_text_gives_single_spaced_pages_or_a_loader_error(tmp_path: Path, suffix: str, text: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))

    try:
        pages = load_file(path)
    except LoaderError:
        return
    for page in pages:
        text = page.page_content
        assert text == " ".join(text.split())
        assert all(0 <= a < b <= len(text) for a, b, _ in layout_of(page).headings)
