"""The action behind short follow-ups: “tell me more”, “yes”, “the second one”, “and the phone number?”, “what does it mean?”."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import last_answer, recent_answers, recent_turns, utter_next_part
from actions.report import FORM
from actions.resources import resources
from safeguarding.follow_ups import BY_NUMBER, OTHER_SERVICES, Shown, follow_up, kind_in_mind, reason, signs_of
from safeguarding.messages import MORE


class ActionFollowUp(Action):
    """Says what a short message means after the last answer."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_follow_up"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Decide and utter by name; the guided path is started where that was chosen."""
        intent = str((tracker.latest_message.get("intent") or {}).get("name"))
        last, recent = last_answer(tracker), tuple(recent_answers(tracker))
        if intent == "go_back" and recent[:1] == (tracker.get_slot("report_ending"),):
            return [FollowupAction(FORM)]
        offered, put_first = tuple(tracker.get_slot("offered") or ()), tracker.get_slot("put_first")
        if intent in BY_NUMBER:
            last = newest_with_buttons(tracker) or last
        chosen = follow_up(intent, Shown(*last) if last else None, recent, resources(), offered, put_first)
        events = [SlotSet("put_first", None)] if put_first else []
        if chosen == "report_start":
            return [*events, FollowupAction(FORM)]
        if chosen == MORE:
            utter_next_part(dispatcher, tracker)
        else:
            dispatcher.utter_message(response=f"utter_{chosen}")
        return events


def newest_with_buttons(tracker: Tracker) -> tuple[str, int] | None:
    """The newest answer and its part, if it shows buttons, also where it is one that “say that again” does not mean."""
    newest = next(iter(recent_turns(tracker)), None)
    known = resources().answers.get(newest[0]) if newest else None
    return newest if known and known.choices else None


class ActionTellSigns(Action):
    """Says the signs of the kind of abuse that was just explained."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_tell_signs"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Utter them by name; without a kind in mind, the signs of abuse in general."""
        kind = kind_in_mind(tuple(recent_answers(tracker)))
        dispatcher.utter_message(response=f"utter_{signs_of(kind)}" if kind else "utter_signs_of_abuse")
        return []


class ActionTellWhy(Action):
    """Says why the guide asked, named or declined what it did last; a service of its own is named once more with its numbers."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_tell_why"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Utter the reason by name."""
        newest = next(iter(recent_answers(tracker)), None)
        told = reason(newest, resources())
        for said in (told, newest) if told == OTHER_SERVICES else (told,):
            dispatcher.utter_message(response=f"utter_{said}")
        return []


class ActionExplainWord(Action):
    """Says what a hard word means."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_explain_word"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Utter its meaning from the glossary."""
        dispatcher.utter_message(response=f"utter_{tracker.get_slot('hard_word') or 'not_understood'}")
        return []
