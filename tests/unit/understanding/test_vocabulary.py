from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import ConfigurationError
from assistant.ingest.catalogue import load_catalogue
from assistant.understanding.facets import FILES, FacetFinder
from assistant.understanding.vocabulary import (
    Abbreviations,
    Intents,
    Subject,
    Thresholds,
    read_facet,
    read_yaml,
)
from tests.unit.understanding.question_support import CORPUS

ENTRY = "{id: zorg, label: zorg, label_en: care}"


@pytest.mark.parametrize("name", FILES.values())
def test_shipped_facets_are_valid(name: str) -> None:
    assert read_facet(CORPUS / "gazetteer" / name).entries


@pytest.mark.parametrize(
    ("name", "model"),
    [
        pytest.param("intents.yaml", Intents, id="intents"),
        pytest.param("subject.yaml", Subject, id="subject"),
        pytest.param("abbreviations.yaml", Abbreviations, id="abbreviations"),
        pytest.param("subject_thresholds.yaml", Thresholds, id="thresholds"),
    ],
)
def test_shipped_vocabularies_are_valid(name: str, model: type) -> None:
    assert read_yaml(CORPUS / "gazetteer" / name, model)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("facet: [", "broken YAML at line", id="broken YAML names the line"),
        pytest.param(
            f"facet: sector\nentries: [{ENTRY}]\nextra: 1", "field extra", id="unknown field is named"
        ),
        pytest.param(f"facet: target_group\nentries: [{ENTRY}, {ENTRY}]", "twice", id="doubled id"),
        pytest.param(f"facet: sector\nentries: [{ENTRY}]", "missing", id="an id of the domain is missing"),
    ],
)
def test_faulty_facets_are_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "facet.yaml"
    path.write_text(text, "utf-8")

    with pytest.raises(ConfigurationError, match=message):
        read_facet(path)


def test_a_missing_vocabulary_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"intents\.yaml"):
        read_yaml(tmp_path / "intents.yaml", Intents)


def test_every_target_group_of_the_records_has_an_id() -> None:
    facets = FacetFinder.load(CORPUS / "gazetteer")
    texts = {text for record in load_catalogue(CORPUS) for text in record.target_groups}

    assert [text for text in sorted(texts) if not facets.canonical_target_groups(text)] == []
