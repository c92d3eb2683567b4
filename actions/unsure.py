"""The actions for messages that are not clear: offer two answers, or say that nothing was understood."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import recent_answers
from actions.resources import resources

MISSES_UNTIL_A_PERSON = 3


class ActionAdmitNotUnderstood(Action):
    """Says that nothing was understood; the third time in a row, who to talk to instead."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_admit_not_understood"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Utter by name."""
        last = recent_answers(tracker)[: MISSES_UNTIL_A_PERSON - 1]
        missed_before = last == ["not_understood"] * (MISSES_UNTIL_A_PERSON - 1)
        dispatcher.utter_message(response="utter_human" if missed_before else "utter_not_understood")
        return []


class ActionOfferTwo(Action):
    """Offers the two likeliest answers as choices."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_offer_two"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Utter the question with the ids of both answers in it."""
        content = resources()
        answers = {answer.intent: answer.id for answer in content.answers.values()}
        ranking = tracker.latest_message.get("intent_ranking") or []
        offered = [answers[row["name"]] for row in ranking if row["name"] in answers][:2]
        if len(offered) < 2:
            dispatcher.utter_message(response="utter_not_understood")
            return []
        dispatcher.utter_message(response="utter_which_one", first=offered[0], second=offered[1])
        return [SlotSet("offered", offered)]
