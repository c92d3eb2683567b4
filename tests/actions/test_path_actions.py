"""The actions of the guided path and of follow-ups: what they say and which slots they change, without Rasa."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import ActionSayAgainInNewMode, ActionShowMore
from actions.follow_ups import ActionExplainWord, ActionFollowUp, ActionTellSigns
from actions.report import ActionShowReportCard, ValidateReportForm
from actions.unsure import ActionAdmitNotUnderstood, ActionOfferTwo

REJECTED = {"event": "action_execution_rejected", "name": "report_form"}


def said(answer: str, part: int = 0) -> dict[str, Any]:
    return {"event": "bot", "text": None, "data": {"custom": {"answer": answer, "part": part}}}


def run(
    action: Any, intent: str, *events: dict[str, Any], on_path: bool = False, ranking: Any = (), **slots: Any
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What the action says, and its events."""
    message = {"intent": {"name": intent, "confidence": 1.0}, "intent_ranking": list(ranking), "entities": [], "text": None}
    loop = {"name": "report_form"} if on_path else {}
    heard = {"event": "user", "text": None, "parse_data": message}
    before = [event for event in events if event is not REJECTED]
    after = [event for event in events if event is REJECTED]
    tracker = Tracker("somebody", slots, message, [*before, heard, *after], False, None, loop, "action_listen")
    dispatcher = CollectingDispatcher()
    return dispatcher.messages, action.run(dispatcher, tracker, {}) or []


def responses(messages: list[dict[str, Any]]) -> list[str]:
    return [message["response"] for message in messages]


def slots_of(events: list[dict[str, Any]]) -> dict[str, Any]:
    return {event["name"]: event["value"] for event in events if event["event"] == "slot"}


def test_the_path_begins_with_danger_and_a_way_to_stop() -> None:
    messages, events = run(ValidateReportForm(), "ask_report_path", on_path=True)
    assert responses(messages) == ["utter_report_danger"]
    assert (messages[0]["number"], messages[0]["of"], messages[0]["way_out"]) == (1, 5, "report_stop")
    assert slots_of(events)["requested_slot"] == "danger"


def test_going_back_after_stopping_asks_the_question_that_was_open() -> None:
    stopped = {"danger": "no", "report_asked": ["danger", "for_whom"], "report_ending": "stop_asking"}
    messages, _ = run(ValidateReportForm(), "go_back", on_path=True, **stopped)
    assert responses(messages) == ["utter_report_for_whom"]


def test_an_answer_leads_to_the_next_question() -> None:
    messages, events = run(
        ValidateReportForm(),
        "answer_path",
        on_path=True,
        told={"danger": "no"},
        report_asked=["danger"],
        requested_slot="danger",
    )
    assert responses(messages) == ["utter_report_for_whom"]
    assert messages[0]["way_out"] == "report_back"
    assert slots_of(events)["danger"] == "no"


def test_not_sure_about_danger_is_met_with_999_before_the_next_question() -> None:
    messages, _ = run(ValidateReportForm(), "not_sure", on_path=True, report_asked=["danger"], requested_slot="danger")
    assert responses(messages) == ["utter_report_danger_unsure", "utter_report_for_whom"]


def test_what_is_not_read_is_asked_in_other_words() -> None:
    messages, events = run(ValidateReportForm(), "nlu_fallback", on_path=True, report_asked=["danger"], requested_slot="danger")
    assert responses(messages) == ["utter_report_danger_again"]
    assert slots_of(events)["report_misses"] == 1


def test_a_question_in_the_middle_goes_to_its_own_rule() -> None:
    messages, events = run(ValidateReportForm(), "ask_privacy", on_path=True, report_asked=["danger"], requested_slot="danger")
    assert messages == []
    assert events[-1]["event"] == "action_execution_rejected"
    assert "requested_slot" not in slots_of(events)


def test_after_it_was_answered_the_open_question_comes_again() -> None:
    messages, events = run(ValidateReportForm(), "ask_privacy", REJECTED, on_path=True, report_asked=["danger"], requested_slot="danger")
    assert responses(messages) == ["utter_report_danger"]
    assert slots_of(events)["requested_slot"] == "danger"


def test_the_last_answer_ends_the_path() -> None:
    known = {"danger": "no", "for_whom": "self", "harm": "no"}
    asked = ["danger", "for_whom", "harm", "staff"]
    messages, events = run(ValidateReportForm(), "deny", on_path=True, report_asked=asked, requested_slot="staff", **known)
    assert messages == []
    assert slots_of(events) | {"requested_slot": None, "report_ending": "report_card_self"} == slots_of(events)


def test_the_card_is_said_and_what_was_told_is_forgotten() -> None:
    messages, events = run(ActionShowReportCard(), "deny", report_ending="report_card_self")
    assert responses(messages) == ["utter_report_card_self"]
    assert slots_of(events) == {"told": None}


