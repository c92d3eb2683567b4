"""What the record says of itself when hand-offs wait too long, or cannot be written down."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from safeguarding.escalation import Escalation, new_event_id
from safeguarding.settings import Settings
from safeguarding.store import LATE, LATE_SECONDS, UNWRITABLE, EscalationStore


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EscalationStore]:
    made = EscalationStore(Settings(guide_data_dir=str(tmp_path)))
    yield made
    made.engine.dispose()


def hand_off() -> Escalation:
    return Escalation(new_event_id(), "2026-W48", "spor", "none", "standard", "page", "0" * 16)


def test_what_waits_too_long_is_told(store: EscalationStore) -> None:
    assert store.trouble() == []
    store.record(hand_off())
    assert store.trouble() == []
    waiting = store.folder / "waiting.jsonl"
    long_ago = waiting.stat().st_mtime - LATE_SECONDS - 1
    os.utime(waiting, (long_ago, long_ago))
    assert store.trouble() == [LATE]
    store.carry_over()
    assert store.trouble() == []


def test_a_spool_that_takes_no_lines_is_told_until_it_does(store: EscalationStore, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as full:
        full.setattr(os, "write", lambda *_: 0)
        assert store.record(hand_off())
        assert store.trouble() == [UNWRITABLE]
    assert store.trouble() == [], "the look itself writes down what waited in memory"
    assert len((store.folder / "waiting.jsonl").read_text().splitlines()) == 1
