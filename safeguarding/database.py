"""The database of hand-offs: its tables, how it is opened, and how an older one is brought up to date."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Column, Integer, MetaData, String, Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from safeguarding.own_files import keep_folder, keep_sqlite
from safeguarding.settings import Settings

MIGRATIONS = Path(__file__).parent / "migrations"

DATABASE_FAULTS = (SQLAlchemyError, CommandError, OSError)
"""What a database that is down, locked, full or not ours may raise."""

CONNECT_SECONDS = 3
"""How long to wait for a PostgreSQL server; the spool keeps what waits."""

metadata = MetaData()
escalations = Table(
    "escalations",
    metadata,
    Column("event_id", String(32), primary_key=True),
    Column("week", String(8), nullable=False),
    Column("route", String(20), nullable=False),
    Column("topic", String(20), nullable=False),
    Column("reading_mode", String(10), nullable=False),
    Column("channel", String(20), nullable=False),
    Column("release", String(16), nullable=False),
    sqlite_with_rowid=False,  # ordered by the random id, so that the order in which people came is not kept
)
weekly_counts = Table(
    "weekly_counts",
    metadata,
    Column("week", String(8), primary_key=True),
    Column("attribute", String(12), primary_key=True),
    Column("value", String(20), primary_key=True),
    Column("count", Integer, nullable=False),
)
monthly_counts = Table(
    "monthly_counts",
    metadata,
    Column("month", String(7), primary_key=True),
    Column("attribute", String(12), primary_key=True),
    Column("value", String(20), primary_key=True),
    Column("count", Integer, nullable=False),
)
carried_batches = Table(
    "carried_batches",
    metadata,
    Column("batch_id", String(32), primary_key=True),
    Column("week", String(8), nullable=False),
)


class DatabaseError(RuntimeError):
    """The database cannot be used; the message is one sentence that says what to do."""


def open_database(settings: Settings) -> Engine:
    """The engine for the record. Nothing is connected yet. Raises DatabaseError where the address is not one."""
    try:
        address = make_url(settings.database)
        dialect = address.get_backend_name()
        if dialect not in ("sqlite", "postgresql"):
            raise DatabaseError(f"DATABASE_URL names {dialect}: the record can be in SQLite or PostgreSQL.")
        if dialect == "sqlite":
            _make_room(settings, address.database)
        arguments = {"connect_timeout": CONNECT_SECONDS} if dialect == "postgresql" else {}
        engine = create_engine(address, future=True, pool_pre_ping=True, hide_parameters=True, connect_args=arguments)
    except ArgumentError:
        raise DatabaseError("DATABASE_URL cannot be read: write it like postgresql://user:password@host/database.") from None
    except OSError as error:
        raise DatabaseError(f"The database cannot be made or read ({error.strerror}): look at GUIDE_DATA_DIR and DATABASE_URL.") from None
    if dialect == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _make_room(settings: Settings, database: str | None) -> None:
    """The folder and the file of SQLite, for their owner alone; a folder elsewhere that is there already stays as it is."""
    if not settings.database_url:
        keep_folder(settings.data_dir)
    elif database and database != ":memory:":
        Path(database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    keep_sqlite(database)


def bring_up_to_date(engine: Engine) -> None:
    """Make the tables, or bring those of an older release up to date. Raises one of DATABASE_FAULTS."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    newest = ScriptDirectory.from_config(config).get_current_head()
    with engine.connect() as connection:
        if MigrationContext.configure(connection).get_current_revision() == newest:
            return
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # all of it or nothing, and one process at a time
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


@contextmanager
def one_snapshot(engine: Engine) -> Iterator[Connection]:
    """A connection that sees the database as it is at its first look, whatever is written until its last."""
    sqlite_file = engine.dialect.name == "sqlite"
    apart = engine if sqlite_file else engine.execution_options(isolation_level="REPEATABLE READ")
    with apart.connect() as connection:
        if sqlite_file:
            connection.exec_driver_sql("BEGIN")  # Python's driver begins a transaction for what writes alone
        yield connection


def insert_or_skip(engine: Engine, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An insert that leaves out rows whose key is there already."""
    return _insert(engine, table).on_conflict_do_nothing()


def insert_or_add(engine: Engine, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An insert into a table of counts that adds to a count which is there already."""
    statement = _insert(engine, table)
    return statement.on_conflict_do_update(
        index_elements=list(table.primary_key.columns), set_={"count": table.c["count"] + statement.excluded["count"]}
    )


def _insert(engine: Engine, table: Table) -> sqlite.Insert | postgresql.Insert:
    return postgresql.insert(table) if engine.dialect.name == "postgresql" else sqlite.insert(table)


def _prepare_sqlite(connection: object, _record: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA busy_timeout=2000")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")  # a batch leaves the spool once it is committed, so the commit must be on disk
    cursor.close()
