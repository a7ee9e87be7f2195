from __future__ import annotations

import pytest

from assistant.ingest.timebox import timeboxed


def loop() -> None:
    while True:
        pass


def test_endless_work_is_stopped() -> None:
    with pytest.raises(TimeoutError):
        timeboxed(loop, 0.05)


def test_result_and_errors_come_through() -> None:
    assert timeboxed(lambda: 7, 5) == 7
    with pytest.raises(ZeroDivisionError):
        timeboxed(lambda: 1 / 0, 5)
