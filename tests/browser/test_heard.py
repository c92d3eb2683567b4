"""What a screen reader gets in each state: the tree of names and roles that the browser hands to it."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from playwright.sync_api import expect
from states import see_easy_read, see_emergency, see_offline, see_question, see_slow
from visitor import QUESTION, Visitor

pytestmark = pytest.mark.browser


def test_without_script_an_answer_and_its_numbers(without_script: Visitor) -> None:
    without_script.say_without_script(QUESTION)
    expect(without_script.page.locator("body")).to_match_aria_snapshot(
        """
        - link "Go to the question box"
        - banner:
          - heading "Keeping adults in Jersey safe" [level=1]
          - button "Leave quickly"
        - main:
          - list "Conversation":
            - listitem:
              - heading "Guide" [level=2]
              - paragraph:
                - link "Neglect"
          - group "Choose, or write below"
          - textbox "Ask in your own words"
          - button "Ask"
        - complementary "Help now"
        """
    )


def test_an_emergency_says_the_number_before_the_words(visitor: Visitor) -> None:
    see_emergency(visitor)
    expect(visitor.answers.last).to_match_aria_snapshot(
        """
        - listitem:
          - heading "Guide" [level=2]
          - list:
            - listitem:
              - link "Emergency services Call 9 9 9"
          - paragraph: /9 9 9/
        """
    )
    expect(visitor.announced).to_have_text(re.compile("Guide: Call 9 9 9 now"))


def test_a_question_of_the_path_says_its_place_and_names_its_buttons(visitor: Visitor) -> None:
    see_question(visitor)
    expect(visitor.page.get_by_role("main")).to_match_aria_snapshot(
        """
        - main:
          - list "Conversation":
            - listitem:
              - heading "Guide" [level=2]
              - paragraph: /Question 1 of [0-9]/
          - group "Choose, or write below":
            - button "Yes, in danger now"
            - button "No, not now"
            - button "Not sure"
          - group "These questions":
            - button "Go back"
            - button "Stop these questions"
        """
    )


def test_easy_read_says_each_sentence_with_its_picture(visitor: Visitor) -> None:
    see_easy_read(visitor)
    expect(visitor.answers.last.locator(".words")).to_match_aria_snapshot(
        """
        - list:
          - listitem:
            - img /.+/
            - paragraph: /.+/
          - listitem:
            - img /.+/
            - paragraph: /.+/
          - listitem:
            - img /.+/
            - paragraph: /.+/
        """
    )
    expect(visitor.toggle).to_have_attribute("aria-pressed", "true")


def test_a_slow_answer_says_so_and_shows_the_numbers(visitor: Visitor) -> None:
    see_slow(visitor)
    expect(visitor.page.get_by_role("status")).to_match_aria_snapshot(
        """
        - status:
          - paragraph: /This is slow/
          - list:
            - listitem:
              - link "Emergency services Call 9 9 9"
        """
    )


def test_a_lost_network_says_so_with_the_numbers_and_keeps_the_words(visitor: Visitor) -> None:
    see_offline(visitor)
    expect(visitor.answers.last).to_match_aria_snapshot(
        """
        - listitem:
          - heading "Guide" [level=2]
          - paragraph: /cannot be reached/
          - list:
            - listitem:
              - link "Emergency services Call 9 9 9"
        """
    )
    expect(visitor.box).to_have_value(QUESTION)


def test_danger_in_another_language_says_the_number_first_and_the_english_after_the_words(visitor: Visitor) -> None:
    visitor.say("on mnie teraz bije, ratunku")
    expect(visitor.answers.last).to_match_aria_snapshot(
        """
        - listitem:
          - heading /./ [level=2]
          - list:
            - listitem:
              - link /9 9 9/
          - paragraph: /9 9 9/
          - list:
            - listitem:
              - strong: Police, please. My address is …
        """
    )


def test_the_english_for_the_phone_is_announced_as_english(visitor: Visitor) -> None:
    visitor.say("on mnie teraz bije, ratunku")
    expect(visitor.announced.locator("[lang=en]").first).to_have_text("Police, please. My address is …")
    expect(visitor.announced.locator("[lang=pl]").first).to_contain_text("9 9 9")
    expect(visitor.announced.locator("[lang=pl]", has_text="Police, please")).to_have_count(0)


def test_without_script_a_number_among_the_words_is_heard_digit_by_digit_and_seen_as_it_is(without_script: Visitor) -> None:
    without_script.say_without_script("he is hitting me right now")
    number = without_script.answers.first.locator(".words .figures").first
    expect(number.locator("[aria-hidden=true]")).to_have_text("999")
    expect(number.locator(":not([aria-hidden])")).to_have_text("9 9 9")
    assert number.evaluate("number => number.getBoundingClientRect().width - number.lastElementChild.getBoundingClientRect().width") < 1
    expect(number).to_match_aria_snapshot("- text: 9 9 9")


def test_the_answer_book_has_a_heading_for_each_topic_answer_and_reading(visitor: Visitor) -> None:
    visitor.page.goto(f"{visitor.home}answers?language=fr")
    expect(visitor.page.locator("main")).to_match_aria_snapshot(
        """
        - main:
          - navigation "Langue":
            - list:
              - listitem:
                - link "English"
          - navigation /./
        """
    )
    levels = visitor.page.locator("main :is(h2, h3, h4)").evaluate_all("heads => heads.map((head) => Number(head.tagName[1]))")
    assert levels[0] == 2
    assert all(after - before <= 1 for before, after in pairwise(levels)), "no level is left out"
