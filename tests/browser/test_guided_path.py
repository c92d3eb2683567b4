"""“Go back” and “Stop” are buttons at every question of the guided path: without script first, in both readings, by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from visitor import Visitor

pytestmark = pytest.mark.browser

ANSWERS = ("report_danger_no", "report_for_whom_adult", "report_harm_no", "report_staff_no", "report_consent_yes")


def way_out(page: Page) -> list[str]:
    return page.locator("#way-out button:visible").evaluate_all("buttons => buttons.map((button) => button.value)")


def begin(visitor: Visitor, *, easy: bool, script: bool) -> None:
    if easy:
        visitor.toggle.click()
        expect(visitor.page.locator("html")).to_have_class("easy-read")
    visitor.page.locator("#choices [value=how_to_report]").first.click()
    if script:
        expect(visitor.answers).to_have_count(1)
    press(visitor, "report_start", script=script)


def press(visitor: Visitor, choice: str, *, script: bool) -> None:
    before = visitor.answers.count()
    visitor.page.locator(f"#ask ~ * [value={choice}], [form=ask][value={choice}]").first.click()
    if script:
        expect(visitor.answers).to_have_count(before + 1)
        expect(visitor.page.locator("#ask")).not_to_have_attribute("aria-busy", "true")


def walk(visitor: Visitor, *, script: bool) -> None:
    for answer in ANSWERS:
        assert way_out(visitor.page) == ["report_back", "report_stop"], answer
        assert visitor.page.locator("#choices [value=report_back], #choices [value=report_stop]").count() == 0
        press(visitor, answer, script=script)
    assert way_out(visitor.page) == []
    expect(visitor.answers.last).to_contain_text("I have not told anyone")


@pytest.mark.parametrize("easy", [False, True], ids=["usual", "easy read"])
def test_both_stand_beside_every_question_without_script(without_script: Visitor, easy: bool) -> None:
    begin(without_script, easy=easy, script=False)
    walk(without_script, script=False)


@pytest.mark.parametrize("easy", [False, True], ids=["usual", "easy read"])
def test_both_stand_beside_every_question(visitor: Visitor, easy: bool) -> None:
    begin(visitor, easy=easy, script=True)
    walk(visitor, script=True)


def test_going_back_by_keyboard_asks_the_question_before_and_its_heading_has_the_focus(visitor: Visitor) -> None:
    begin(visitor, easy=False, script=True)
    press(visitor, "report_danger_no", script=True)
    visitor.page.get_by_role("button", name="Go back").focus()
    visitor.page.keyboard.press("Enter")
    expect(visitor.answers.last).to_contain_text("Question 1")
    expect(visitor.answers.last.get_by_role("heading")).to_be_focused()
    expect(visitor.announced).to_contain_text("Go back, Stop these questions")


def test_stopping_at_the_second_question_takes_both_away(visitor: Visitor) -> None:
    begin(visitor, easy=False, script=True)
    press(visitor, "report_danger_no", script=True)
    press(visitor, "report_stop", script=True)
    expect(visitor.answers.last).to_contain_text("I have stopped")
    assert way_out(visitor.page) == []
