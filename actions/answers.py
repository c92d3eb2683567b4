"""The actions that work on the last answer: say it again, say it in easy words, show the next part."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.resources import resources
from safeguarding.follow_ups import AFTER_999, Shown, meaning_response, words_to_explain
from safeguarding.hard_words import GLOSSARY
from safeguarding.messages import count_parts
from safeguarding.report_path import ASKED_OF_SELF, QUESTIONS

_ASKED = (*QUESTIONS, "danger_unsure", *(f"{slot}_self" for slot in ASKED_OF_SELF))
QUESTION_ANSWERS = {f"report_{asked}{again}" for asked in _ASKED for again in ("", "_again")}
NOT_ABOUT_ANYTHING = QUESTION_ANSWERS | {
    "repeat", "clarify", "not_understood", "easy_read_on", "easy_read_off", "thanks", "glossary", "nothing_open", "which_one",
}  # fmt: skip
"""Answers that "say that again" does not mean."""


def recent_turns(tracker: Tracker) -> list[tuple[str, int]]:
    """The answers given lately and their easy-read parts, newest first."""
    said = [event.get("data", {}).get("custom") or {} for event in reversed(tracker.events) if event.get("event") == "bot"]
    return [(custom["answer"], custom.get("part") or 0) for custom in said if custom.get("answer")]


def recent_answers(tracker: Tracker) -> list[str]:
    """The ids of the answers given lately, newest first."""
    return [answer for answer, _ in recent_turns(tracker)]


def last_answer(tracker: Tracker) -> tuple[str, int] | None:
    """The newest answer that was about something, and its part."""
    return next(((answer, part) for answer, part in recent_turns(tracker) if answer not in NOT_ABOUT_ANYTHING), None)


class ActionRepeatAnswer(Action):
    """Says the last answer again, in the reading mode that is on now."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_repeat_answer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Utter it by name; where nothing was said yet, say so."""
        last = last_answer(tracker)
        dispatcher.utter_message(response=f"utter_{last[0]}" if last else "utter_repeat")
        return []


class ActionSayAgainInNewMode(Action):
    """After a change of reading mode: says the last answer again, if there was one."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_say_again_in_new_mode"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Utter it by name; on the guided path the open question comes again by itself."""
        last = None if tracker.active_loop.get("name") else last_answer(tracker)
        if last and last[0] != "greet":
            dispatcher.utter_message(response=f"utter_{last[0]}")
        return []


class ActionClarifyAnswer(Action):
    """Says the last answer in easy words, without changing the reading mode; where it was easy read already, with what its hard words mean.

    Who still does not understand it gets a person's number.
    """

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_clarify_answer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Utter the meanings and the easy-read part (the first one in standard reading); where nothing was said yet, ask what is meant."""
        for said in self._what_helps(tracker):
            dispatcher.utter_message(response=f"utter_{said}")
        return []

    @staticmethod
    def _what_helps(tracker: Tracker) -> list[str]:
        last = last_answer(tracker)
        if last is None:
            return ["clarify"]
        answer, part = last
        said_again = [turn for turn in recent_turns(tracker) if turn[0] != GLOSSARY][:2] == [last, last]
        if said_again and not answer.startswith(AFTER_999):
            return ["human"]
        meanings = [meaning_response(word) for word in words_to_explain(Shown(answer, part), resources())]
        return [*meanings, f"{answer}_part_{max(part, 1)}"]


class ActionShowMore(Action):
    """Shows the next easy-read part of the last answer."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_show_more"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Utter the part after the one shown; after the last one, say the answer from its start."""
        utter_next_part(dispatcher, tracker)
        return []


def utter_next_part(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """Utter what comes after the part of the newest answer, on the guided path of the answer that came in the middle of it."""
    answer, part = next((turn for turn in recent_turns(tracker) if turn[0] not in {*QUESTION_ANSWERS, GLOSSARY}), ("", 0))
    known = resources().answers.get(answer)
    if known is None:
        dispatcher.utter_message(response="utter_repeat")
    else:
        following = part + 1 if part < count_parts(known) else 1
        dispatcher.utter_message(response=f"utter_{answer}_part_{following}")
