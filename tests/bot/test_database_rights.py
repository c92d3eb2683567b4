"""The rights that docs/record-and-report.md sets in PostgreSQL: the guide can add, and only the owner can read."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from servers import postgres
from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from safeguarding.database import escalations, one_snapshot
from safeguarding.escalation import Escalation, iso_week, new_event_id, tallies
from safeguarding.reports import Period, read_counts
from safeguarding.retention import roll_up
from safeguarding.settings import ROOT, Settings
from safeguarding.store import EscalationStore

PAGE = (ROOT / "docs" / "record-and-report.md").read_text(encoding="utf-8")


def rights() -> list[str]:
    (block,) = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
    return [statement.strip() for statement in block.split(";") if statement.strip()]


def test_the_page_grants_nobody_the_rows() -> None:
    for statement in rights():
        assert not re.search(r"GRANT[^;]*(SELECT|ALL)[^;]*ON[^;]*escalations", statement)


@pytest.mark.proof  # needs PostgreSQL
def test_the_guide_can_add_and_only_the_owner_can_read(tmp_path: Path) -> None:
    with postgres(tmp_path) as owner:
        engine = create_engine(owner, future=True)
        roll_up(engine, 90)
        with engine.begin() as connection:
            for statement in rights():
                connection.execute(text(statement))
        store = EscalationStore(Settings(guide_data_dir=str(tmp_path), database_url=owner.replace("guide@", "guide_writer@")))
        for day in (date(2026, 1, 7), date(2026, 11, 18), date(2026, 11, 18)):
            week = iso_week(day)
            assert store.record(Escalation(new_event_id(), week, "spor", "none", "standard", "page", "0" * 16), tallies(week))
        assert store.carry_over() == 3
        assert (store.waiting(), store.faults) == (0, 0)
        words = "'he hit me'"
        for columns, values in (
            ("escalations", f"'{'0' * 32}', '2026-W48', {words}, 'none', 'standard', 'page', '{'0' * 16}'"),
            ("weekly_counts", f"'2026-W48', 'role', {words}, 1"),
            ("carried_batches", f"{words}, '2026-W48'"),
        ):
            with store.engine.begin() as connection, pytest.raises(IntegrityError, match="only_"):
                connection.execute(text(f"INSERT INTO {columns} VALUES ({values})"))
        with pytest.raises(ProgrammingError, match="permission denied"):
            store.count()
        with pytest.raises(ProgrammingError, match="permission denied"):
            roll_up(store.engine, 90)
        store.close()
        assert roll_up(engine, 90, date(2026, 11, 23)) == 1
        with engine.connect() as connection:
            assert connection.execute(text("select count(*) from escalations")).scalar_one() == 2
        engine.dispose()


@pytest.mark.proof  # needs PostgreSQL
def test_what_is_rolled_up_between_two_looks_counts_once(tmp_path: Path) -> None:
    with postgres(tmp_path) as owner:
        store = EscalationStore(Settings(guide_data_dir=str(tmp_path / "data"), database_url=owner))
        store.record(Escalation(new_event_id(), iso_week(date(2026, 1, 7)), "spor", "none", "standard", "page", "0" * 16))
        assert store.carry_over() == 1
        with one_snapshot(store.engine) as connection:
            assert connection.execute(select(escalations.c.route)).scalars().all() == ["spor"]
            other = create_engine(owner, future=True)
            assert roll_up(other, 90, date(2026, 11, 23)) == 1
            assert read_counts(connection, Period("2026-01", "2026-01"))["2026-01", "route", "spor"] == 1
        with one_snapshot(store.engine) as connection:
            assert read_counts(connection, Period("2026-01", "2026-01"))["2026-01", "route", "spor"] == 1
        other.dispose()
        store.close()
