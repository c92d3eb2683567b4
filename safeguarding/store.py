"""Where hand-offs are kept: first a line in a spool on disk, then a row in the database, once each.

The line is forced to disk before the reply leaves, so a fault of the database costs time and never the count. The
event id is the key, and a batch of the spool goes in with its own id in one transaction, so nothing is counted twice.
"""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

from filelock import FileLock, Timeout
from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from safeguarding.database import (
    DATABASE_FAULTS,
    bring_up_to_date,
    carried_batches,
    escalations,
    insert_or_add,
    insert_or_skip,
    open_database,
    weekly_counts,
)
from safeguarding.escalation import Escalation, EscalationError, Tally, iso_week
from safeguarding.own_files import keep_folder
from safeguarding.settings import Settings
from safeguarding.spool import MOST_HELD, SPOOL_FAULTS, LineLostError, Spool, batch_id

logger = logging.getLogger(__name__)

ROWS_AT_ONCE = 100
"""Rows of one insert: SQLite takes at most 999 values in older builds, and a row has seven."""

LATE_SECONDS = 60.0
"""The action server carries over every two seconds."""

MOST_TALLIES_HELD = 4 * MOST_HELD
"""A hand-off brings three or four."""

UNWRITABLE = "Hand-offs wait in memory: the disk takes no lines. Make room, or look at GUIDE_DATA_DIR, before the guide is started again."
LATE = "Hand-offs wait on disk for more than a minute: look at the database and the action server."

_Row = TypeVar("_Row")


class EscalationStore:
    """The spool and the database. `record` is the only way in; several processes may share one spool."""

    def __init__(self, settings: Settings) -> None:
        self.folder = settings.data_dir / "spool"
        for folder in (settings.data_dir, self.folder):
            keep_folder(folder)
        self._rows = Spool(self.folder, "waiting")
        self._tallies = Spool(self.folder, "tallies", MOST_TALLIES_HELD)
        self._carrying = FileLock(self.folder / "carrying.lock", timeout=0)
        self.engine = open_database(settings)
        self._up_to_date = False
        self.faults = 0

    def record(self, escalation: Escalation, tallied: Sequence[Tally] = ()) -> bool:
        """Put the hand-off on disk, or hold it in memory while the disk takes none; false where it is lost. Nothing is raised.

        What is tallied by the week goes to a file of its own, where nothing says which hand-off it came with.
        """
        if not self._put(self._rows, [escalation.as_row()], "A hand-off could not be written to the spool (%s)."):
            return False
        self.tally(tallied)
        return True

    def tally(self, tallied: Sequence[Tally]) -> bool:
        """Put weekly counts on disk, or hold them in memory; false where one is lost. Nothing is raised."""
        rows = [asdict(tally) for tally in tallied]
        return not rows or self._put(self._tallies, rows, "A weekly count could not be written to the spool (%s).")

    @property
    def lost(self) -> int:
        """The hand-offs that neither the disk nor memory took, since the start."""
        return self._rows.lost

    def carry_over(self) -> int:
        """Move what waits in the spool into the database; the number of rows moved. What cannot move stays and is tried again."""
        try:
            with self._carrying:
                moved = self._carry(self._rows, Escalation.from_row, self._insert_rows)
                self._carry(self._tallies, Tally.from_row, self._insert_tallies)
                return moved
        except Timeout:
            return 0  # another process is at it
        except SPOOL_FAULTS as error:
            self._count_fault("The spool could not be carried over (%s).", error)
        except DATABASE_FAULTS as error:
            self._count_fault("Hand-offs wait in the spool: the database does not take them (%s).", error)
        return 0

    def waiting(self) -> int:
        """The hand-offs that are on disk, or held here in memory, and not yet in the database."""
        return self._rows.lines()

    def trouble(self) -> list[str]:
        """Why hand-offs are not all in the database, in words for an operator; empty where they are. What is held is tried again."""
        self._write_what_is_held()
        try:
            waits = self._rows.oldest() or 0.0
        except OSError:
            return [UNWRITABLE]
        return [UNWRITABLE] * bool(self._rows.held or self._tallies.held) + [LATE] * (waits > LATE_SECONDS)

    def count(self) -> int:
        """The hand-offs in the database."""
        self.prepare()
        with self.engine.connect() as connection:
            return int(connection.execute(select(func.count()).select_from(escalations)).scalar_one())

    def prepare(self) -> None:
        """Make the tables if they are not there, once in the life of the store."""
        if not self._up_to_date:
            bring_up_to_date(self.engine)
            self._up_to_date = True

    def close(self) -> None:
        """Carry over what can be carried and let the database go."""
        self._write_what_is_held()
        self.carry_over()
        self.engine.dispose()

    def _put(self, spool: Spool, rows: list[dict[str, Any]], message: str) -> bool:
        try:
            spool.append(rows)
        except LineLostError as error:
            self._count_fault("A hand-off or a weekly count is lost: disk and memory are full (%s).", error)
            return False
        except SPOOL_FAULTS as error:
            self._count_fault(message, error)
        return True

    def _write_what_is_held(self) -> None:
        for spool in (self._rows, self._tallies):
            with suppress(*SPOOL_FAULTS):  # said when it was first tried
                spool.append()

    def _carry(self, spool: Spool, read: Callable[[Any], _Row], insert: Callable[[Connection, list[_Row]], None]) -> int:
        moved = 0
        for batch in spool.take():
            rows = _read_batch(batch, read)
            self.prepare()
            with self.engine.begin() as connection:
                new_batch = {"batch_id": batch_id(batch), "week": iso_week()}
                if connection.execute(insert_or_skip(self.engine, carried_batches).values(new_batch)).rowcount:
                    insert(connection, rows)
            batch.unlink()
            moved += len(rows)
        return moved

    def _insert_rows(self, connection: Connection, found: list[Escalation]) -> None:
        by_id = {escalation.event_id: escalation.as_row() for escalation in found}
        rows = [by_id[event_id] for event_id in sorted(by_id)]  # the order in which people came is nobody's business
        for start in range(0, len(rows), ROWS_AT_ONCE):
            connection.execute(insert_or_skip(self.engine, escalations).values(rows[start : start + ROWS_AT_ONCE]))

    def _insert_tallies(self, connection: Connection, found: list[Tally]) -> None:
        for tally, count in sorted(Counter(found).items(), key=lambda item: (item[0].week, item[0].attribute, item[0].value)):
            connection.execute(insert_or_add(self.engine, weekly_counts).values(**asdict(tally), count=count))

    def _count_fault(self, message: str, error: BaseException) -> None:
        self.faults += 1
        logger.error(message, type(error).__name__)


def _read_batch(batch: Path, read: Callable[[Any], _Row]) -> list[_Row]:
    """The good lines of a batch. A line cut off by a kill, or one that is no hand-off, is left out and logged."""
    found = []
    for line in batch.read_text(encoding="ascii", errors="replace").splitlines():
        try:
            if line:
                found.append(read(json.loads(line)))
        except (json.JSONDecodeError, EscalationError, RecursionError):
            logger.error("A line in the spool is not a hand-off and was left out.")
    return found
