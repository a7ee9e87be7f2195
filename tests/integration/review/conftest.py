"""One PostgreSQL server for the tests of a process; every test gets a database of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.postgres import Server, running_server


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    with running_server() as server:
        yield server
