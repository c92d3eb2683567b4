"""What is old becomes monthly counts and goes, once, whole, on time; a fault is one sentence and is tried again."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError, ProgrammingError

from safeguarding import retention
from safeguarding.database import monthly_counts
from safeguarding.escalation import Escalation, iso_week, new_event_id, tallies
from safeguarding.retention import SECONDS_BETWEEN, RetentionClock, main, roll_up
from safeguarding.settings import Settings
from safeguarding.store import EscalationStore

MONDAY = date(2026, 8, 24)
"""The first day of a week that counts for August."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EscalationStore]:
    made = EscalationStore(Settings(guide_data_dir=str(tmp_path)))
    yield made
    made.engine.dispose()


def keep(store: EscalationStore, day: date, count: int = 1) -> None:
    for _ in range(count):
        week = iso_week(day)
        assert store.record(Escalation(new_event_id(), week, "spor", "none", "standard", "page", "0" * 16), tallies(week))
    store.carry_over()


def monthly(engine: Engine) -> dict[tuple[str, str, str], int]:
    with engine.connect() as connection:
        return {(month, attribute, value): count for month, attribute, value, count in connection.execute(select(monthly_counts))}


def left(engine: Engine, table: str) -> int:
    with engine.connect() as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


@pytest.mark.parametrize(("days_after_the_week", "gone"), [(89, 0), (90, 0), (91, 3)])
def test_a_week_stays_until_its_last_day_is_ninety_days_old(store: EscalationStore, days_after_the_week: int, gone: int) -> None:
    keep(store, MONDAY, 3)
    sunday = MONDAY + timedelta(days=6)
    assert roll_up(store.engine, 90, sunday + timedelta(days=days_after_the_week)) == gone
    assert store.count() == 3 - gone
    assert monthly(store.engine).get(("2026-08", "route", "spor"), 0) == gone


def test_rolled_up_twice_counts_once_and_younger_rows_stay(store: EscalationStore) -> None:
    keep(store, MONDAY, 2)
    keep(store, MONDAY + timedelta(days=60), 1)
    today = MONDAY + timedelta(days=120)
    assert [roll_up(store.engine, 90, today) for _ in range(2)] == [2, 0]
    assert (store.count(), left(store.engine, "weekly_counts")) == (1, 3)
    found = monthly(store.engine)
    assert found[("2026-08", "topic", "none")] == found[("2026-08", "role", "not_said")] == 2


def test_two_weeks_of_a_month_that_go_one_after_the_other_add_up(store: EscalationStore) -> None:
    keep(store, MONDAY - timedelta(days=7), 2)
    keep(store, MONDAY, 3)
    assert roll_up(store.engine, 90, MONDAY + timedelta(days=91)) == 2
    assert roll_up(store.engine, 90, MONDAY + timedelta(days=98)) == 3
    assert monthly(store.engine)[("2026-08", "route", "spor")] == 5


def test_what_is_cut_off_in_the_middle_leaves_the_rows_as_they_were(store: EscalationStore, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(store, MONDAY, 4)
    with monkeypatch.context() as cut_off:
        cut_off.setattr(retention, "delete", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            roll_up(store.engine, 90, MONDAY + timedelta(days=120))
    assert (store.count(), monthly(store.engine)) == (4, {})
    assert roll_up(store.engine, 90, MONDAY + timedelta(days=120)) == 4
    assert monthly(store.engine)[("2026-08", "route", "spor")] == 4


class Seconds:
    """A clock that is put forward by hand."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def monotonic(self) -> float:
        return self.now


def ticks(monkeypatch: pytest.MonkeyPatch, error: Exception | None = None) -> tuple[RetentionClock, Seconds, list[int]]:
    seconds, days = Seconds(), list[int]()

    def rolled(_engine: Engine, retention_days: int) -> int:
        days.append(retention_days)
        if error:
            raise error
        return 0

    monkeypatch.setattr(retention, "time", seconds)
    monkeypatch.setattr(retention, "roll_up", rolled)
    return RetentionClock(Settings(escalation_retention_days=30)), seconds, days


def test_the_guide_does_it_at_its_start_and_every_six_hours(store: EscalationStore, monkeypatch: pytest.MonkeyPatch) -> None:
    clock, seconds, days = ticks(monkeypatch)
    for step, done in ((0, 1), (2, 1), (SECONDS_BETWEEN - 3, 1), (1, 2), (2, 2)):
        seconds.now += step
        clock.tick(store.engine)
        assert len(days) == done, step
    assert set(days) == {30}
    assert SECONDS_BETWEEN == 6 * 3600


@pytest.mark.parametrize(
    ("error", "level"),
    [(OperationalError("", None, Exception()), logging.ERROR), (ProgrammingError("", None, Exception()), logging.INFO)],
)
def test_a_fault_is_told_and_tried_again_the_next_time(
    store: EscalationStore, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, error: Exception, level: int
) -> None:
    caplog.set_level(logging.INFO)
    clock, seconds, days = ticks(monkeypatch, error)
    clock.tick(store.engine)
    assert [record.levelno for record in caplog.records] == [level]
    seconds.now += SECONDS_BETWEEN
    clock.tick(store.engine)
    assert len(days) == 2


def test_the_command_says_how_many_rows_went(store: EscalationStore, monkeypatch: pytest.MonkeyPatch, capsys) -> None:  # type: ignore[no-untyped-def]
    keep(store, datetime.now(UTC).date() - timedelta(days=40), 2)
    monkeypatch.setenv("GUIDE_DATA_DIR", str(store.folder.parent))
    monkeypatch.setenv("ESCALATION_RETENTION_DAYS", "20")
    assert main() == 0
    assert capsys.readouterr().out == "2 rows older than 20 days became monthly counts.\n"
    assert store.count() == 0


@pytest.mark.parametrize(
    ("setting", "value", "sentence"),
    [
        ("ESCALATION_RETENTION_DAYS", "soon", "ESCALATION_RETENTION_DAYS"),
        ("DATABASE_URL", "mysql://x/y", "SQLite or PostgreSQL"),
        ("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none", "look at DATABASE_URL"),
    ],
)
def test_the_command_that_cannot_says_why_in_one_sentence(setting: str, value: str, sentence: str, monkeypatch, capsys) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv(setting, value)
    assert main() == 1
    told = capsys.readouterr().err
    assert sentence in told
    assert told.count("\n") == 1
