"""The database itself refuses a value that is on no list, so that the account which may add to the record cannot add words.

The lists are those of `safeguarding.escalation` in this release; who adds a value there adds a migration that names it here.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_LISTS = {
    "route": "emergency spor concerns_form police children mental_health sexual_assault domestic_abuse other_service",
    "topic": "none physical domestic sexual emotional financial modern_slavery discriminatory organisational neglect self_neglect",
    "reading_mode": "standard easy_read",
    "channel": "page page_without_script shell",
}
_COUNTED = {
    "for_whom": "self other not_said",
    "role": "public care_needs carer_or_worker not_said",
    "language": "en pt pl fr ro",
    "missed": "none abuse other_doors principles report reporting safeguarding talk telling other",
    "refused": "none abuse other_doors principles report reporting safeguarding talk telling other",
}
_WEEK = "week LIKE '____-W__' AND ltrim(substr(week, 1, 4) || substr(week, 7), '0123456789') = ''"


def upgrade() -> None:
    """Put the lists on the tables that the guide writes to. SQLite makes such a table anew; the rows go with it."""
    row = [_is_hex("event_id", 32), _WEEK, _is_hex("release", 16), *(_is_one_of(name, values) for name, values in _LISTS.items())]
    with op.batch_alter_table("escalations", table_kwargs={"sqlite_with_rowid": False}) as table:
        table.create_check_constraint("only_from_lists", sa.text(" AND ".join(row)))
    counted = [f"(attribute = '{name}' AND {_is_one_of('value', values)})" for name, values in _COUNTED.items()]
    with op.batch_alter_table("weekly_counts") as table:
        table.create_check_constraint("only_from_lists_by_week", sa.text(f"{_WEEK} AND ({' OR '.join(counted)})"))
    with op.batch_alter_table("carried_batches") as table:
        table.create_check_constraint("only_ids", sa.text(f"{_WEEK} AND {_is_hex('batch_id', 32)}"))


def _is_hex(column: str, length: int) -> str:
    return f"length({column}) = {length} AND ltrim({column}, '0123456789abcdef') = ''"


def _is_one_of(column: str, values: str) -> str:
    quoted = ", ".join(f"'{value}'" for value in values.split())
    return f"{column} IN ({quoted})"
