"""Follow-ups: what carries over from earlier turns, what is replaced, and what is dropped."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.domain.question import Conversation, Intent, Place, Turn
from assistant.understanding.earlier_turns import context_need, context_turn, earlier_places
from assistant.understanding.facets import FacetFinder, FacetKey, Hits
from assistant.understanding.intents import FINDING, SOCIAL
from assistant.understanding.leaning import Leaning
from assistant.understanding.place_text import chosen_alternative, place_spans, without_places
from assistant.understanding.reading import Reading
from assistant.understanding.text import fold, without_spans
from assistant.understanding.vocabulary import FollowUpCues

GENERAL_SECTOR = "techniek"
"""Words for people of every sector ("monteurs", "technici") give this one."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What earlier turns add to a question.

    Attributes:
        text: text of earlier turns that still counts, without what was replaced.
        hits: vocabulary hits in that text, of facets the question did not replace.
        places, national, records, rejected: likewise.
        intent: intent to go on with, or None when the question has its own.
        facets: names of what was carried over, for `Understanding.carried_over`.
    """

    text: str = ""
    hits: Hits | None = None
    places: tuple[Place, ...] = ()
    national: bool = False
    records: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()
    intent: Intent | None = None
    facets: tuple[str, ...] = ()
    is_follow_up: bool = False


class Follower:
    """Decides whether a question leans on the conversation, and on what of it."""

    def __init__(self, cues: FollowUpCues, facets: FacetFinder) -> None:
        self._facets = facets
        self._adding = [re.compile(p) for p in cues.adding]
        self._ordinals = dict(cues.ordinals)
        self._leaning = Leaning(cues)

    def carry(
        self, reading: Reading, conversation: Conversation | None, *, must_lean: bool = False
    ) -> Carried:
        """What the conversation adds to the reading; empty for a question that stands alone.

        Args:
            must_lean: it says too little alone, so that it is read with the turns before, whatever its form.
        """
        if conversation is None or not conversation.turns:
            return Carried()
        if not self._leaning.leans(reading, conversation) and not (
            must_lean and self._leaning.may_lean(reading, conversation)
        ):
            return Carried()
        if reading.foreign and not reading.places:
            return Carried(is_follow_up=True)
        context = context_turn(conversation)
        if context is not None and context.understanding.intent not in FINDING and reading.places:
            context = context_need(conversation) or context
        pointed, is_counted = self._pointed_records(reading, conversation)
        if pointed and is_counted and reading.fact_cue is None and not reading.says_something:
            is_refused = bool(self._rejected_ordinals(fold(reading.text), conversation.turns[-1]))
            if not is_refused:
                return Carried(records=pointed, intent="about_record", facets=("record",), is_follow_up=True)
        if pointed and reading.fact_cue is not None and not reading.places and not reading.rejected:
            return Carried(records=pointed, facets=("record",), is_follow_up=True)
        if context is None:
            return Carried(records=pointed, facets=("record",) if pointed else (), is_follow_up=True)
        return self._with_context(reading, conversation, context)

    def _pointed_records(self, reading: Reading, conversation: Conversation) -> tuple[tuple[str, ...], bool]:
        """Ids pointed at, and whether by their number in the list ("die tweede")."""
        folded = " ".join(word.folded for word in reading.words)
        last = conversation.turns[-1]
        shown = next((t.recommended for t in reversed(conversation.turns) if t.recommended), ())
        if not last.recommended and len(last.understanding.records) > 1:
            shown = last.understanding.records
        found: list[tuple[int, str]] = []
        for name, number in self._ordinals.items():
            match = re.search(rf"\b{re.escape(name)}\b", folded)
            if match and shown and (number == -1 or number <= len(shown)):
                found.append((match.start(), shown[number - 1 if number > 0 else -1]))
        if found:
            return tuple(dict.fromkeys(record_id for _, record_id in sorted(found))), True
        if reading.named:
            return (), False
        if last.understanding.records and not self._is_plural(folded):
            return last.understanding.records, False
        if re.search(
            r"\b(die|deze|de|those|these|the) (twee|beide|two|both)\b|\b(beide|allebei|both)\b", folded
        ):
            return shown[:2], False
        if re.search(r"\b(die|deze|de|those|these|the) (drie|three)\b", folded):
            return shown[:3], False
        return shown[:1], False

    @staticmethod
    def _is_plural(folded: str) -> bool:
        return bool(re.search(r"\b(twee|beide|allebei|both|two|drie|three)\b", folded))

    def _with_context(self, reading: Reading, conversation: Conversation, context: Turn) -> Carried:
        before = context.understanding
        folded = fold(reading.text)
        adds = any(p.search(folded) for p in self._adding)
        own = _without_people(reading.hits) if before.sectors else reading.hits
        carried: list[str] = []
        text = before.query
        drops_places = bool(reading.places) or reading.national or reading.drops_place
        if drops_places:
            text = without_places(text, before.places)
        hits_before = self._facets.find(text, masked=place_spans(text, before.places))
        replaced: list[tuple[int, int]] = []
        if not adds:
            for key, found in own.items():
                if any(hit.weight > 0.5 for hit in found) or (found and not reading.has_strong_facets):
                    kept = {(h.start, h.end) for h in hits_before["sector"] if not own["sector"]}
                    replaced.extend(
                        (h.start, h.end) for h in hits_before[key] if (h.start, h.end) not in kept
                    )
        if replaced:
            text = without_spans(text, replaced)
            hits_before = self._facets.find(text, masked=place_spans(text, before.places))
        hits: Hits = {}
        for key, found in hits_before.items():
            is_replaced = bool(own[key]) and not adds
            hits[key] = () if is_replaced else found
            if hits[key] and {h.value for h in hits[key]} - {h.value for h in reading.hits[key]}:
                carried.append(_NAMES[key])
        places = () if drops_places else before.places
        if not drops_places and self._leaning.returns(folded):
            places = earlier_places(conversation, before.places) or places
            text = without_places(text, before.places)
        chosen = chosen_alternative(reading.places, before.places)
        if places:
            carried.insert(0, "place")
        national = before.national and not reading.places
        if national and not reading.national:
            carried.insert(0, "place")
        intent = self._intent(reading, before.intent)
        if intent is not None:
            carried.append("intent")
        keeps_records = bool(before.records) and not reading.named and "record" not in before.carried_over
        keeps_records = keeps_records and not (reading.hits["sector"] and before.intent in FINDING)
        if keeps_records:
            carried.append("record")
        last = conversation.turns[-1]
        rejected = before.rejected_records
        if self._leaning.asks_others(folded) and not reading.has_content:
            rejected = tuple(dict.fromkeys((*rejected, *last.recommended)))
        rejected = tuple(dict.fromkeys((*rejected, *self._rejected_ordinals(folded, last))))
        return Carried(
            text=text,
            hits=hits,
            places=chosen or places,
            national=national,
            records=before.records if keeps_records else (),
            rejected=rejected,
            intent=intent,
            facets=tuple(dict.fromkeys(carried)),
            is_follow_up=True,
        )

    def _rejected_ordinals(self, folded: str, last: Turn) -> tuple[str, ...]:
        match = re.search(
            r"\b(niet|geen|behalve|zonder|not|except) (bij |met )?(die |de |the )?(\w+)\b", folded
        )
        number = self._ordinals.get(match.group(4)) if match else None
        if number is None or not last.recommended or number > len(last.recommended):
            return ()
        return (last.recommended[number - 1 if number > 0 else -1],)

    @staticmethod
    def _intent(reading: Reading, before: Intent) -> Intent | None:
        if reading.fact_cue is not None and reading.fact_cue != "about_record":
            return None
        return None if before in SOCIAL or before == "outside" else before


_NAMES: dict[FacetKey, str] = {
    "sector": "sector",
    "education_level": "education_level",
    "target_group": "target_group",
    "intervention": "intervention",
}


def _without_people(hits: Hits) -> Hits:
    """Hits in which words for people ("technici") give no sector: they say for whom, not in what."""
    people = {(hit.start, hit.end) for hit in hits["target_group"]}
    kept = (
        hit for hit in hits["sector"] if hit.value != GENERAL_SECTOR or (hit.start, hit.end) not in people
    )
    return {**hits, "sector": tuple(kept)}
