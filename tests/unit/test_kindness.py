"""The kind sentence is said once, in both readings, and nothing else of the answer is lost."""

from __future__ import annotations

import pytest

from safeguarding.content import load_content
from safeguarding.kindness import THANKS, without_what_was_said
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
    assert again["custom"]["contacts"] == composed["custom"]["contacts"]


def test_not_your_fault_is_said_only_to_the_person_harmed() -> None:
    harmed = {"concern_self", "report_card_crime_self", "report_card_staff_self"}
    blame = [
        answer.public_id
        for answer in CONTENT.answers.values()
        if answer.kind == "telling" or answer.id.startswith("report_card")
        if "not your fault" in f"{answer.standard} {' '.join(sentence.say for sentence in answer.easy_read)}".lower()
    ]
    assert set(blame) <= harmed
    assert "concern_self" in blame
