"""Whether a question can be answered at all: the six kinds of abstention told apart."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.domain.catalogue import Record
from assistant.domain.question import Abstention, Intent
from assistant.understanding.intents import FINDING, SOCIAL
from assistant.understanding.reading import Reading
from assistant.understanding.terms import TermFinder, zipf
from assistant.understanding.text import fold, stem
from assistant.understanding.vocabulary import Entry, Subject, Thresholds

UNKNOWN_ZIPF = 1.2
PLAIN_ZIPF = 5.0
"""Words as frequent as this ("wat", "the") make a text with typing errors likelier than a mashed keyboard."""
_GENERIC_GROUPS = frozenset({"bedrijven", "onderwijsinstellingen", "mkb"})
_GENERIC_KINDS = frozenset({"pps", "community", "other", "matching", "onderzoeksprogramma"})
_ORIGIN = (
    r"\b(uit|vanuit|from|zoals|net als|like|as|taal|met|with|naar|tussen|between|tegen|"
    r"afkomstig uit|van|en)\s+(in )?(het |de |the )?$"
)
_NATIONALITY = re.compile(
    r"\b(duitse?|belgische?|vlaamse?|poolse?|franse?|engelse?|britse?|amerikaanse?|chinese|"
    r"turkse?|arabische?|oekraiense|spaanse?|"
    r"italiaanse?|deense?|german|belgian|flemish|polish|french|english|british|american|"
    r"turkish|arabic|ukrainian|spanish|italian)\b"
)
_NEGATED_PREMISE = re.compile(
    r"\b(niet door\w*|geschrapt|vervallen|vervalt|vervielen|gesloten|geannuleerd|stopgezet|"
    r"gestopt|stopt|dicht|cancelled|canceled|"
    r"closed|no longer|niet meer|geen nieuwe|geen voorstellen|ended|stopped|beeindigd|"
    r"opgeheven|voorbij|afgelopen|was|waren|sloot|sloten|"
    r"ronde (1|2|3|een|twee|drie)|(eerste|tweede|derde|1e|2e|3e) ronde|round (1|2|3|one|"
    r"two|three)|(first|second|third) round)\b"
)
_YES_NO = re.compile(
    r"^(en |maar )?(is|zijn|komt|komen|gaat|gaan|kan|kunnen|mag|mogen|wordt|worden|zal|"
    r"heeft|loopt|bestaat|staat|does|do|is|are|can|"
    r"could|will|may|has|weet (je|u) of|ik vraag me af of)\b"
)
FEATURES = ("meaning", "inside", "supporting", "facets", "record", "place", "outside", "pattern")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a question is not answered as asked, with the evidence.

    Attributes:
        abstention: kind of abstention, or None.
        inside: probability that the question lies inside the subject.
    """

    abstention: Abstention | None
    inside: float


