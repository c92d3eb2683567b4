"""People who write over HTTP, one after the other or many at once; a fault for an answer ends the bench."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import aiohttp

from benchmarks.speed.bots import Bot, NoAnswer

TURNS = 8
"""Messages of one conversation, after which a person begins a new one."""

WAITS = aiohttp.ClientTimeout(total=120)


@dataclass
class Person:
    """Somebody in a conversation with a bot."""

    bot: Bot
    session: aiohttp.ClientSession
    conversation: str | None = None
    seconds: list[float] = field(default_factory=list)

    async def say(self, text: str) -> None:
        """Send and wait for the answer; how long it took goes to `seconds`. Raises NoAnswer."""
        started = time.perf_counter()
        async with self.session.post(self.bot.address, json=self.bot.body(self.conversation, text)) as reply:
            answer = await reply.json() if reply.status == 200 else None
        self.seconds.append(time.perf_counter() - started)
        if not answer:
            raise NoAnswer(f"{self.bot.name} did not answer “{text}” ({reply.status}).")
        self.conversation = self.bot.conversation_of(answer)

    def begin_again(self) -> None:
        """The next message begins a new conversation."""
        self.conversation = None


async def conversations(bot: Bot, count: int) -> None:
    """Whole conversations of ordinary questions, one after the other."""
    async with aiohttp.ClientSession(timeout=WAITS) as session:
        for _ in range(count):
            person = Person(bot, session)
            for text in bot.ordinary:
                await person.say(text)


async def hand_offs(bot: Bot, count: int) -> None:
    """The message that hands over, each time in a conversation of its own, because the guide counts one for each conversation."""
    async with aiohttp.ClientSession(timeout=WAITS) as session:
        for _ in range(count):
            await Person(bot, session).say(bot.hand_off)


async def crowd(bot: Bot, people: int, seconds: float) -> tuple[list[float], float]:
    """People who all write without a pause: the seconds that each answer took, and answers a second."""
    async with aiohttp.ClientSession(timeout=WAITS, connector=aiohttp.TCPConnector(limit=0)) as session:
        everybody = [Person(bot, session) for _ in range(people)]
        started = time.perf_counter()
        await asyncio.gather(*(_keep_writing(person, place, started + seconds) for place, person in enumerate(everybody)))
        took = time.perf_counter() - started
    waits = [wait for person in everybody for wait in person.seconds]
    return waits, len(waits) / took


async def messages(bot: Bot, count: int, people: int = 4) -> None:
    """So many ordinary messages, from a few people at once."""
    left = iter(range(count))
    async with aiohttp.ClientSession(timeout=WAITS) as session:

        async def write() -> None:
            person = Person(bot, session)
            for turn, _ in enumerate(left):
                if turn % TURNS == 0:
                    person.begin_again()
                await person.say(bot.ordinary[turn % len(bot.ordinary)])

        await asyncio.gather(*(write() for _ in range(people)))


async def _keep_writing(person: Person, place: int, until: float) -> None:
    texts: Sequence[str] = person.bot.ordinary
    for turn in itertools.count():
        if time.perf_counter() >= until:
            return
        if turn % TURNS == 0:
            person.begin_again()
        await person.say(texts[(place + turn) % len(texts)])
