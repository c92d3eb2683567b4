"""The action that decides which hand-off an answer makes."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import recent_answers
from actions.resources import resources
from safeguarding.routes import hand_off_of


class ActionLogEscalation(Action):
    """Remembers the hand-off that was just answered; the channel puts its row on disk before the reply leaves."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_log_escalation"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Decide route and topic, once for each conversation, and leave them in the slot."""
        content = resources()
        recent = recent_answers(tracker)
        hand_off = hand_off_of(content.answers[recent[0]], recent) if recent else None
        known = tracker.get_slot("handed_off") or []
        if hand_off is None or f"{hand_off.route}:{hand_off.topic}" in known:
            return []
        return [SlotSet("handed_off", [*known, f"{hand_off.route}:{hand_off.topic}"])]
