"""The store of reviews as the pages see it: opened on first use, left alone for a while when it is away."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from assistant.errors import StoreError
from assistant.review.seams import ReviewStore
from assistant.ui.seams import ExportForm, GoldenOutcome, Reviews

PAUSE_SECONDS = 30.0
"""After a failed opening the next one waits: each may take seconds, which an applicant would wait for."""


class ReviewDesk(Reviews):
    """Reviews made of a few functions.

    Args:
        open_store: opens the store; raises StoreError when it cannot be reached.
        to_golden: makes a reviewed answer a golden item.
        export: reviewed answers as a file.
        is_keeping: False when nothing is kept of new answers.
        clock: seconds that only go up.
    """

    def __init__(
        self,
        open_store: Callable[[], ReviewStore],
        to_golden: Callable[[ReviewStore, str, str], GoldenOutcome],
        export: Callable[[ReviewStore, ExportForm, str | None], bytes],
        *,
        is_keeping: bool,
        retention_days: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.is_keeping = is_keeping
        self.retention_days = retention_days
        self._open_store, self._to_golden, self._export = open_store, to_golden, export
        self._clock = clock
        self._store: ReviewStore | None = None
        self._failed: tuple[float, StoreError] | None = None
        self._lock = threading.Lock()

    @property
    def store(self) -> ReviewStore:
        """See `Reviews.store`."""
        with self._lock:
            if self._store is None:
                if self._failed and self._clock() - self._failed[0] < PAUSE_SECONDS:
                    raise StoreError(str(self._failed[1]))
                try:
                    self._store = self._open_store()
                except StoreError as error:
                    self._failed = (self._clock(), error)
                    raise
            return self._store

    def to_golden(self, answer_id: str, reader: str) -> GoldenOutcome:
        """See `Reviews.to_golden`."""
        return self._to_golden(self.store, answer_id, reader)

    def export(self, form: ExportForm, answer_id: str | None = None) -> bytes:
        """See `Reviews.export`."""
        return self._export(self.store, form, answer_id)
