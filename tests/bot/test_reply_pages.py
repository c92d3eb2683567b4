"""Replies that wait to be shown: once, for seconds, at an address that nobody can guess."""

from __future__ import annotations

import asyncio

import pytest

from bot.reply_pages import ReplyPage, ReplyPages

SHOWN = ReplyPage(problem="It is slow.")


def page_of(address: str) -> str:
    return address.removeprefix("/chat/replies/")


async def test_a_reply_is_shown_once() -> None:
    pages = ReplyPages("one")
    page = page_of(pages.put(SHOWN))
    assert pages.take(page) == SHOWN
    assert pages.take(page) is None


async def test_a_reply_that_nobody_fetches_is_gone_after_its_seconds() -> None:
    pages = ReplyPages("one", seconds=0.02)
    page = page_of(pages.put(SHOWN))
    await asyncio.sleep(0.1)
    assert pages.take(page) is None
    assert not pages._waiting, "it does not lie in memory until somebody asks"


async def test_addresses_are_random_and_name_the_server() -> None:
    pages = ReplyPages("two")
    addresses = {pages.put(SHOWN) for _ in range(100)}
    assert len(addresses) == 100
    assert all(address.startswith("/chat/replies/two-") and len(page_of(address)) == len("two-") + 32 for address in addresses)


@pytest.mark.parametrize("page", ["", "one-", "one-" + "0" * 32, "../messages", "one-" + "g" * 32, "x" * 10_000])
async def test_nothing_else_is_found(page: str) -> None:
    pages = ReplyPages("one")
    pages.put(SHOWN)
    assert pages.take(page) is None


async def test_a_flood_takes_the_oldest_and_no_more_memory() -> None:
    pages = ReplyPages("one", most=3)
    first, *others = [page_of(pages.put(SHOWN)) for _ in range(4)]
    assert pages.take(first) is None
    assert [pages.take(page) for page in others] == [SHOWN] * 3


def test_a_reply_page_has_no_room_for_what_was_asked() -> None:
    assert set(ReplyPage.__dataclass_fields__) == {"reply", "problem", "status", "view"}
