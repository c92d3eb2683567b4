"""Fields of the wrong shape, names that stand nowhere and dates that have passed, each planted in a copy of content/."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from findings import ANSWER, HAND_OFF, one

from safeguarding.content_files import Finding


@pytest.mark.parametrize("version", ["standard", "easy_read"])
def test_a_missing_version(edit: Callable[..., list[Finding]], version: str) -> None:
    assert "missing" in one(edit(ANSWER, lambda answer: answer.pop(version)), ANSWER, version).wrong


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("label", "", "empty"),
        ("label", "These words are far too long for one button", "36 is the most"),
        ("label", 12, "quotation marks"),
        ("title", True, "quotation marks"),
        ("kind", "chat", "question"),
        ("standard", ["a", "list"], "plain words"),
        ("choices", ["about", "human", "privacy", "greet"], "3 is the most"),
        ("choices", ["about", "about"], "twice"),
        ("sources", [], "empty"),
        ("id", "Thanks you", "name of the file"),
        ("reviewed_on", "last week", "2026-11-23"),
    ],
)
def test_a_field_of_the_wrong_shape(edit: Callable[..., list[Finding]], field: str, value: Any, words: str) -> None:
    finding = one(edit(ANSWER, lambda answer: answer.update({field: value})), ANSWER, field)
    assert words in f"{finding.wrong} {finding.to_do}"


def test_a_misspelt_field_is_recognised(edit: Callable[..., list[Finding]]) -> None:
    finding = one(edit(ANSWER, lambda answer: answer.update(choises=["about"])), ANSWER, "choises")
    assert finding.to_do == "Did you mean “choices”?"


def test_a_picture_name_that_yaml_reads_as_no(edit: Callable[..., list[Finding]]) -> None:
    one(edit(ANSWER, lambda answer: answer["easy_read"][0].update(picture=False)), ANSWER, "easy_read, sentence 1 (picture)")


def test_a_sentence_of_easy_read_without_a_picture(edit: Callable[..., list[Finding]]) -> None:
    finding = one(edit(ANSWER, lambda answer: answer["easy_read"][0].pop("picture")), ANSWER, "easy_read, sentence 1 (picture)")
    assert "pictures.yml" in finding.to_do


def test_a_number_without_quotation_marks(edit: Callable[..., list[Finding]]) -> None:
    one(edit("contacts.yml", lambda data: data["contacts"]["emergency"].update(phone=999)), "contacts.yml", "contacts, emergency, phone")


def test_an_id_that_is_not_the_name_of_its_file(edit: Callable[..., list[Finding]]) -> None:
    assert "id: thanks" in one(edit(ANSWER, lambda answer: answer.update(id="thank_you")), ANSWER, "id").to_do


# Names that stand nowhere.


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("contacts", lambda answer: answer["contacts"].append("sporr")),
        ("sources", lambda answer: answer["sources"].append("a_page")),
        ("choices", lambda answer: answer.update(choices=["no_such_answer"])),
        ("choices", lambda answer: answer.update(choices=["service_problem"])),
        ("shown_as", lambda answer: answer.update(shown_as="no_such_answer")),
        ("easy_read, sentence 1", lambda answer: answer["easy_read"][0].update(picture="unicorn")),
        ("standard", lambda answer: answer.update(standard="Call [[sporr.phone]].")),
        ("standard", lambda answer: answer.update(standard="Write to [[emergency.email]].")),
        ("standard", lambda answer: answer.update(standard="Go to [[concerns_form.url]].")),
        ("easy_read, sentence 1", lambda answer: answer["easy_read"][0].update(say="Call [[sporr.phone]].")),
    ],
)
def test_an_unknown_name(edit: Callable[..., list[Finding]], field: str, change: Callable[[Any], Any]) -> None:
    one(edit(ANSWER, change), ANSWER, field)


@pytest.mark.parametrize("field", ["route", "topic"])
def test_a_hand_off_that_is_not_on_the_closed_list(edit: Callable[..., list[Finding]], field: str) -> None:
    finding = one(edit(HAND_OFF, lambda answer: answer["hand_off"].update({field: "elsewhere"})), HAND_OFF, f"hand_off, {field}")
    assert {"route": "children, ", "topic": "financial, "}[field] in finding.to_do


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("spor, source", lambda spor: spor.update(source="a_page")),
        ("spor", lambda spor: spor.pop("phone")),
        ("spor, url_setting", lambda spor: spor.update(url_setting="NO_SUCH_SETTING")),
    ],
)
def test_a_contact_that_leads_nowhere(edit: Callable[..., list[Finding]], field: str, change: Callable[[Any], Any]) -> None:
    findings = edit("contacts.yml", lambda data: change(data["contacts"]["spor"]))
    one([finding for finding in findings if finding.file == "contacts.yml"], "contacts.yml", field)


def test_a_picture_that_the_installed_set_does_not_have(edit: Callable[..., list[Finding]]) -> None:
    one(edit("pictures.yml", lambda data: data["pictures"]["home"].update(drawing="castle-in-the-air")), "pictures.yml", "home")


# Dates.


def test_an_overdue_answer(edit: Callable[..., list[Finding]], today: date) -> None:
    yesterday = today - timedelta(days=1)
    finding = one(edit(ANSWER, lambda answer: answer.update(review_by=yesterday)), ANSWER, "review_by")
    assert finding.serious
    assert str(yesterday) in finding.wrong


def test_an_overdue_contact(edit: Callable[..., list[Finding]], today: date) -> None:
    change = lambda data: data["contacts"]["spor"].update(review_by=today - timedelta(days=1))  # noqa: E731
    assert one(edit("contacts.yml", change), "contacts.yml", "spor, review_by").serious


@pytest.mark.parametrize(("days", "said"), [(0, True), (14, True), (15, False)])
def test_a_review_that_is_due_soon_is_said_and_does_not_fail(
    edit: Callable[..., list[Finding]], today: date, days: int, said: bool
) -> None:
    findings = edit(ANSWER, lambda answer: answer.update(review_by=today + timedelta(days=days)))
    assert [finding.serious for finding in findings] == ([False] if said else [])


def test_a_date_in_quotation_marks(edit: Callable[..., list[Finding]]) -> None:
    one(edit(ANSWER, lambda answer: answer.update(review_by="2031-01-01")), ANSWER, "review_by")


def test_a_review_that_lies_in_the_future(edit: Callable[..., list[Finding]], today: date) -> None:
    one(edit(ANSWER, lambda answer: answer.update(reviewed_on=today + timedelta(days=1))), ANSWER, "reviewed_on")
