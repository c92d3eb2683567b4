"""A store of conversations and a clock that can be put forward."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conversations import DOMAIN

from bot import shelves
from bot.forgetful_tracker_store import ForgetfulTrackerStore


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> ForgetfulTrackerStore:
    monkeypatch.setenv("CONVERSATIONS_URL", "")
    monkeypatch.setenv("GUIDE_IDLE_MINUTES", "20")
    return ForgetfulTrackerStore(DOMAIN)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    now = [1000.0]
    monkeypatch.setattr(shelves.time, "monotonic", lambda: now[0])

    def pass_by(seconds: float) -> None:
        now[0] += seconds

    return pass_by
