"""The tables: brought up to date from any release, safe on disk, and closed to words whoever writes to them."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import inspect, select, text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError

from safeguarding.database import DATABASE_FAULTS, MIGRATIONS, bring_up_to_date, escalations, open_database, weekly_counts
from safeguarding.escalation import CHANNELS, COUNTED, READING_MODES, ROUTES, TOPICS
from safeguarding.report import main as report
from safeguarding.settings import Settings

pytestmark = pytest.mark.whole  # the whole record, made anew and brought up to date each time

GOOD = {
    "event_id": "0" * 32, "week": "2026-W48", "route": "spor", "topic": "none",
    "reading_mode": "standard", "channel": "page", "release": "0123456789abcdef",
}  # fmt: skip
COUNT = {"week": "2026-W48", "attribute": "role", "value": "public", "count": 1}


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = open_database(Settings(guide_data_dir=str(tmp_path)))
    yield made
    made.dispose()


def migrate(engine: Engine, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def add(engine: Engine, table: str, row: dict[str, object]) -> None:
    names = ", ".join(row)
    with engine.begin() as connection:
        connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({', '.join(f':{name}' for name in row)})"), row)


def revision_of(engine: Engine) -> str:
    with engine.connect() as connection:
        return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def test_a_commit_is_on_disk_and_readers_do_not_wait(engine: Engine) -> None:
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2


def test_the_tables_of_an_older_release_are_brought_up_to_date_with_their_rows(engine: Engine) -> None:
    migrate(engine, "0001")
    for number in (2, 0, 1):
        add(engine, "escalations", {**GOOD, "event_id": f"{number:032x}"})
    add(engine, "weekly_counts", COUNT)
    bring_up_to_date(engine)
    assert revision_of(engine) > "0001"
    with engine.connect() as connection:
        assert list(connection.execute(text("SELECT event_id FROM escalations")).scalars()) == [f"{number:032x}" for number in range(3)]
        assert connection.execute(select(weekly_counts.c["count"])).scalar_one() == 1
        made = connection.execute(text("SELECT sql FROM sqlite_master WHERE name = 'escalations'")).scalar_one()
    assert "WITHOUT ROWID" in made, "the order in which people came would be kept"


def test_a_record_from_before_there_were_migrations_is_brought_up_to_date(engine: Engine) -> None:
    escalations.create(engine)
    add(engine, "escalations", GOOD)
    bring_up_to_date(engine)
    assert set(inspect(engine).get_table_names()) == {
        "alembic_version", "carried_batches", "escalations", "monthly_counts", "weekly_counts",
    }  # fmt: skip
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM escalations")).scalar_one() == 1


def _bring_up_to_date(folder: str) -> None:
    engine = open_database(Settings(guide_data_dir=folder))
    for _ in range(3):
        bring_up_to_date(engine)
    sys.exit(0)


def test_processes_that_start_at_once_make_the_tables_once(engine: Engine, tmp_path: Path) -> None:
    starting = [multiprocessing.get_context("fork").Process(target=_bring_up_to_date, args=(str(tmp_path),)) for _ in range(4)]
    for process in starting:
        process.start()
    for process in starting:
        process.join(60)
    assert [process.exitcode for process in starting] == [0] * 4
    add(engine, "escalations", GOOD)


def test_the_database_of_a_newer_release_is_a_fault_and_one_sentence(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bring_up_to_date(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DATABASE_FAULTS):
        bring_up_to_date(engine)
    for name in [name for name in os.environ if name.startswith("DATABASE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GUIDE_DATA_DIR", str(tmp_path))
    assert report(["--out", str(tmp_path / "out")]) == 1
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(
    ("table", "good", "wrong"),
    [
        *[("escalations", GOOD, {field: value}) for field in GOOD for value in ("he hit me", "", "hurt")],
        ("escalations", GOOD, {"event_id": "G" * 32}),
        ("escalations", GOOD, {"week": "2026-W4x"}),
        ("escalations", GOOD, {"week": "JohnW-W48"}),
        *[("weekly_counts", COUNT, {field: "he hit me"}) for field in ("week", "attribute", "value")],
        ("weekly_counts", COUNT, {"value": "pl"}),
        ("carried_batches", {"batch_id": "0" * 32, "week": "2026-W48"}, {"batch_id": "he hit me"}),
    ],
)
def test_the_database_refuses_what_is_on_no_list(engine: Engine, table: str, good: dict[str, object], wrong: dict[str, object]) -> None:
    bring_up_to_date(engine)
    with pytest.raises(IntegrityError):
        add(engine, table, {**good, **wrong})
    add(engine, table, good)


def test_the_database_takes_every_value_that_is_on_a_list(engine: Engine) -> None:
    """Where this fails, a value was added to `safeguarding.escalation`: a migration has to allow it, or its hand-offs wait for ever."""
    bring_up_to_date(engine)
    lists = {"route": ROUTES, "topic": TOPICS, "reading_mode": READING_MODES, "channel": CHANNELS}
    rows = [{**GOOD, field: value} for field, values in lists.items() for value in values]
    for number, row in enumerate(rows):
        add(engine, "escalations", {**row, "event_id": f"{number:032x}"})
    for attribute, values in COUNTED.items():
        for value in values:
            add(engine, "weekly_counts", {**COUNT, "attribute": attribute, "value": value})