def test_a_path_that_lost_its_place_ends_in_the_contacts() -> None:
    messages, _ = run(ActionShowReportCard(), "deny")
    assert responses(messages) == ["utter_report_contacts"]


@pytest.mark.parametrize(
    ("intent", "events", "expected"),
    [
        ("affirm", [], ["utter_nothing_open"]),
        ("pick_second", [said("what_is_abuse")], ["utter_is_this_abuse"]),
        ("pick_first", [said("what_is_abuse", 1)], ["utter_what_is_abuse_part_2"]),
        ("tell_more", [said("what_is_abuse", 1)], ["utter_what_is_abuse_part_2"]),
        ("ask_number", [said("abuse_neglect")], ["utter_how_to_report"]),
        ("go_back", [said("principles"), said("what_is_abuse")], ["utter_principles"]),
        ("affirm", [said("how_to_report")], []),
    ],
)
def test_follow_ups(intent: str, events: list[dict[str, Any]], expected: list[str]) -> None:
    messages, _ = run(ActionFollowUp(), intent, *events)
    assert responses(messages) == expected


def test_yes_to_the_way_to_report_starts_the_path() -> None:
    _, events = run(ActionFollowUp(), "affirm", said("how_to_report"))
    assert [(event["event"], event["name"]) for event in events] == [("followup", "report_form")]


def test_going_back_from_the_card_takes_up_the_path() -> None:
    _, events = run(ActionFollowUp(), "go_back", said("report_card_self"), report_ending="report_card_self")
    assert [event["event"] for event in events] == ["followup"]


def test_going_back_later_does_not() -> None:
    messages, events = run(
        ActionFollowUp(), "go_back", said("report_card_self"), said("privacy"), said("msp"), report_ending="report_card_self"
    )
    assert (responses(messages), events) == (["utter_privacy"], [])


@pytest.mark.parametrize(("before", "expected"), [("abuse_financial", "utter_signs_financial"), ("greet", "utter_signs_of_abuse")])
def test_the_signs_are_those_of_the_kind_in_mind(before: str, expected: str) -> None:
    messages, _ = run(ActionTellSigns(), "ask_signs_of_this", said(before))
    assert responses(messages) == [expected]


def test_a_hard_word_is_explained_and_an_unknown_one_is_not_guessed() -> None:
    assert responses(run(ActionExplainWord(), "ask_hard_word", hard_word="glossary_capacity")[0]) == ["utter_glossary_capacity"]
    assert responses(run(ActionExplainWord(), "ask_hard_word")[0]) == ["utter_not_understood"]


def test_on_the_path_the_open_question_is_not_said_twice_when_the_reading_changes() -> None:
    assert run(ActionSayAgainInNewMode(), "easy_read_on", said("report_danger"), on_path=True) == ([], [])


def test_more_means_the_answer_before_the_question() -> None:
    messages, _ = run(ActionShowMore(), "show_more", said("privacy", 1), said("report_danger", 1), on_path=True)
    assert responses(messages) == ["utter_privacy_part_2"]


@pytest.mark.parametrize(("missed", "expected"), [(0, "not_understood"), (1, "not_understood"), (2, "human"), (3, "not_understood")])
def test_the_third_miss_in_a_row_gives_somebody_to_talk_to(missed: int, expected: str) -> None:
    before = [said("human"), *[said("not_understood")] * missed] if missed < 3 else [*[said("not_understood")] * 2, said("human")]
    messages, events = run(ActionAdmitNotUnderstood(), "nlu_fallback", *before)
    assert responses(messages) == [f"utter_{expected}"]
    assert events == []


def test_two_close_questions_are_offered_and_remembered() -> None:
    ranking = [{"name": name, "confidence": 0.3} for name in ("ask_privacy", "ask_anonymity_confidentiality", "ask_about")]
    messages, events = run(ActionOfferTwo(), "unsure_between_two", ranking=ranking)
    assert responses(messages) == ["utter_which_one"]
    assert (messages[0]["first"], messages[0]["second"]) == ("privacy", "anonymity_confidentiality")
    assert slots_of(events) == {"offered": ["privacy", "anonymity_confidentiality"]}


@pytest.mark.parametrize("ranking", [[], [{"name": "ask_privacy", "confidence": 0.3}], [{"name": "ask_number", "confidence": 0.3}] * 2])
def test_with_fewer_than_two_answers_to_offer_it_says_that_it_did_not_understand(ranking: list[dict[str, Any]]) -> None:
    messages, events = run(ActionOfferTwo(), "unsure_between_two", ranking=ranking)
    assert responses(messages) == ["utter_not_understood"]
    assert events == []
