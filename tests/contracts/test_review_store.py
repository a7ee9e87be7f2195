"""The store of reviews on SQLite."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contracts.review_store import ReviewStoreContract


class TestReviewStoreOnSqlite(ReviewStoreContract):
    @pytest.fixture
    def url(self, tmp_path: Path) -> str:
        return f"sqlite:///{tmp_path / 'log.sqlite'}"
