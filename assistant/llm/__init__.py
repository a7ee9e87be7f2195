"""A language model that may phrase, order and shorten an answer; off by default, never a source."""

from assistant.llm.chat import Chat, ChatOptions, Completion, FailureKind, open_chat_model
from assistant.llm.phrasing import Phrased, Phraser, PhrasingTask, Rejected, make_phraser
from assistant.llm.prompts import Prompt, load_prompt
from assistant.llm.texts import ModelTexts, load_model_texts

__all__ = [
    "Chat",
    "ChatOptions",
    "Completion",
    "FailureKind",
    "ModelTexts",
    "Phrased",
    "Phraser",
    "PhrasingTask",
    "Prompt",
    "Rejected",
    "load_model_texts",
    "load_prompt",
    "make_phraser",
    "open_chat_model",
]
