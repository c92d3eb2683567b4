"""Where conversations lie: every shelf forgets, overwrites and says when it cannot be reached."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from redis.exceptions import TimeoutError as RedisHangs
from servers import FULL, postgres, postgres_processes, redis, stopped
from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot import shelves
from bot.shelf import PAUSE_SECONDS, SHELF_FAULTS, Shelf
from bot.shelves import THREADS, RedisShelf, ShelfError, open_shelf
from bot.sql_shelf import OF_ALL, SqlShelf

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


async def lay(shelf: Shelf, conversation: str, text: str) -> None:
    assert await shelf.put(conversation, text, await shelf.get(conversation))


async def test_what_is_put_is_there_and_is_overwritten(shelf: Shelf) -> None:
    assert await shelf.get("one") is None
    await lay(shelf, "one", "a")
    await lay(shelf, "two", "b")
    await lay(shelf, "one", "c")
    assert await shelf.get("one") == "c"
    assert sorted(await shelf.ids()) == ["one", "two"]


async def test_what_is_dropped_is_gone(shelf: Shelf) -> None:
    await lay(shelf, "one", "a")
    await shelf.drop("one")
    await shelf.drop("never there")
    assert await shelf.get("one") is None
    assert await shelf.ids() == []


async def test_what_is_idle_too_long_is_gone_and_others_stay(shelf: Shelf) -> None:
    await lay(shelf, "old", "a")
    await asyncio.sleep(0.6)
    await lay(shelf, "used", "b")
    await asyncio.sleep(0.6)
    assert await shelf.get("old") is None
    assert await shelf.get("used") == "b"
    await lay(shelf, "new", "c")
    assert sorted(await shelf.ids()) == ["new", "used"]


async def test_what_is_idle_too_long_goes_though_nobody_writes(shelf: Shelf) -> None:
    for name in ("one", "two", "three"):
        await lay(shelf, name, "a")
    await asyncio.sleep(IDLE_SECONDS / 2)
    await lay(shelf, "used", "b")
    await shelf.sweep()
    assert len(await shelf.ids()) == 4
    await asyncio.sleep(IDLE_SECONDS / 2 + 0.1)
    await shelf.sweep()
    assert await shelf.ids() == ["used"]
    await asyncio.sleep(IDLE_SECONDS / 2)
    await shelf.sweep()
    assert await shelf.ids() == []


async def test_the_secret_of_all_goes_though_nobody_writes(tmp_path: Path) -> None:
    shelf = SqlShelf(f"sqlite:///{tmp_path / 'conversations.db'}", IDLE_SECONDS)
    await shelf.secret()
    await lay(shelf, "one", "a")
    await asyncio.sleep(IDLE_SECONDS * 1.2)
    await shelf.sweep()
    assert await shelf._run(rows) == [OF_ALL]
    await asyncio.sleep(IDLE_SECONDS)
    await shelf.sweep()
    assert await shelf._run(rows) == []


def rows(connection: Connection) -> list[str]:
    return list(connection.execute(select(SqlShelf.table.c.id)).scalars())


@pytest.mark.parametrize("before", ["a", None, "never there"])
async def test_who_comes_too_late_overwrites_nothing(shelf: Shelf, before: str | None) -> None:
    await lay(shelf, "one", "a")
    await lay(shelf, "one", "b")
    assert not await shelf.put("one", "late", before)
    assert await shelf.get("one") == "b"


async def test_who_comes_too_late_brings_nothing_back(shelf: Shelf) -> None:
    await lay(shelf, "one", "a")
    await shelf.drop("one")
    assert not await shelf.put("one", "late", "a")
    assert await shelf.ids() == []


async def test_what_was_idle_too_long_makes_room(shelf: Shelf) -> None:
    await lay(shelf, "one", "a")
    await asyncio.sleep(IDLE_SECONDS + 0.1)
    assert await shelf.put("one", "b", None)
    assert await shelf.get("one") == "b"


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
        with stopped([server.pid]):
            started = time.monotonic()
            for _ in range(6):  # as often as a turn goes to the shelf
                with pytest.raises(SHELF_FAULTS):
                    await shelf.put("one", "a", None)
            assert time.monotonic() - started < 1
        await asyncio.sleep(PAUSE_SECONDS)
        await lay(shelf, "one", "b")
        assert await shelf.get("one") == "b"


async def test_a_crowd_that_waits_for_a_redis_that_hangs_waits_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def hang(key: str) -> None:
        asked.append(key)
        time.sleep(0.2)
        raise RedisHangs

    monkeypatch.setattr(shelves.Redis, "from_url", lambda *_, **__: SimpleNamespace(ping=lambda: True, get=hang))
    shelf, started = RedisShelf("redis://nowhere", IDLE_SECONDS), time.monotonic()
    heard = await asyncio.gather(*(shelf.get(f"one-{number}") for number in range(60)), return_exceptions=True)
    assert all(isinstance(error, SHELF_FAULTS) for error in heard)
    assert len(asked) <= THREADS, "who waited for a thread does not ask it as well"
    assert time.monotonic() - started < 1


@pytest.mark.proof  # needs PostgreSQL
async def test_a_postgresql_that_hangs_is_a_fault_within_two_seconds(tmp_path: Path) -> None:
    with postgres(tmp_path) as address:
        shelf = open_shelf(address, IDLE_SECONDS * 60)
        with stopped(postgres_processes(address)):
            started = time.monotonic()
            for _ in range(6):  # as often as a turn goes to the shelf
                with pytest.raises(SHELF_FAULTS):
                    await shelf.put("one", "a", None)
            assert time.monotonic() - started < 2
        await asyncio.sleep(PAUSE_SECONDS)
        await lay(shelf, "one", "b")
        assert await shelf.get("one") == "b"


async def test_a_secret_is_the_same_each_time_and_is_no_conversation(shelf: Shelf) -> None:
    secret = await shelf.secret()
    assert len(secret) == 64
    await asyncio.sleep(IDLE_SECONDS + 0.1)
    await lay(shelf, "one", "a")
    assert await shelf.secret() == secret
    assert await shelf.ids() == ["one"]


async def test_a_shared_secret_outlives_the_last_conversation_and_not_for_long(shelf: Shelf) -> None:
    if not shelf.shared:
        return
    secret = await shelf.secret()
    for _ in range(3):
        await asyncio.sleep(IDLE_SECONDS * 0.8)
        assert await shelf.secret() == secret, "it is in use"
    await asyncio.sleep(IDLE_SECONDS * 1.3)
    assert await shelf.secret() == secret, "the last conversation has only just gone"
    await asyncio.sleep(IDLE_SECONDS * 2.3)
    assert await shelf.secret() != secret


async def test_who_shares_a_shelf_shares_its_secret(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'conversations.db'}"
    one, two = open_shelf(address, IDLE_SECONDS), open_shelf(address, IDLE_SECONDS)
    assert await one.secret() == await two.secret()
    assert await open_shelf("", IDLE_SECONDS).secret() != await open_shelf("", IDLE_SECONDS).secret()
