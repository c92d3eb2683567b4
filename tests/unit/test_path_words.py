"""What words say on the guided path: hits and near-misses for each thing that is read."""

from __future__ import annotations

import pytest

from safeguarding.path_words import asks, corrects, read, says_only_who, still_about_self
from safeguarding.report_path import VALUES


@pytest.mark.parametrize(
    ("text", "open_question", "expected"),
    [
        ("no", "danger", {"danger": "no"}),
        ("not right now", "danger", {"danger": "no"}),
        ("Nobody is in danger", "danger", {"danger": "no"}),
        ("it was years ago", "danger", {"danger": "no"}),
        ("yes", "danger", {"danger": "yes"}),
        ("I think so", "danger", {"danger": "yes"}),
        ("I don’t know", "danger", {"danger": "not_sure"}),
        ("no idea", "danger", {"danger": "not_sure"}),
        ("no wait", "danger", {}),
        ("no, actually", "danger", {}),
        ("blah", "danger", {}),
        ("me", "for_whom", {"for_whom": "self"}),
        ("It's about me.", "for_whom", {"for_whom": "self"}),
        ("myself", "for_whom", {"for_whom": "self"}),
        ("someone else", "for_whom", {"for_whom": "other"}),
        ("another adult", "for_whom", {"for_whom": "other", "age": "adult"}),
        ("not me, my friend", "for_whom", {"for_whom": "other"}),
        ("my neighbour, she's 85", "for_whom", {"for_whom": "other", "age": "adult"}),
        ("my mum", "for_whom", {"for_whom": "other", "age": "adult"}),
        ("my brother with a learning disability", "for_whom", {"for_whom": "other"}),
        ("a child", "for_whom", {"for_whom": "other", "age": "child"}),
        ("im 15", "for_whom", {"for_whom": "self", "age": "child"}),
        ("I am 70 and my son hits me", None, {"for_whom": "self", "age": "adult", "harm": "yes"}),
        ("yes", "for_whom", {}),
        ("not sure", "for_whom", {"for_whom": "not_sure"}),
        ("85", "age", {"age": "adult"}),
        ("85", "for_whom", {"age": "adult", "for_whom": "other"}),
        ("she is 17", "age", {"age": "child", "for_whom": "other"}),
        ("over 18", "age", {"age": "adult"}),
        ("a teenager", "age", {"age": "child"}),
        ("she has the mind of a child", "age", {"for_whom": "other"}),
        ("2", "age", {}),
        ("not sure how old", "age", {"age": "not_sure"}),
        ("yes", "harm", {"harm": "yes"}),
        ("they took her money", "harm", {"harm": "yes"}),
        ("someone takes my mum's money", None, {"for_whom": "other", "age": "adult", "harm": "yes"}),
        ("my son takes my money", None, {"for_whom": "self", "harm": "yes"}),
        ("no one hit her", "harm", {"harm": "no"}),
        ("nobody", "harm", {"harm": "no"}),
        ("nothing like that", "harm", {"harm": "no"}),
        ("it started 3 weeks ago", "harm", {"danger": "no"}),
        ("it's the care home", "staff", {"staff": "yes"}),
        ("her carer", "staff", {"staff": "yes"}),
        ("no, it's her son", "staff", {"staff": "no", "for_whom": "other"}),
        ("family", "staff", {"staff": "no"}),
        ("yes, for 5 years", "danger", {"danger": "yes"}),
        ("no, it was 10 years ago", "danger", {"danger": "no"}),
        ("only 15 minutes ago", "danger", {}),
        ("about £10", "harm", {}),
        ("the bill was £16", "harm", {}),
        ("he hit her twelve times", None, {"harm": "yes"}),
        ("they took fifty pounds", "harm", {}),
        ("she is nearly ninety", None, {"for_whom": "other", "age": "adult"}),
        ("she is sixteen", None, {"for_whom": "other", "age": "child"}),
        ("my neighbour, nearly 90", "for_whom", {"for_whom": "other", "age": "adult"}),
        ("sixteen", "age", {"age": "child"}),
        ("eighty two", "age", {"age": "adult"}),
        ("85 years", "age", {"age": "adult"}),
        ("i am a support worker worried about a client", None, {"for_whom": "other"}),
        ("as her nurse i am worried about her", None, {"for_whom": "other"}),
        ("my manager says to report it", None, {}),
        ("i am a nurse and another nurse hits a patient", None, {"for_whom": "other", "harm": "yes", "staff": "yes"}),
        ("she is in a nursing home", None, {"for_whom": "other"}),
        ("no, he is in hospital", "danger", {"danger": "no", "for_whom": "other"}),
        ("the staff in her care home", "danger", {"staff": "yes"}),
        ("at the hospital", "staff", {"staff": "yes"}),
        ("she knows", "consent", {"consent": "yes"}),
        ("he asked me to", "consent", {"consent": "yes"}),
        ("she said no", "consent", {"consent": "no"}),
        ("no she doesn't know", "consent", {"consent": "no"}),
        ("she doesn't want me to tell anyone", None, {"consent": "no"}),
        ("I don't know", "consent", {"consent": "not_sure"}),
        ("he has dementia and can't decide", "consent", {"consent": "not_sure", "for_whom": "other"}),
        ("asdf qwer", "consent", {}),
    ],
)
def test_what_is_read(text: str, open_question: str | None, expected: dict[str, str]) -> None:
    said = read(text, open_question)
    assert said == expected
    assert all(value in VALUES[slot] for slot, value in said.items()), "only values from the closed lists"


@pytest.mark.parametrize("text", ["yes", "no", "not sure", "85", "me too", "hello"])
def test_a_bare_word_says_nothing_where_nothing_was_asked(text: str) -> None:
    assert read(text, None) == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [("will they tell my mum?", True), ("what happens next", True), ("and how long", True), ("my mum", False), ("she is 85", False)],
)
def test_a_question_is_told_from_an_answer(text: str, expected: bool) -> None:
    assert asks(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("actually it's me", True),
        ("no wait, he's 16", True),
        ("sorry, I meant my sister", True),
        ("she is 85", False),
        ("no", False),
        ("not right now", False),
    ],
)
def test_a_correction_is_known(text: str, expected: bool) -> None:
    assert corrects(text) is expected


@pytest.mark.parametrize(
    ("text", "open_question", "about"),
    [
        ("no, it's my son", "staff", None),
        ("yes, my husband", "harm", None),
        ("actually it's my mum", "harm", "other"),
        ("no not me, my sister", "staff", "other"),
        ("my mum", "for_whom", "other"),
    ],
)
def test_who_writes_about_themselves_may_name_who_did_it(text: str, open_question: str, about: str | None) -> None:
    assert still_about_self(text, read(text, open_question), open_question).get("for_whom") == about


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("my neighbour Marie Le Sueur, she's 85", True),
        ("My neighbour, she is 85 years old", True),
        ("it's about my mum", True),
        ("my old neighbour Mr O'Connor aged 77", True),
        ("my nan Margaret-Ann, she's about 90", True),
        ("my mum is bleeding", False),
        ("my neighbour Marie, she's on the floor", False),
        ("MY MUM SHES 85 SHES NOT BREATHING", False),
        ("my mum, she's 85. Help", False),
        ("my neighbour, she's 85. He Is Back", False),
        ("actually it's me", True),
        ("no wait, it's my friend", True),
        ("actually it's me, he is here", False),
        ("actually it's me please hurry", False),
        ("85", False),
        ("no", False),
    ],
)
def test_a_message_that_says_who_it_is_about_and_nothing_else(text: str, only: bool) -> None:
    assert says_only_who(text) is only
