"""Nugget recall: which labelled key facts an answer says (after Voorhees 2003, TREC question answering)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from assistant.index.dutch import AnalyzerSettings, DutchAnalyzer
from eval.measures.base import Case, Values

_MARKERS = re.compile(r"\[\d+\]")
_MARKUP = re.compile(r"[*_#>`]")
_AMOUNT = re.compile(r"€\s?([\d.,]+)")
_PERCENT = re.compile(r"(\d)\s?%")


@cache
def _analyzer() -> DutchAnalyzer:
    """Words folded and stemmed, none left out; fixed here, so that no change to search moves the measure."""
    return DutchAnalyzer(AnalyzerSettings(stemmer="dutch", has_stop_words=False, has_compounds=False))


def normalised_terms(text: str) -> list[str]:
    """Stems of a text without markers and markup; amounts and percentages in one way of writing."""
    plain = _MARKUP.sub("", _MARKERS.sub(" ", text))
    plain = _PERCENT.sub(r"\1 procent", _AMOUNT.sub(r"\1 euro", plain))
    return _analyzer().terms(plain)


def says(nugget: str, sentences: Sequence[Sequence[str]]) -> bool:
    """Whether one sentence holds all words of the nugget.

    Args:
        sentences: normalised terms of each sentence.
    """
    wanted = set(normalised_terms(nugget))
    return bool(wanted) and any(wanted <= set(terms) for terms in sentences)


def measure_nuggets(cases: Sequence[Case]) -> dict[str, Values]:
    """Share of the labelled nuggets in the answer, averaged over the questions that have them."""
    found: Values = {}
    for case in cases:
        nuggets = case.item.expected.nuggets
        if not nuggets or case.item.expected.status != "answered":
            continue
        sentences = [normalised_terms(sentence.text) for sentence in case.outcome.answer.sentences]
        found[case.item.id] = (sum(says(nugget, sentences) for nugget in nuggets) / len(nuggets), 1.0)
    return {"nugget recall": found}
