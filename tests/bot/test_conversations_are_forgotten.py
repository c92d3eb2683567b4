"""When conversations go: idle, one too many, deleted, or not to be kept; and Rasa's fallback gets none."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from conversations import CANARY, conversation
from rasa.core.tracker_store import FailSafeTrackerStore
from rasa.shared.core.events import ActionExecuted

from bot import shelves
from bot.chat_channel import ChatChannel
from bot.forgetful_tracker_store import AWAY, SWEPT_EVERY, ForgetfulTrackerStore, forgetful_store
from bot.health import look_after_conversations
from bot.ready import get_ready
from bot.shelf import SHELF_FAULTS


async def test_an_unknown_conversation_is_none(store: ForgetfulTrackerStore) -> None:
    assert await store.retrieve("nobody") is None


async def test_a_conversation_is_forgotten_when_it_was_idle(store: ForgetfulTrackerStore, clock: Callable[[float], None]) -> None:
    await store.save(conversation(1))
    clock(20 * 60 - 1)
    assert await store.retrieve("one") is not None
    clock(2)
    assert await store.retrieve("one") is None
    assert await store.keys() == [], "and nothing of it stays in memory"


async def test_those_that_nobody_asks_for_are_forgotten_too(store: ForgetfulTrackerStore, clock: Callable[[float], None]) -> None:
    for number in range(5):
        await store.save(conversation(1, name=f"old-{number}"))
    clock(20 * 60 + 1)
    for number in range(5):
        await store.save(conversation(1, name=f"new-{number}"))
    assert set(await store.keys()) == {f"new-{number}" for number in range(5)}


async def test_a_sweep_forgets_them_though_nobody_writes(store: ForgetfulTrackerStore, clock: Callable[[float], None]) -> None:
    for number in range(5):
        await store.save(conversation(1, name=f"old-{number}"))
    clock(20 * 60 + 1)
    await store.sweep()
    assert await store.keys() == []


async def test_a_sweep_comes_every_few_seconds_however_often_the_health_is_asked(
    store: ForgetfulTrackerStore, clock: Callable[[float], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    swept: list[int] = []

    async def sweep() -> None:
        swept.append(1)
        raise OSError

    monkeypatch.setattr(store.shelf, "sweep", sweep)
    for _ in range(5):
        await store.sweep()
    assert len(swept) == 1
    assert store.trouble() == [AWAY], "a fault is told, and raised to nobody"
    clock(SWEPT_EVERY)
    await store.sweep()
    assert len(swept) == 2


async def test_the_health_and_the_start_forget_what_is_idle(store: ForgetfulTrackerStore, clock: Callable[[float], None]) -> None:
    await store.save(conversation(1))
    clock(20 * 60 + 1)
    assert await look_after_conversations(SimpleNamespace(tracker_store=store)) == []  # type: ignore[arg-type]
    assert await store.keys() == []
    assert await look_after_conversations(None) == []
    assert all("look_after_conversations" in caller.__code__.co_names for caller in (ChatChannel._health, get_ready))


async def test_using_a_conversation_keeps_it(store: ForgetfulTrackerStore, clock: Callable[[float], None]) -> None:
    tracker = conversation(1)
    for _ in range(4):
        await store.save(tracker)
        clock(15 * 60)
    assert await store.retrieve("one") is not None


async def test_delete_forgets_at_once(store: ForgetfulTrackerStore) -> None:
    await store.save(conversation(1))
    await store.save(conversation(1, name="two"))
    await store.delete("one")
    await store.delete("never there")
    assert await store.retrieve("one") is None
    assert await store.keys() == ["two"]


async def test_the_longest_idle_goes_when_there_are_too_many(store: ForgetfulTrackerStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelves, "MOST_CONVERSATIONS", 3)
    for name in ("a", "b", "c", "a", "d"):
        await store.save(await store.retrieve(name) or conversation(1, name=name))
    assert sorted(await store.keys()) == ["a", "c", "d"]


async def test_what_cannot_be_kept_is_forgotten_and_its_words_are_not_logged(
    store: ForgetfulTrackerStore, caplog: pytest.LogCaptureFixture
) -> None:
    await store.save(conversation(1))
    broken = conversation(1)
    broken.update(ActionExecuted("action_listen", confidence={CANARY}))  # type: ignore[arg-type]  # a set cannot be written as JSON
    await store.save(broken)
    assert await store.retrieve("one") is None
    assert "could not be kept" in caplog.text
    assert "canary" not in caplog.text


def test_the_store_is_found_inside_what_rasa_wraps_around_it(store: ForgetfulTrackerStore) -> None:
    class Wrapper:
        _tracker_store = store

    class Outer:
        _tracker_store = Wrapper()

    assert forgetful_store(Outer()) is store  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"endpoints\.yml"):
        forgetful_store(object())  # type: ignore[arg-type]


@pytest.mark.parametrize("fault", [*SHELF_FAULTS, RuntimeError], ids=lambda fault: fault.__name__)
async def test_rasas_fallback_never_gets_a_conversation(
    store: ForgetfulTrackerStore, fault: type[Exception], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Rasa puts a store that forgets nothing behind ours, for the moment in which ours fails."""

    async def away(*_: object) -> None:
        raise fault(CANARY)

    for name in ("put", "drop"):
        monkeypatch.setattr(store.shelf, name, away)
    safe = FailSafeTrackerStore(store)
    await safe.save(conversation(2))
    assert safe._fallback_tracker_store is None, "no other store was made"
    assert await safe.retrieve("one") is None
    assert "could not be kept" in caplog.text
    assert "canary" not in caplog.text
