"""The record of hand-offs: on disk at once, in the database once, whatever is broken meanwhile."""

from __future__ import annotations

import json
import multiprocessing
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, event, inspect, select, text

from safeguarding.database import escalations, weekly_counts
from safeguarding.escalation import Escalation, new_event_id, tallies
from safeguarding.settings import Settings
from safeguarding.store import EscalationStore

pytestmark = pytest.mark.whole  # the whole record, made anew each time

MakeStore = Callable[..., EscalationStore]


@pytest.fixture
def make_store(tmp_path: Path) -> Iterator[MakeStore]:
    stores: list[EscalationStore] = []

    def make(**settings: str) -> EscalationStore:
        stores.append(EscalationStore(Settings(guide_data_dir=str(tmp_path), **settings)))  # type: ignore[arg-type]
        return stores[-1]

    yield make
    for store in stores:
        store.engine.dispose()


@pytest.fixture
def store(make_store: MakeStore) -> EscalationStore:
    return make_store()


def hand_off(event_id: str | None = None, route: str = "spor") -> Escalation:
    return Escalation(event_id or new_event_id(), "2026-W48", route, "none", "standard", "page", "0" * 16)


def waiting_file(store: EscalationStore) -> Path:
    return store.folder / "waiting.jsonl"


def test_a_hand_off_is_on_disk_first_and_in_the_database_after(store: EscalationStore) -> None:
    one = hand_off()
    assert store.record(one)
    assert json.loads(waiting_file(store).read_text()) == one.as_row()
    assert (store.waiting(), store.count()) == (1, 0)
    assert store.carry_over() == 1
    assert (store.waiting(), store.count(), store.faults) == (0, 1, 0)
    assert list(store.folder.glob("*.jsonl")) == [], "nothing stays in the spool"


def test_carrying_nothing_over_is_no_fault(store: EscalationStore) -> None:
    assert store.carry_over() == 0
    assert store.faults == 0


def test_the_same_event_id_makes_one_row(store: EscalationStore) -> None:
    one = hand_off()
    store.record(one)
    store.record(one)
    store.carry_over()
    store.record(one)
    store.carry_over()
    assert store.count() == 1


def test_hundreds_at_once(store: EscalationStore) -> None:
    rows = [hand_off() for _ in range(250)]
    with waiting_file(store).open("a", encoding="ascii") as spool:
        spool.writelines(json.dumps(row.as_row()) + "\n" for row in rows)
    assert store.carry_over() == 250
    assert store.count() == 250


def test_weekly_counts_add_up_and_stand_apart(store: EscalationStore) -> None:
    for _ in range(3):
        store.record(hand_off(), tallies("2026-W48", for_whom="self"))
    store.record(hand_off(), tallies("2026-W48", for_whom="other"))
    store.carry_over()
    with store.engine.connect() as connection:
        counts = {(row["attribute"], row["value"]): row["count"] for row in connection.execute(select(weekly_counts)).mappings()}
        columns = set(connection.execute(select(escalations)).keys())
    assert counts[("for_whom", "self")] == 3
    assert counts[("for_whom", "other")] == 1
    assert not columns & {"for_whom", "role", "language"}


def test_a_batch_whose_file_was_not_removed_is_not_counted_twice(store: EscalationStore) -> None:
    """As after a kill between the database's commit and the removal of the file."""
    store.record(hand_off(), tallies("2026-W48"))
    files = {path.name: path.read_bytes() for path in (store._rows.take() + store._tallies.take())}
    store.carry_over()
    for name, body in files.items():
        (store.folder / name).write_bytes(body)
    store.carry_over()
    assert store.count() == 1
    with store.engine.connect() as connection:
        assert set(connection.execute(select(weekly_counts.c["count"])).scalars()) == {1}


def test_a_line_that_a_kill_cut_off_costs_that_line_only(store: EscalationStore, caplog: pytest.LogCaptureFixture) -> None:
    store.record(hand_off())
    with waiting_file(store).open("a", encoding="ascii") as spool:
        spool.write(json.dumps(hand_off().as_row())[:40])
    store.record(hand_off())
    store.carry_over()
    assert store.count() == 2
    assert "left out" in caplog.text


