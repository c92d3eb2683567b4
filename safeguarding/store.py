"""Where hand-offs are kept: first a line in a spool on disk, then a row in the database, once each.

The line is forced to disk before the reply leaves, so a fault of the database costs time and never the count. The
event id is the key, so a line that is carried over twice still makes one row.
"""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Column, MetaData, String, Table, create_engine, event, func, select
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from safeguarding.escalation import Escalation, EscalationError, new_event_id
from safeguarding.settings import Settings

logger = logging.getLogger(__name__)

LOCK_SECONDS = 0.5
"""How long a hand-off waits for another process that is writing; the answer is never held up longer."""

ROWS_AT_ONCE = 500
"""Rows of one insert: SQLite takes at most 999 values in older builds, and 500 ids stay below that."""

_metadata = MetaData()
escalations = Table(
    "escalations",
    _metadata,
    Column("event_id", String(32), primary_key=True),
    Column("week", String(8), nullable=False),
    Column("route", String(20), nullable=False),
    Column("topic", String(20), nullable=False),
    Column("reading_mode", String(10), nullable=False),
    Column("channel", String(20), nullable=False),
    Column("release", String(16), nullable=False),
)


class EscalationStore:
    """The spool and the database. `record` is the only way in; several processes may share one spool."""

    def __init__(self, settings: Settings) -> None:
        self.folder = settings.data_dir / "spool"
        self.folder.mkdir(parents=True, exist_ok=True)
        self._spool = self.folder / "waiting.jsonl"
        self._lock = FileLock(self.folder / "lock", timeout=LOCK_SECONDS)
        self._engine = _engine(settings.database)
        self.faults = 0

    def record(self, escalation: Escalation) -> bool:
        """Put the hand-off on disk; true when it is there. A fault is counted and logged, never raised."""
        line = json.dumps(escalation.as_row()) + "\n"
        try:
            with self._lock, self._spool.open("a", encoding="ascii") as spool:
                spool.write(line)
                spool.flush()
                os.fsync(spool.fileno())
        except (OSError, Timeout) as error:
            self.faults += 1
            logger.error("A hand-off could not be written to the spool (%s).", type(error).__name__)
            return False
        return True

    def carry_over(self) -> int:
        """Move what waits in the spool into the database; the number of rows moved. What cannot move stays and is tried again."""
        try:
            with self._lock:
                if self._spool.exists():
                    self._spool.rename(self.folder / f"carrying-{new_event_id()}.jsonl")
        except (OSError, Timeout) as error:
            logger.error("The spool could not be carried over (%s).", type(error).__name__)
            return 0
        return sum(self._carry(path) for path in sorted(self.folder.glob("carrying-*.jsonl")))

    def waiting(self) -> int:
        """The hand-offs that are on disk and not yet in the database."""
        return sum(len(path.read_text(encoding="ascii").splitlines()) for path in self.folder.glob("*.jsonl"))

    def count(self) -> int:
        """The hand-offs in the database."""
        _metadata.create_all(self._engine)
        with self._engine.connect() as connection:
            return int(connection.execute(select(func.count()).select_from(escalations)).scalar_one())

    def close(self) -> None:
        """Carry over what can be carried and let the database go."""
        self.carry_over()
        self._engine.dispose()

    def _carry(self, path: Path) -> int:
        rows = _read_spool(path)
        try:
            _insert_missing(self._engine, rows)
        except SQLAlchemyError as error:
            self.faults += 1
            logger.error("Hand-offs wait in the spool: the database does not take them (%s).", type(error).__name__)
            return 0
        path.unlink(missing_ok=True)
        return len(rows)


def _engine(address: str) -> Engine:
    engine = create_engine(address, future=True, pool_pre_ping=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: object, _record: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA busy_timeout=2000")
    cursor.close()


def _read_spool(path: Path) -> list[Escalation]:
    """The good lines of a spool file. A line cut off by a kill, or one that is no hand-off, is left out and logged."""
    found = []
    for line in path.read_text(encoding="ascii", errors="replace").splitlines():
        try:
            found.append(Escalation.from_row(json.loads(line)))
        except (json.JSONDecodeError, EscalationError):
            logger.error("A line in the spool is not a hand-off and was left out.")
    return found


def _insert_missing(engine: Engine, found: list[Escalation]) -> None:
    _metadata.create_all(engine)
    rows = list({escalation.event_id: escalation.as_row() for escalation in found}.values())
    for start in range(0, len(rows), ROWS_AT_ONCE):
        batch = {row["event_id"]: row for row in rows[start : start + ROWS_AT_ONCE]}
        with engine.begin() as connection:
            known = set(connection.execute(select(escalations.c.event_id).where(escalations.c.event_id.in_(batch))).scalars())
            missing = [row for event_id, row in batch.items() if event_id not in known]
            if missing:
                connection.execute(escalations.insert(), missing)
