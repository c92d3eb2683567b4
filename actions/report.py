"""The actions of the guided path: they ask the core what comes next, and say it."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecutionRejected, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from safeguarding.report_path import (
    ANSWER,
    BACK,
    ENDS_MISSED,
    ENDS_STOPPED,
    QUESTIONS,
    Path,
    Step,
    advance,
    place,
    resume,
    start,
    words_of,
)

FORM = "report_form"
TAKES_UP = (BACK, ANSWER)
"""Going back, the button of an older question, and “actually it's me” take up the path where it ended."""


def path_of(tracker: Tracker) -> Path:
    """Where the conversation stands on the path."""
    known = {slot: tracker.get_slot(slot) for slot in QUESTIONS if tracker.get_slot(slot)}
    return Path(known, tuple(tracker.get_slot("report_asked") or ()), int(tracker.get_slot("report_misses") or 0))


def step_after(tracker: Tracker) -> Step:
    """What comes after the newest message, or after an answer to a question in the middle."""
    told = dict(tracker.get_slot("told") or {})
    asks = told.pop("asks", None) is not None
    intent = str((tracker.latest_message.get("intent") or {}).get("name") or "")
    path = path_of(tracker)
    goes_back_after_stopping = intent == BACK and tracker.get_slot("report_ending") == ENDS_STOPPED
    if was_interrupted(tracker) or goes_back_after_stopping:
        return resume(path)
    if tracker.get_slot("requested_slot") or intent in TAKES_UP:
        return advance(path, intent, told, asks=asks)
    return start(told)


def was_interrupted(tracker: Tracker) -> bool:
    """Whether the newest message was answered by something else than the path already."""
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            return False
        if event.get("event") == "action_execution_rejected":
            return True
    return False


def as_events(step: Step) -> list[dict[str, Any]]:
    """The step as changes of slots; what is not known any more is emptied."""
    slots = {slot: step.path.known.get(slot) for slot in QUESTIONS}
    path = {"report_asked": list(step.path.asked), "report_misses": step.path.misses, "report_ending": step.ending}
    events = [SlotSet(name, value) for name, value in {**slots, **path}.items()]
    return [*events, ActionExecutionRejected(FORM)] if step.digression else [*events, SlotSet("requested_slot", step.ask)]


class ValidateReportForm(Action):
    """Takes what was said, and puts the next question of the path."""

    def name(self) -> str:
        """The name that Rasa gives to the validation of the form."""
        return f"validate_{FORM}"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Decide the step; a question in the middle goes to its own rule first."""
        step = step_after(tracker)
        if step.ask:
            if step.path.known.get("danger") == "not_sure" and tracker.get_slot("danger") is None:
                dispatcher.utter_message(response="utter_report_danger_unsure")
            number, of = place(step.path, step.ask)
            way_out = "report_back" if number > 1 else "report_stop"
            dispatcher.utter_message(response=f"utter_{words_of(step)}", number=number, of=of, way_out=way_out)
        return as_events(step)


class ActionShowReportCard(Action):
    """Says the answer in which the path ended: a card, the contacts, or that it was stopped."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_show_report_card"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Utter it by name; a later path begins afresh."""
        dispatcher.utter_message(response=f"utter_{tracker.get_slot('report_ending') or ENDS_MISSED}")
        return [SlotSet("told", None)]
