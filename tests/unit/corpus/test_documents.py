"""The summary documents as they ship: equal to their source, accessible, and readable word for word."""

import re
from functools import cache
from pathlib import Path

import pytest
import yaml
from build_documents import DOCUMENTS, build, main
from pypdf import PdfReader
from pypdf.generic import IndirectObject
from summaries import blocks, read_document, read_sources

NAMES = sorted(path.stem for path in (DOCUMENTS / "src").glob("*.md"))


@cache
def page_texts(name: str) -> tuple[str, ...]:
    return tuple(" ".join(page.extract_text().split()) for page in PdfReader(DOCUMENTS / f"{name}.pdf").pages)


def bookmarks(items: list[object]) -> list[str]:
    return [
        title
        for item in items
        for title in (bookmarks(item) if isinstance(item, list) else [str(item["/Title"])])  # type: ignore[index]
    ]


def test_every_pdf_equals_its_source() -> None:
    assert build(DOCUMENTS, check=True) == []


def test_check_finds_a_stale_pdf_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "src").mkdir()
    for file in ("sources.yaml", f"{NAMES[0]}.md"):
        (tmp_path / "src" / file).write_bytes((DOCUMENTS / "src" / file).read_bytes())

    assert main(["--documents", str(tmp_path), "--check"]) == 1
    assert "differs from its source" in capsys.readouterr().out
    assert not list(tmp_path.glob("*.pdf"))


@pytest.mark.parametrize("name", NAMES)
def test_every_block_stands_whole_on_one_page(name: str) -> None:
    pages = page_texts(name)
    missing = [
        block.text
        for block in blocks(read_document(DOCUMENTS / "src" / f"{name}.md"))
        if not any(block.text in page for page in pages)
    ]

    assert missing == []


@pytest.mark.parametrize("name", NAMES)
def test_every_fact_cites_a_source_that_exists(name: str) -> None:
    sources = read_sources(DOCUMENTS / "src" / "sources.yaml")
    facts = [block for block in blocks(read_document(DOCUMENTS / "src" / f"{name}.md")) if block.facts]

    assert facts
    assert [block.text for block in facts if not block.sources] == []
    assert {key for block in facts for key in block.sources} <= set(sources)


def test_every_source_is_used_and_has_an_address_or_says_why_not() -> None:
    sources = read_sources(DOCUMENTS / "src" / "sources.yaml")
    used = {
        key
        for name in NAMES
        for block in blocks(read_document(DOCUMENTS / "src" / f"{name}.md"))
        for key in block.sources
    }

    assert set(sources) == used
    assert [key for key, source in sources.items() if not (source.url or source.where)] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_page_says_what_it_is_and_its_number(name: str) -> None:
    note = " ".join(read_document(DOCUMENTS / "src" / f"{name}.md").front_matter.page_note.split())
    pages = page_texts(name)

    assert all(page.startswith(note) for page in pages)
    assert all(page.endswith(f"Pagina {n} van {len(pages)}") for n, page in enumerate(pages, start=1))
    assert "Samenvatting in eigen woorden door Talentwijzer." in note


@pytest.mark.parametrize("name", NAMES)
def test_pdf_is_tagged_dutch_titled_and_has_every_heading_in_its_outline(name: str) -> None:
    document = read_document(DOCUMENTS / "src" / f"{name}.md")
    reader = PdfReader(DOCUMENTS / f"{name}.pdf")
    root = reader.trailer["/Root"]
    root = root.get_object() if isinstance(root, IndirectObject) else root
    headings = re.findall(r"^#+ (.+)$", document.markdown, flags=re.MULTILINE)
    titles = [re.sub(r"^\d+\s+", "", title) for title in bookmarks(list(reader.outline))]

    assert root["/Lang"].startswith("nl")
    assert root["/MarkInfo"]["/Marked"]
    assert reader.metadata is not None
    assert reader.metadata.title == document.front_matter.title
    assert reader.metadata.author == "Talentwijzer"
    assert [heading for heading in headings if heading not in titles] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_heading_stands_on_one_line(name: str) -> None:
    markdown = read_document(DOCUMENTS / "src" / f"{name}.md").markdown
    pages = PdfReader(DOCUMENTS / f"{name}.pdf").pages
    lines = {
        re.sub(r"^\d+ ", "", line.strip()) for page in pages for line in page.extract_text().splitlines()
    }

    assert [h for h in re.findall(r"^#+ (.+)$", markdown, flags=re.MULTILINE) if h not in lines] == []


@pytest.mark.parametrize("name", NAMES)
def test_text_layer_has_no_soft_hyphens_or_ligatures(name: str) -> None:
    assert re.findall("[\u00ad\u2060\ufb00-\ufb06\ufffd]", " ".join(page_texts(name))) == []


def test_manifest_names_every_document_once() -> None:
    manifest = yaml.safe_load((DOCUMENTS.parent / "manifest.yaml").read_text(encoding="utf-8"))
    entries = manifest["documents"]

    assert sorted(Path(entry["file"]).stem for entry in entries) == NAMES
    assert [entry["document_id"] for entry in entries] == [Path(entry["file"]).stem for entry in entries]
    assert all((DOCUMENTS.parent / entry["file"]).is_file() for entry in entries)
    assert all(entry["summary_by"] == "Talentwijzer" and entry["kind"] == "summary" for entry in entries)
