"""The guard at the door: every question passes here before it is understood, stored or sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from assistant.guards.cleaning import clean_text
from assistant.guards.injection import InjectionRecogniser, find_injection
from assistant.guards.personal import mask_personal_data

Refusal = Literal["too_long", "injection"]
Notice = Literal[
    "masked_bsn", "masked_iban", "masked_email", "masked_phone", "masked_address", "invisible", "markup"
]
DEFAULT_MAX_CHARS = 8000
SHORT_CHARS = 500
"""A longer text is a plan; its meaning as a whole says little about one sentence in it."""
RAW_FACTOR = 4
"""A pasted page may hold this many times the characters of the words that are left of it."""


@dataclass(frozen=True, slots=True)
class GuardedQuestion:
    """A question that is safe to keep and to pass on.

    Attributes:
        text: cleaned and masked; also the only form that may be stored or shown again.
        notices: what was changed that the reader should know, in fixed order.
        refusal: why the question gets no ordinary answer, or None.
    """

    text: str
    notices: tuple[Notice, ...] = ()
    refusal: Refusal | None = None


def guard_question(
    text: str,
    *,
    max_chars: int = DEFAULT_MAX_CHARS,
    recogniser: InjectionRecogniser | None = None,
    is_order: Callable[[str], bool] | None = None,
) -> GuardedQuestion:
    """Clean a question, mask personal data in it, and see whether it gives orders to the assistant.

    Args:
        text: as typed or pasted.
        max_chars: a longer text, once cleaned, is refused; it comes back cut off.
        recogniser: of orders; the one that ships with the product when None.
        is_order: tells by meaning whether a short text is an order; None leaves it to the lists.
    """
    is_cut = len(text) > RAW_FACTOR * max_chars
    cleaned = clean_text(text[: RAW_FACTOR * max_chars])
    masked = mask_personal_data(cleaned.text)
    notices: list[Notice] = [_MASKED[kind] for kind in masked.kinds]
    if cleaned.had_invisible:
        notices.append("invisible")
    if cleaned.had_markup:
        notices.append("markup")
    safe = masked.text
    find = recogniser.find if recogniser is not None else find_injection
    if any(find(part) for part in dict.fromkeys((cleaned.seen, cleaned.text, cleaned.hidden)) if part):
        return GuardedQuestion(safe[:max_chars], tuple(notices), "injection")
    if is_order is not None and safe.strip() and len(safe) <= SHORT_CHARS and is_order(safe):
        return GuardedQuestion(safe[:max_chars], tuple(notices), "injection")
    if is_cut or len(cleaned.text) > max_chars:
        return GuardedQuestion(safe[:max_chars], tuple(notices), "too_long")
    return GuardedQuestion(safe, tuple(notices))


_MASKED: dict[str, Notice] = {
    "bsn": "masked_bsn",
    "iban": "masked_iban",
    "email": "masked_email",
    "phone": "masked_phone",
    "address": "masked_address",
}
