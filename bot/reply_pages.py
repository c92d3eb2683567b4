"""Replies to the form without JavaScript, each waiting in memory, for seconds, for the one request that shows it.

A browser keeps what a form sent, to restore the tab, if the page that it shows came as the answer to the form. So the form is answered
with another address ("post, redirect, get"), and the page there comes without the person's words: they are not kept even for that.
"""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

ADDRESS = "/chat/replies/{page}"
SECONDS = 30.0
"""How long a reply waits; a browser asks for it at once, on a bad network after a few seconds."""

MOST = 1000
"""Replies that wait at a time, about 4 kB each; the oldest gives way."""

_PAGE = re.compile(r"[a-z0-9]{1,16}-[0-9a-f]{32}")


@dataclass(frozen=True)
class ReplyPage:
    """What one page is to show: a reply of the chat contract, or a problem in plain words."""

    reply: dict[str, Any] | None = None
    problem: str | None = None
    status: int = 200
    view: Mapping[str, bool] = field(default_factory=dict)


class ReplyPages:
    """The pages that wait. Each is shown once: the address, which a browser's history may keep, is dead afterwards."""

    def __init__(self, tag: str, seconds: float = SECONDS, most: int = MOST) -> None:
        """`tag` names this server, so that a proxy can send the request for the page to where it waits."""
        self._tag, self._seconds, self._most = tag, seconds, most
        self._waiting: dict[str, ReplyPage] = {}

    def put(self, shown: ReplyPage) -> str:
        """Let a page wait, and return its address. Needs a running event loop, which ends the wait."""
        page = f"{self._tag}-{secrets.token_hex(16)}"
        while len(self._waiting) >= self._most:
            del self._waiting[next(iter(self._waiting))]
        self._waiting[page] = shown
        asyncio.get_running_loop().call_later(self._seconds, self._waiting.pop, page, None)
        return ADDRESS.format(page=page)

    def take(self, page: str) -> ReplyPage | None:
        """The page, once; none where it was shown, waited too long or never was."""
        return self._waiting.pop(page, None) if _PAGE.fullmatch(page) else None
