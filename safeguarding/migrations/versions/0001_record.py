"""The record of hand-offs: rows, weekly and monthly counts, and the batches of the spool that went in.

A copy of the tables as they were in this release; `safeguarding.database` has them as they are now.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables. A record from before there were migrations has the first one already."""
    if not sa.inspect(op.get_bind()).has_table("escalations"):
        op.create_table(
            "escalations",
            sa.Column("event_id", sa.String(32), primary_key=True),
            sa.Column("week", sa.String(8), nullable=False),
            sa.Column("route", sa.String(20), nullable=False),
            sa.Column("topic", sa.String(20), nullable=False),
            sa.Column("reading_mode", sa.String(10), nullable=False),
            sa.Column("channel", sa.String(20), nullable=False),
            sa.Column("release", sa.String(16), nullable=False),
            sqlite_with_rowid=False,
        )
    _make_counts("weekly_counts", "week", 8)
    _make_counts("monthly_counts", "month", 7)
    op.create_table(
        "carried_batches",
        sa.Column("batch_id", sa.String(32), primary_key=True),
        sa.Column("week", sa.String(8), nullable=False),
    )


def _make_counts(table: str, period: str, length: int) -> None:
    op.create_table(
        table,
        sa.Column(period, sa.String(length), primary_key=True),
        sa.Column("attribute", sa.String(12), primary_key=True),
        sa.Column("value", sa.String(20), primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
    )
