"""What the house tests read: the repository itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from assistant.domain.text import single_spaced
from assistant.ingest.catalogue import Catalogue, load_catalogue

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    """Top folder of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The catalogue that ships with the product."""
    return load_catalogue(ROOT / "corpus")


@pytest.fixture(scope="session")
def pages_of() -> Callable[[str], tuple[str, ...]]:
    """Texts of the pages of a shipped PDF by document id, as pypdf reads them, single-spaced."""

    @cache
    def read(document_id: str) -> tuple[str, ...]:
        import pypdf

        reader = pypdf.PdfReader(ROOT / "corpus" / "documents" / f"{document_id}.pdf")
        return tuple(single_spaced(page.extract_text()) for page in reader.pages)

    return read
