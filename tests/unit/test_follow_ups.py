"""Short messages about the last answer: how they are known, and what they lead to."""

from __future__ import annotations

import pytest

from safeguarding.content import load_content
from safeguarding.follow_ups import (
    NOTHING_OPEN,
    Shown,
    follow_up,
    in_context,
    kind_in_mind,
    meaning_response,
    reason,
    with_first,
    words_to_explain,
)
from safeguarding.report_path import QUESTIONS
from safeguarding.short_messages import SHORT_MESSAGES, hard_word, recognise

CONTENT = load_content()


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Yes", "affirm"),
        ("yes please!", "affirm"),
        ("no", "deny"),
        ("No thanks", "deny"),
        ("not sure", "not_sure"),
        ("stop", "stop_asking"),
        ("cancel", "stop_asking"),
        ("go back please", "go_back"),
        ("tell me more", "tell_more"),
        ("and the phone number?", "ask_number"),
        ("Why?", "ask_why"),
        ("the second one", "pick_second"),
        ("2", "pick_second"),
        ("What are the signs?", "ask_signs_of_this"),
        ("start again", "start_again"),
        ("nothing", "say_nothing"),
        ("Sorry, it's nothing.", "say_nothing"),
        ("I have nothing to say", "say_nothing"),
        ("ok", "acknowledge"),
        ("I see", "acknowledge"),
        ("nothing is stopping him", None),
        ("i have nothing to eat", None),
        ("ok he is hitting me", None),
        ("he won't stop", None),
        ("stop him he has a knife", None),
        ("yes he hits her", None),
        ("why does he hit me", None),
        ("what are the signs of neglect", None),
        ("go back to him", None),
        ("the police number", None),
        ("no one is there", None),
        ("", None),
    ],
)
def test_a_short_message_is_known_by_the_whole_of_it(text: str, intent: str | None) -> None:
    assert recognise(text) == intent


def test_no_wording_belongs_to_two_kinds() -> None:
    for text in ("yes", "no", "stop", "back", "more", "why", "number", "1", "2", "3", "4", "signs", "restart", "nothing", "ok"):
        assert len([intent for intent, pattern in SHORT_MESSAGES.items() if pattern.fullmatch(text)]) == 1, text


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("what does capacity mean", "capacity"),
        ("What does ‘coercive’ mean?", "coercive control"),
        ("meaning of referral", "referral"),
        ("what do you mean by consent", "consent"),
        ("what does the word advocate mean", "advocate"),
        ("what does advocates mean", "advocate"),
        ("what does safeguarding mean", None),
        ("what does empowerment mean", None),
        ("what does flub mean", None),
        ("what does that mean", None),
        ("consent", None),
    ],
)
def test_a_hard_word_is_found_in_the_glossary(text: str, word: str | None) -> None:
    assert hard_word(text, CONTENT.glossary) == word


def test_each_meaning_has_a_response_of_its_own() -> None:
    assert len({meaning_response(word) for word in CONTENT.glossary}) == len(CONTENT.glossary)


@pytest.mark.parametrize(
    ("intent", "shown", "recent", "expected"),
    [
        ("affirm", None, (), NOTHING_OPEN),
        ("ask_number", None, (), "how_to_report"),
        ("affirm", Shown("what_is_abuse"), (), "signs_of_abuse"),
        ("affirm", Shown("what_is_abuse", 1), (), "more"),
        ("pick_first", Shown("what_is_abuse"), (), "signs_of_abuse"),
        ("pick_second", Shown("what_is_abuse"), (), "is_this_abuse"),
        ("pick_third", Shown("what_is_abuse"), (), "how_to_report"),
        ("pick_fourth", Shown("what_is_abuse"), (), NOTHING_OPEN),
        ("pick_fourth", Shown("what_is_abuse", 1), (), "how_to_report"),
        ("ask_number", Shown("abuse_financial"), (), "how_to_report"),
        ("ask_number", Shown("child_concern"), (), "child_concern"),
        ("tell_more", Shown("what_is_abuse"), ("what_is_abuse",), "signs_of_abuse"),
        ("tell_more", Shown("what_is_abuse"), ("what_is_abuse", "signs_of_abuse"), "is_this_abuse"),
        ("tell_more", Shown("what_is_abuse", 1), ("what_is_abuse",), "more"),
        ("go_back", Shown("signs_of_abuse"), ("signs_of_abuse", "what_is_abuse"), "what_is_abuse"),
        ("go_back", Shown("signs_of_abuse"), ("signs_of_abuse",), NOTHING_OPEN),
    ],
)
def test_what_a_follow_up_leads_to(intent: str, shown: Shown | None, recent: tuple[str, ...], expected: str) -> None:
    assert follow_up(intent, shown, recent, CONTENT) == expected


