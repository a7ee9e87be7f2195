from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from langchain_core.documents import Document

from assistant.domain.text import single_spaced
from assistant.ingest.loaders import PageLayout
from assistant.ingest.loaders.base import PageBuilder
from assistant.ingest.passages import PassageSettings, PassageSplitter


def page(number: int, *blocks: str | tuple[str, int]) -> Document:
    builder = PageBuilder()
    for block in blocks:
        text, level = block if isinstance(block, tuple) else (block, None)
        builder.add(text, level=level)
    return builder.document(page=number)


LONG = "Deze zin is lang genoeg om als een hele zin te tellen, met nog wat woorden erbij."


def test_passages_follow_headings_and_carry_their_path() -> None:
    pages = [page(1, ("Een", 1), LONG, ("Deel", 2), LONG, ("Twee", 1), LONG)]

    found = PassageSplitter().passages(pages, document_id="gids", heading_path=("Gids",))

    assert [p.heading_path for p in found] == [("Gids", "Een"), ("Gids", "Een", "Deel"), ("Gids", "Twee")]


def test_heading_goes_on_over_a_page_but_passages_do_not() -> None:
    found = PassageSplitter().passages([page(1, ("Kop", 1), LONG), page(2, LONG)], document_id="gids")

    assert [(p.page, p.end_page, p.heading_path) for p in found] == [(1, 1, ("Kop",)), (2, 2, ("Kop",))]


def test_sentence_over_a_page_end_keeps_both_pages() -> None:
    pages = [page(1, LONG, "Deze zin loopt door op"), page(2, "de volgende bladzijde. En dan verder.")]

    crossing = [p for p in PassageSplitter().passages(pages, document_id="gids") if p.page != p.end_page]

    assert [(p.text, p.page, p.end_page) for p in crossing] == [
        ("Deze zin loopt door op de volgende bladzijde.", 1, 2)
    ]
    assert pages[1].page_content[: crossing[0].end] == "de volgende bladzijde."


def test_margins_stay_out() -> None:
    text = "Kopregel Dit is de tekst van de bladzijde."
    document = Document(
        page_content=text, metadata={**PageLayout(margins=((0, 8),)).as_metadata(), "page": 1}
    )

    found = PassageSplitter().passages([document], document_id="gids")

    assert [p.text for p in found] == ["Dit is de tekst van de bladzijde."]


def test_list_of_sources_gives_no_passages() -> None:
    pages = [page(1, ("Uitleg", 1), LONG, ("Bronnen bij hoofdstuk 1", 2), "1. Een bron. 2. Nog een bron.")]

    assert [p.text for p in PassageSplitter().passages(pages, document_id="gids")] == [LONG]


def test_ids_of_unchanged_passages_survive_a_change_elsewhere() -> None:
    def ids(*blocks: str) -> list[str]:
        return [p.passage_id for p in PassageSplitter().passages([page(1, *blocks)], document_id="gids")]

    before, after = ids(LONG * 3, LONG + " A."), ids("Nieuw begin. " + LONG * 2, LONG * 3, LONG + " A.")

    assert set(before) < set(after)


def test_twin_passages_get_ids_of_their_own() -> None:
    found = PassageSplitter().passages([page(1, LONG * 2, LONG * 2)], document_id="gids")

    assert len({p.passage_id for p in found}) == len(found) == 2
    assert found[1].passage_id == f"{found[0].passage_id}-2"


def test_langchain_split_documents_gives_offsets() -> None:
    pages = [page(3, LONG, LONG)]

    for piece in PassageSplitter().split_documents(pages):
        start, end = piece.metadata["start_index"], piece.metadata["end_index"]
        assert pages[0].page_content[start:end] == piece.page_content
        assert piece.metadata["page"] == 3


@given(
    st.lists(st.lists(st.text(alphabet="abC. ,;:!?0é’-", max_size=90), max_size=5), min_size=1, max_size=3),
    st.integers(20, 120),
)
def test_passages_are_literal_bounded_and_never_overlap(blocks: list[list[str]], max_chars: int) -> None:
    pages = [page(number, *texts) for number, texts in enumerate(blocks, start=1)]
    texts = {number: document.page_content for number, document in enumerate(pages, start=1)}

    found = PassageSplitter(PassageSettings(max_chars=max_chars)).passages(pages, document_id="x")

    covered: dict[int, int] = {}
    for p in found:
        assert p.page is not None
        assert p.end_page is not None
        assert len(p.text) <= max_chars
        assert p.start >= covered.get(p.page, 0)
        if p.page == p.end_page:
            assert texts[p.page][p.start : p.end] == p.text
        else:
            assert f"{texts[p.page][p.start :].rstrip()} {texts[p.end_page][: p.end]}" == p.text
        covered[p.end_page] = p.end
    assert single_spaced(" ".join(p.text for p in found)).replace(" ", "") == "".join(texts.values()).replace(
        " ", ""
    )
