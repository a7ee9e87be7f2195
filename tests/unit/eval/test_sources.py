from __future__ import annotations

from pathlib import Path

import pytest
import typst

from eval.sources import CitedFiles

RECORDS = """records:
  - id: agenda-a
    summary: Een agenda
      voor Zeeland.
    partners: [Gemeente Goes, Scalda]
"""


@pytest.fixture
def cited(tmp_path: Path) -> CitedFiles:
    source = tmp_path / "gids.typ"
    source.write_text("Eerste bladzijde.\n#pagebreak()\nTweede bladzijde.\n", "utf-8")
    (tmp_path / "documents").mkdir()
    typst.compile(str(source), output=str(tmp_path / "documents/gids.pdf"))
    (tmp_path / "agendas.yaml").write_text(RECORDS, "utf-8")
    (tmp_path / "plaatsen.csv").write_text('naam,provincie\n"Goes",Zeeland\n', "utf-8")
    (tmp_path / "nota.md").write_text("# Nota\n\nEen  zin.\n", "utf-8")
    return CitedFiles([tmp_path / "other", tmp_path])


@pytest.mark.parametrize(
    ("file", "page", "locator", "expected"),
    [
        pytest.param("documents/gids.pdf", 2, None, ("Tweede bladzijde.",), id="a page of a PDF"),
        pytest.param("documents/gids.pdf", 3, None, (), id="a page that is not there"),
        pytest.param("documents/gids.pdf", None, None, (), id="a PDF without a page"),
        pytest.param("agendas.yaml", None, "agenda-a: summary", ("Een agenda voor Zeeland.",), id="a field"),
        pytest.param("agendas.yaml", None, "agenda-a: partners", ("Gemeente Goes", "Scalda"), id="a list"),
        pytest.param("agendas.yaml", None, "agenda-b: summary", (), id="a record that is not there"),
        pytest.param("agendas.yaml", None, None, (), id="a record file without a locator"),
        pytest.param("nota.md", None, "Nota", ("# Nota Een zin.",), id="text, spaces as one"),
        pytest.param("weg.pdf", 1, None, (), id="a file that is not there"),
    ],
)  # fmt: skip
def test_cited_texts(
    file: str, page: int | None, locator: str | None, expected: tuple[str, ...], cited: CitedFiles
) -> None:
    assert cited.texts(file, page, locator) == expected


def test_row_of_a_table_is_quotable_as_a_line_and_by_cell(cited: CitedFiles) -> None:
    texts = cited.texts("plaatsen.csv", None, "Goes")

    assert texts[0] == "naam,provincie"
    assert '"Goes",Zeeland' in texts
    assert "Goes" in texts
