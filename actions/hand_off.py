"""The action that counts a hand-off."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import recent_answers
from actions.resources import resources
from safeguarding.escalation import Escalation, iso_week, new_event_id
from safeguarding.routes import hand_off_of


class ActionLogEscalation(Action):
    """Puts one anonymous row on disk for the hand-off that was just answered, once for each conversation, route and topic."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_log_escalation"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Record it and remember that it was recorded."""
        content, store = resources()
        recent = recent_answers(tracker)
        hand_off = hand_off_of(content.answers[recent[0]], recent) if recent else None
        known = tracker.get_slot("handed_off") or []
        if hand_off is None or f"{hand_off.route}:{hand_off.topic}" in known:
            return []
        metadata = tracker.latest_message.get("metadata") or {}
        mode = "easy_read" if tracker.get_slot("easy_read") else "standard"
        event_id, channel = metadata.get("event_id") or new_event_id(), metadata.get("channel", "shell")
        recorded = store.record(Escalation(event_id, iso_week(), hand_off.route, hand_off.topic, mode, channel, content.digest))
        return [SlotSet("handed_off", [*known, f"{hand_off.route}:{hand_off.topic}"])] if recorded else []
