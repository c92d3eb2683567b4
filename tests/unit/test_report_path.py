"""The guided path: which question comes next, what is skipped, and the card in which it ends."""

from __future__ import annotations

from itertools import product

import pytest

from safeguarding.content import load_content
from safeguarding.report_path import (
    ANSWER,
    BUTTONS,
    BUTTONS_OF,
    MOST_QUESTIONS,
    QUESTIONS,
    VALUES,
    Path,
    Step,
    advance,
    card,
    place,
    resume,
    start,
    words_of,
)

CONTENT = load_content()


def walk(*messages: str | dict[str, str], told: dict[str, str] | None = None) -> Step:
    """The step after some messages: a button's id, the name of an intent, or what words say."""
    step = start(told or {})
    for message in messages:
        if isinstance(message, dict):
            step = advance(step.path, "tell_concern_other", message)
        elif message in BUTTONS:
            step = advance(step.path, ANSWER, BUTTONS[message])
        else:
            step = advance(step.path, message, {})
    return step


NO_DANGER, ME, ADULT, CHILD = "report_danger_no", "report_for_whom_self", "report_for_whom_adult", "report_for_whom_child"


def test_going_back_from_the_first_question_leads_out_of_the_path() -> None:
    assert walk("go_back").ending == "stop_asking"


@pytest.mark.parametrize(
    ("messages", "asked", "ending"),
    [
        ([], "danger", None),
        (["report_danger_yes"], None, "emergency"),
        ([NO_DANGER], "for_whom", None),
        ([NO_DANGER, ME], "harm", None),
        ([NO_DANGER, ME, "deny"], "staff", None),
        ([NO_DANGER, ME, "deny", "deny"], None, "report_card_self"),
        ([NO_DANGER, ME, "affirm", "deny"], None, "report_card_crime_self"),
        ([NO_DANGER, ME, "deny", "affirm"], None, "report_card_staff_self"),
        ([NO_DANGER, ADULT], "harm", None),
        ([NO_DANGER, ADULT, "deny", "deny"], "consent", None),
        ([NO_DANGER, ADULT, "deny", "deny", "affirm"], None, "report_card_other"),
        ([NO_DANGER, ADULT, "deny", "deny", "deny"], None, "report_card_says_no"),
        ([NO_DANGER, ADULT, "affirm", "deny", "affirm"], None, "report_card_crime"),
        ([NO_DANGER, ADULT, "affirm", "affirm", "not_sure"], None, "report_card_staff"),
        ([NO_DANGER, ADULT, "affirm", "deny", "deny"], None, "report_card_says_no"),
        ([NO_DANGER, ADULT, "deny", "affirm", "deny"], None, "report_card_says_no"),
        ([NO_DANGER, CHILD], None, "report_card_child"),
        ([NO_DANGER, {"for_whom": "other"}], "age", None),
        ([NO_DANGER, {"for_whom": "other"}, "report_age_child"], None, "report_card_child"),
        ([NO_DANGER, {"for_whom": "other"}, "report_age_adult"], "harm", None),
        ([NO_DANGER, {"for_whom": "other"}, "not_sure"], None, "report_card_not_sure"),
        ([NO_DANGER, {"for_whom": "self", "age": "child"}], None, "report_card_child_self"),
        (["not_sure", "not_sure"], "age", None),
        (["not_sure", "not_sure", "not_sure"], None, "report_card_not_sure"),
        (["not_sure", "not_sure", "report_age_adult", "not_sure", "not_sure"], None, "report_card_other"),
        (["deny", "pick_first", "pick_second", "pick_third"], None, "report_card_self"),
        ([NO_DANGER, "stop_asking"], None, "stop_asking"),
        (["nlu_fallback"], "danger", None),
        (["nlu_fallback", "out_of_scope"], "danger", None),
        (["nlu_fallback", "out_of_scope", "nlu_fallback"], None, "report_contacts"),
        (["nlu_fallback", "out_of_scope", NO_DANGER, "nlu_fallback", "nlu_fallback"], "for_whom", None),
        ([NO_DANGER, "affirm"], "for_whom", None),
        ([NO_DANGER, ADULT, "ask_report_path"], "danger", None),
        ([NO_DANGER, "tell_concern_self"], "harm", None),
        ([NO_DANGER, "tell_child_concern"], None, "report_card_child"),
    ],
    ids=str,
)
def test_the_next_question_or_the_ending(messages: list[str | dict[str, str]], asked: str | None, ending: str | None) -> None:
    step = walk(*messages)
    assert (step.ask, step.ending) == (asked, ending)


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ({"for_whom": "other", "age": "adult"}, "danger"),
        ({"danger": "no", "for_whom": "other", "age": "adult"}, "harm"),
        ({"danger": "no", "for_whom": "self", "harm": "yes", "staff": "no"}, None),
        ({"age": "child"}, "danger"),
        ({"danger": "perhaps", "colour": "blue"}, "danger"),
    ],
)
def test_what_was_said_already_is_not_asked(told: dict[str, str], asked: str | None) -> None:
    assert start(told).ask == asked


