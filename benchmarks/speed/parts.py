"""The parts of the bench. Each measures both bots by turns, so that what else the machine does falls on both alike.

A part gives, for each bot, measures by name; a measure is a list with a number for each round.
"""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Any

import aiohttp
import requests

from benchmarks.speed.bots import Bot, first_answer, guide, starter
from benchmarks.speed.measures import growth, percentile
from benchmarks.speed.people import WAITS, Person, conversations, crowd, hand_offs, messages

LATE = 20
"""Messages at the end of a long conversation that are compared with those around turn 10."""

STRETCH = 20
"""Messages that make one point of the chart."""

Measures = dict[str, dict[str, list[float]]]


@dataclass(frozen=True)
class Size:
    """How much is measured; the short form is that of the tests."""

    rounds: int = 5
    conversations: int = 6
    hand_offs: int = 40
    crowd_seconds: float = 8
    last_turn: int = 1000
    starts: int = 3
    messages: int = 10_000
    refusals: int = 60
    starters_letters: int = 5_000
    """Of 100,000 letters the starter made 10 GB of memory and 110 s: enough to stop the machine that measures."""

    epochs: tuple[int, ...] = (1, 2)

    def words(self, part: str) -> str:
        """What of a part was run, for the page."""
        return {
            "turns": f"{self.rounds} rounds of {self.conversations} conversations of 8 messages and {self.hand_offs} hand-offs each",
            "latency": f"{self.rounds} rounds of {self.crowd_seconds:g} s with 1 person and {self.crowd_seconds:g} s with 20 at once",
            "long": f"one conversation of {self.last_turn:,} messages with each",
            "start": f"{self.starts} starts each",
            "memory": f"{self.messages:,} messages and then as many again, by 4 people at once, to each",
            "refusal": f"{self.refusals} requests of 1 MB to the guide; {self.starters_letters:,} letters once to the starter",
            "training": f"the guide's training once from nothing; the default pipeline with {self.epochs[0]} and {self.epochs[-1]} epochs",
        }[part]


SHORT = Size(1, 1, 4, 1.0, 16, 1, 48, 10, 600)


def turns(bots: list[Bot], size: Size) -> Measures:
    """CPU for an ordinary answer and for a hand-off, milliseconds, all processes of a bot together."""
    found = _empty(bots)
    for bot in _by_turns(bots, size.rounds):
        used = _cpu_of(bot, lambda bot=bot: asyncio.run(conversations(bot, size.conversations)))
        found[bot.name]["ordinary_ms"].append(1000 * used / (size.conversations * len(bot.ordinary)))
        used = _cpu_of(bot, lambda bot=bot: asyncio.run(hand_offs(bot, size.hand_offs)))
        found[bot.name]["hand_off_ms"].append(1000 * used / size.hand_offs)
    return found


def latency(bots: list[Bot], size: Size) -> Measures:
    """The 95th percentile of the time to an answer with one person and with twenty, milliseconds, and answers a second."""
    found = _empty(bots)
    for bot in _by_turns(bots, size.rounds):
        for people, name in ((1, "one"), (20, "twenty")):
            waits, rate = asyncio.run(crowd(bot, people, size.crowd_seconds))
            found[bot.name][f"p95_{name}_ms"].append(1000 * percentile(waits, 0.95))
            found[bot.name][f"rate_{name}"].append(rate)
    return found


def long(bots: list[Bot], size: Size) -> Measures:
    """CPU of each message around turn 10, and of the last twenty of a long conversation, milliseconds; one conversation with each bot."""
    found = _empty(bots)
    for bot in bots:
        each = asyncio.run(_one_conversation(bot, size.last_turn))
        found[bot.name]["early_ms"], found[bot.name]["late_ms"] = each[5:15], each[-LATE:]
        stretches = [each[begin : begin + STRETCH] for begin in range(0, len(each), STRETCH)]
        found[bot.name]["turn"] = [float(STRETCH * place) for place, _ in enumerate(stretches, start=1)]
        found[bot.name]["stretch_ms"] = [median(stretch) for stretch in stretches]
    return found


async def _one_conversation(bot: Bot, last_turn: int) -> list[float]:
    async with aiohttp.ClientSession(timeout=WAITS) as session:
        person, each = Person(bot, session), []
        for turn in range(last_turn):
            before = bot.cpu_seconds()
            await person.say(bot.ordinary[turn % len(bot.ordinary)])
            each.append(1000 * (bot.cpu_seconds() - before))
    return each


def start(size: Size) -> Measures:
    """Seconds from the command to the first hand-off that is answered: server, model and action server all ready."""
    found: Measures = {"guide": defaultdict(list), "starter": defaultdict(list)}
    for _ in range(size.starts):
        for begin in (guide, starter):
            began = time.perf_counter()
            with begin() as bot:
                while not first_answer(bot):
                    time.sleep(0.1)
                found[bot.name]["ready_s"].append(time.perf_counter() - began)
    return found


def memory(bots: list[Bot], size: Size) -> Measures:
    """Resident memory of the server after so many messages and after as many again, and what 10,000 further ones add; MB."""
    found = _empty(bots)
    for bot in bots:
        sizes = []
        for _ in range(2):
            asyncio.run(messages(bot, size.messages))
            sizes.append(bot.server_megabytes())
        found[bot.name]["server_mb"] = [sizes[0]]
        found[bot.name]["growth_mb"] = [growth(*sizes, messages=size.messages)]
        found[bot.name]["actions_mb"] = [bot.actions_megabytes()]
    return found


def refusal(bots: list[Bot], size: Size) -> Measures:
    """Milliseconds until the guide has refused 1 MB, and until the starter has answered far less, to which it knows no limit."""
    found = _empty(bots)
    for bot in bots:
        with requests.Session() as session:
            if bot.name == "guide":
                found[bot.name]["refused_ms"] = [_refused_ms(session, bot) for _ in range(size.refusals)]
            else:
                began = time.perf_counter()
                session.post(bot.address, json=bot.body(None, "words " * (size.starters_letters // 6)), timeout=120).raise_for_status()
                found[bot.name]["answered_ms"] = [1000 * (time.perf_counter() - began)]
    return found


def _refused_ms(session: requests.Session, bot: Bot) -> float:
    body = b'{"text": "' + b"a" * 1_000_000 + b'"}'
    began = time.perf_counter()
    reply = session.post(bot.address, data=body, timeout=10)
    took = time.perf_counter() - began
    if reply.status_code != 413 or not reply.json()["contacts"]:
        raise RuntimeError(f"1 MB was not refused with the contacts, but answered with {reply.status_code}.")
    return 1000 * took


def _by_turns(bots: list[Bot], rounds: int) -> list[Bot]:
    """Warm both up, then each in turn; every other round in the other order."""
    for bot in bots:
        asyncio.run(messages(bot, 20))
    return [bot for number in range(rounds) for bot in (bots if number % 2 == 0 else bots[::-1])]


def _cpu_of(bot: Bot, work: Callable[[], Any]) -> float:
    before = bot.cpu_seconds()
    work()
    time.sleep(0.05)
    return bot.cpu_seconds() - before


def _empty(bots: list[Bot]) -> Measures:
    return {bot.name: defaultdict(list) for bot in bots}
