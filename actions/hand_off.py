"""The action that decides which hand-off an answer makes."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import recent_answers
from actions.resources import resources
from safeguarding.kindness import comfort_given
from safeguarding.routes import hand_off_of


class ActionLogEscalation(Action):
    """Remembers the hand-off that was just answered; the channel puts its row on disk before the reply leaves."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_log_escalation"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Decide route and topic, once for each conversation, and leave them in the slot; and that its kind words were said."""
        recent = recent_answers(tracker)
        if not recent:
            return []
        answer = resources().answers[recent[0]]
        hand_off = hand_off_of(answer, recent, paid_care=tracker.get_slot("staff") == "yes")
        known = {slot: tracker.get_slot(slot) or [] for slot in ("handed_off", "comforted")}
        added = {
            "handed_off": f"{hand_off.route}:{hand_off.topic}" if hand_off else None,
            "comforted": comfort_given(resources().answers, answer, known["comforted"]),
        }
        return [SlotSet(slot, [*known[slot], value]) for slot, value in added.items() if value and value not in known[slot]]
