"""The store of reviews on a real PostgreSQL."""

from __future__ import annotations

import pytest

from tests.contracts.review_store import ReviewStoreContract
from tests.support.postgres import Server


class TestReviewStoreOnPostgres(ReviewStoreContract):
    @pytest.fixture
    def url(self, postgres: Server) -> str:
        return postgres.new_database()
