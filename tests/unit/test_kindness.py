"""The kind sentence is said once, in both readings, and nothing else of the answer is lost."""

from __future__ import annotations

import re

import pytest

from safeguarding.content import Answer, load_content
from safeguarding.kindness import THANKS, comfort_given, kind_words_once, without_what_was_said
from safeguarding.messages import compose

CONTENT = load_content()
KIND = [answer for answer in CONTENT.answers.values() if answer.said_once]


@pytest.mark.parametrize("answer", KIND, ids=lambda answer: answer.id)
def test_the_thanks_stand_in_its_place_and_every_number_stays(answer) -> None:
    composed = compose(CONTENT, answer, easy_read=False)
    again = without_what_was_said(CONTENT, answer, composed)
    assert not [sentence for sentence in answer.said_once if sentence in again["text"]]
    assert again["text"].count(CONTENT.answers[THANKS].standard) == 1
    assert again["custom"] == composed["custom"]
    kept = composed["text"]
    for sentence in answer.said_once:
        kept = kept.replace(sentence, "")
    assert again["text"].replace(CONTENT.answers[THANKS].standard, "") == kept


@pytest.mark.parametrize("answer", KIND, ids=lambda answer: answer.id)
def test_in_easy_read_the_first_part_keeps_its_length_and_its_numbers(answer) -> None:
    composed = compose(CONTENT, answer, easy_read=True)
    again = without_what_was_said(CONTENT, answer, composed)
    rows = [row["text"] for row in again["custom"]["sentences"]]
    assert not set(rows) & set(answer.said_once)
    assert len(rows) <= 3
    own = [sentence.say for sentence in answer.easy_read[:3] if sentence.say in answer.said_once]
    assert (CONTENT.answers[THANKS].standard in rows) is bool(own)
    assert again["custom"]["contacts"] == composed["custom"]["contacts"]


@pytest.mark.parametrize("easy_read", [False, True])
def test_the_thanks_are_said_once_too(easy_read: bool) -> None:
    composed = [compose(CONTENT, CONTENT.answers["concern_self"], easy_read=easy_read)]
    second, third = (kind_words_once(CONTENT, composed, before)[0] for before in (["concern_self"], ["concern_self", THANKS]))
    thanks = CONTENT.answers[THANKS].standard
    assert (thanks in second["text"], thanks in third["text"]) == (True, False)
    assert not [sentence for sentence in CONTENT.answers["concern_self"].said_once if sentence in third["text"]]
    assert third["text"] == second["text"].replace(thanks, "").strip()
    assert kind_words_once(CONTENT, composed, ["concern_other"]) == composed


@pytest.mark.parametrize("before", [[], ["concern_other"]])
def test_what_is_remembered_after_an_answer(before: list[str]) -> None:
    answer = CONTENT.answers["concern_self"]
    assert comfort_given(CONTENT.answers, answer, before) == "concern_self"
    assert comfort_given(CONTENT.answers, answer, [*before, "concern_self"]) == THANKS
    assert comfort_given(CONTENT.answers, CONTENT.answers["privacy"], before) is None


def test_a_sentence_that_another_answer_said_is_not_said_again() -> None:
    alike = [(one, other) for one in KIND for other in KIND if one.id < other.id and set(one.said_once) & set(other.said_once)]
    assert alike, "some answers share a kind sentence"
    for one, other in alike:
        assert comfort_given(CONTENT.answers, other, [one.id]) == THANKS
        composed = [compose(CONTENT, other, easy_read=False)]
        (again,) = kind_words_once(CONTENT, composed, [one.id])
        assert not [sentence for sentence in other.said_once if sentence in again["text"]]


def test_each_answer_has_one_kind_sentence_for_each_reading() -> None:
    for answer in KIND:
        standard = [sentence for sentence in answer.said_once if sentence in answer.standard]
        easy = [sentence for sentence in answer.said_once if sentence in {row.say for row in answer.easy_read}]
        assert len(standard) <= 1, answer.id
        assert len(easy) <= 1, answer.id


OPENING = re.compile(r"^(?:I am sorry|Thank you|It is good that)")


def test_every_kind_opening_of_a_worry_or_a_card_is_said_once() -> None:
    """Also in easy read, where it may be the second sentence, after 999."""
    for answer in CONTENT.answers.values():
        if answer.kind != "telling" and not answer.id.startswith(("report_card", "concern")):
            continue
        standard = [paragraph for paragraph in answer.standard.split("\n\n") if OPENING.match(paragraph)]
        easy = [sentence.say for sentence in answer.easy_read if OPENING.match(sentence.say)]
        assert [text for text in (*standard, *easy) if not any(said in text for said in answer.said_once)] == [], answer.id


FAULT = re.compile(r"not (?:\w+ )?your fault|not to blame", re.IGNORECASE)
CONDITION = re.compile(r"\bif (?:this|you|some(?:one|body))\b", re.IGNORECASE)
TOLD_TO_WHO_WAS_HARMED = {"concern_self", "concern_self_urgent", "report_card_crime_self", "report_card_staff_self"}


def test_not_your_fault_is_said_only_to_the_person_harmed() -> None:
    """An explanation says it with an “if”: anybody may ask for it."""
    said = {answer.id: [sentence for sentence in _sentences(answer) if FAULT.search(sentence)] for answer in CONTENT.answers.values()}
    bare = {name for name, found in said.items() if any(not CONDITION.search(sentence) for sentence in found)}
    assert bare == TOLD_TO_WHO_WAS_HARMED
    explains = {"what_is_abuse", *(name for name, folder in CONTENT.folders.items() if folder == "abuse")}
    assert {name for name, found in said.items() if found} - bare <= explains


def _sentences(answer: Answer) -> list[str]:
    return [*re.split(r"(?<=[.:?])\s+", answer.standard), *(sentence.say for sentence in answer.easy_read)]
