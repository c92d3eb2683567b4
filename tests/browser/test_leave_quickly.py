"""Leaving quickly: at once, leaving nothing, and never by accident."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest
import requests
from playwright.sync_api import expect
from visitor import EXIT, QUESTION, Visitor, press_shift

pytestmark = pytest.mark.browser

SLOWEST = 100  # milliseconds until the page is blank


def conversation_of(visitor: Visitor) -> str:
    return visitor.page.locator("#ask [name=conversation]").input_value()


def is_forgotten(visitor: Visitor, conversation: str) -> bool:
    """Whether the server knows the conversation no more: whoever names it gets a new one."""
    reply = requests.post(f"{visitor.home}messages", json={"text": "hello", "conversation": conversation}, timeout=10)
    return reply.json()["conversation"] != conversation


def test_without_script_leaving_needs_no_server_before_there_is_a_conversation(without_script: Visitor) -> None:
    link = without_script.page.get_by_role("link", name="Leave quickly")
    expect(link).to_have_attribute("href", EXIT)
    link.click()
    without_script.page.wait_for_url(EXIT)


def test_without_script_leaving_forgets_the_conversation_and_leads_away(without_script: Visitor) -> None:
    without_script.say_without_script(QUESTION)
    conversation = conversation_of(without_script)
    without_script.page.get_by_role("button", name="Leave quickly").click()
    without_script.page.wait_for_url(EXIT)
    assert is_forgotten(without_script, conversation)


def test_without_script_starting_again_forgets_the_conversation(without_script: Visitor) -> None:
    without_script.say_without_script(QUESTION)
    conversation = conversation_of(without_script)
    without_script.page.get_by_role("button", name="Start again").click()
    without_script.page.wait_for_url(without_script.home)
    expect(without_script.answers).to_have_count(0)
    assert is_forgotten(without_script, conversation)


def test_without_script_an_answer_is_shown_once_and_never_on_back_or_reload(without_script: Visitor) -> None:
    page = without_script.page
    without_script.say_without_script(QUESTION)
    address = page.url.partition("#")[0]
    page.reload()
    expect(without_script.answers).to_have_count(0)
    without_script.say_without_script(QUESTION)
    without_script.say_without_script("What is a scam?")
    page.go_back()
    expect(without_script.answers).to_have_count(0)
    without_script.say_without_script(QUESTION)
    page.get_by_role("button", name="Leave quickly").click()
    page.wait_for_url(EXIT)
    page.go_back()
    expect(without_script.answers).to_have_count(0)
    page.goto(address)
    assert page.url == without_script.home


def test_the_link_blanks_the_page_forgets_the_conversation_and_goes_away(visitor: Visitor) -> None:
    page = visitor.page
    visitor.say(QUESTION)
    conversation = page.locator("#ask [name=conversation]").input_value()
    before = page.evaluate("history.length")
    with page.expect_request(lambda request: request.method == "DELETE") as forgotten:
        page.get_by_role("link", name="Leave quickly").click()
    assert forgotten.value.headers["guide-conversation"] == conversation
    page.wait_for_url(EXIT)
    assert page.evaluate("history.length") == before, "the page was replaced, not left behind"


@pytest.mark.parametrize("way", ["click", "Shift"])
def test_the_page_is_blank_within_a_tenth_of_a_second_also_when_the_network_is_gone(visitor: Visitor, way: str) -> None:
    page = visitor.page
    visitor.say(QUESTION)
    page.context.set_offline(True)  # neither forgetting nor the next page comes through
    page.evaluate(
        """() => { let pressed;
            for (const way of ['click', 'keyup']) addEventListener(way, () => { pressed = performance.now(); }, true);
            const tell = () => console.log(JSON.stringify([performance.now() - pressed, document.title, document.body.textContent]));
            new MutationObserver(tell).observe(document.body, {childList: true}); }"""
    )
    with page.expect_console_message() as blank:
        if way == "click":
            page.get_by_role("link", name="Leave quickly").click(no_wait_after=True)
        else:
            press_shift(page, 3)
    milliseconds, title, text = json.loads(blank.value.text)
    assert milliseconds < SLOWEST
    assert (title, text) == ("Loading", "Leaving.")


def test_back_reload_and_return_show_nothing(visitor: Visitor) -> None:
    page = visitor.page
    visitor.say(QUESTION)
    visitor.box.fill("half a sentence")
    page.reload()
    expect(visitor.answers).to_have_count(0)
    expect(visitor.box).to_be_empty()
    visitor.say(QUESTION)
    page.goto(f"{visitor.home}answers")
    page.go_back()
    expect(visitor.answers).to_have_count(0)
    visitor.say(QUESTION)
    page.get_by_role("link", name="Leave quickly").click()
    page.wait_for_url(EXIT)
    page.go_back()
    assert "neglect?" not in page.content()
    page.go_forward()
    assert "neglect?" not in page.content()


def test_a_page_kept_by_the_browser_is_wiped_before_it_is_kept(visitor: Visitor) -> None:
    visitor.say(QUESTION)
    visitor.box.fill("half a sentence")
    with visitor.page.expect_request(lambda request: request.method == "DELETE"):
        visitor.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    expect(visitor.answers).to_have_count(0)
    expect(visitor.box).to_be_empty()
    with visitor.page.expect_navigation():
        visitor.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")


def test_where_the_form_goes_to_the_server_its_conversation_is_not_forgotten(visitor: Visitor) -> None:
    """One script got lost on a bad network: the page is a plain form again, but leaving quickly still works as ever."""
    visitor.page.route("**/chat.js", lambda route: route.abort())
    visitor.open()
    conversations = set()
    for said in ("help me find who to tell", "no"):
        visitor.box.fill(said)
        with visitor.page.expect_navigation():
            visitor.page.get_by_role("button", name="Ask", exact=True).click()
        conversations.add(conversation_of(visitor))
    assert len(conversations) == 1
    expect(visitor.answers.last).to_contain_text("Question 2")
    with visitor.page.expect_request(lambda request: request.method == "DELETE"):
        visitor.page.locator("#leave").click()
    visitor.page.wait_for_url(EXIT)


def test_leaving_stops_the_message_that_is_on_its_way(visitor: Visitor) -> None:
    visitor.slow_down()
    visitor.page.context.route(EXIT, lambda route: None)  # the page that comes next keeps one waiting
    visitor.box.fill(QUESTION)
    visitor.box.press("Enter")
    expect(visitor.asked).to_have_count(1)
    with visitor.page.expect_event("requestfailed", lambda request: request.url.endswith("/chat/messages")):
        visitor.page.locator("#leave").click(no_wait_after=True)


def test_title_and_icon_tell_nobody_what_this_is(visitor: Visitor) -> None:
    page = visitor.page
    expect(page).to_have_title("Guide")
    visitor.say(QUESTION)
    expect(page).to_have_title("Guide")
    address = page.locator("link[rel=icon]").evaluate("link => link.href")
    assert address == f"{visitor.home}static/icon.svg"
    icon = requests.get(address, timeout=5)
    assert icon.headers["Content-Type"] == "image/svg+xml"
    assert not set("".join(ElementTree.fromstring(icon.text).itertext()).split()), "a drawing without a word"
    page.goto(f"{visitor.home}answers")
    expect(page).to_have_title("Guide: all answers")
    assert page.locator("link[rel=icon]").evaluate("link => link.href") == address


def test_leaving_stays_in_sight_however_far_one_scrolls(visitor: Visitor) -> None:
    for size in ({"width": 320, "height": 256}, {"width": 360, "height": 660}, {"width": 1280, "height": 720}):
        visitor.page.set_viewport_size(size)
        visitor.say(QUESTION)
        for place in ("document.body.scrollHeight", "document.body.scrollHeight / 2", "0"):
            visitor.page.evaluate(f"scrollTo(0, {place})")
            expect(visitor.page.locator("#leave")).to_be_in_viewport(ratio=1)
            visitor.page.locator("#leave").click(trial=True)
    visitor.page.goto(f"{visitor.home}answers")
    visitor.page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(visitor.page.locator("#leave")).to_be_in_viewport(ratio=1)
