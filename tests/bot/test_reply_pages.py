"""Replies that wait to be shown: once, for seconds, at an address that nobody can guess."""

from __future__ import annotations

import asyncio
import gc
import weakref

import pytest

from bot.incoming import Refused
from bot.reply_pages import ReplyPage, ReplyPages, SentOnce

SHOWN = ReplyPage(problem="It is slow.")
FORM, OTHER_FORM = f"one-{'a' * 32}", f"one-{'b' * 32}"


class Answers:
    """Answers slowly, and counts how often."""

    def __init__(self) -> None:
        self.made = 0

    async def __call__(self) -> ReplyPage:
        await asyncio.sleep(0.02)
        self.made += 1
        return SHOWN


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
    assert set(ReplyPage.__dataclass_fields__) == {"reply", "problem", "status", "view", "conversation", "easy_read", "language"}


async def test_a_form_that_is_pressed_twice_is_answered_once() -> None:
    sent, answers = SentOnce(), Answers()
    first, second = await asyncio.gather(*(sent.answer(FORM, "hello", answers) for _ in range(2)))
    assert first is second is await sent.answer(FORM, "hello", answers)
    assert answers.made == 1


async def test_the_second_press_is_answered_though_the_browser_left_the_first() -> None:
    sent, answers = SentOnce(), Answers()
    left = asyncio.ensure_future(sent.answer(FORM, "hello", answers))
    await asyncio.sleep(0)
    left.cancel()
    assert await sent.answer(FORM, "hello", answers) == SHOWN
    assert answers.made == 1


@pytest.mark.parametrize(("form", "words"), [(FORM, "other words"), (OTHER_FORM, "hello"), (None, "hello"), ("made up", "hello")])
async def test_anything_else_is_another_message(form: str | None, words: str) -> None:
    sent, answers = SentOnce(), Answers()
    await sent.answer(FORM, "hello", answers)
    await sent.answer(form, words, answers)
    await sent.answer(form, words, answers)
    assert answers.made == (2 if form in (FORM, OTHER_FORM) else 3)


async def test_after_some_seconds_the_same_words_are_a_new_message_and_nothing_is_left() -> None:
    sent, answers = SentOnce(seconds=0.02), Answers()
    await sent.answer(FORM, "hello", answers)
    await asyncio.sleep(0.1)
    assert not sent._made
    await sent.answer(FORM, "hello", answers)
    assert answers.made == 2


async def test_what_was_sent_is_not_held_in_words() -> None:
    sent = SentOnce()
    await sent.answer(FORM, "he hurts me", Answers())
    assert "hurts" not in repr(sent._made)


class Words:
    """What a request holds."""


async def test_both_presses_hear_of_a_refusal_and_nothing_of_it_is_held() -> None:
    held: list[weakref.ref[Words]] = []

    async def refuse() -> ReplyPage:
        words = Words()
        held.append(weakref.ref(words))
        await asyncio.sleep(0)
        raise Refused(429, "too_fast", "That was very fast.")

    sent: SentOnce[ReplyPage] = SentOnce()
    heard = await asyncio.gather(*(sent.answer(FORM, "hello", refuse) for _ in range(2)), return_exceptions=True)
    assert [type(error) for error in heard] == [Refused, Refused]
    assert len(held) == 1, "one for both"
    assert not sent._made
    del heard
    await asyncio.sleep(0)  # asyncio tells the last of those who waited
    gc.collect()
    assert held[0]() is None, "an error holds on to the words that were refused"
    answers = Answers()
    assert await sent.answer(FORM, "hello", answers) == SHOWN, "whoever tries again is answered"


async def test_what_gave_way_ends_nothing_newer() -> None:
    sent: SentOnce[ReplyPage] = SentOnce(seconds=0.05, most=1)
    await sent.answer(FORM, "hello", Answers())
    await sent.answer(OTHER_FORM, "hello", Answers())
    await asyncio.sleep(0.03)
    newer = Answers()
    await sent.answer(FORM, "hello", newer)
    await asyncio.sleep(0.03)
    await sent.answer(FORM, "hello", newer)
    assert newer.made == 1
    assert len(sent._ends) == 1


async def test_a_flood_of_forms_takes_no_more_memory() -> None:
    sent = SentOnce(most=3)
    for number in range(10):
        await sent.answer(f"one-{number:032x}", "hello", Answers())
    assert len(sent._made) == 3
