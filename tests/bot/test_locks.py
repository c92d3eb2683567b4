"""One turn at a time in a conversation, within a server and between servers, and nobody waits for a dead one for long."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest
from redis.exceptions import LockError
from servers import redis, stopped

from bot.locks import ConversationLocks

TURN_SECONDS = 0.6


@pytest.fixture
def locks(monkeypatch: pytest.MonkeyPatch) -> ConversationLocks:
    monkeypatch.setenv("CONVERSATIONS_URL", "")
    return ConversationLocks()


@pytest.fixture
def two_servers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    with redis(tmp_path) as (address, server):
        monkeypatch.setenv("CONVERSATIONS_URL", address)
        monkeypatch.setenv("GUIDE_TURN_SECONDS", str(TURN_SECONDS))
        yield ConversationLocks(), ConversationLocks(), server


async def turns_at_once(*locks: ConversationLocks, conversation: str = "one-a", turns: int = 8) -> int:
    """How many turns of one conversation went on at the same time at most."""
    inside, most = 0, 0

    async def turn(lock: ConversationLocks) -> None:
        nonlocal inside, most
        async with lock.lock(conversation):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0.01)
            inside -= 1

    await asyncio.gather(*(turn(lock) for lock in locks for _ in range(turns)))
    return most


async def test_one_turn_at_a_time_in_a_conversation(locks: ConversationLocks) -> None:
    assert await turns_at_once(locks) == 1


async def test_conversations_do_not_wait_for_each_other(locks: ConversationLocks) -> None:
    async with locks.lock("one-a"):
        await asyncio.wait_for(turns_at_once(locks, conversation="one-b"), 1)


async def test_a_turn_that_breaks_lets_the_conversation_go(locks: ConversationLocks) -> None:
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            async with locks.lock("one-a"):
                1 / 0  # noqa: B018
    assert not locks._here


async def test_a_turn_that_is_ended_lets_the_conversation_go(locks: ConversationLocks) -> None:
    async def hang() -> None:
        async with locks.lock("one-a"):
            await asyncio.sleep(60)

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(hang(), 0.05)
    await asyncio.wait_for(turns_at_once(locks), 1)


@pytest.mark.proof  # needs Redis, like those below
async def test_one_turn_at_a_time_on_two_servers(two_servers) -> None:
    one, two, _ = two_servers
    assert await turns_at_once(one, two, turns=4) == 1


@pytest.mark.proof
async def test_a_server_that_died_holds_a_conversation_no_longer_than_a_turn(two_servers) -> None:
    dead, alive, _ = two_servers
    await dead._take_there("one-a")
    started = time.monotonic()
    async with alive.lock("one-a"):
        assert TURN_SECONDS / 2 < time.monotonic() - started < TURN_SECONDS + 1


@pytest.mark.proof
async def test_a_conversation_that_another_server_keeps_taking_is_not_waited_for_for_ever(
    two_servers, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two, _ = two_servers
    monkeypatch.setattr(one, "_turn_seconds", 60)
    async with one.lock("one-a"):
        with pytest.raises(LockError):
            async with two.lock("one-a"):
                pass


@pytest.mark.proof
async def test_without_redis_this_process_goes_on_alone(two_servers) -> None:
    one, _, server = two_servers
    async with one.lock("one-a"):
        pass
    with stopped([server.pid]):
        started = time.monotonic()
        assert await turns_at_once(one) == 1
        assert time.monotonic() - started < 2.5
    server.terminate()
    server.wait(10)
    assert await turns_at_once(one) == 1
