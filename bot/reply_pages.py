"""Replies that wait in memory for seconds: each page for the one request that shows it, and what was sent twice for its second time.

A browser keeps what a form sent, to restore the tab, if the page that it shows came as the answer to the form. So the form is answered
with another address ("post, redirect, get"), and the page there comes without the person's words: they are not kept even for that.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Coroutine, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from bot.incoming import NAME

ADDRESS = "/chat/replies/{page}"
SECONDS = 30.0
"""How long a reply waits; a browser asks for it at once, on a bad network after a few seconds."""

MOST = 1000
"""Replies that wait at a time, about 4 kB each; the oldest gives way."""

TWICE_SECONDS = 10.0
"""How long the same words from the same page are one sending: a double click, or a press again while nothing seems to happen."""

LOST_SECONDS = 120.0
"""The same where a script sends: it gives up after 20 seconds without a reply, and the person reads that and presses again."""

Made = TypeVar("Made")


@dataclass(frozen=True)
class ReplyPage:
    """What one page is to show: a reply of the chat contract, or a problem in plain words."""

    reply: dict[str, Any] | None = None
    problem: str | None = None
    status: int = 200
    view: Mapping[str, bool] = field(default_factory=dict)
    conversation: str = ""
    easy_read: bool = False
    language: str = "en"
    """Where the person was when something was refused, so that nothing of it is lost; a reply has its own."""


class ReplyPages:
    """The pages that wait. Each is shown once: the address, which a browser's history may keep, is dead afterwards."""

    def __init__(self, tag: str, seconds: float = SECONDS, most: int = MOST) -> None:
        """`tag` names this server, so that a proxy can send the request for the page to where it waits."""
        self._tag, self._seconds, self._most = tag, seconds, most
        self._waiting: dict[str, ReplyPage] = {}

    def new_id(self) -> str:
        """A name for a page that nobody can guess."""
        return f"{self._tag}-{secrets.token_hex(16)}"

    def put(self, shown: ReplyPage) -> str:
        """Let a page wait, and return its address. Needs a running event loop, which ends the wait."""
        page = self.new_id()
        while len(self._waiting) >= self._most:
            del self._waiting[next(iter(self._waiting))]
        self._waiting[page] = shown
        asyncio.get_running_loop().call_later(self._seconds, self._waiting.pop, page, None)
        return ADDRESS.format(page=page)

    def take(self, page: str) -> ReplyPage | None:
        """The page, once; none where it was shown, waited too long or never was."""
        return self._waiting.pop(page, None) if NAME.fullmatch(page) else None


class SentOnce(Generic[Made]):
    """Answers once what is sent more than once: a form that is pressed twice, or a message whose reply got lost on the way.

    What was sent is held as a number that cannot be read back; it and the reply are held for seconds.
    """

    def __init__(self, seconds: float = TWICE_SECONDS, most: int = MOST) -> None:
        self._seconds, self._most = seconds, most
        self._made: dict[tuple[str, int], asyncio.Future[Made]] = {}
        self._ends: dict[tuple[str, int], asyncio.TimerHandle] = {}

    async def answer(self, sending: str | None, sent: Hashable, make: Callable[[], Coroutine[Any, Any, Made]]) -> Made:
        """What `make` makes of it, or has made of the same. `sending` names it; what comes without a name is answered each time.

        Raises what `make` raises, to all who wait for it; whoever comes later begins anew.
        """
        if sending is None or not NAME.fullmatch(sending):
            return await make()
        key = (sending, hash(sent))
        if key not in self._made:
            while len(self._made) >= self._most:
                self._forget(next(iter(self._made)))
            self._made[key] = asyncio.ensure_future(make())
            self._made[key].add_done_callback(lambda made: self._hold(key, made))
        return await asyncio.shield(self._made[key])  # who pressed twice has left the first request

    def _hold(self, key: tuple[str, int], made: asyncio.Future[Made]) -> None:
        """For some seconds; an error, which holds on to what was sent, not at all."""
        if self._made.get(key) is not made:
            return
        if made.cancelled() or made.exception():
            self._forget(key)
        else:
            self._ends[key] = asyncio.get_running_loop().call_later(self._seconds, self._forget, key)

    def _forget(self, key: tuple[str, int]) -> None:
        self._made.pop(key, None)
        if end := self._ends.pop(key, None):
            end.cancel()
