"""Conversations without words: what stays is enough to go on talking, and nothing of it was typed by a person."""

from __future__ import annotations

import json

import pytest
import yaml
from conversations import CANARY, DOMAIN, answers, conversation, saved, start, turn
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from bot.forgetful_tracker_store import TURNS_KEPT, ForgetfulTrackerStore
from safeguarding.settings import ROOT


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
