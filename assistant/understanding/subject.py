"""Whether a question can be answered at all: the six kinds of abstention told apart."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.domain.question import Abstention, Intent
from assistant.understanding.evidence import KINDS, SIGNALS, EvidenceFinder
from assistant.understanding.intents import FINDING, SOCIAL
from assistant.understanding.reading import Reading
from assistant.understanding.text import fold
from assistant.understanding.vocabulary import Thresholds

_NOT_WHERE = re.compile(
    r"\b(zoals|net als|like|as|taal|met|with|naar|tussen|between|tegen|en|and) (in )?(het |de |the )?$"
)
"""Before a foreign name: the plan is not there, it only deals with it."""
_OPENING = re.compile(r"^\W*(en|maar|and|but|or|of)\b")
"""What a follow-up opens with joins nothing: "en in ...?"."""
_NATIONALITY = re.compile(r"\b[A-Z][\w-]+(se|sche|ish|ian|ese|ench|erman)\b")
"""A word for what comes from abroad; the plan itself may be here."""
FOLLOW_UP_KINDS: frozenset[str] = frozenset({"no_source_says", "false_premise"})
"""What a short question that leans on earlier turns can be refused for on its own words."""

FOLLOW_UP_SIGNALS = ("private", "future", "premise", "ended", "ahead")
DOUBTFUL_SIGNALS = ("private", "future", "premise", "pattern", "nonsense", "vague")
"""Found by a pattern; then a question needs to be surer of its answer."""
DOUBTFUL_CUT = 0.5
PREMISE_SIGNALS = ("premise", "ended", "ahead")
BY_MEANING_ALONE = 0.6
"""Factor of the cut for a false premise that wording alone suggests: facts decide there, not words."""

UNKNOWN_SHARE = 0.75
"""Share of unknown words above which a text without content is no language."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a question is not answered as asked, with the evidence.

    Attributes:
        abstention: kind of abstention, or None.
        inside: probability that the question can be answered.
    """

    abstention: Abstention | None
    inside: float


class SubjectJudge:
    """Tells the kinds of abstention apart by a logistic model over meaning and other evidence.

    Args:
        evidence: finds the evidence beside meaning.
        thresholds: the model, fitted on labelled questions.
    """

    def __init__(self, evidence: EvidenceFinder, thresholds: Thresholds) -> None:
        self.evidence = evidence
        self._thresholds = thresholds

    def probabilities(self, meaning: Mapping[str, float], signals: Mapping[str, float]) -> dict[str, float]:
        """Probability per kind of `KINDS`.

        Args:
            meaning: score per kind of the model over example sentences.
            signals: evidence per name of `SIGNALS`.
        """
        totals = {}
        for kind in KINDS:
            weights = self._thresholds.kind_weights[kind]
            totals[kind] = self._thresholds.kind_bias[kind] + sum(
                weights.get(f"meaning_{name}", 0.0) * meaning.get(name, 0.0) for name in KINDS
            )
            totals[kind] += sum(weights.get(name, 0.0) * signals[name] for name in SIGNALS)
        highest = max(totals.values())
        powers = {kind: math.exp(total - highest) for kind, total in totals.items()}
        whole = sum(powers.values())
        return {kind: power / whole for kind, power in powers.items()}

    def judge(
        self,
        reading: Reading,
        intent: Intent,
        *,
        meaning: Mapping[str, float],
        is_follow_up: bool,
        records: Sequence[str],
    ) -> Verdict:
        """The kind of abstention for a question, or none.

        Args:
            reading: the question.
            intent: what it asks for.
            meaning: score per kind of the model over example sentences; empty for a text without words.
            is_follow_up: it leans on earlier turns.
            records: ids of records it is about.
        """
        if intent in SOCIAL:
            return Verdict(None, 1.0)
        if not reading.words:
            return Verdict("nonsense", 0.0)
        if intent not in FINDING and self.evidence.contradicts(reading):
            return Verdict("false_premise", 0.0)
        signals = self.evidence.signals(reading, intent, records)
        chances = self.probabilities(meaning, signals)
        inside = chances["inside"]
        if is_abroad(reading):
            return Verdict("outside_netherlands", inside)
        kind = max(KINDS[1:], key=lambda name: (chances[name], name))
        if kind == "false_premise" and intent in FINDING and not any(signals[n] for n in PREMISE_SIGNALS):
            return Verdict(_without_content(reading, signals), inside)
        is_doubtful = any(signals[name] for name in DOUBTFUL_SIGNALS)
        cut = max(self._thresholds.inside_cut, DOUBTFUL_CUT if is_doubtful else 0.0)
        if kind == "false_premise" and not any(signals[name] for name in PREMISE_SIGNALS):
            cut *= BY_MEANING_ALONE
        if inside >= cut or (kind == "too_vague" and signals["told"] >= 1):
            return Verdict(None if is_follow_up else _without_content(reading, signals), inside)
        if kind == "too_vague" and intent == "find_regional_hca" and reading.places:
            return Verdict(None, inside)
        if is_follow_up:
            is_said = any(signals[name] for name in FOLLOW_UP_SIGNALS)
            return Verdict(_as_abstention(kind) if is_said and kind in FOLLOW_UP_KINDS else None, inside)
        return Verdict(_as_abstention(kind), inside)


def _without_content(reading: Reading, signals: Mapping[str, float]) -> Abstention | None:
    """The kind of a text in which nothing can be ranked on, whatever it is near to in meaning."""
    if reading.has_content:
        return None
    if signals["unknown"] > UNKNOWN_SHARE:
        return "nonsense"
    is_told = signals["told"] or signals["cue"] or signals["agenda"]
    return None if is_told else "too_vague"


def is_abroad(reading: Reading) -> bool:
    """True when what is asked for lies outside the Netherlands."""
    if not reading.foreign or reading.places or reading.named:
        return False
    folded = _OPENING.sub("", fold(reading.text))
    for name in reading.foreign:
        at = folded.find(fold(name))
        if at < 0:
            if not (reading.has_strong_facets and _NATIONALITY.search(reading.text)):
                return True
            continue
        if not _NOT_WHERE.search(folded[:at]):
            return True
    return False


def _as_abstention(kind: str) -> Abstention:
    """Narrow a name of `KINDS` to the domain type."""
    return kind  # type: ignore[return-value]
