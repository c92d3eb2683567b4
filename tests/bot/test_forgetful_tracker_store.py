"""Conversations without words: what stays is enough to go on talking, and nothing of it was typed by a person."""

from __future__ import annotations

import json
from collections.abc import Callable
from types import SimpleNamespace

import pytest
import yaml
from rasa.core.tracker_store import FailSafeTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    EntitiesAdded,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from bot import shelves
from bot.chat_channel import ChatChannel, _be_silent_about_words
from bot.forgetful_tracker_store import AWAY, SWEPT_EVERY, TURNS_KEPT, ForgetfulTrackerStore, forgetful_store
from bot.health import look_after_conversations
from bot.shelf import SHELF_FAULTS
from safeguarding.settings import ROOT

CANARY = "canary he hit me in Green Street"
DOMAIN = Domain.from_dict(
    {
        "intents": ["ask_about", "tell_concern_self"],
        "slots": {
            "easy_read": {"type": "bool", "initial_value": False, "influence_conversation": False, "mappings": [{"type": "custom"}]},
            "handed_off": {"type": "any", "mappings": [{"type": "custom"}]},
            "requested_slot": {"type": "any", "mappings": [{"type": "custom"}]},
        },
        "forms": {"report_form": {"required_slots": []}},
    }
)


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> ForgetfulTrackerStore:
    monkeypatch.setenv("CONVERSATIONS_URL", "")
    monkeypatch.setenv("GUIDE_IDLE_MINUTES", "20")
    return ForgetfulTrackerStore(DOMAIN)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    now = [1000.0]
    monkeypatch.setattr(shelves.time, "monotonic", lambda: now[0])

    def pass_by(seconds: float) -> None:
        now[0] += seconds

    return pass_by


def start() -> list[Event]:
    return [ActionExecuted("action_session_start"), SessionStarted(), ActionExecuted("action_listen")]


def turn(number: int) -> list[Event]:
    intent = {"name": "ask_about", "confidence": 0.9, "words": CANARY}
    entities = [{"entity": "place", "value": CANARY}]
    parsed = {"intent": intent, "entities": entities, "text": CANARY, "response_selector": {"x": CANARY}}
    said = UserUttered(CANARY, intent, entities, parsed, timestamp=1000 + number, message_id=CANARY, metadata={"text": CANARY})
    assert CANARY in json.dumps(said.as_dict()), "the test means something"
    return [
        said,
        EntitiesAdded(entities),
        ActionExecuted("utter_about", policy="rule", confidence=1.0, timestamp=1000 + number, action_text=CANARY),
        BotUttered(
            CANARY, {"custom": {"answer": f"answer_{number}", "part": 1, "sentences": [CANARY]}, "text": CANARY}, {"m": CANARY}, number
        ),
        ActionExecuted("action_listen", timestamp=1000 + number),
    ]


def conversation(turns: int, *extra: Event, name: str = "one") -> DialogueStateTracker:
    events = [*start(), *extra, *(event for number in range(turns) for event in turn(number))]
    return DialogueStateTracker.from_events(name, events, DOMAIN.slots)


def answers(tracker: DialogueStateTracker) -> list[str]:
    return [event.data["custom"]["answer"] for event in tracker.events if isinstance(event, BotUttered)]


async def saved(store: ForgetfulTrackerStore, tracker: DialogueStateTracker) -> DialogueStateTracker:
    await store.save(tracker)
    found = await store.retrieve(tracker.sender_id)
    assert found is not None
    return found


@pytest.mark.parametrize("turns", [1, TURNS_KEPT, 9])
async def test_no_words_are_kept(store: ForgetfulTrackerStore, turns: int) -> None:
    found = await saved(store, conversation(turns))
    kept = await store.shelf.get("one")
    assert kept is not None
    assert "canary" not in kept
    assert "canary" not in json.dumps([event.as_dict() for event in found.events])
    said = [event for event in found.events if isinstance(event, UserUttered)]
    assert {event.intent["name"] for event in said} == {"ask_about"}, "intent names stay"
    assert [event.timestamp for event in said] == [1000 + number for number in range(turns)][-TURNS_KEPT:], (
        "times stay: session expiry reads them"
    )


async def test_no_metadata_is_kept_and_rasas_own_events_keep_theirs(store: ForgetfulTrackerStore) -> None:
    noted = {"text": CANARY}
    events = [
        ActionExecuted("action_session_start", metadata=noted), SessionStarted(metadata=noted), SlotSet("easy_read", True, metadata=noted),
        ActiveLoop("report_form", metadata=noted), ActionExecuted("action_listen", metadata=noted), *turn(1),
    ]  # fmt: skip
    tracker = DialogueStateTracker.from_events("one", events, DOMAIN.slots)
    found = await saved(store, tracker)
    assert "canary" not in (await store.shelf.get("one") or "canary")
    assert [event.metadata["text"] for event in list(tracker.events)[:5]] == [CANARY] * 5, "Rasa goes on with these"
    assert (found.get_slot("easy_read"), found.active_loop_name) == (True, "report_form")
    assert [event.timestamp for event in found.events][:5] == [event.timestamp for event in events[:5]]
    again = await saved(store, found)
    assert isinstance(again.events[1], SessionStarted), "also when it is kept a second time"


