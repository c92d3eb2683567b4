"""The answer book, and the guide inside the page of another website."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import requests
from playwright.sync_api import BrowserContext, expect
from visitor import EXIT, QUESTION, UNLISTED, Visitor, ask_in_dialog, host

from safeguarding.content import load_content

pytestmark = pytest.mark.browser


def test_without_script_the_answer_book_holds_every_answer_in_both_readings(without_script: Visitor) -> None:
    page = without_script.page
    page.get_by_role("link", name="Read or print all answers").click()
    content = load_content()
    text = page.content()
    for answer in content.answers.values():
        entry = page.locator(f"#answer-{answer.id}")
        assert entry.locator("h3").text_content() == answer.title
        assert entry.locator(".easy > li").count() == len(answer.easy_read)
        assert entry.locator(".sources a").count() + 1 >= len(answer.sources)
    assert "[[" not in text
    assert page.locator(".gallery li").count() == len(content.pictures)
    assert page.locator("#contacts .entry").count() == len(content.contacts)


def test_the_answer_book_prints_without_controls(visitor: Visitor) -> None:
    visitor.page.goto(f"{visitor.home}answers")
    visitor.page.emulate_media(media="print")
    expect(visitor.page.locator("#leave")).to_be_hidden()
    expect(visitor.page.locator("#answer-emergency")).to_be_visible()
    assert len(visitor.page.pdf()) > 100_000


def test_one_can_leave_the_answer_book_quickly(visitor: Visitor) -> None:
    visitor.page.goto(f"{visitor.home}answers")
    for _ in range(3):
        visitor.page.keyboard.press("Shift")
    visitor.page.wait_for_url(EXIT)


def test_without_script_the_other_website_has_a_plain_link(new_context: Callable[..., BrowserContext], guide_url: str) -> None:
    page = host(new_context(java_script_enabled=False), guide_url)
    page.get_by_role("link", name="Ask the guide").click()
    page.wait_for_url(f"{guide_url}/chat/")


def test_the_guide_opens_in_a_dialog_answers_and_gives_the_focus_back(context: BrowserContext, guide_url: str) -> None:
    page = host(context, guide_url)
    link = page.get_by_role("link", name="Ask the guide")
    guide = ask_in_dialog(page, QUESTION)
    expect(page.get_by_role("dialog", name="Guide")).to_be_visible()
    expect(guide.locator(".guide")).to_contain_text("eglect")
    conversation = guide.locator("#ask [name=conversation]").input_value()
    page.get_by_role("button", name="Close the guide").click()
    expect(page.locator("iframe")).to_have_count(0)
    page.wait_for_timeout(1000)
    said = {"conversation": conversation, "text": "thank you"}
    again = requests.post(f"{guide_url}/chat/messages", json=said, timeout=20).json()["conversation"]
    assert again != conversation, "closing the dialog forgets the conversation"
    expect(link).to_be_focused()


def test_a_guide_that_is_away_takes_the_page_to_its_own_address_where_the_numbers_are(context: BrowserContext, guide_url: str) -> None:
    """In a frame the browser would show nothing of it."""
    page = host(context, guide_url)
    context.route(f"{guide_url}/chat/", lambda route: route.fulfill(status=503, body="Call 999", content_type="text/html"))
    page.get_by_role("link", name="Ask the guide").click()
    page.wait_for_url(f"{guide_url}/chat/", timeout=6000)
    expect(page.get_by_text("Call 999")).to_be_visible()


def test_a_guide_that_is_there_stays_in_its_dialog(context: BrowserContext, guide_url: str) -> None:
    page = host(context, guide_url)
    ask_in_dialog(page, QUESTION)
    page.wait_for_timeout(4500)
    expect(page.get_by_role("dialog", name="Guide")).to_be_visible()


def test_the_dialog_is_opened_by_keyboard_and_escape_within_it_closes_it(context: BrowserContext, guide_url: str) -> None:
    page = host(context, guide_url)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    guide = page.frame_locator("iframe[title=Guide]")
    expect(guide.locator("#keys")).not_to_have_class("keys until-script")
    guide.get_by_label("Ask in your own words").press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("link", name="Ask the guide")).to_be_focused()


def test_shift_three_times_on_the_button_of_the_dialog_leaves_too_and_capitals_do_not(context: BrowserContext, guide_url: str) -> None:
    page = host(context, guide_url)
    ask_in_dialog(page, QUESTION)
    page.get_by_role("button", name="Close the guide").focus()
    for key in ("Shift", "Shift", "a", "Shift", "Shift+a", "Shift"):
        page.keyboard.press(key)
    expect(page.frame_locator("iframe[title=Guide]").locator("#leave")).to_have_attribute("data-presses", "1")
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url(EXIT)


def test_leaving_quickly_takes_the_other_website_away_too(context: BrowserContext, guide_url: str) -> None:
    page = host(context, guide_url)
    before = page.evaluate("history.length")
    page.get_by_role("link", name="Ask the guide").click()
    page.frame_locator("iframe[title=Guide]").get_by_role("link", name="Leave quickly").click()
    page.wait_for_url(EXIT)
    assert page.evaluate("history.length") == before


def test_a_website_that_is_not_listed_cannot_show_the_guide(context: BrowserContext, guide_url: str) -> None:
    page = host(context, guide_url, UNLISTED)
    with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
        page.get_by_role("link", name="Ask the guide").click()
    expect(page.frame_locator("iframe[title=Guide]").locator("#ask")).to_have_count(0)
    page.get_by_role("button", name="Close the guide").click()
    expect(page.locator("iframe")).to_have_count(0)


def test_only_listed_websites_stand_in_the_header(guide_url: str) -> None:
    policy = requests.get(f"{guide_url}/chat/", timeout=5).headers["Content-Security-Policy"]
    assert "frame-ancestors https://board.test" in policy
    assert "'unsafe" not in policy
    assert policy.startswith("default-src 'none'")
