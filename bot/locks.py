"""One turn at a time in a conversation: within this process by a lock of its own, between servers by a lock in Redis.

Rasa's own Redis lock reads, changes and writes back, so that of two servers one may lose its place in the queue; it waits up to ten seconds
for Redis in the middle of the event loop, and a server that dies leaves its lock behind for a minute.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any
from weakref import WeakValueDictionary

from rasa.core.lock import TicketLock
from rasa.core.lock_store import LockStore
from redis.asyncio import Redis
from redis.asyncio.lock import Lock
from redis.exceptions import LockError, RedisError

from bot.shelf import REACH_SECONDS, Pause
from bot.shelves import is_redis
from safeguarding.settings import load_settings

logger = logging.getLogger(__name__)

KEY = "guide:lock:"
BEYOND_THE_TURN = 0.5
"""Seconds that a lock outlives the longest turn: a server that died holds up nobody for longer."""

WAITS_LONGER = 0.1
ASKS_EVERY = 0.02
"""Seconds between two looks whether another server has let a conversation go."""


class ConversationLocks(LockStore):
    """Rasa's store of locks, named in `endpoints.yml`. Where Redis cannot be reached, the lock of this process has to do."""

    def __init__(self, endpoint_config: Any = None) -> None:
        """Read from the settings where conversations lie; nothing is connected yet."""
        super().__init__()
        settings = load_settings()
        self._address = settings.conversations_url if is_redis(settings.conversations_url) else ""
        self._turn_seconds = settings.guide_turn_seconds
        self._here: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._redis: Redis[str] | None = None
        self._pause = Pause()

    @asynccontextmanager
    async def lock(self, conversation_id: str, *_lifetime: float, **_more: float) -> AsyncIterator[TicketLock]:
        """Hold the conversation. Raises LockError where another server does not let it go within the time of a turn."""
        here = self._here.setdefault(conversation_id, asyncio.Lock())
        async with here:
            there = await self._take_there(conversation_id)
            try:
                yield TicketLock(conversation_id)
            finally:
                if there is not None:
                    with suppress(RedisError, OSError):  # it ends by itself
                        await there.release()

    async def _take_there(self, conversation_id: str) -> Lock | None:
        if not self._address or not self._pause.is_over():
            return None
        lifetime = self._turn_seconds + BEYOND_THE_TURN
        try:
            lock = self._client().lock(KEY + conversation_id, timeout=lifetime, sleep=ASKS_EVERY, blocking_timeout=lifetime + WAITS_LONGER)
            taken = await lock.acquire()
        except (RedisError, OSError) as error:
            self._pause.after(error)
            logger.error("A conversation could not be held in Redis (%s); this process holds it alone.", type(error).__name__)
            return None
        if not taken:
            raise LockError("Another server does not let the conversation go.")
        return lock

    def _client(self) -> Redis[str]:
        """Connections belong to the loop that uses them, so they are made at the first turn."""
        if self._redis is None:
            self._redis = Redis.from_url(self._address, socket_timeout=REACH_SECONDS, socket_connect_timeout=REACH_SECONDS)
        return self._redis