@pytest.mark.parametrize(
    ("intent", "put_first", "expected"),
    [
        ("pick_first", "privacy", "privacy"),
        ("pick_second", "privacy", "signs_of_abuse"),
        ("pick_second", "is_this_abuse", "signs_of_abuse"),
        ("pick_first", "what_is_abuse", "signs_of_abuse"),
        ("affirm", "privacy", "signs_of_abuse"),
    ],
)
def test_a_place_is_that_of_the_buttons_shown(intent: str, put_first: str, expected: str) -> None:
    assert follow_up(intent, Shown("what_is_abuse"), (), CONTENT, put_first=put_first) == expected


def test_what_is_put_in_front_stands_behind_the_next_part_and_takes_no_room_that_there_is_not() -> None:
    assert with_first(["more", "a", "b", "c"], "d") == ["more", "d", "a", "b"]
    assert with_first(["a", "b"], "b") == ["b", "a"]
    assert with_first(["a", "b"], None) == ["a", "b"]


@pytest.mark.parametrize(
    ("recent", "kind"),
    [
        (("abuse_financial",), "abuse_financial"),
        (("how_to_report", "abuse_neglect"), "abuse_neglect"),
        (("what_is_abuse", "abuse_neglect"), None),
        (("greet", "thanks", "privacy", "abuse_neglect"), None),
        ((), None),
    ],
)
def test_the_kind_of_abuse_in_mind(recent: tuple[str, ...], kind: str | None) -> None:
    assert kind_in_mind(recent) == kind


def test_where_two_were_offered_the_second_one_means_the_second_of_them() -> None:
    two = ("principles", "msp")
    assert follow_up("pick_second", Shown("what_is_abuse"), ("which_one", "what_is_abuse"), CONTENT, two) == "msp"
    assert follow_up("pick_third", Shown("what_is_abuse"), ("which_one", "what_is_abuse"), CONTENT, two) == NOTHING_OPEN


@pytest.mark.parametrize(
    ("intent", "recent", "meant"),
    [
        ("ask_words_to_say", ("emergency",), "tell_after_emergency_what_to_say"),
        ("ask_words_to_say", ("after_emergency_no_police", "emergency"), "tell_after_emergency_what_to_say"),
        ("deny", ("emergency",), "tell_after_emergency"),
        ("say_nothing", ("after_emergency_false_alarm", "emergency"), "tell_after_emergency_nothing"),
        ("acknowledge", ("emergency",), "tell_after_emergency"),
        ("out_of_scope", ("emergency",), "tell_after_emergency"),
        ("out_of_scope", ("after_emergency", "emergency"), "out_of_scope"),
        ("say_nothing", ("what_is_abuse",), "deny"),
        ("acknowledge", (), "deny"),
        ("ask_privacy", ("emergency",), "ask_privacy"),
        ("deny", ("how_to_report", "emergency"), "deny"),
        ("ask_words_to_say", (), "ask_words_to_say"),
    ],
)
def test_right_after_the_emergency_answer_999_stays_in_sight(intent: str, recent: tuple[str, ...], meant: str) -> None:
    assert in_context(intent, recent) == meant


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("What is a referral?", "referral"),
        ("whats an enquiry", "enquiry"),
        ("what are allegations", "allegation"),
        ("what is the jersey care commission", "Jersey Care Commission"),
        ("what is consent", None),
        ("what is a referral for", None),
    ],
)
def test_a_word_that_no_answer_is_about_is_explained_where_it_is_asked_for_plainly(text: str, word: str | None) -> None:
    assert hard_word(text, CONTENT.glossary) == word


@pytest.mark.parametrize(
    ("newest", "answer"),
    [
        (None, "why"),
        ("what_is_abuse", "why"),
        ("how_to_report", "why_spor"),
        ("report_card_other", "why_spor"),
        ("child_concern", "why_these_people"),
        ("out_of_scope", "why_only_safeguarding"),
        ("not_understood", "why_only_safeguarding"),
        ("report_danger_unsure", "why_report_danger"),
        ("report_harm_self_again", "why_report_harm"),
        ("why_spor", "why"),
        ("concern_self_urgent", "why"),
        ("online_form", "why"),
    ],
)
def test_why_is_about_what_was_said_last(newest: str | None, answer: str) -> None:
    assert reason(newest, CONTENT) == answer


def test_every_question_of_the_path_has_its_reason() -> None:
    assert {reason(f"report_{slot}", CONTENT) for slot in QUESTIONS} <= set(CONTENT.answers)


def test_hard_words_of_the_shown_easy_part_are_explained_each_once() -> None:
    assert words_to_explain(Shown("consent_capacity", 3), CONTENT) == ["capacity"]
    assert words_to_explain(Shown("consent_capacity", 0), CONTENT) == []
    assert words_to_explain(Shown("abuse_financial", 1), CONTENT) == [], "the part itself says what it is"
    assert words_to_explain(Shown("emergency", 2), CONTENT) == [], "999 leads"
    assert words_to_explain(Shown("gone", 1), CONTENT) == []
