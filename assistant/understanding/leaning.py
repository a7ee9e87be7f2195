"""Whether a question stands alone or leans on the turns before it."""

from __future__ import annotations

import re

from assistant.domain.question import Conversation, Intent
from assistant.understanding.earlier_turns import context_need
from assistant.understanding.intents import FINDING
from assistant.understanding.reading import Reading
from assistant.understanding.text import fold
from assistant.understanding.vocabulary import FollowUpCues

SHORT_ANSWER_WORDS = 8
"""An answer to a question asked back is seldom longer."""
FRAGMENT_WORDS = 6
"""A text this short without a question or need of its own leans on the turn before."""
CONTINUING_WORDS = 20
HOLLOW_WORDS = 9
"""A question about a fact that names nothing of its own is about what was just recommended."""
POINTING_WORDS = 14
"""In a longer text a word such as "dat" points inside the text itself."""
_ASKED_OF_RECORD: frozenset[Intent] = frozenset({"financing", "role", "condition", "figure"})
_GOES_ON: frozenset[Intent] = FINDING | {"compare", "why_not"}
"""After these a question that looks for something may still be about the same need."""
_STRONG_OPENING = re.compile(
    r"^(en|maar|nee|neen|liever|ook|of|doe maar|doe dan|and|but|no|nope|rather|what about|"
    r"how about|sorry|ik bedoel\w*|"
    r"i mean\w*|wat als|hetzelfde|zelfde|same|niet|geen|alleen|only|not)\b"
)


class Leaning:
    """Reads the form of a question: how it opens, what it points at, what it names of its own."""

    def __init__(self, cues: FollowUpCues) -> None:
        self._opening = [re.compile(p) for p in cues.opening]
        self._pointing = [re.compile(p) for p in cues.pointing]
        self._fresh = [re.compile(p) for p in cues.fresh]
        self._others = [re.compile(p) for p in cues.others]
        self._own_subject = [re.compile(p) for p in cues.own_subject]
        self._returning = [re.compile(p) for p in cues.returning]

    def returns(self, folded: str) -> bool:
        """Whether a text goes back to a place of before."""
        return any(p.search(folded) for p in self._returning)

    def may_lean(self, reading: Reading, conversation: Conversation) -> bool:
        """Whether an earlier turn looked for something that this one does not turn away from."""
        is_fresh = any(p.search(fold(reading.text)) for p in self._fresh)
        return not is_fresh and not reading.foreign and context_need(conversation) is not None

    def leans(self, reading: Reading, conversation: Conversation) -> bool:
        """Whether a question is read with the turns before it."""
        folded = fold(reading.text).strip()
        if reading.is_social or any(p.search(folded) for p in self._fresh):
            return False
        if self.returns(folded) and not reading.says_something:
            return True
        n_words = len(reading.words)
        own_need = (reading.asks or reading.needs) and bool(reading.hits["sector"] or reading.named)
        before = conversation.turns[-1].understanding
        if (
            reading.asks
            and reading.has_content
            and reading.fact_cue is None
            and before.intent not in _GOES_ON
            and context_need(conversation) is None
            and not self._points(folded)
        ):
            return False
        is_complete = own_need and (bool(reading.places) or reading.national or n_words > 12)
        if (
            conversation.turns[-1].asked_back
            and n_words <= SHORT_ANSWER_WORDS
            and not (own_need and reading.asks)
        ):
            return reading.has_content or n_words <= 3
        if is_complete:
            return False
        if self._continues(reading, conversation):
            return True
        points = self._points(folded)
        if _STRONG_OPENING.search(folded):
            return (
                reading.has_content
                or points
                or reading.fact_cue is not None
                or self.asks_others(folded)
                or (reading.asks and n_words <= POINTING_WORDS)
                or n_words <= 4
            )
        if self.asks_others(folded) and n_words <= 10 and not reading.hits["sector"]:
            return True
        if any(p.search(folded) for p in self._opening):
            return (
                not own_need and (reading.has_content or points or n_words <= 5) and n_words <= POINTING_WORDS
            )
        if points and not reading.named and n_words <= POINTING_WORDS and not own_need:
            return reading.fact_cue is not None or n_words <= FRAGMENT_WORDS + 2 or reading.has_content
        if reading.fact_cue in _ASKED_OF_RECORD and not _names_its_own(reading):
            return n_words <= (HOLLOW_WORDS if self._is_hollow(reading, conversation) else 5)
        return (
            n_words <= FRAGMENT_WORDS
            and reading.has_content
            and not reading.named
            and reading.fact_cue is None
            and not reading.asks
        )

    def _is_hollow(self, reading: Reading, conversation: Conversation) -> bool:
        """True when a question names nothing of its own, after a turn that recommended something."""
        folded = fold(reading.text)
        has_subject = any(p.search(folded) for p in self._own_subject)
        return bool(conversation.turns[-1].recommended) and not has_subject

    @staticmethod
    def _continues(reading: Reading, conversation: Conversation) -> bool:
        """True when a plan goes on: a need without sector or name, after a turn that looked for something."""
        before = conversation.turns[-1].understanding
        if (
            before.intent not in FINDING
            or reading.fact_cue is not None
            or reading.hits["sector"]
            or reading.named
        ):
            return False
        is_own_agenda = bool(reading.places) and reading.asks and not reading.hits["target_group"]
        says_something = reading.has_content or reading.needs
        return says_something and not is_own_agenda and len(reading.words) <= CONTINUING_WORDS

    def _points(self, folded: str) -> bool:
        return any(p.search(folded) for p in self._pointing)

    def asks_others(self, folded: str) -> bool:
        """Whether a text asks for other records than those shown."""
        return any(p.search(folded) for p in self._others)


def _names_its_own(reading: Reading) -> bool:
    """Whether a question about a fact says of what: "de provincie" alone may be that of the turn before."""
    own = (
        reading.places,
        reading.national,
        reading.named,
        reading.hits["sector"],
        reading.hits["education_level"],
    )
    return any(own)
