"""Where conversations lie while they last: this process's memory, Redis or an SQL database. None holds words, all forget."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from itertools import islice
from typing import Any, Protocol, TypeVar

from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import Column, Float, MetaData, String, Table, Text, create_engine, delete, insert, select
from sqlalchemy.exc import SQLAlchemyError

MOST_CONVERSATIONS = 20_000
"""Conversations held in memory at once; the longest idle goes first. At about 5 kB each that is 100 MB at most."""

REACH_SECONDS = 0.5
"""How long Redis may take: a turn has 3.5 seconds and goes to the shelf about six times."""

KEY = "guide:"
SHELF_FAULTS = (RedisError, SQLAlchemyError, OSError)

_Result = TypeVar("_Result")


class ShelfError(RuntimeError):
    """Conversations cannot be held where the settings say; the message is one sentence that says what to do."""


class Shelf(Protocol):
    """Holds one text for each conversation until it is idle too long. All but memory may raise one of SHELF_FAULTS."""

    async def put(self, conversation: str, kept: str) -> None:
        """Lay the text down in place of what lay there."""

    async def get(self, conversation: str) -> str | None:
        """The text; none where there is none or its time is over."""

    async def drop(self, conversation: str) -> None:
        """Forget it at once."""

    async def ids(self) -> list[str]:
        """The conversations that are held."""


class MemoryShelf:
    """In the memory of this process; gone when it ends."""

    def __init__(self, idle_seconds: float) -> None:
        self._idle_seconds = idle_seconds
        self._kept: dict[str, tuple[float, str]] = {}

    async def put(self, conversation: str, kept: str) -> None:
        """See Shelf."""
        self._kept.pop(conversation, None)
        self._kept[conversation] = (time.monotonic(), kept)
        self._drop_the_idle()

    async def get(self, conversation: str) -> str | None:
        """See Shelf."""
        last_used, kept = self._kept.get(conversation, (0.0, None))
        if kept is not None and time.monotonic() - last_used > self._idle_seconds:
            await self.drop(conversation)
            return None
        return kept

    async def drop(self, conversation: str) -> None:
        """See Shelf."""
        self._kept.pop(conversation, None)

    async def ids(self) -> list[str]:
        """See Shelf."""
        return list(self._kept)

    def _drop_the_idle(self) -> None:
        oldest_first = islice(self._kept, max(2, len(self._kept) - MOST_CONVERSATIONS))
        limit = time.monotonic() - self._idle_seconds
        for conversation in list(oldest_first):
            if self._kept[conversation][0] < limit or len(self._kept) > MOST_CONVERSATIONS:
                del self._kept[conversation]


class RedisShelf:
    """In Redis, which forgets by itself: several servers can take a conversation over from each other."""

    def __init__(self, address: str, idle_seconds: float) -> None:
        self._idle_milliseconds = max(1, int(idle_seconds * 1000))
        self._redis: Redis[str] = Redis.from_url(
            address, decode_responses=True, socket_timeout=REACH_SECONDS, socket_connect_timeout=REACH_SECONDS
        )
        self._redis.ping()

    async def put(self, conversation: str, kept: str) -> None:
        """See Shelf."""
        await asyncio.to_thread(self._redis.set, KEY + conversation, kept, px=self._idle_milliseconds)

    async def get(self, conversation: str) -> str | None:
        """See Shelf."""
        return await asyncio.to_thread(self._redis.get, KEY + conversation)

    async def drop(self, conversation: str) -> None:
        """See Shelf."""
        await asyncio.to_thread(self._redis.delete, KEY + conversation)

    async def ids(self) -> list[str]:
        """See Shelf."""
        return await asyncio.to_thread(lambda: [key.removeprefix(KEY) for key in self._redis.scan_iter(KEY + "*")])


class SqlShelf:
    """In a table of an SQL database; what is idle too long is deleted by whoever comes next."""

    table = Table(
        "conversations",
        MetaData(),
        Column("id", String(64), primary_key=True),
        Column("last_used", Float, nullable=False, index=True),
        Column("kept", Text, nullable=False),
    )

    def __init__(self, address: str, idle_seconds: float) -> None:
        self._idle_seconds = idle_seconds
        self._engine = create_engine(address, future=True, pool_pre_ping=True, hide_parameters=True)
        self.table.metadata.create_all(self._engine)

    async def put(self, conversation: str, kept: str) -> None:
        """See Shelf."""
        row = {"id": conversation, "last_used": time.time(), "kept": kept}
        over = self.table.c.last_used < time.time() - self._idle_seconds
        await self._run(
            lambda connection: (
                connection.execute(delete(self.table).where(over | (self.table.c.id == conversation))),
                connection.execute(insert(self.table).values(row)),
            )
        )

    async def get(self, conversation: str) -> str | None:
        """See Shelf."""
        alive = self.table.c.last_used >= time.time() - self._idle_seconds
        query = select(self.table.c.kept).where(alive & (self.table.c.id == conversation))
        return await self._run(lambda connection: connection.execute(query).scalar_one_or_none())

    async def drop(self, conversation: str) -> None:
        """See Shelf."""
        await self._run(lambda connection: connection.execute(delete(self.table).where(self.table.c.id == conversation)))

    async def ids(self) -> list[str]:
        """See Shelf."""
        return await self._run(lambda connection: list(connection.execute(select(self.table.c.id)).scalars()))

    async def _run(self, work: Callable[[Any], _Result]) -> _Result:
        def in_one_transaction() -> _Result:
            with self._engine.begin() as connection:
                return work(connection)

        return await asyncio.to_thread(in_one_transaction)


def open_shelf(address: str, idle_seconds: float) -> Shelf:
    """The shelf at an address; memory where it is empty. Raises ShelfError where it cannot be reached."""
    if not address:
        return MemoryShelf(idle_seconds)
    try:
        kind = RedisShelf if address.startswith(("redis://", "rediss://", "unix://")) else SqlShelf
        return kind(address, idle_seconds)
    except (*SHELF_FAULTS, ValueError, ImportError) as error:
        raise ShelfError(
            f"The place that CONVERSATIONS_URL names cannot be reached ({type(error).__name__}): start it, or correct the setting."
        ) from None
