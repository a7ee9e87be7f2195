"""Which earlier turn of a conversation a question goes back to."""

from __future__ import annotations

from assistant.domain.question import Conversation, Place, Turn
from assistant.understanding.intents import FINDING, SOCIAL


def context_need(conversation: Conversation) -> Turn | None:
    """The last turn that looked for something to link up with."""
    turns = (turn for turn in reversed(conversation.turns) if turn.understanding.intent in FINDING)
    return next(turns, None)


def earlier_places(conversation: Conversation, now: tuple[Place, ...]) -> tuple[Place, ...]:
    """The places of the last turn that was about other ones."""
    names = {place.name for place in now}
    for turn in reversed(conversation.turns):
        places = turn.understanding.places
        if places and {place.name for place in places} != names:
            return places
    return ()


def context_turn(conversation: Conversation) -> Turn | None:
    """The last turn that says what is asked: no courtesy, no refusal, no fact about one record."""
    for turn in reversed(conversation.turns):
        understanding = turn.understanding
        if understanding.intent in SOCIAL or understanding.intent == "outside":
            continue
        if understanding.abstention in {"outside_subject", "nonsense", "no_source_says"}:
            continue
        if "record" in understanding.carried_over and understanding.carried_over == ("record",):
            continue
        return turn
    return None
