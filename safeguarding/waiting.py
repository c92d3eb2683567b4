"""Waiting in a thread, whatever becomes of the clock."""

from __future__ import annotations

import threading


def wait(seconds: float) -> None:
    """Wait so long. With libfaketime, which moves the clock in our tests, `time.sleep` fails; waiting for an event does not."""
    threading.Event().wait(seconds)
