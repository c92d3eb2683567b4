"""A hand-off has its row although another process holds the spool, or the disk takes no lines."""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from safeguarding.database import escalations, weekly_counts
from safeguarding.escalation import Escalation, new_event_id, tallies
from safeguarding.settings import Settings
from safeguarding.spool import PART_SECONDS
from safeguarding.store import UNWRITABLE, EscalationStore

pytestmark = pytest.mark.whole  # the whole record, made anew each time


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EscalationStore]:
    made = EscalationStore(Settings(guide_data_dir=str(tmp_path)))
    yield made
    made.engine.dispose()


def hand_off(event_id: str | None = None) -> Escalation:
    return Escalation(event_id or new_event_id(), "2026-W48", "spor", "none", "standard", "page", "0" * 16)


def waiting_file(store: EscalationStore) -> Path:
    return store.folder / "waiting.jsonl"


def test_a_spool_that_cannot_be_written_keeps_the_row_in_memory_until_it_can(
    store: EscalationStore, caplog: pytest.LogCaptureFixture
) -> None:
    waiting_file(store).mkdir()  # not even the owner may write to it; a folder without rights would not stop root
    one, two = hand_off(), hand_off()
    assert store.record(one)
    assert (store.faults, store.lost) == (1, 0)
    assert "could not be written" in caplog.text
    assert store.record(one), "as another server does that answers again"
    assert store.trouble() == [UNWRITABLE]
    waiting_file(store).rmdir()
    assert store.record(two)
    assert store.trouble() == []
    assert store.carry_over() == 3
    assert store.count() == 2, "once each, by the event id"


def test_memory_holds_so_many_and_says_what_is_lost(store: EscalationStore, caplog: pytest.LogCaptureFixture) -> None:
    store._rows._most_held = 2
    waiting_file(store).mkdir()
    assert [store.record(hand_off(), tallies("2026-W48")) for _ in range(3)] == [True, True, False]
    assert (store.faults, store.lost) == (3, 1)
    assert "is lost" in caplog.text
    waiting_file(store).rmdir()
    assert store.trouble() == []
    assert store.carry_over() == 2
    with store.engine.connect() as connection:
        assert set(connection.execute(select(weekly_counts.c["count"])).scalars()) == {2}


def test_a_lock_that_is_not_let_go_costs_half_a_second_and_no_row(store: EscalationStore) -> None:
    code = (
        "import sys, time; from filelock import FileLock; lock = FileLock(sys.argv[1]); lock.acquire(); "
        "print('held', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(store.folder / "waiting.lock")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        assert store.record(hand_off())
        assert (store.waiting(), store.faults, store.lost) == (1, 0, 0)
        assert not waiting_file(store).exists(), "it is in a batch of its own"
    finally:
        holder.communicate("")
    assert store.record(hand_off())
    assert store.carry_over() == 2
    assert (store.count(), store.waiting()) == (2, 0)


def test_half_a_batch_is_carried_over_by_nobody_and_goes(store: EscalationStore) -> None:
    """As after a kill in the middle of writing it: its reply did not leave."""
    part = store.folder / f"waiting-{'0' * 32}.part"
    part.write_text(json.dumps(hand_off().as_row())[:40], encoding="ascii")
    assert store.carry_over() == 0
    assert part.exists(), "somebody may be writing it"
    long_ago = part.stat().st_mtime - PART_SECONDS - 1
    os.utime(part, (long_ago, long_ago))
    assert store.carry_over() == 0
    assert not part.exists()


def test_a_disk_that_fails_while_the_lock_is_held_keeps_the_row_in_memory(store: EscalationStore, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as full:
        full.setattr(store._rows, "_write", lambda text: store._rows._write_apart(text))
        full.setattr(os, "write", lambda *_: 0)
        assert store.record(hand_off())
    assert list(store.folder.glob("waiting-*")) == []
    assert store.trouble() == []
    assert store.carry_over() == 1


def _record_on_a_full_disk(folder: str, told: str) -> None:
    """In a process of its own: no file may grow past 4,000 bytes, which stops a line in the middle as a full disk does."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    store = EscalationStore(Settings(guide_data_dir=folder))
    resource.setrlimit(resource.RLIMIT_FSIZE, (4000, resource.RLIM_INFINITY))
    answers = [store.record(one := hand_off(f"{number:032x}")) and one.event_id for number in range(60)]
    held = store._rows.held
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    told_after = {"trouble": store.trouble(), "lost": store.lost}  # as the health is asked every few seconds
    Path(told).write_text(json.dumps({"kept": [answer for answer in answers if answer], "held": held, **told_after}))


def test_a_full_disk_costs_no_row_and_leaves_no_half_line(store: EscalationStore, tmp_path: Path) -> None:
    told = tmp_path / "told.json"
    other = multiprocessing.get_context("fork").Process(target=_record_on_a_full_disk, args=(str(tmp_path), str(told)))
    other.start()
    other.join(30)
    assert other.exitcode == 0
    found = json.loads(told.read_text())
    assert len(found["kept"]) == 60
    assert 0 < found["held"] < 60, "the first ones fitted"
    assert (found["trouble"], found["lost"]) == ([], 0), "there is room again"
    assert waiting_file(store).read_bytes().endswith(b"}\n")
    assert store.carry_over() == 60
    with store.engine.connect() as connection:
        kept = set(connection.execute(select(escalations.c.event_id)).scalars())
    assert kept == set(found["kept"])
