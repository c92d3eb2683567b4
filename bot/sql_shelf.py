"""Conversations in an SQL database, for who has one and no Redis."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, TypeVar

from sqlalchemy import Column, Float, MetaData, String, Table, Text, create_engine, delete, insert, select, update
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError, OperationalError

from bot.shelf import SECRET_LIVES, Pause
from safeguarding.own_files import keep_sqlite

SQL_REACH_SECONDS = 1.0
"""How long an SQL database may take, the wait for a thread with it."""

SQL_THREADS = 8

OF_ALL = "secret"
"""Names the secret of all servers among the conversations, whose names have another form."""

_Result = TypeVar("_Result")


class SqlShelf:
    """In a table of an SQL database; what is idle too long is deleted by whoever comes next, and by the sweep.

    A driver for SQL waits for ever on a server that hangs, so its threads are its own, and nobody waits for them longer than a second.
    """

    shared = True
    table = Table(
        "conversations",
        MetaData(),
        Column("id", String(64), primary_key=True),
        Column("last_used", Float, nullable=False, index=True),
        Column("kept", Text, nullable=False),
    )

    def __init__(self, address: str, idle_seconds: float) -> None:
        self._idle_seconds = idle_seconds
        self._pause = Pause()
        self._threads = ThreadPoolExecutor(SQL_THREADS, "conversations")
        arguments = {"connect_timeout": 2} if address.startswith("postgresql") else {}
        if (place := make_url(address)).get_backend_name() == "sqlite":
            keep_sqlite(place.database)
        self._engine = create_engine(address, future=True, pool_pre_ping=True, hide_parameters=True, connect_args=arguments)
        self.table.metadata.create_all(self._engine)

    async def put(self, conversation: str, kept: str, before: str | None) -> bool:
        """See Shelf."""
        row = {"id": conversation, "last_used": time.time(), "kept": kept}
        same = (self.table.c.id == conversation) & (self.table.c.kept == before)

        def exchange(connection: Any) -> bool:
            self._drop_the_idle(connection)
            if before is None:
                connection.execute(insert(self.table).values(row))
                return True
            return bool(connection.execute(update(self.table).where(same).values(row)).rowcount)

        try:
            return await self._run(exchange)
        except IntegrityError:  # somebody else has begun this conversation
            return False

    async def get(self, conversation: str) -> str | None:
        """See Shelf."""
        alive = self.table.c.last_used >= time.time() - self._idle_seconds
        query = select(self.table.c.kept).where(alive & (self.table.c.id == conversation))
        return await self._run(lambda connection: connection.execute(query).scalar_one_or_none())

    async def drop(self, conversation: str) -> None:
        """See Shelf."""
        await self._run(lambda connection: connection.execute(delete(self.table).where(self.table.c.id == conversation)))

    async def sweep(self) -> None:
        """See Shelf."""
        await self._run(self._drop_the_idle)

    async def ids(self) -> list[str]:
        """See Shelf."""
        query = select(self.table.c.id).where(self.table.c.id != OF_ALL)
        return await self._run(lambda connection: list(connection.execute(query).scalars()))

    async def secret(self) -> str:
        """See Shelf."""
        with suppress(IntegrityError):  # another server made it just now
            return await self._run(self._kept_secret)
        return await self._run(self._kept_secret)

    def _drop_the_idle(self, connection: Any) -> None:
        """The secret too: its last use lies ahead, see below."""
        connection.execute(delete(self.table).where(self.table.c.last_used < time.time() - self._idle_seconds))

    def _kept_secret(self, connection: Any) -> str:
        """Its last use lies ahead, so that it outlives the last conversation; it is put forward now and then, not at each message."""
        its, now = self.table.c.id == OF_ALL, time.time()
        ahead = now + (SECRET_LIVES - 1) * self._idle_seconds
        found = connection.execute(select(self.table.c.kept, self.table.c.last_used).where(its)).one_or_none()
        if found is not None and found.last_used >= now - self._idle_seconds:
            if abs(found.last_used - ahead) > self._idle_seconds / 2:
                connection.execute(update(self.table).where(its).values(last_used=ahead))
            return str(found.kept)
        connection.execute(delete(self.table).where(its & (self.table.c.last_used < now - self._idle_seconds)))
        connection.execute(insert(self.table).values(id=OF_ALL, last_used=ahead, kept=(made := secrets.token_hex(32))))
        return made

    async def _run(self, work: Callable[[Any], _Result]) -> _Result:
        def in_one_transaction() -> _Result:
            with self._engine.begin() as connection:
                return work(connection)

        if not self._pause.is_over():
            raise OperationalError("", None, Exception("The database hung a moment ago."))
        try:
            waiting = asyncio.get_running_loop().run_in_executor(self._threads, in_one_transaction)
            return await asyncio.wait_for(waiting, SQL_REACH_SECONDS)
        except TimeoutError as error:
            self._pause.after(error)
            raise
