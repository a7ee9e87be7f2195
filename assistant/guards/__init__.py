"""Guards: what comes in and goes out is cleaned, personal data masked, orders to the assistant recognised."""

from assistant.guards.document import DocumentFlag, HiddenText, flag_document, hidden_text
from assistant.guards.injection import Injection, InjectionRecogniser, find_injection
from assistant.guards.meaning import order_recogniser
from assistant.guards.output import guard_output
from assistant.guards.personal import Masked, mask_personal_data
from assistant.guards.question import GuardedQuestion, guard_question
from assistant.guards.spans import hidden_spans
from assistant.guards.texts import GuardTexts, load_guard_texts

__all__ = [
    "DocumentFlag",
    "GuardTexts",
    "GuardedQuestion",
    "HiddenText",
    "Injection",
    "InjectionRecogniser",
    "Masked",
    "find_injection",
    "flag_document",
    "guard_output",
    "guard_question",
    "hidden_spans",
    "hidden_text",
    "load_guard_texts",
    "mask_personal_data",
    "order_recogniser",
]
