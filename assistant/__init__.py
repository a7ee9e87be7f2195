"""Talentwijzer: which regional human capital agenda or initiative to link up with, and where that is written.

The public face: `Assistant.open(settings).ask(question, conversation)` gives an `Answer`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.domain.answer import Answer
from assistant.domain.question import Conversation, Turn

if TYPE_CHECKING:
    from assistant.face import Assistant

__all__ = ["Answer", "Assistant", "Conversation", "Turn"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Load the heavy part on first use, so that `import assistant` stays quick."""
    if name == "Assistant":
        from assistant.face import Assistant

        return Assistant
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
