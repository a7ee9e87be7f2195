"""Opens the assistant once for all visitors, and lets one of them build the index while the others wait."""

from __future__ import annotations

import threading
from collections.abc import Callable

from assistant.errors import IndexStateError
from assistant.ui.access import PasswordDoor
from assistant.ui.seams import AssistantLike, Opener, Progress


class SharedOpener(Opener):
    """An opener made of two functions.

    Args:
        open_assistant: opens what can answer; raises IndexStateError when the index is missing or stale.
        build_index: brings the index in line with the sources.
        max_question_chars: a longer question is not asked.
        review_password: for pages that show what others asked; None keeps them shut outside this computer.
    """

    def __init__(
        self,
        open_assistant: Callable[[], AssistantLike],
        build_index: Callable[[Progress], object],
        *,
        max_question_chars: int,
        review_password: str | None = None,
    ) -> None:
        self.door = PasswordDoor(review_password)
        self.max_question_chars = max_question_chars
        self._open_assistant = open_assistant
        self._build_index = build_index
        self._opened: AssistantLike | None = None
        self._lock = threading.Lock()

    def is_ready(self) -> bool:
        """True when the assistant is open or could be opened; False while somebody is opening or building."""
        if self._opened is not None:
            return True
        if not self._lock.acquire(blocking=False):
            return False
        try:
            return self._try_to_open()
        finally:
            self._lock.release()

    def build(self, progress: Progress) -> None:
        """Build the index; one visitor does, the others come back when it is there."""
        with self._lock:
            if self._opened is None and not self._try_to_open():
                self._build_index(progress)

    def open(self) -> AssistantLike:
        """The opened assistant.

        Raises:
            IndexStateError: there is no index that fits.
        """
        with self._lock:
            if self._opened is None:
                self._opened = self._open_assistant()
            return self._opened

    def _try_to_open(self) -> bool:
        try:
            self._opened = self._open_assistant()
        except IndexStateError:
            return False
        return True
