"""Where conversations lie while they last: this process's memory, Redis or an SQL database. None holds words, all forget."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

from redis import Redis
from redis.exceptions import ConnectionError as RedisAway
from redis.exceptions import TimeoutError as RedisHangs

from bot.shelf import REACH_SECONDS, SECRET_LIVES, SHELF_FAULTS, Pause, Shelf
from bot.sql_shelf import SqlShelf

MOST_CONVERSATIONS = 20_000
"""Conversations held in memory at once; the longest idle goes first. At about 5 kB each that is 100 MB at most."""

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

THREADS = 8
"""Asks of Redis at a time. Its own: what waits for a Redis that hangs must not keep the spool from its threads."""

_Result = TypeVar("_Result")


class ShelfError(RuntimeError):
    """Conversations cannot be held where the settings say; the message is one sentence that says what to do."""


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

    async def sweep(self) -> None:
        """See Shelf. The secret is of this process alone and ends with it."""
        while self._drop_the_idle():
            pass

    async def ids(self) -> list[str]:
        """See Shelf."""
        return list(self._kept)

    async def secret(self) -> str:
        """See Shelf."""
        return self._secret

    def _drop_the_idle(self) -> int:
        """A few of the oldest at a time, so that no turn waits for thousands; how many went."""
        before = len(self._kept)
        oldest_first = islice(self._kept, max(2, len(self._kept) - MOST_CONVERSATIONS))
        limit = time.monotonic() - self._idle_seconds
        for conversation in list(oldest_first):
            if self._kept[conversation][0] < limit or len(self._kept) > MOST_CONVERSATIONS:
                del self._kept[conversation]
        return before - len(self._kept)


class RedisShelf:
    """In Redis, which forgets by itself: several servers can take a conversation over from each other."""

    shared = True

    def __init__(self, address: str, idle_seconds: float) -> None:
        self._idle_milliseconds = max(1, int(idle_seconds * 1000))
        self._pause, self._threads = Pause(), ThreadPoolExecutor(THREADS, "redis")
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

    async def sweep(self) -> None:
        """See Shelf. Redis does it by itself."""

    async def ids(self) -> list[str]:
        """See Shelf."""
        return await self._run(lambda redis: [key.removeprefix(KEY) for key in redis.scan_iter(KEY + "*")])

    async def secret(self) -> str:
        """See Shelf."""
        arguments = (secrets.token_hex(32), SECRET_LIVES * self._idle_milliseconds)
        return str(await self._run(lambda redis: redis.eval(MAKE_ONCE, 1, OF_ALL_KEY, *arguments)))

    async def _run(self, work: Callable[[Redis[str]], _Result]) -> _Result:
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._ask, work)

    def _ask(self, work: Callable[[Redis[str]], _Result]) -> _Result:
        """In a thread, so that whoever waited for one hears at once that Redis hung meanwhile."""
        if not self._pause.is_over():
            raise RedisAway("Redis hung a moment ago.")
        try:
            return work(self._redis)
        except RedisHangs as error:
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