class SubjectJudge:
    """Tells the kinds of abstention apart.

    Args:
        subject: vocabulary of the subject.
        thresholds: numbers fitted on the dev split.
        records: the catalogue, for what ended.
    """

    def __init__(self, subject: Subject, thresholds: Thresholds, records: Mapping[str, Record]) -> None:
        self._thresholds = thresholds
        self._records = records
        self._inside = _finder("inside", subject.inside)
        self._supporting = _finder("supporting", subject.supporting)
        self._outside = _finder("outside", subject.outside, subject.outside_never)
        self._patterns = _compiled(subject.outside_patterns)
        self._no_source = [
            *_compiled(subject.private),
            *_compiled(subject.odds),
            *_compiled(subject.unpublished),
        ]
        self._future = _compiled(subject.future)
        self._published = _compiled(subject.published_after_all)
        self._nonsense = _compiled(subject.nonsense)
        self._premises = [(_compiled(p.about), _compiled(p.claims)) for p in subject.premises]
        self._ended_claims = _compiled(subject.ended.claims)
        self._vague = _compiled(subject.vague)
        self._filler = {
            form for word in subject.filler for part in fold(word).split() for form in (part, stem(part))
        }

    def features(self, reading: Reading, meaning: float) -> dict[str, float]:
        """Evidence for the subject model.

        Args:
            reading: the question.
            meaning: how much nearer the question lies to inside than to outside examples, about -1 to 1.
        """
        text, words = reading.text, reading.words
        masked = [(n.start, n.end) for n in reading.named] + [(p.start, p.end) for p in reading.places]
        folded = fold(text)
        return {
            "meaning": meaning,
            "inside": min(len(self._inside.find(text, words=words, masked=masked)), 3) / 3,
            "supporting": min(len(self._supporting.find(text, words=words, masked=masked)), 3) / 3,
            "facets": min(sum(any(h.weight > 0.5 for h in hits) for hits in reading.hits.values()), 3) / 3,
            "record": float(bool(reading.named)),
            "place": float(bool(reading.places or reading.national)),
            "outside": min(
                len([h for h in self._outside.find(text, words=words, masked=masked) if h.weight >= 1.0]), 2
            )
            / 2,
            "pattern": float(any(p.search(folded) for p in self._patterns)),
        }

    def inside(self, features: Mapping[str, float]) -> float:
        """Probability that a question with these features lies inside the subject."""
        weights = self._thresholds.subject_weights
        total = self._thresholds.subject_bias + sum(
            weights.get(name, 0.0) * value for name, value in features.items()
        )
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))

    def judge(
        self,
        reading: Reading,
        intent: Intent,
        *,
        meaning: float,
        no_source: float,
        is_follow_up: bool,
        records: Sequence[str],
    ) -> Verdict:
        """The kind of abstention for a question, or none.

        Args:
            reading: the question.
            intent: what it asks for.
            meaning: lead of "inside the subject" over "outside" by meaning.
            no_source: lead of "no source says" over "inside the subject" by meaning.
            is_follow_up: it leans on earlier turns.
            records: ids of records it is about.
        """
        if intent in SOCIAL:
            return Verdict(None, 1.0)
        if self._is_nonsense(reading):
            return Verdict("nonsense", 0.0)
        features = self.features(reading, meaning)
        inside = self.inside(features)
        if features["pattern"] and not reading.named and inside < 0.9:
            return Verdict("outside_subject", inside)
        folded = fold(reading.text)
        if any(p.search(folded) for p in self._no_source) or (
            any(p.search(folded) for p in self._future) and not any(p.search(folded) for p in self._published)
        ):
            return Verdict("no_source_says", inside)
        if self._is_false_premise(reading, folded, intent, records):
            return Verdict("false_premise", inside)
        if features["outside"] and not features["inside"] and inside < self._thresholds.subject_cut:
            return Verdict("outside_subject", inside)
        if self._is_abroad(reading, folded):
            return Verdict("outside_netherlands", inside)
        if self._is_vague(reading, folded, intent) and not is_follow_up:
            return Verdict("too_vague", inside)
        if is_follow_up and not (features["outside"] and not features["inside"]):
            return Verdict(None, inside)
        if inside < self._thresholds.subject_cut:
            return Verdict("outside_subject", inside)
        is_plan = intent in FINDING and reading.has_strong_facets
        if no_source >= self._thresholds.no_source_margin and not is_plan:
            return Verdict("no_source_says", inside)
        return Verdict(None, inside)

    def _is_nonsense(self, reading: Reading) -> bool:
        if any(p.search(fold(reading.text)) for p in self._nonsense):
            return True
        if not any(char.isalpha() for char in reading.text):
            return not any(char.isdigit() for char in reading.text) or len(reading.text) < 3
        if reading.has_content:
            return False
        letters = [word for word in reading.words if word.folded.isalpha()]
        unknown = [
            w
            for w in letters
            if (zipf(w.folded) < UNKNOWN_ZIPF and len(w.folded) > 2) or _is_mashed(w.folded)
        ]
        has_plain_words = any(zipf(word.folded) > PLAIN_ZIPF for word in letters)
        return not letters or len(unknown) / len(letters) > (0.75 if has_plain_words else 0.6)

    def _is_false_premise(
        self, reading: Reading, folded: str, intent: Intent, records: Sequence[str]
    ) -> bool:
        if _NEGATED_PREMISE.search(folded):
            return False
        if intent != "check_claim" and _YES_NO.search(folded):
            return False
        for about, claims in self._premises:
            if any(p.search(folded) for p in about) and any(p.search(folded) for p in claims):
                return True
        ended = [
            i
            for i in (*records, *reading.rejected)
            if i in self._records and self._records[i].status == "ended"
        ]
        return bool(ended) and any(p.search(folded) for p in self._ended_claims)

    @staticmethod
    def _is_abroad(reading: Reading, folded: str) -> bool:
        if not reading.foreign or reading.places or reading.named:
            return False
        for name in reading.foreign:
            at = folded.find(fold(name))
            is_said_of_something = at < 0 and reading.has_strong_facets and bool(_NATIONALITY.search(folded))
            if not is_said_of_something and not re.search(_ORIGIN, folded[: max(at, 0)]):
                return True
        return False

    def _is_vague(self, reading: Reading, folded: str, intent: Intent) -> bool:
        if any(p.search(folded) for p in self._vague):
            return True
        if (
            reading.places
            or reading.national
            or reading.named
            or reading.hits["sector"]
            or reading.hits["education_level"]
        ):
            return False
        if intent in {"definition", "find_regional_hca", "find_sectoral_hca"}:
            return False
        if reading.fact_cue not in {None, "about_record"} and len(reading.words) > 2:
            return False
        if any(hit.value not in _GENERIC_GROUPS for hit in reading.hits["target_group"]):
            return False
        if any(hit.weight > 0.5 and hit.value not in _GENERIC_KINDS for hit in reading.hits["intervention"]):
            return False
        taken = [(h.start, h.end) for hits in reading.hits.values() for h in hits]
        return not any(
            word.folded not in self._filler
            and word.stem not in self._filler
            and not any(start <= word.start < end for start, end in taken)
            for word in reading.words
        )


def _is_mashed(word: str) -> bool:
    has_vowel = bool(re.search(r"[aeiou]", word)) or (len(word) > 2 and "y" in word)
    return len(word) >= 2 and (not has_vowel or bool(re.search(r"(.)\1{3,}|[^aeiouy]{6,}", word)))


def _finder(name: str, words: Sequence[str], never: Sequence[str] = ()) -> TermFinder:
    return TermFinder([Entry(id=name, label=name, label_en=name, words=tuple(words), never=tuple(never))])


def _compiled(patterns: Sequence[str]) -> list[re.Pattern[str]]:
    return [re.compile(pattern) for pattern in patterns]


__all__ = ["FEATURES", "FINDING", "SubjectJudge", "Verdict"]
