"""Small documents through the typesetter: what is written is what a text extractor reads back."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from summaries import Document, DocumentError, FrontMatter, Source, blocks, read_document, read_sources
from typesetting import pdf_bytes, typst_source

SOURCES = {
    "cbs": Source(publisher="CBS", title="Een tabel", year=2023, url="https://example.org/een-tabel"),
    "deck": Source(publisher="Onbekend", title="Presentatie", label="presentatie", where="Geen adres."),
}
FRONT_MATTER = FrontMatter(
    title="Een titel",
    subtitle="Een ondertitel",
    subject="Een onderwerp",
    keywords=["een", "twee"],
    date=date(2026, 1, 2),
    page_note="Samenvatting, niet de officiële tekst.",
)


def document(markdown: str) -> Document:
    return Document(Path("proef.md"), FRONT_MATTER, markdown)


def extracted(markdown: str) -> str:
    pages = PdfReader(BytesIO(pdf_bytes(document(markdown), SOURCES))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param(
            'Tekst met # $ * @ <haken> [nul] \\ en "aanhalingstekens" ~ = / blijft staan.', id="signs"
        ),
        pytest.param(
            "Een officiële coördinator vond € 2,5 miljoen ‘veel’ – één keer.", id="diacritics and euro"
        ),
        pytest.param("De affiniteit met fijne flessen, offertes en effecten.", id="letters of ligatures"),
        pytest.param(
            "Wie in het NGF-programma en de publiek-private mbo-samenwerking 2020-2023 " * 4
            + "werkt, leest dit.",
            id="words with hyphens over line ends",
        ),
        pytest.param(
            "Lees het op www.voorbeeldadres-voor-deze-toets.example.nl/een/pad. " * 5,
            id="addresses over line ends",
        ),
    ],
)
def test_sentence_comes_back_literally(sentence: str) -> None:
    escaped = sentence.replace("\\", "\\\\").replace("*", "\\*").replace("<", "\\<").replace("[", "\\[")

    assert " ".join(sentence.split()) in extracted(f"# Kop\n\n{escaped}\n")


def test_source_is_named_after_the_text_and_listed_at_the_end_of_the_chapter() -> None:
    text = extracted("# Kop\n\nEen feit.[^cbs] [^deck]\n\n# Volgende\n\nNog een feit.[^deck]\n")

    assert "Een feit. Bronnen: CBS 2023 (1); presentatie (2). Bronnen bij hoofdstuk 1" in text
    assert "1. CBS (2023). Een tabel. https://example.org/een-tabel" in text
    assert "Nog een feit. Bron: presentatie (2). Bronnen bij hoofdstuk 2 2. Onbekend (zonder jaar)." in text


def test_fact_comment_stays_out_of_the_pdf() -> None:
    text = extracted(
        "# Kop\n\n<!-- fact: een-feit -->\nEen feit.[^cbs]\n\n- Nog een.[^cbs] <!-- fact: twee -->\n"
    )

    assert "fact" not in text
    assert "Nog een. Bron: CBS 2023 (1)." in text


def test_same_source_gives_the_same_bytes() -> None:
    assert pdf_bytes(document("# Kop\n\nTekst.\n"), SOURCES) == pdf_bytes(
        document("# Kop\n\nTekst.\n"), SOURCES
    )


def test_paragraph_is_never_split_over_pages() -> None:
    paragraph = "Een zin die steeds terugkomt en de bladzijde vult. " * 12
    pages = PdfReader(BytesIO(pdf_bytes(document("# Kop\n\n" + f"{paragraph}\n\n" * 9), SOURCES))).pages
    counts = [" ".join(page.extract_text().split()).count("Een zin die steeds terugkomt") for page in pages]

    assert len(pages) > 1
    assert all(count % 12 == 0 for count in counts)


def test_block_carries_its_facts_and_sources() -> None:
    found = list(
        blocks(document("<!-- fact: a, b -->\nEen\nfeit.[^cbs]\n\n- Twee.[^deck] <!-- fact: c -->\n"))
    )

    assert [(b.text, b.facts, b.sources) for b in found] == [
        ("Een feit.", ("a", "b"), ("cbs",)),
        ("Twee.", ("c",), ("deck",)),
    ]


@pytest.mark.parametrize(
    ("markdown", "message"),
    [
        pytest.param(
            "# Kop\n\nEen feit.[^onbekend]\n", "'onbekend' is not in sources.yaml", id="unknown source"
        ),
        pytest.param("# Kop\n\n1. Een\n", "'ordered_list' has no page design", id="numbered list"),
        pytest.param("# Kop\n\n`code`\n", "'code_inline' has no page design", id="code"),
    ],
)
def test_what_cannot_be_typeset_is_refused_by_name(markdown: str, message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        typst_source(document(markdown), SOURCES)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("# Kop\n", "no front matter", id="no front matter"),
        pytest.param(
            "---\ntitle: Alleen een titel\n---\n# Kop\n", "front matter is not valid", id="fields missing"
        ),
    ],
)
def test_broken_front_matter_is_refused(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "proef.md").write_text(text, encoding="utf-8")

    with pytest.raises(DocumentError, match=message):
        read_document(tmp_path / "proef.md")


def test_source_with_an_unknown_field_is_refused(tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_text(
        "cbs: {publisher: CBS, title: Tabel, jaar: 2023}\n", encoding="utf-8"
    )

    with pytest.raises(DocumentError, match="jaar"):
        read_sources(tmp_path / "sources.yaml")
