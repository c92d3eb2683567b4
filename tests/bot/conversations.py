"""Conversations full of words, for the tests of what is kept of them."""

from __future__ import annotations

import json

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    BotUttered,
    EntitiesAdded,
    Event,
    SessionStarted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from bot.forgetful_tracker_store import ForgetfulTrackerStore

CANARY = "canary he hit me in Green Street"
DOMAIN = Domain.from_dict(
    {
        "intents": ["ask_about", "tell_concern_self"],
        "slots": {
            "easy_read": {"type": "bool", "initial_value": False, "influence_conversation": False, "mappings": [{"type": "custom"}]},
            "handed_off": {"type": "any", "mappings": [{"type": "custom"}]},
            "requested_slot": {"type": "any", "mappings": [{"type": "custom"}]},
            "for_whom": {"type": "categorical", "values": ["self", "other"], "mappings": [{"type": "custom"}]},
        },
        "forms": {"report_form": {"required_slots": []}},
    }
)


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
