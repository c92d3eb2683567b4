"""Waiting in a thread, whatever becomes of the clock."""

from __future__ import annotations

import threading


def wait(seconds: float) -> None:
    """Wait so long; `time.sleep` fails where the clock is moved under it."""
    threading.Event().wait(seconds)
