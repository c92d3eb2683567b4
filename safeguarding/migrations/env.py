"""What Alembic runs: the migrations on the connection that `safeguarding.database` hands over."""

from __future__ import annotations

from alembic import context
from sqlalchemy import text

MIGRATION_LOCK = 5005
"""The number under which PostgreSQL lets one server at a time change the tables; any number does that nobody else uses."""

connection = context.config.attributes["connection"]
if connection.dialect.name == "postgresql":
    connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": MIGRATION_LOCK})
context.configure(connection=connection)
with context.begin_transaction():
    context.run_migrations()
