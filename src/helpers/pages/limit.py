"""A limit on the time of a piece of work, which says what was being read when it was reached."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

from helpers.text import Documents, printable

__all__ = ["TooLong", "cell_seconds", "limited"]
# Seconds for one cell, and for each million characters of the corpus more. The longest cell measured, of
# 10,000 reports (30 million characters), took 240.
LEAST_SECONDS, SECONDS_PER_MILLION = 300, 60


class TooLong(BaseException):
    """Work was stopped at its limit. No `except Exception` of a library may take it for its own."""


def cell_seconds(documents: Documents) -> int:
    """Return the seconds that one cell may take on these reports."""
    return LEAST_SECONDS + int(SECONDS_PER_MILLION * documents["text"].str.len().sum() / 1e6)


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Stop what runs inside after so many seconds with TooLong, which names the report then being read.

    Where there are no such signals (on Windows, in a thread) nothing is stopped.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_: int, frame: FrameType | None) -> NoReturn:
        raise TooLong(f"it was stopped after {seconds:,g} seconds{_report_in(frame)}")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _report_in(frame: FrameType | None) -> str:
    """Return which report the work was at, as the innermost call over reports has it, or nothing."""
    while frame is not None:
        doc_id = frame.f_locals.get("doc_id")
        if isinstance(doc_id, str):
            return f", at the report {printable(doc_id)}; take that report out, or mend it"
        frame = frame.f_back
    return ""
