"""What is remembered of an answer just said: its hand-off, and that its kind words were said. Each once in a conversation."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.hand_off import ActionLogEscalation


def remembered(*said: tuple[str, int] | str, **slots: Any) -> dict[str, Any]:
    """The slots that the action changes after these answers, oldest first."""
    turns = [(turn, 0) if isinstance(turn, str) else turn for turn in said]
    events = [{"event": "bot", "text": None, "data": {"custom": {"answer": answer, "part": part}}} for answer, part in turns]
    tracker = Tracker("somebody", slots, {}, events, False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    changes = ActionLogEscalation().run(dispatcher, tracker, {})
    assert dispatcher.messages == [], "it says nothing"
    return {event["name"]: event["value"] for event in changes}


def test_the_first_worry_is_handed_off_and_met_kindly() -> None:
    assert remembered("concern_self") == {"handed_off": ["spor:none"], "comforted": ["concern_self"]}


def test_in_easy_read_it_is_the_same() -> None:
    assert remembered(("concern_self", 1)) == remembered("concern_self")


def test_the_same_again_adds_only_that_the_thanks_were_said() -> None:
    known = {"handed_off": ["spor:none"], "comforted": ["concern_self"]}
    assert remembered("concern_self", "concern_self", **known) == {"comforted": ["concern_self", "said_before"]}


def test_a_third_time_adds_nothing() -> None:
    assert remembered("concern_self", handed_off=["spor:none"], comforted=["concern_self", "said_before"]) == {}


def test_danger_that_may_be_is_the_same_comfort() -> None:
    assert remembered("concern_self_urgent", handed_off=["spor:none"], comforted=["concern_self"]) == {
        "comforted": ["concern_self", "said_before"]
    }


def test_the_topic_is_the_kind_that_was_explained() -> None:
    assert remembered("abuse_financial", "concern_other")["handed_off"] == ["spor:financial"]


@pytest.mark.parametrize("answer", ["privacy", "what_is_abuse", "report_danger"])
def test_an_answer_that_hands_nobody_over_changes_nothing(answer: str) -> None:
    assert remembered(answer) == {}


def test_a_card_of_the_path_is_remembered_too() -> None:
    assert remembered("report_card_says_no") == {"handed_off": ["spor:none"], "comforted": ["report_card_says_no"]}


def test_with_nothing_said_nothing_is_remembered() -> None:
    assert remembered() == {}
