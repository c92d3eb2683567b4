"""Which hand-offs are counted, and about what."""

from __future__ import annotations

import pytest

from safeguarding.content import HandOff, load_content
from safeguarding.escalation import ROUTES, TOPICS, who_asked
from safeguarding.routes import TOPIC_OF_ANSWER, hand_off_of, hand_offs_to_count

CONTENT = load_content()
ANSWERS = CONTENT.answers


@pytest.mark.parametrize(
    ("answer", "recent", "expected"),
    [
        ("what_is_abuse", ["abuse_financial"], None),
        ("concern_self", [], HandOff("spor", "none")),
        ("concern_self", ["concern_self", "abuse_financial", "abuse_neglect"], HandOff("spor", "financial")),
        ("concern_self", ["greet", "what_is_abuse"], HandOff("spor", "none")),
        ("domestic_abuse_support", ["abuse_financial"], HandOff("domestic_abuse", "domestic")),
        ("emergency", [], HandOff("emergency", "none")),
    ],
)
def test_the_topic_is_the_answers_own_or_the_newest_one_talked_about(answer: str, recent: list[str], expected: HandOff | None) -> None:
    assert hand_off_of(ANSWERS[answer], recent) == expected


def test_the_card_of_who_told_of_paid_care_is_about_it_whatever_else_was_talked_about() -> None:
    assert hand_off_of(ANSWERS["report_card_says_no"], ["abuse_financial"], paid_care=True) == HandOff("spor", "organisational")
    assert hand_off_of(ANSWERS["concern_self"], ["abuse_financial"], paid_care=True) == HandOff("spor", "financial"), "no card of the path"
    assert counted(["report_card_says_no"], slots={"staff": "yes"}) == ["report_card_says_no=spor:organisational"]
    assert counted(["report_card_says_no"], slots={"staff": "no"}) == ["report_card_says_no=spor:none"]


def test_every_route_and_topic_is_on_its_closed_list() -> None:
    hand_offs = [answer.hand_off for answer in ANSWERS.values() if answer.hand_off]
    assert {hand_off.route for hand_off in hand_offs} <= ROUTES
    assert {hand_off.topic for hand_off in hand_offs} | set(TOPIC_OF_ANSWER.values()) <= TOPICS


def test_every_explanation_of_a_kind_of_abuse_has_its_topic() -> None:
    assert {answer for answer in ANSWERS if answer.startswith("abuse_")} | {"scams_mate_crime"} == set(TOPIC_OF_ANSWER)


def counted(
    said: list[str], recent: list[str] | None = None, slots: dict[str, object] | None = None, known: tuple[str, ...] = ()
) -> list[str]:
    found = hand_offs_to_count(CONTENT, said, recent if recent is not None else list(reversed(said)), slots or {}, known)
    return [f"{answer}={hand_off.route}:{hand_off.topic}" for answer, hand_off in found]


def test_each_hand_off_of_a_reply_is_counted_once() -> None:
    assert counted(["emergency", "concern_self"]) == ["emergency=emergency:none", "concern_self=spor:none"]
    assert counted(["concern_self", "how_to_report"]) == ["concern_self=spor:none"], "one route and topic is one hand-off"


@pytest.mark.parametrize(("answer", "for_whom"), [("concern_self_urgent", "self"), ("concern_other_urgent", "other")])
def test_for_whom_it_was_is_counted_also_where_999_stands_first(answer: str, for_whom: str) -> None:
    ((counted_as, _),) = hand_offs_to_count(CONTENT, [answer], [answer], {}, ())
    assert who_asked(counted_as, {})["for_whom"] == for_whom


def test_what_was_counted_before_is_not_counted_again() -> None:
    assert counted(["concern_self"], known=("spor:none",)) == []
    assert counted(["concern_self"], recent=["concern_self", "abuse_neglect"], known=("spor:none",)) == ["concern_self=spor:neglect"]


def test_what_the_action_decided_in_this_turn_stands() -> None:
    assert counted(["concern_self"], slots={"handed_off": ["spor:sexual"]}) == ["concern_self=spor:sexual"]


def test_a_topic_talked_about_after_the_answer_does_not_count_for_it() -> None:
    assert counted(["concern_self", "abuse_financial"], recent=["abuse_financial", "concern_self"]) == ["concern_self=spor:none"]


def test_answers_that_are_not_there_hand_nobody_over() -> None:
    assert counted(["report_for_whom", "what_is_abuse"]) == []
