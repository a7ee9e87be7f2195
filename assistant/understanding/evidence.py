"""The evidence in a question for which kind it is: what was found in it, and what is left of its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from assistant.domain.catalogue import Record
from assistant.domain.question import Intent
from assistant.understanding.premises import PremiseFinder
from assistant.understanding.reading import Reading
from assistant.understanding.terms import TermFinder, zipf
from assistant.understanding.text import Token, fold, stem
from assistant.understanding.vocabulary import Entry, Subject

KINDS = ("inside", "outside_subject", "no_source_says", "false_premise", "too_vague", "nonsense")
"""What a question can be; all but the first are kinds of abstention."""
SIGNALS = (
    "place", "record", "sector", "level", "group", "intervention", "agenda", "inside", "supporting",
    "outside", "pattern", "private", "future", "premise", "ended", "ahead", "vague", "nonsense", "unknown",
    "told", "short", "cue", "plan",
)  # fmt: skip
"""Evidence beside meaning; each between 0 and 1."""
UNKNOWN_ZIPF = 1.2
GENERAL_ZIPF = 4.4
"""Words as frequent as this are said in every trade; they tell nothing about a need."""
SHORT_WORDS = 12
_GENERIC_GROUPS = frozenset({"bedrijven", "onderwijsinstellingen", "mkb"})
_GENERIC_KINDS = frozenset({"pps", "community", "other", "matching", "onderzoeksprogramma"})


class EvidenceFinder:
    """Collects the evidence.

    Args:
        subject: vocabulary of the subject.
        records: the catalogue, for what ended.
    """

    def __init__(self, subject: Subject, records: Mapping[str, Record]) -> None:
        self._inside = _finder("inside", subject.inside)
        self._supporting = _finder("supporting", subject.supporting)
        self._outside = _finder("outside", subject.outside, subject.outside_never)
        self._patterns = _compiled(subject.outside_patterns)
        self._private = _compiled((*subject.private, *subject.odds, *subject.unpublished))
        self._future = _compiled(subject.future)
        self._published = _compiled(subject.published_after_all)
        self._nonsense = _compiled(subject.nonsense)
        self._vague = _compiled(subject.vague)
        self._premises = PremiseFinder(subject, records)
        self._filler = {
            form for word in subject.filler for part in fold(word).split() for form in (part, stem(part))
        }

    def signals(self, reading: Reading, intent: Intent, records: Sequence[str]) -> dict[str, float]:
        """Evidence per name of `SIGNALS`, each between 0 and 1."""
        text, words, folded = reading.text, reading.words, fold(reading.text)
        masked = [(n.start, n.end) for n in reading.named] + [(p.start, p.end) for p in reading.places]
        outside = [h for h in self._outside.find(text, words=words, masked=masked) if h.weight >= 1.0]
        found = {
            "place": bool(reading.places or reading.national),
            "record": bool(reading.named),
            "sector": any(hit.weight > 0.5 for hit in reading.hits["sector"]),
            "level": bool(reading.hits["education_level"]),
            "group": any(h.value not in _GENERIC_GROUPS for h in reading.hits["target_group"]),
            "intervention": any(
                h.weight > 0.5 and h.value not in _GENERIC_KINDS for h in reading.hits["intervention"]
            ),
            "agenda": intent in {"find_regional_hca", "find_sectoral_hca"},
            "inside": min(len(self._inside.find(text, words=words, masked=masked)), 3) / 3,
            "supporting": min(len(self._supporting.find(text, words=words, masked=masked)), 3) / 3,
            "outside": min(len(outside), 2) / 2,
            "pattern": _matches(self._patterns, folded),
            "private": _matches(self._private, folded),
            "future": _matches(self._future, folded) and not _matches(self._published, folded),
            "vague": _matches(self._vague, folded),
            "nonsense": _matches(self._nonsense, folded),
            "unknown": self.unknown_share(reading),
            "told": min(self._n_telling(reading), 3) / 3,
            "short": 1 - min(len(words), SHORT_WORDS) / SHORT_WORDS,
            "cue": reading.fact_cue not in {None, "about_record"},
            "plan": reading.asks and reading.has_strong_facets,
            **self._premises.evidence(reading, intent, records),
        }
        return {name: float(found[name]) for name in SIGNALS}

    def contradicts(self, reading: Reading) -> bool:
        """Whether what the question takes for granted is otherwise in the catalogue."""
        return self._premises.contradicts(reading)

    def unknown_share(self, reading: Reading) -> float:
        """Share of the words, 0 to 1, that are no word of Dutch or English and were not recognised."""
        letters = [word for word in reading.words if word.folded.isalpha()]
        if not letters:
            return 0.0 if any(char.isdigit() for char in reading.text) else 1.0
        taken = _taken(reading)
        unknown = [w for w in letters if not _is_in(w, taken) and _is_unknown(w.folded)]
        return len(unknown) / len(letters)

    def _n_telling(self, reading: Reading) -> int:
        """Number of words that say something of a need: recognised, or rarer than words of every trade."""
        taken = _taken(reading)
        specific = [
            h
            for key, hits in reading.hits.items()
            for h in hits
            if key in {"sector", "education_level"}
            or (key == "target_group" and h.value not in _GENERIC_GROUPS)
            or (key == "intervention" and h.weight > 0.5 and h.value not in _GENERIC_KINDS)
        ]
        rare = [
            word
            for word in reading.words
            if not _is_in(word, taken)
            and word.folded not in self._filler
            and word.stem not in self._filler
            and zipf(word.folded) < GENERAL_ZIPF
        ]
        n_known = len(reading.places) + reading.national + len(reading.named)
        return n_known + len({(h.start, h.end) for h in specific}) + len(rare)


def _taken(reading: Reading) -> list[tuple[int, int]]:
    found = [(h.start, h.end) for hits in reading.hits.values() for h in hits]
    found += [(n.start, n.end) for n in reading.named]
    return found + [(p.start, p.end) for p in reading.places]


def _is_in(word: Token, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= word.start < end for start, end in spans)


def _is_unknown(word: str) -> bool:
    return (zipf(word) < UNKNOWN_ZIPF and len(word) > 2) or _is_mashed(word)


def _is_mashed(word: str) -> bool:
    has_vowel = bool(re.search(r"[aeiou]", word)) or (len(word) > 2 and "y" in word)
    return len(word) >= 2 and (not has_vowel or bool(re.search(r"(.)\1{3,}|[^aeiouy]{6,}", word)))


def _finder(name: str, words: Sequence[str], never: Sequence[str] = ()) -> TermFinder:
    return TermFinder([Entry(id=name, label=name, label_en=name, words=tuple(words), never=tuple(never))])


def _compiled(patterns: Sequence[str]) -> list[re.Pattern[str]]:
    return [re.compile(pattern) for pattern in patterns]


def _matches(patterns: Sequence[re.Pattern[str]], folded: str) -> bool:
    return any(pattern.search(folded) for pattern in patterns)
