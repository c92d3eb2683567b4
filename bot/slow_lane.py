"""One after the other, with a pause: those whose address has just been too fast, so that a flood takes no time from others.

Looking for danger in a message costs some milliseconds of the one event loop, and nobody is refused before that look. So a flood as
fast as the guide answers would make everybody else wait. In the lane it gets some forty turns a second, whatever it sends. Who waited
there in vain has a quick look for signs of danger alone, also one after the other, with a quarter of the event loop at most.
"""

from __future__ import annotations

import asyncio
import hmac
import secrets
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

STAYS_SECONDS = 10.0
"""For so long after it went over a limit an address is in the lane."""

PAUSE_SECONDS = 0.02
LONGEST_WAIT = 1.5
"""Seconds that somebody waits in the lane for a turn."""

LONGEST_WAIT_FOR_A_LOOK = 0.5
REST_AFTER_A_LOOK = 3.0
"""Times as long as the look took: a long text is looked at as well, and the next one waits longer for it."""

MOST_ADDRESSES = 10_000


class LaneIsFull(Exception):
    """So much comes from addresses in the lane that this message had to wait too long."""


class SlowLane:
    """Which addresses are in the lane, as hashes with a salt of this process, and whose turn it is."""

    def __init__(self) -> None:
        self._salt = secrets.token_bytes(32)
        self._until: dict[bytes, float] = {}
        self._turn, self._look = asyncio.Lock(), asyncio.Lock()

    def put_in(self, address: str) -> None:
        """This address went over a limit just now."""
        if len(self._until) >= MOST_ADDRESSES:
            self._until = {known: until for known, until in self._until.items() if until > time.monotonic()}
        if len(self._until) < MOST_ADDRESSES:
            self._until[self._hashed(address)] = time.monotonic() + STAYS_SECONDS

    def holds(self, address: str) -> bool:
        """Whether the address is in the lane."""
        return self._until.get(self._hashed(address), 0.0) > time.monotonic()

    @asynccontextmanager
    async def through(self, address: str) -> AsyncIterator[None]:
        """At once for everybody but those in the lane. Raises LaneIsFull."""
        if not self.holds(address):
            yield
            return
        async with _one_after_the_other(self._turn, LONGEST_WAIT, lambda _took: PAUSE_SECONDS):
            yield

    def a_look(self) -> AbstractAsyncContextManager[None]:
        """For who waited in vain: time to look for danger. Raises LaneIsFull."""
        return _one_after_the_other(self._look, LONGEST_WAIT_FOR_A_LOOK, lambda took: took * REST_AFTER_A_LOOK)

    def _hashed(self, address: str) -> bytes:
        return hmac.digest(self._salt, address.encode(), "sha256")


@asynccontextmanager
async def _one_after_the_other(lock: asyncio.Lock, longest: float, pause: Callable[[float], float]) -> AsyncIterator[None]:
    try:
        await asyncio.wait_for(lock.acquire(), longest)
    except TimeoutError:
        raise LaneIsFull from None
    began = time.monotonic()
    try:
        yield
    finally:  # nothing is awaited here: who leaves at this moment would keep the lock for ever
        asyncio.get_running_loop().call_later(pause(time.monotonic() - began), lock.release)
