"""Reading: every sentence is literally on its page, whatever the format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.domain.text import single_spaced
from assistant.errors import LoaderError
from assistant.proposal.reading import MAX_QUOTE_CHARS, quote_of, read_proposal
from tests.unit.proposal.samples import (
    COMPLETE,
    PROPOSALS,
    Sample,
    write_docx,
    write_md,
    write_pdf,
    write_txt,
)

Writer = Callable[[Sample, Path], Path]
WRITERS = [
    pytest.param(write_pdf, id="pdf"), pytest.param(write_docx, id="docx"),
    pytest.param(write_md, id="markdown"), pytest.param(write_txt, id="text"),
]  # fmt: skip


@pytest.mark.parametrize("write", WRITERS)
def test_all_sentences_are_read_with_their_heading(write: Writer, tmp_path: Path) -> None:
    proposal = read_proposal(write(COMPLETE, tmp_path))

    by_text = {sentence.text: sentence for sentence in proposal.sentences}
    found = by_text["ROC van Flevoland is penvoerder."]
    assert found.headings[-1:] == ("Samenwerking",)


@pytest.mark.parametrize("name", list(PROPOSALS))
def test_sentences_stand_on_their_page(name: str, tmp_path: Path) -> None:
    import pypdf

    path = write_pdf(PROPOSALS[name], tmp_path)
    pages = [single_spaced(page.extract_text()) for page in pypdf.PdfReader(path).pages]

    sentences = read_proposal(path).sentences

    assert {s.page for s in sentences} == set(range(1, len(PROPOSALS[name].sections) + 1))
    assert [s.text for s in sentences if quote_of(s.text) not in pages[(s.page or 0) - 1]] == []


def test_long_sentence_is_quoted_in_part() -> None:
    text = "woord " * 200

    assert len(quote_of(text)) <= MAX_QUOTE_CHARS
    assert text.startswith(quote_of(text))


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        pytest.param("leeg.txt", b"", "empty", id="empty file"),
        pytest.param("kapot.pdf", b"%PDF-1.7 kapot", "broken", id="broken PDF"),
        pytest.param("plaatje.png", b"\x89PNG", "unsupported", id="picture"),
    ],
)
def test_unreadable_file_says_why(name: str, content: bytes, reason: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(LoaderError) as error:
        read_proposal(path)

    assert error.value.reason == reason
