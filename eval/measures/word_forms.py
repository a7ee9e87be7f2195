"""Does search in words know Dutch: forms of a word found, other words kept apart.

Retrieval on golden questions hardly moves when the stemmer is wrong, for most questions hold more than one
word that finds the passage. This looks at single words, so a wrong stemmer or lost compounds show at once.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from assistant.errors import UsageError
from assistant.index.dutch import DutchAnalyzer
from eval.measures.base import Values, yes

WORD_FORMS = Path(__file__).parent.parent / "data" / "word_forms.yaml"
MEASURES = {"found": "word forms found", "apart": "word forms kept apart"}
_SEPARATOR = " | "


def word_pairs(path: Path = WORD_FORMS) -> dict[str, tuple[str, str, bool]]:
    """Pair id to typed word, written text, and whether the one must find the other.

    Raises:
        UsageError: a pair is not "typed | written", or stands in it twice.
    """
    groups: dict[str, dict[str, list[Any]]] = yaml.safe_load(path.read_text("utf-8"))
    found: dict[str, tuple[str, str, bool]] = {}
    for side in MEASURES:
        for pairs in groups[side].values():
            for pair in pairs:
                typed, separator, written = str(pair).partition(_SEPARATOR)
                if not separator or pair in found:
                    raise UsageError(f"{path}: {pair!r} is no pair `typed | written`, or stands in it twice.")
                found[pair] = (typed, written.strip('"'), side == "found")
    return found


def measure_word_forms(analyzer: DutchAnalyzer, path: Path = WORD_FORMS) -> dict[str, Values]:
    """Per pair, whether the typed word shares a term with the written text exactly when it should."""
    values: dict[str, Values] = {name: {} for name in MEASURES.values()}
    for pair, (typed, written, is_found) in word_pairs(path).items():
        shares = bool(set(analyzer.query_terms(typed)) & set(analyzer.terms(written)))
        values[MEASURES["found" if is_found else "apart"]][pair] = yes(shares is is_found)
    return values
