"""Tables of fits: made once per question asked, the longest unused dropped first."""

from __future__ import annotations

from assistant.matching.fit_cache import FitCache
from tests.support.builders import fit


def test_a_table_is_made_once() -> None:
    cache, table = FitCache(), {"a": fit("sector")}

    first = cache.get("zorg", lambda: table)

    assert cache.get("zorg", dict) is first is table


def test_the_longest_unused_is_dropped_first() -> None:
    cache = FitCache(max_kept=2)
    for asked in ("a", "b", "a", "c"):
        cache.get(asked, dict)

    assert _is_kept(cache, "a")
    assert not _is_kept(cache, "b")


def _is_kept(cache: FitCache, asked: str) -> bool:
    marker = {"new": fit("sector")}
    return "new" not in cache.get(asked, lambda: marker)
