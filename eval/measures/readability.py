"""How long and how readable answers are.

Flesch-Douma reading ease for Dutch (Douma 1960, "De leesbaarheid van landbouwbladen"; Flesch 1948 refitted):
206.84 - 0.77 * syllables per 100 words - 0.93 * words per sentence. 60 to 70 is plain, above 70 easy, below
45 hard. Names of agendas and programmes weigh on it: an answer that must name them reads harder than its
sentences are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from eval.measures.base import Case, Values

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_MARKERS = re.compile(r"\[\d+\]")
_SYLLABLE = re.compile(
    r"aai|ooi|oei|eeu|ieu|aa|ee|oo|uu|ie|oe|eu|ui|ei|ij|ou|au|[aeiouyàáâäèéêëìíîïòóôöùúûü]", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.!?:]+(?:\s|$)")


def syllables(word: str) -> int:
    """Syllables of a Dutch word, by its vowels; at least 1."""
    return max(1, len(_SYLLABLE.findall(word)))


def words(text: str) -> list[str]:
    """Words of a text without citation markers; figures count as words."""
    return _WORD.findall(_MARKERS.sub(" ", text))


def reading_ease(sentences: Sequence[str]) -> float | None:
    """Flesch-Douma over sentences; None when there are no words."""
    counted = [words(sentence) for sentence in sentences]
    counted = [found for found in counted if found]
    n_words = sum(map(len, counted))
    if not n_words:
        return None
    per_hundred = 100 * sum(syllables(word) for found in counted for word in found) / n_words
    return 206.84 - 0.77 * per_hundred - 0.93 * n_words / len(counted)


def measure_style(cases: Sequence[Case]) -> dict[str, Values]:
    """Words per answer, words per sentence, and reading ease of Dutch answers, per answer."""
    found: dict[str, Values] = {"answer words": {}, "words per sentence": {}, "reading ease": {}}
    for case in cases:
        item, answer = case.item.id, case.outcome.answer
        sentences = [part for s in answer.sentences for part in _SENTENCE_END.split(s.text) if words(part)]
        if not sentences:
            continue
        n_words = float(sum(len(words(sentence)) for sentence in sentences))
        found["answer words"][item] = (n_words, 1.0)
        found["words per sentence"][item] = (n_words, float(len(sentences)))
        ease = reading_ease(sentences)
        if ease is not None and answer.language == "nl":
            found["reading ease"][item] = (round(ease, 3), 1.0)
    return found