def test_a_question_in_the_middle_is_answered_first_and_then_the_open_one_comes_again() -> None:
    step = walk(NO_DANGER, ADULT, "ask_anonymity_confidentiality")
    assert step.digression
    assert resume(step.path).ask == "harm"


def test_what_was_told_by_the_way_is_kept() -> None:
    step = advance(walk(NO_DANGER).path, "ask_anonymity_confidentiality", {"for_whom": "other", "age": "adult"}, asks=True)
    assert step.digression
    assert resume(step.path).ask == "harm"


def test_a_worry_that_may_be_danger_is_answered_before_the_path_goes_on() -> None:
    step = advance(walk(NO_DANGER).path, "tell_concern_other_urgent", {"for_whom": "other", "age": "adult"})
    assert step.digression


@pytest.mark.parametrize("intent", ["repeat", "clarify"])
def test_the_open_question_is_said_again(intent: str) -> None:
    step = walk(NO_DANGER, intent)
    assert (step.ask, step.in_other_words) == ("for_whom", intent == "clarify")


@pytest.mark.parametrize(
    ("messages", "asked"),
    [
        ([NO_DANGER, "go_back"], "danger"),
        ([NO_DANGER, ADULT, "go_back"], "for_whom"),
        ([NO_DANGER, ADULT, "deny", "go_back"], "harm"),
        ([NO_DANGER, ADULT, "deny", "go_back", "go_back"], "for_whom"),
        ([NO_DANGER, ME, "deny", "deny", "go_back"], "staff"),
        ([NO_DANGER, CHILD, "go_back"], "for_whom"),
    ],
    ids=str,
)
def test_going_back_asks_the_question_before(messages: list[str | dict[str, str]], asked: str) -> None:
    assert walk(*messages).ask == asked


@pytest.mark.parametrize(
    ("messages", "asked", "ending"),
    [
        ([NO_DANGER, ADULT, {"for_whom": "self"}], "harm", None),
        ([NO_DANGER, ADULT, "deny", "deny", {"for_whom": "self"}], None, "report_card_self"),
        ([NO_DANGER, ADULT, {"age": "child", "for_whom": "other"}], None, "report_card_child"),
        ([NO_DANGER, ME, {"for_whom": "other", "age": "adult"}], "harm", None),
        ([NO_DANGER, ADULT, {"danger": "yes"}], None, "emergency"),
        ([NO_DANGER, {"for_whom": "self", "age": "child"}, {"for_whom": "other"}], "age", None),
        (["not_sure", "report_for_whom_not_sure", "report_age_adult", {"for_whom": "other"}], "harm", None),
    ],
    ids=str,
)
def test_people_change_their_mind(messages: list[str | dict[str, str]], asked: str | None, ending: str | None) -> None:
    step = walk(*messages)
    assert (step.ask, step.ending) == (asked, ending)


def test_what_was_known_of_another_person_is_dropped_when_it_is_about_oneself() -> None:
    step = walk(NO_DANGER, ADULT, {"consent": "no"}, {"for_whom": "self"})
    assert "consent" not in step.path.known
    assert "age" not in step.path.known


