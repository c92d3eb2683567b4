"""The network is lost before or after the guide has answered: nothing that was typed is lost, and nothing is taken twice."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Route, expect
from visitor import QUESTION, Visitor

from bot.wording import digit_by_digit
from safeguarding.content import load_content

pytestmark = pytest.mark.browser

SPOR = str(load_content().contacts["spor"].phone)


def test_when_the_network_is_lost_the_words_stay_in_the_box_with_the_numbers(visitor: Visitor) -> None:
    visitor.cut_off()
    visitor.box.fill(QUESTION)
    visitor.box.press("Enter")
    expect(visitor.answers).to_have_count(1)
    expect(visitor.box).to_have_value(QUESTION)
    expect(visitor.asked).to_have_count(0)
    expect(visitor.answers.get_by_role("link", name=digit_by_digit(SPOR))).to_be_visible()
    visitor.page.unroute("**/chat/messages")
    visitor.box.press("Enter")
    expect(visitor.asked).to_have_count(1)


def test_an_answer_cut_in_the_middle_counts_as_lost(visitor: Visitor) -> None:
    visitor.page.route("**/chat/messages", lambda route: route.fulfill(body='{"conversation": "one-', content_type="application/json"))
    visitor.box.fill(QUESTION)
    visitor.box.press("Enter")
    expect(visitor.box).to_have_value(QUESTION)
    expect(visitor.answers).to_contain_text("cannot be reached")


def test_what_somebody_else_says_in_the_guides_place_gives_the_words_back_once(visitor: Visitor) -> None:
    visitor.page.route("**/chat/messages", lambda route: route.fulfill(json={"detail": "none"}, status=404))
    visitor.box.fill(QUESTION)
    visitor.box.press("Enter")
    expect(visitor.answers).to_contain_text("cannot be reached")
    expect(visitor.box).to_have_value(QUESTION)


def test_a_reply_that_got_lost_comes_when_the_same_is_sent_again_and_the_next_question_is_not_taken_as_answered(visitor: Visitor) -> None:
    lost: list[str] = []

    def lose(route: Route) -> None:
        lost.append(route.fetch().text())
        route.abort()

    visitor.say("how do i report abuse")
    visitor.page.locator("#choices [value=report_start]").click()
    expect(visitor.answers.last).to_contain_text("Question 1")
    visitor.page.route("**/chat/messages", lose)
    visitor.box.fill("no")
    visitor.box.press("Enter")
    expect(visitor.answers.last).to_contain_text("cannot be reached")
    asked = json.loads(lost[0])["messages"][-1]["text"].splitlines()[-1]
    visitor.page.unroute("**/chat/messages")
    expect(visitor.box).to_have_value("no")
    visitor.box.press("Enter")
    expect(visitor.answers.last).to_contain_text(asked)
    visitor.say("me")
    expect(visitor.answers.last).to_contain_text("Question 3")