def test_no_slot_takes_words() -> None:
    """A slot is kept whatever its value, so none may be filled from what somebody typed: actions fill them from closed lists."""
    slots = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["slots"]
    mapped = {(name, mapping["type"]) for name, slot in slots.items() for mapping in slot["mappings"]}
    assert {kind for _, kind in mapped} <= {"custom", "from_intent"}, "from_text, from_entity and from_trigger_intent take words in"
    assert {slot["type"] for slot in slots.values()} <= {"bool", "categorical", "any"}, "a slot of text or a list holds what it is given"
    given = [mapping["value"] for slot in slots.values() for mapping in slot["mappings"] if mapping["type"] == "from_intent"]
    assert given == [True, False]


@pytest.mark.parametrize("turns", [0, 1, TURNS_KEPT, TURNS_KEPT + 1, 30])
async def test_the_last_whole_turns_stay(store: ForgetfulTrackerStore, turns: int) -> None:
    found = await saved(store, conversation(turns))
    assert answers(found) == [f"answer_{number}" for number in range(turns)][-TURNS_KEPT:]
    names = [type(event).__name__ for event in found.events]
    kept = min(turns, TURNS_KEPT)
    assert names.count("UserUttered") == kept
    assert isinstance(found.events[-1], ActionExecuted)
    assert found.latest_action_name == "action_listen"
    whole = names[names.index("UserUttered") :] if kept else []
    assert whole == ["UserUttered", "ActionExecuted", "BotUttered", "ActionExecuted"] * kept


async def test_a_long_conversation_does_not_grow(store: ForgetfulTrackerStore) -> None:
    tracker = conversation(6)
    sizes = []
    for _ in range(5):
        tracker = await saved(store, tracker)
        for number in range(3):
            tracker.update_with_events(turn(number), DOMAIN)
        await store.save(tracker)
        sizes.append(len(await store.shelf.get("one") or ""))
    assert max(sizes) - min(sizes) < 100
    assert max(sizes) < 10_000


async def test_slots_that_were_set_before_the_last_turns_stay(store: ForgetfulTrackerStore) -> None:
    found = await saved(store, conversation(9, SlotSet("easy_read", True), SlotSet("handed_off", ["spor:none"])))
    assert found.get_slot("easy_read") is True
    assert found.get_slot("handed_off") == ["spor:none"]
    again = await saved(store, found)
    assert again.get_slot("handed_off") == ["spor:none"], "also when it is kept a second time"


async def test_an_active_form_stays_active(store: ForgetfulTrackerStore) -> None:
    found = await saved(store, conversation(9, ActiveLoop("report_form"), SlotSet("requested_slot", "for_whom")))
    assert found.active_loop_name == "report_form"
    assert found.get_slot("requested_slot") == "for_whom"


async def test_a_form_that_ended_stays_ended(store: ForgetfulTrackerStore) -> None:
    tracker = conversation(2, ActiveLoop("report_form"), SlotSet("easy_read", True))
    tracker.update_with_events([ActiveLoop(None), *turn(2), *turn(3), *turn(4), *turn(5)], DOMAIN)
    found = await saved(store, tracker)

    assert not found.active_loop_name


async def test_saving_overwrites(store: ForgetfulTrackerStore) -> None:
    tracker = conversation(3)
    await store.save(tracker)
    tracker.events.clear()
    tracker.update_with_events([*start(), *turn(7)], DOMAIN)
    found = await saved(store, tracker)
    assert answers(found) == ["answer_7"]


async def test_a_server_that_wakes_late_overwrites_nothing(store: ForgetfulTrackerStore) -> None:
    await store.save(conversation(3))
    woken = await store.retrieve("one")
    other = await store.retrieve("one")
    other.update_with_events(turn(3), DOMAIN)
    await store.save(other)
    woken.update_with_events(turn(9), DOMAIN)
    found = await saved(store, woken)
    assert "answer_3" in answers(found)
    assert "answer_9" not in answers(found)


async def test_a_server_that_wakes_late_brings_no_forgotten_conversation_back(store: ForgetfulTrackerStore) -> None:
    await store.save(conversation(3))
    woken = await store.retrieve("one")
    await store.delete("one")
    await store.save(woken)
    assert await store.retrieve("one") is None


async def test_reading_looks_for_no_class(store: ForgetfulTrackerStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rasa's search for the class of an event was a tenth of a turn's CPU."""
    await store.save(conversation(3))
    monkeypatch.setattr(Event, "resolve_by_type", lambda *_: pytest.fail("Rasa searched through its classes"))
    kept = await store.retrieve("one")
    assert kept is not None
    assert len(kept.events) > 9


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
    assert all("look_after_conversations" in caller.__code__.co_names for caller in (ChatChannel._health, _be_silent_about_words))


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
    broken.update(SlotSet("handed_off", {CANARY}))  # a set cannot be written as JSON
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
