"""Where conversations lie: every shelf forgets, overwrites and says when it cannot be reached."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from servers import FULL, postgres, redis

from bot.shelves import SHELF_FAULTS, Shelf, ShelfError, open_shelf

IDLE_SECONDS = 1.0


@contextmanager
def address_of(kind: str, folder: Path) -> Iterator[str]:
    if kind == "redis":
        with redis(folder) as (address, _):
            yield address
    elif kind == "postgresql":
        with postgres(folder) as address:
            yield address
    else:
        yield "" if kind == "memory" else f"sqlite:///{folder / 'conversations.db'}"


@pytest.fixture(params=["memory", "sqlite", *(["redis", "postgresql"] if FULL else [])])
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shelf]:
    with address_of(request.param, tmp_path) as address:
        yield open_shelf(address, IDLE_SECONDS)


async def test_what_is_put_is_there_and_is_overwritten(shelf: Shelf) -> None:
    assert await shelf.get("one") is None
    await shelf.put("one", "a")
    await shelf.put("two", "b")
    await shelf.put("one", "c")
    assert await shelf.get("one") == "c"
    assert sorted(await shelf.ids()) == ["one", "two"]


async def test_what_is_dropped_is_gone(shelf: Shelf) -> None:
    await shelf.put("one", "a")
    await shelf.drop("one")
    await shelf.drop("never there")
    assert await shelf.get("one") is None
    assert await shelf.ids() == []


async def test_what_is_idle_too_long_is_gone_and_others_stay(shelf: Shelf) -> None:
    await shelf.put("old", "a")
    await asyncio.sleep(0.6)
    await shelf.put("used", "b")
    await asyncio.sleep(0.6)
    assert await shelf.get("old") is None
    assert await shelf.get("used") == "b"
    await shelf.put("new", "c")
    assert sorted(await shelf.ids()) == ["new", "used"]


@pytest.mark.parametrize(
    "address", ["redis://127.0.0.1:1/0", "postgresql://nobody@127.0.0.1:1/none", "nonsense", "mongodb://x", "sqlite:////proc/none/x.db"]
)
def test_a_place_that_cannot_be_reached_is_one_clear_sentence(address: str) -> None:
    with pytest.raises(ShelfError, match="CONVERSATIONS_URL") as caught:
        open_shelf(address, IDLE_SECONDS)
    assert "\n" not in str(caught.value)


@pytest.mark.proof  # needs Redis
async def test_a_redis_that_hangs_is_a_fault_within_a_second(tmp_path: Path) -> None:
    with redis(tmp_path) as (address, server):
        shelf = open_shelf(address, IDLE_SECONDS)
        os.kill(server.pid, signal.SIGSTOP)
        with pytest.raises(SHELF_FAULTS):
            await shelf.put("one", "a")
        os.kill(server.pid, signal.SIGCONT)
        await shelf.put("one", "b")
        assert await shelf.get("one") == "b"
