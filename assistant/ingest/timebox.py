"""Runs a function with a bound on its time, also when it hangs in a loop."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class TimeUp(BaseException):
    """Raised inside the thread that takes too long; no `except Exception` of a library stops it."""


def timeboxed(work: Callable[[], T], seconds: float) -> T:
    """The result of `work`, run in a thread of its own.

    Raises:
        TimeoutError: it took longer; the thread is told to stop at its next Python instruction.
        Exception: whatever `work` raises.
    """
    results: list[T] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(work())
        except TimeUp:
            pass
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=run, daemon=True, name="timeboxed")
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(thread.ident or 0), ctypes.py_object(TimeUp)
        )
        thread.join(1.0)
        raise TimeoutError
    if errors:
        raise errors[0]
    return results[0]
