"""What every place of conversations does, and what they share."""

from __future__ import annotations

import time
from typing import Protocol

from redis.exceptions import RedisError
from redis.exceptions import TimeoutError as RedisHangs
from sqlalchemy.exc import SQLAlchemyError

REACH_SECONDS = 0.5
"""How long Redis may take: a turn has 3.2 seconds and goes to the shelf about six times."""

PAUSE_SECONDS = 1.0
"""For so long nobody is made to wait for a store that hangs: one turn would wait at each of its visits."""

SECRET_LIVES = 2
"""Idle times for which the secret outlives the last message: longer than any conversation, and then no row can be traced to one."""

SHELF_FAULTS = (RedisError, SQLAlchemyError, OSError, TimeoutError)


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

    async def sweep(self) -> None:
        """Forget what was idle too long though nobody writes, the secret of all with it when its time is over."""

    async def ids(self) -> list[str]:
        """The conversations that are held."""

    async def secret(self) -> str:
        """Random, the same for all who share the shelf, and gone soon after the last conversation: event ids are made with it."""
