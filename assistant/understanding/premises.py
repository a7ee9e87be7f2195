"""What a question takes for granted and is not so: the fund is open, a record that ended still runs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.domain.catalogue import Record
from assistant.domain.question import Intent, Place
from assistant.understanding.reading import Reading
from assistant.understanding.text import fold
from assistant.understanding.vocabulary import Subject

_PASSIVE_INTENTS: frozenset[Intent] = frozenset({"compare", "why_not", "definition"})
"""Questions that speak of a record without counting on it."""


class PremiseFinder:
    """Finds what ended and is counted on.

    Args:
        subject: vocabulary of the subject; `ended` and `premises` say how.
        records: the catalogue, for what ended.
    """

    def __init__(self, subject: Subject, records: Mapping[str, Record]) -> None:
        self._ended = frozenset(i for i, record in records.items() if record.status == "ended")
        self._premises = [
            ([re.compile(p) for p in premise.about], [re.compile(p) for p in premise.claims])
            for premise in subject.premises
        ]
        self._claims = [re.compile(p) for p in subject.ended.claims]
        self._ahead = [re.compile(p) for p in subject.ended.ahead]
        self._own = [re.compile(p) for p in subject.ended.own]
        self._past = [re.compile(p) for p in subject.ended.past]
        self._open_question = [re.compile(p) for p in subject.ended.asks_whether]
        self._records = records
        self._located = [re.compile(p) for p in subject.located]
        self._presumed_end = [re.compile(p) for p in subject.ended.presumed]
        self._scheme = [re.compile(p) for p in subject.ended.schemes]

    def evidence(self, reading: Reading, intent: Intent, records: Sequence[str]) -> dict[str, float]:
        """How much the question counts on something that is not so.

        Returns:
            `premise`: a known wrong assumption; `ended`: it counts on a record or scheme that ended;
            `ahead`: it speaks of a closed scheme and of a time to come. Each 0, 0.5 or 1.
        """
        folded = fold(reading.text)
        is_past = any(p.search(folded) for p in self._past)
        asks_whether = intent != "check_claim" and any(p.search(folded) for p in self._open_question)
        if is_past or asks_whether:
            return {"premise": 0.0, "ended": 0.0, "ahead": 0.0}
        known = any(
            any(p.search(folded) for p in about) and any(p.search(folded) for p in claims)
            for about, claims in self._premises
        )
        is_named = any(i in self._ended for i in (*reading.records, *reading.rejected))
        is_meant = is_named or any(i in self._ended for i in records)
        is_ahead = any(p.search(folded) for p in self._ahead)
        is_claimed = any(p.search(folded) for p in self._claims)
        is_own = any(p.search(folded) for p in self._own)
        counted_on = 0.0
        if is_meant and intent not in _PASSIVE_INTENTS:
            counted_on = 1.0 if is_claimed or (is_named and is_ahead) else 0.5 * (is_named and is_own)
        is_closed_scheme = any(p.search(folded) for p in self._scheme)
        return {
            "premise": float(known),
            "ended": counted_on,
            "ahead": float(is_closed_scheme and is_ahead),
        }

    def contradicts(self, reading: Reading) -> bool:
        """Whether the catalogue says otherwise: a record is placed where it is not, or said to have ended."""
        folded = fold(reading.text)
        return self._is_misplaced(reading, folded) or self._is_taken_for_ended(reading, folded)

    def _is_taken_for_ended(self, reading: Reading, folded: str) -> bool:
        """ "Waarom stopte X?" of a record that runs."""
        runs = any(self._records[i].status == "active" for i in reading.records if i in self._records)
        return runs and any(p.search(folded) for p in self._presumed_end)

    def _is_misplaced(self, reading: Reading, folded: str) -> bool:
        """ "X in Y", "waarom ligt X in Y" of a record that does not work in Y."""
        for named in reading.named:
            records = [self._records[i] for i in named.record_ids if i in self._records]
            for place in reading.places:
                between = folded[named.end : place.start].strip()
                is_beside = named.end <= place.start and between in ("in", "te", "at")
                is_said = any(p.search(folded) for p in self._located)
                if (is_beside or is_said) and records and not any(_works_in(r, place) for r in records):
                    return True
        return False


def _works_in(record: Record, place: Place) -> bool:
    """Whether a record names the place, its municipality or its province; a larger place counts in part."""
    if place.kind not in ("municipality", "settlement", "province") or not record.provinces:
        return True
    if not set(place.provinces) & set(record.provinces):
        return False
    return (
        place.kind == "province"
        or not record.municipalities
        or bool(set(place.municipalities) & set(record.municipalities))
    )