@pytest.mark.parametrize("line", ["he hit me", '{"event_id": "he hit me"}', "[1, 2]", "[" * 5000, "null", '"\\ud800"'])
def test_a_line_that_is_no_hand_off_is_left_out_and_its_words_are_not_logged(
    store: EscalationStore, caplog: pytest.LogCaptureFixture, line: str
) -> None:
    waiting_file(store).write_text(line + "\n", encoding="ascii")
    store.record(hand_off())
    store.carry_over()
    assert store.count() == 1
    assert "left out" in caplog.text
    assert "hit me" not in caplog.text


def test_a_locked_database_costs_time_and_no_row(store: EscalationStore, make_store: MakeStore) -> None:
    store.count()
    store.record(hand_off())
    other = make_store()
    with other.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=0")
        connection.exec_driver_sql("BEGIN EXCLUSIVE")
        event.listen(
            store.engine, "connect", lambda opened, _: opened.execute("PRAGMA busy_timeout=10")
        )  # two seconds would slow the tests
        assert store.carry_over() == 0
        assert store.faults == 1
        assert store.record(hand_off()), "the spool takes it although the database does not"
        connection.exec_driver_sql("ROLLBACK")
    assert store.carry_over() == 2
    assert store.count() == 2


def test_a_database_that_is_out_of_reach_keeps_the_spool(make_store: MakeStore, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("not a folder")
    broken = make_store(database_url="postgresql://user:secret@127.0.0.1:1/db")
    assert broken.record(hand_off())
    assert broken.carry_over() == 0
    assert (broken.faults, broken.waiting()) == (1, 1)
    assert "secret" not in caplog.text
    whole = make_store()
    assert whole.carry_over() == 1, "what one could not move, the next one moves"


def _record_and_carry_over(folder: str) -> None:
    store = EscalationStore(Settings(guide_data_dir=folder))
    for _ in range(30):
        store.record(hand_off())
    store.close()
    sys.exit(store.faults)


def test_two_processes_share_one_spool(store: EscalationStore, tmp_path: Path) -> None:
    store.prepare()
    others = [multiprocessing.get_context("fork").Process(target=_record_and_carry_over, args=(str(tmp_path),)) for _ in range(2)]
    for other in others:
        other.start()
    for number in range(30):
        assert store.record(hand_off())
        if number % 10 == 0:
            store.carry_over()
    for other in others:
        other.join(30)
    assert [other.exitcode for other in others] == [0, 0]
    store.carry_over()
    assert (store.count(), store.waiting()) == (90, 0)


def test_no_column_could_hold_words(store: EscalationStore) -> None:
    store.prepare()
    columns = {table: {column["name"] for column in inspect(store.engine).get_columns(table)} for table in ("escalations", "weekly_counts")}
    assert columns["escalations"] == {"event_id", "week", "route", "topic", "reading_mode", "channel", "release"}
    assert columns["weekly_counts"] == {"week", "attribute", "value", "count"}


def test_the_order_in_which_people_came_is_not_kept(store: EscalationStore) -> None:
    ids = [new_event_id() for _ in range(8)]
    for event_id in ids:
        store.record(hand_off(event_id))
        store.carry_over()
    with store.engine.connect() as connection:
        kept = list(connection.execute(text("SELECT event_id FROM escalations")).scalars())
    assert sorted(kept) == sorted(ids)
    assert kept == sorted(ids)


def test_closing_carries_over_what_waits(store: EscalationStore) -> None:
    store.record(hand_off())
    store.close()
    engine = create_engine(f"sqlite:///{store.folder.parent / 'escalations.db'}", future=True)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM escalations")).scalar_one() == 1
    engine.dispose()


def test_a_database_that_is_full_keeps_the_spool(store: EscalationStore) -> None:
    """SQLite says "database or disk is full" when it may not grow; nothing is lost, and all goes in once there is room."""
    store.prepare()
    rows = [hand_off() for _ in range(300)]
    with waiting_file(store).open("a", encoding="ascii") as spool:
        spool.writelines(json.dumps(row.as_row()) + "\n" for row in rows)
    store.engine.dispose()

    def no_room(opened: sqlite3.Connection, _record: object) -> None:
        pages = opened.execute("PRAGMA page_count").fetchone()[0]
        opened.execute(f"PRAGMA max_page_count={pages + 1}")

    event.listen(store.engine, "connect", no_room)
    assert store.carry_over() == 0
    assert (store.faults, store.waiting()) == (1, 300)
    event.remove(store.engine, "connect", no_room)
    store.engine.dispose()
    assert store.carry_over() == 300
    assert (store.count(), store.waiting()) == (300, 0)