@pytest.mark.parametrize(
    ("messages", "words"),
    [
        ([], "report_danger"),
        (["nlu_fallback"], "report_danger_again"),
        (["nlu_fallback", "nlu_fallback"], "report_danger"),
        (["clarify"], "report_danger_again"),
        ([NO_DANGER, ME], "report_harm_self"),
        ([NO_DANGER, ME, "nlu_fallback"], "report_harm_self_again"),
        ([NO_DANGER, ADULT], "report_harm"),
        (["not_sure", "report_for_whom_not_sure", "report_age_adult"], "report_harm"),
    ],
    ids=str,
)
def test_the_words_of_a_question_fit_who_it_is_about_and_no_other_words_come_twice(messages: list[str], words: str) -> None:
    assert words_of(walk(*messages)) == words


def every_way(step: Step, questions: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], Step]]:
    """Every way through the path by buttons: the questions asked, and the last step."""
    if step.ask is None:
        return [(questions, step)]
    return [
        way for button in BUTTONS_OF[step.ask] for way in every_way(advance(step.path, ANSWER, BUTTONS[button]), (*questions, step.ask))
    ]


def test_every_way_by_buttons_ends_in_a_card_after_at_most_five_questions() -> None:
    ways = every_way(start({}))
    assert max(len(questions) for questions, _ in ways) == MOST_QUESTIONS
    assert all(len(set(questions)) == len(questions) for questions, _ in ways)
    endings = {str(step.ending) for _, step in ways}
    cards = {answer for answer in CONTENT.answers if answer.startswith("report_card_")}
    assert endings - {"emergency"} == cards - {"report_card_child_self"}, "no button says that somebody under 18 writes"


def test_every_question_can_change_the_card() -> None:
    """Nothing is asked for nothing: wherever a question is put, its buttons lead on to different cards."""

    def ends(step: Step) -> frozenset[str]:
        if step.ask is None:
            return frozenset({str(step.ending)})
        after = {ends(advance(step.path, ANSWER, BUTTONS[button])) for button in BUTTONS_OF[step.ask]}
        assert len(after) > 1, step
        return frozenset().union(*after)

    assert "report_card_says_no" in ends(start({}))


def test_every_question_is_reached_by_buttons() -> None:
    assert {slot for questions, _ in every_way(start({})) for slot in questions} == set(QUESTIONS)


def test_nobody_is_asked_about_their_own_consent() -> None:
    """Not even somebody who is not sure whom it is about: it may be them."""
    asked = [step.path.known["for_whom"] for questions, step in every_way(start({})) if "consent" in questions]
    assert set(asked) == {"other"}


def test_whoever_types_what_the_buttons_would_say_is_asked_at_most_five_questions_too() -> None:
    step, asked = start({}), 0
    while step.ask:
        asked += 1
        step = advance(step.path, "tell_concern_other", {step.ask: {"for_whom": "other", "age": "adult"}.get(step.ask, "no")})
    assert asked == MOST_QUESTIONS


@pytest.mark.parametrize(
    ("messages", "expected"),
    [([], (1, 5)), ([NO_DANGER], (2, 5)), ([NO_DANGER, ME], (3, 4)), ([NO_DANGER, ADULT], (3, 5)), ([NO_DANGER, "go_back"], (1, 5))],
    ids=str,
)
def test_the_place_on_the_path(messages: list[str], expected: tuple[int, int]) -> None:
    step = walk(*messages)
    assert step.ask is not None
    assert place(step.path, step.ask) == expected


def test_every_combination_of_answers_has_a_card() -> None:
    for values in product(*VALUES.values()):
        assert card(dict(zip(VALUES, values, strict=True))) in CONTENT.answers


def test_every_question_has_its_words_its_other_words_and_its_buttons() -> None:
    for slot in QUESTIONS:
        assert {f"report_{slot}", f"report_{slot}_again"} <= set(CONTENT.answers)
        assert set(BUTTONS_OF[slot]) <= set(CONTENT.choices)
        assert f"report_{slot}_not_sure" in BUTTONS_OF[slot], "“not sure” is always an answer"


def test_a_path_that_begins_knows_nothing() -> None:
    assert start({}).path == Path(asked=("danger",))
