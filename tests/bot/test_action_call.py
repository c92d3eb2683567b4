"""What the action server is told holds no words, and all that the actions need."""

from __future__ import annotations

import json
from typing import Any

from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa_sdk import Tracker

from actions.answers import recent_answers
from bot.action_call import ActionCallsWithoutWords

WORDS = "canary"
DOMAIN = Domain.from_dict({"version": "3.1", "slots": {"easy_read": {"type": "bool", "mappings": [{"type": "custom"}]}}})


def call() -> dict[str, Any]:
    intent = {"name": "tell_concern_other", "confidence": 0.9}
    parsed = {"intent": intent, "entities": [{"entity": "name", "value": WORDS}], "text": WORDS, "text_tokens": WORDS}
    events = [
        ActionExecuted("action_listen"),
        UserUttered(WORDS, intent, [{"entity": "name", "value": WORDS}], parsed, metadata={"text": WORDS}, message_id=WORDS),
        SlotSet("easy_read", True),
        ActiveLoop("report_form"),
        BotUttered(WORDS, {"custom": {"answer": "how_to_report", "part": 2, "sentences": [WORDS]}}, metadata={"text": WORDS}),
    ]
    tracker = DialogueStateTracker.from_events(f"one-{WORDS}", events, DOMAIN.slots)
    return RemoteAction("action_log_escalation", None)._action_call_format(tracker, DOMAIN)


def test_the_call_of_rasa_holds_words_and_what_is_sent_does_not() -> None:
    made = call()
    assert WORDS in json.dumps(made)
    assert WORDS not in json.dumps(ActionCallsWithoutWords().prefix_stripping_for_custom_actions(made))


def test_the_actions_find_all_that_they_need() -> None:
    sent = json.loads(json.dumps(ActionCallsWithoutWords().prefix_stripping_for_custom_actions(call())))
    tracker = Tracker.from_dict(sent["tracker"])
    assert sent["next_action"] == "action_log_escalation"
    assert recent_answers(tracker) == ["how_to_report"]
    assert tracker.get_slot("easy_read") is True
    assert tracker.active_loop_name == "report_form"
    assert tracker.get_intent_of_latest_message() == "tell_concern_other"
