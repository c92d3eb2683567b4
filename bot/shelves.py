"""Where conversations lie while they last: this process's memory, Redis or an SQL database. None holds words, all forget."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import islice
from typing import Any, Protocol, TypeVar

from redis import Redis
from redis.exceptions import ConnectionError as RedisAway
from redis.exceptions import RedisError
from redis.exceptions import TimeoutError as RedisHangs
from sqlalchemy import Column, Float, MetaData, String, Table, Text, create_engine, delete, insert, select, update
from sqlalchemy.exc import IntegrityError, OperationalError, SQLAlchemyError

MOST_CONVERSATIONS = 20_000
"""Conversations held in memory at once; the longest idle goes first. At about 5 kB each that is 100 MB at most."""

REACH_SECONDS = 0.5
"""How long Redis may take: a turn has 3.5 seconds and goes to the shelf about six times."""

SQL_REACH_SECONDS = 1.0
"""How long an SQL database may take, the wait for a thread with it."""

PAUSE_SECONDS = 1.0
"""For so long nobody is made to wait for a store that hangs: one turn would wait at each of its visits."""

SQL_THREADS = 8
KEY = "guide:chat:"
EXCHANGE = """
if (redis.call('get', KEYS[1]) or '') ~= ARGV[1] then return 0 end
redis.call('set', KEYS[1], ARGV[2], 'px', ARGV[3])
return 1
"""
"""For Redis, which runs it in one piece: lay down the text if what lies there is what was read."""

OF_ALL_KEY = "guide:of-all"
MAKE_ONCE = """
redis.call('set', KEYS[1], ARGV[1], 'nx')
redis.call('pexpire', KEYS[1], ARGV[2])
return redis.call('get', KEYS[1])
"""
"""For Redis: the secret of all servers, made where there is none, and from now on its whole time again."""

SECRET_LIVES = 2
"""Idle times for which the secret outlives the last message: longer than any conversation, and then no row can be traced to one."""

OF_ALL = "secret"
"""Names the secret of all servers among the conversations, whose names have another form."""

SHELF_FAULTS = (RedisError, SQLAlchemyError, OSError, TimeoutError)

_Result = TypeVar("_Result")


class ShelfError(RuntimeError):
    """Conversations cannot be held where the settings say; the message is one sentence that says what to do."""


class Pause:
    """A store that did not answer in time is left alone for a moment."""

    def __init__(self, seconds: float = PAUSE_SECONDS) -> None:
        self._seconds, self._until = seconds, float("-inf")

    def is_over(self) -> bool:
        """Whether the store may be asked."""
        return time.monotonic() >= self._until

    def after(self, error: BaseException) -> None:
        """Begin the pause if the store hung; one that refuses costs no time."""
        if isinstance(error, RedisHangs | TimeoutError):
            self._until = time.monotonic() + self._seconds


class Shelf(Protocol):
    """Holds one text for each conversation until it is idle too long. All but memory may raise one of SHELF_FAULTS."""

    shared: bool
    """Whether conversations outlive this process, so that another one may go on with them."""

    async def put(self, conversation: str, kept: str, before: str | None) -> bool:
        """Lay the text down in place of `before`. False, and nothing is done, where something else lies there by now."""

    async def get(self, conversation: str) -> str | None:
        """The text; none where there is none or its time is over."""

    async def drop(self, conversation: str) -> None:
        """Forget it at once."""

    async def ids(self) -> list[str]:
        """The conversations that are held."""

    async def secret(self) -> str:
        """Random, the same for all who share the shelf, and gone soon after the last conversation: event ids are made with it."""


class MemoryShelf:
    """In the memory of this process; gone when it ends."""

    shared = False

    def __init__(self, idle_seconds: float) -> None:
        self._idle_seconds = idle_seconds
        self._secret = secrets.token_hex(32)
        self._kept: dict[str, tuple[float, str]] = {}

    async def put(self, conversation: str, kept: str, before: str | None) -> bool:
        """See Shelf."""
        if await self.get(conversation) != before:
            return False
        self._kept.pop(conversation, None)
        self._kept[conversation] = (time.monotonic(), kept)
        self._drop_the_idle()
        return True

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

    async def secret(self) -> str:
        """See Shelf."""
        return self._secret

    def _drop_the_idle(self) -> None:
        oldest_first = islice(self._kept, max(2, len(self._kept) - MOST_CONVERSATIONS))
        limit = time.monotonic() - self._idle_seconds
        for conversation in list(oldest_first):
            if self._kept[conversation][0] < limit or len(self._kept) > MOST_CONVERSATIONS:
                del self._kept[conversation]


class RedisShelf:
    """In Redis, which forgets by itself: several servers can take a conversation over from each other."""

    shared = True

    def __init__(self, address: str, idle_seconds: float) -> None:
        self._idle_milliseconds = max(1, int(idle_seconds * 1000))
        self._pause = Pause()
        self._redis: Redis[str] = Redis.from_url(
            address, decode_responses=True, socket_timeout=REACH_SECONDS, socket_connect_timeout=REACH_SECONDS
        )
        self._redis.ping()

    async def put(self, conversation: str, kept: str, before: str | None) -> bool:
        """See Shelf."""
        arguments = ("" if before is None else before, kept, self._idle_milliseconds)
        return bool(await self._run(lambda redis: redis.eval(EXCHANGE, 1, KEY + conversation, *arguments)))

    async def get(self, conversation: str) -> str | None:
        """See Shelf."""
        return await self._run(lambda redis: redis.get(KEY + conversation))

    async def drop(self, conversation: str) -> None:
        """See Shelf."""
        await self._run(lambda redis: redis.delete(KEY + conversation))

    async def ids(self) -> list[str]:
        """See Shelf."""
        return await self._run(lambda redis: [key.removeprefix(KEY) for key in redis.scan_iter(KEY + "*")])

    async def secret(self) -> str:
        """See Shelf."""
        arguments = (secrets.token_hex(32), SECRET_LIVES * self._idle_milliseconds)
        return str(await self._run(lambda redis: redis.eval(MAKE_ONCE, 1, OF_ALL_KEY, *arguments)))

    async def _run(self, work: Callable[[Redis[str]], _Result]) -> _Result:
        if not self._pause.is_over():
            raise RedisAway("Redis hung a moment ago.")
        try:
            return await asyncio.to_thread(work, self._redis)
        except RedisHangs as error:
            self._pause.after(error)
            raise


class SqlShelf:
    """In a table of an SQL database; what is idle too long is deleted by whoever comes next.

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
        self._engine = create_engine(address, future=True, pool_pre_ping=True, hide_parameters=True, connect_args=arguments)
        self.table.metadata.create_all(self._engine)

    async def put(self, conversation: str, kept: str, before: str | None) -> bool:
        """See Shelf."""
        row = {"id": conversation, "last_used": time.time(), "kept": kept}
        over = self.table.c.last_used < time.time() - self._idle_seconds
        same = (self.table.c.id == conversation) & (self.table.c.kept == before)

        def exchange(connection: Any) -> bool:
            connection.execute(delete(self.table).where(over))
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

    async def ids(self) -> list[str]:
        """See Shelf."""
        query = select(self.table.c.id).where(self.table.c.id != OF_ALL)
        return await self._run(lambda connection: list(connection.execute(query).scalars()))

    async def secret(self) -> str:
        """See Shelf."""
        with suppress(IntegrityError):  # another server made it just now
            return await self._run(self._kept_secret)
        return await self._run(self._kept_secret)

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


def is_redis(address: str) -> bool:
    """Whether an address is one of Redis."""
    return address.startswith(("redis://", "rediss://", "unix://"))


def open_shelf(address: str, idle_seconds: float) -> Shelf:
    """The shelf at an address; memory where it is empty. Raises ShelfError where it cannot be reached."""
    if not address:
        return MemoryShelf(idle_seconds)
    try:
        kind = RedisShelf if is_redis(address) else SqlShelf
        return kind(address, idle_seconds)
    except (*SHELF_FAULTS, ValueError, ImportError) as error:
        raise ShelfError(
            f"The place that CONVERSATIONS_URL names cannot be reached ({type(error).__name__}): start it, or correct the setting."
        ) from None
