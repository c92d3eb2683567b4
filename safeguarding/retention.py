"""Rows of hand-offs are kept for a while, then become counts by the month and go. `python -m safeguarding.retention` does it now."""

from __future__ import annotations

import logging
import sys
import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import ProgrammingError

from safeguarding.database import (
    DATABASE_FAULTS,
    DatabaseError,
    bring_up_to_date,
    carried_batches,
    escalations,
    insert_or_add,
    monthly_counts,
    open_database,
    weekly_counts,
)
from safeguarding.escalation import iso_week, month_of_week
from safeguarding.settings import Settings, SettingsError, load_settings

logger = logging.getLogger(__name__)

ATTRIBUTES = ("route", "topic", "reading_mode", "channel")
"""What of a row is counted by the month, each alone: two together could point at a person."""

SECONDS_BETWEEN = 6 * 3600
"""How often the guide looks whether rows are old enough."""


class RetentionClock:
    """Rolls up now and then, from a loop that ticks more often."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._next = 0.0

    def tick(self, engine: Engine) -> None:
        """Roll up if it is time. A fault is logged and tried again the next time."""
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + SECONDS_BETWEEN
        try:
            roll_up(engine, self._settings.escalation_retention_days)
        except ProgrammingError:
            logger.info("Old hand-offs are left to the owner of the database: this account may only add to it.")
        except DATABASE_FAULTS as error:
            logger.error("Old hand-offs could not be rolled up (%s).", type(error).__name__)


def roll_up(engine: Engine, retention_days: int, today: date | None = None) -> int:
    """Turn the rows of weeks that ended more than so many days ago into monthly counts; the number of rows that went.

    It is one transaction: a kill leaves the rows as they were, or the counts instead of them.
    """
    bring_up_to_date(engine)
    first_kept = iso_week((today or datetime.now(UTC).date()) - timedelta(days=retention_days))
    sqlite = engine.dialect.name == "sqlite"
    alone = engine if sqlite else engine.execution_options(isolation_level="REPEATABLE READ")
    with alone.begin() as connection:  # what is written between the counting and the deleting must not be deleted uncounted
        if sqlite:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        old = escalations.c.week < first_kept
        counted = Counter(_counts_of_rows(connection, first_kept)) + Counter(_counts_of_weeks(connection, first_kept))
        for (month, attribute, value), count in sorted(counted.items()):
            row = {"month": month, "attribute": attribute, "value": value, "count": count}
            connection.execute(insert_or_add(engine, monthly_counts).values(row))
        gone = int(connection.execute(delete(escalations).where(old)).rowcount)
        connection.execute(delete(weekly_counts).where(weekly_counts.c.week < first_kept))
        connection.execute(delete(carried_batches).where(carried_batches.c.week < first_kept))
    return gone


def _counts_of_rows(connection: Connection, first_kept: str) -> dict[tuple[str, str, str], int]:
    counted: Counter[tuple[str, str, str]] = Counter()
    for attribute in ATTRIBUTES:
        column = escalations.c[attribute]
        query = select(escalations.c.week, column, func.count()).where(escalations.c.week < first_kept)
        for week, value, count in connection.execute(query.group_by(escalations.c.week, column)):
            counted[month_of_week(week), attribute, value] += count
    return counted


def _counts_of_weeks(connection: Connection, first_kept: str) -> dict[tuple[str, str, str], int]:
    counted: Counter[tuple[str, str, str]] = Counter()
    for week, attribute, value, count in connection.execute(select(weekly_counts).where(weekly_counts.c.week < first_kept)):
        counted[month_of_week(week), attribute, value] += count
    return counted


def main() -> int:
    """Roll up now and say how many rows went."""
    try:
        settings = load_settings()
        gone = roll_up(open_database(settings), settings.escalation_retention_days)
    except (SettingsError, DatabaseError) as error:
        print(error, file=sys.stderr)
        return 1
    except DATABASE_FAULTS as error:
        print(f"The database cannot be reached or changed ({type(error).__name__}): look at DATABASE_URL.", file=sys.stderr)
        return 1
    print(f"{gone} rows older than {settings.escalation_retention_days} days became monthly counts.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
