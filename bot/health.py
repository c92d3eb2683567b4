"""What is looked after when the health is asked: the action server, at most every two seconds, and conversations that are idle."""

from __future__ import annotations

import asyncio
import time

import aiohttp
from rasa.core.agent import Agent

from bot.forgetful_tracker_store import forgetful_store

ASKED_EVERY = 2.0
WAITS = 0.5
"""Seconds. Under a flood of messages the action server is slow, not away."""

NO_ACTIONS = "The action server does not answer: “say that again”, easy words and the guided path give the contacts instead."


class ActionServerHealth:
    """Looks at the action server and remembers for a moment what it saw."""

    def __init__(self, webhook: str) -> None:
        """`webhook` is where Rasa calls actions; the health stands beside it."""
        self._address = webhook.removesuffix("webhook") + "health"
        self._seen_at, self._answers = float("-inf"), False
        self._asking = asyncio.Lock()

    async def trouble(self) -> list[str]:
        """One sentence for the operator where it does not answer; empty where it does."""
        async with self._asking:
            if time.monotonic() - self._seen_at > ASKED_EVERY:
                self._answers = await self._ask()
                self._seen_at = time.monotonic()
        return [] if self._answers else [NO_ACTIONS]

    async def _ask(self) -> bool:
        try:
            async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=WAITS)) as session, session.get(self._address) as reply:
                return reply.status == 200
        except (aiohttp.ClientError, TimeoutError, OSError):
            return False


async def look_after_conversations(agent: Agent | None) -> list[str]:
    """Forget what was idle too long, also where nobody writes, and tell what is wrong with the place of conversations.

    Raises TypeError where the store is one that would keep words.
    """
    if agent is None:
        return []
    store = forgetful_store(agent.tracker_store)
    await store.sweep()
    return store.trouble()
