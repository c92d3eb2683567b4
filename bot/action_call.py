"""What the action server is told: the slots, the intents, the answers given; never the words, and not whose conversation it is."""

from __future__ import annotations

from typing import Any

from pluggy import HookimplMarker
from rasa.plugin import plugin_manager
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.nlu.constants import INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY

hookimpl = HookimplMarker("rasa")

NAME = "action calls without words"
INTENTS_TOLD = 2
"""The likeliest intents that an action may see: where two are close, it offers both."""

SOMEBODY = "somebody"
"""Stands for the conversation's id, which no action needs."""


class ActionCallsWithoutWords:
    """A plugin for Rasa, which hands every call of an action to it before it is sent."""

    @hookimpl
    def prefix_stripping_for_custom_actions(self, json_body: dict[str, Any]) -> dict[str, Any]:
        """The call without words. The hook was made for another use; it is the only place that sees the whole call."""
        tracker = json_body["tracker"]
        loop = tracker.get("active_loop") or {}
        slim = {
            "sender_id": SOMEBODY,
            "slots": tracker["slots"],
            "latest_message": _message(tracker.get("latest_message") or {}),
            "events": [_event(event) for event in tracker.get("events") or []],
            "paused": tracker.get("paused", False),
            "active_loop": {key: loop[key] for key in ("name", "is_interrupted", "rejected") if key in loop},
            "followup_action": tracker.get("followup_action"),
            "latest_action_name": tracker.get("latest_action_name"),
            "latest_action": {},
            "latest_input_channel": None,
        }
        return {**json_body, "sender_id": SOMEBODY, "tracker": slim}


def send_no_words() -> None:
    """Put the plugin in Rasa's way, once in a process."""
    if not plugin_manager().has_plugin(NAME):
        plugin_manager().register(ActionCallsWithoutWords(), NAME)


def _message(message: dict[str, Any]) -> dict[str, Any]:
    intent = _named(message.get("intent") or {})
    likeliest = [_named(other) for other in message.get("intent_ranking") or []][:INTENTS_TOLD]
    return {"intent": intent, "intent_ranking": [intent, *likeliest], "entities": [], "text": None, "metadata": {}}


def _named(intent: dict[str, Any]) -> dict[str, Any]:
    return {key: intent.get(key) for key in (INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY)}


def _event(event: dict[str, Any]) -> dict[str, Any]:
    kind = event.get("event")
    if kind == UserUttered.type_name:
        return {"event": kind, "timestamp": event.get("timestamp"), "text": None, "parse_data": _message(event.get("parse_data") or {})}
    if kind == BotUttered.type_name:
        custom = (event.get("data") or {}).get("custom") or {}
        data = {"custom": {key: custom.get(key) for key in ("answer", "part")}}
        return {"event": kind, "timestamp": event.get("timestamp"), "text": None, "data": data}
    return {key: value for key, value in event.items() if key not in ("metadata", "hide_rule_turn", "action_text")}
