"""The record and the conversations are readable by the account that runs the guide and by no other."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.shelves import open_shelf
from safeguarding.escalation import Escalation, new_event_id, tallies
from safeguarding.own_files import keep_folder
from safeguarding.settings import Settings
from safeguarding.store import EscalationStore


@pytest.fixture(autouse=True)
def open_umask() -> Iterator[None]:
    """What most machines have: everybody may read."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode(path: Path) -> str:
    return f"{path.stat().st_mode & 0o777:03o}"


def modes(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder.parent).as_posix(): mode(path) for path in (folder, *folder.rglob("*"))}


async def fill(folder: Path) -> EscalationStore:
    """A record with a row that waits and one in the database, and a conversation."""
    store = EscalationStore(Settings(guide_data_dir=str(folder)))
    for _ in range(2):
        store.record(Escalation(new_event_id(), "2026-W48", "spor", "none", "standard", "page", "0" * 16), tallies("2026-W48"))
        if not store.count():
            store.carry_over()
    shelf = open_shelf(f"sqlite:///{folder / 'conversations.db'}", 60)
    assert await shelf.put("one", "a", await shelf.get("one"))
    return store


def check(store: EscalationStore, folder: Path) -> None:
    with store.engine.connect() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM escalations")  # SQLite lays files beside its own while one is connected
        found = modes(folder)
    assert {name.rpartition("/")[2] for name in found} >= {"escalations.db", "escalations.db-wal", "conversations.db", "waiting.jsonl"}
    folders = {name for name in found if (folder.parent / name).is_dir()}
    assert {found[name] for name in folders} == {"700"}
    assert {name: found[name] for name in found.keys() - folders if not name.endswith(".lock") and found[name] != "600"} == {}


async def test_nobody_else_may_read_what_the_guide_keeps(tmp_path: Path) -> None:
    store = await fill(tmp_path / "var")
    check(store, tmp_path / "var")
    store.engine.dispose()


async def test_what_an_older_release_left_open_is_closed(tmp_path: Path) -> None:
    store = await fill(tmp_path / "var")
    for path in (tmp_path / "var", tmp_path / "var" / "spool", *(tmp_path / "var").glob("*.db")):
        path.chmod(0o755 if path.is_dir() else 0o644)  # the lines of the spool were never open
    again = await fill(tmp_path / "var")
    check(again, tmp_path / "var")
    for one in (store, again):
        one.engine.dispose()


def test_a_folder_that_all_share_stays_as_it_is(tmp_path: Path) -> None:
    shared = tmp_path / "tmp"
    shared.mkdir()
    shared.chmod(0o1777)
    keep_folder(shared)
    assert mode(shared) == "777"
