"""Remembers how all records fit one facet, for the values that are asked again and again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping

from assistant.domain.match import FacetFit

MAX_KEPT = 256
"""Tables of one fit per record; about 50 kB each."""

Fits = Mapping[str, FacetFit]


class FitCache:
    """Tables by what was asked, the longest unused dropped first; safe to share."""

    def __init__(self, max_kept: int = MAX_KEPT) -> None:
        self._tables: OrderedDict[Hashable, Fits] = OrderedDict()
        self._lock = threading.Lock()
        self._max_kept = max_kept

    def get(self, asked: Hashable, make: Callable[[], Fits]) -> Fits:
        """The table for what was asked; made when it is not known yet."""
        with self._lock:
            known = self._tables.get(asked)
            if known is not None:
                self._tables.move_to_end(asked)
                return known
        made = make()
        with self._lock:
            self._tables[asked] = made
            while len(self._tables) > self._max_kept:
                self._tables.popitem(last=False)
        return made
