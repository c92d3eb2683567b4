"""Idle time on the page: a question in time, one tap to stay, and a fresh start after it. Without script the server says so."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect
from visitor import QUESTION, Visitor

from benchmarks.running import running_guide
from safeguarding.content import load_content
from safeguarding.messages import choice_label
from safeguarding.translations import load_translation

pytestmark = pytest.mark.browser

ENGLISH = load_content()
AFRESH = load_translation("pl", ENGLISH).content.answers["started_afresh"].standard.partition(".")[0]
"""How the guide says in Polish that the chat starts again."""

IDLE_MINUTES = 0.25
"""15 seconds, of which the last one and a half are warned of."""


@pytest.fixture
def asked(visitor: Visitor) -> Visitor:
    """Somebody who asked a question under a clock that the test turns."""
    visitor.page.clock.install()
    visitor.say(QUESTION)
    return visitor


def panel(page: Page) -> Locator:
    return page.locator("#idle")


def forget(visitor: Visitor) -> None:
    """What the server does after the idle time."""
    visitor.page.request.delete(
        f"{visitor.home}conversations", headers={"Guide-Conversation": visitor.page.locator("#ask [name=conversation]").input_value()}
    )


def test_without_script_the_next_message_is_answered_and_says_that_it_starts_afresh(
    new_context: Callable[..., BrowserContext], hasty_guide: str
) -> None:
    visitor = Visitor(new_context(java_script_enabled=False).new_page(), hasty_guide).open()
    visitor.say_without_script(QUESTION)
    time.sleep(IDLE_MINUTES * 60 + 1)
    visitor.say_without_script("What is abuse?")
    expect(visitor.answers.last).to_contain_text("start again")
    expect(visitor.page.locator("#choices [value=report_start]")).to_be_visible()


@pytest.mark.parametrize("script", [False, True])
def test_a_chat_that_was_forgotten_meanwhile_goes_on_in_its_language(
    new_context: Callable[..., BrowserContext], guide_url: str, script: bool
) -> None:
    visitor = Visitor(new_context(java_script_enabled=script).new_page(), guide_url).open()
    visitor.box.fill("Co to jest zaniedbanie osoby starszej?")
    visitor.page.get_by_role("button", name="Ask", exact=True).click()
    expect(visitor.page.locator("html")).to_have_attribute("lang", "pl")
    forget(visitor)
    visitor.page.locator("#choices button").first.click()
    expect(visitor.answers.filter(has_text=AFRESH)).to_have_count(1)
    expect(visitor.answers.last.locator(".words")).to_have_attribute("lang", "pl")
    expect(visitor.page.locator("html")).to_have_attribute("lang", "pl")


def test_nothing_is_said_before_18_minutes_nor_while_nothing_was_asked(visitor: Visitor) -> None:
    visitor.page.clock.install()
    visitor.page.clock.fast_forward("59:00")
    expect(panel(visitor.page)).to_be_hidden()
    visitor.say(QUESTION)
    visitor.page.clock.fast_forward("17:50")
    expect(panel(visitor.page)).to_be_hidden()


def test_after_18_minutes_it_asks_without_taking_the_focus_and_screen_readers_hear_it(asked: Visitor) -> None:
    asked.box.fill("half a sent")
    asked.page.clock.fast_forward("18:01")
    expect(panel(asked.page)).to_be_visible()
    expect(asked.announced).to_contain_text("Are you still there?")
    expect(asked.announced).to_contain_text("I am still here")
    expect(asked.box).to_be_focused()
    expect(asked.box).to_have_value("half a sent")
    expect(asked.answers).to_have_count(1)


def test_one_tap_by_keyboard_keeps_the_conversation_on_the_server(asked: Visitor) -> None:
    asked.page.clock.fast_forward("18:01")
    asked.page.keyboard.press("Shift+Tab")
    expect(asked.page.get_by_role("button", name="I am still here")).to_be_focused()
    with asked.page.expect_request(lambda request: request.method == "PUT") as sent:
        asked.page.keyboard.press("Enter")
    assert (sent.value.url, sent.value.post_data) == (f"{asked.home}conversations", None)
    expect(panel(asked.page)).to_contain_text("stays")
    expect(panel(asked.page).locator("p")).to_be_focused()
    asked.page.clock.fast_forward("17:50")
    expect(asked.answers).to_have_count(1)
    asked.page.clock.fast_forward("00:20")
    expect(panel(asked.page)).to_contain_text("still there")


def test_an_answer_takes_the_question_away(asked: Visitor) -> None:
    asked.page.clock.fast_forward("18:01")
    asked.say("say that again")
    expect(panel(asked.page)).to_be_hidden()


def test_after_20_minutes_the_screen_is_cleared_and_the_next_message_starts_afresh_in_the_same_reading(asked: Visitor) -> None:
    asked.switch_reading()
    asked.box.fill("What is abuse?")
    asked.page.clock.fast_forward("20:01")
    forget(asked)
    expect(asked.answers).to_have_count(0)
    expect(panel(asked.page)).to_contain_text("forgotten")
    expect(asked.page.get_by_role("button", name="I am still here")).to_be_hidden()
    expect(asked.box).to_have_value("What is abuse?")
    asked.box.press("Enter")
    expect(asked.answers).to_have_count(2)
    expect(asked.answers.last).to_contain_text("We start again")
    expect(asked.answers.first.locator(".easy")).to_be_visible()
    expect(asked.page.locator("#choices [value=report_start]")).to_be_visible()
    expect(panel(asked.page)).to_be_hidden()


def test_the_screen_is_not_cleared_while_a_message_is_on_its_way(asked: Visitor) -> None:
    asked.page.clock.fast_forward("19:55")
    asked.slow_down()
    asked.box.fill("What is abuse?")
    asked.box.press("Enter")
    expect(asked.asked).to_have_count(2)
    asked.page.clock.fast_forward("00:10")
    expect(panel(asked.page)).to_be_hidden()
    expect(asked.answers).to_have_count(1)


def test_what_could_be_chosen_first_comes_back_in_the_language_that_the_page_speaks_by_then(visitor: Visitor) -> None:
    visitor.page.clock.install()
    visitor.page.goto(f"{visitor.home}?language=pl")
    first = visitor.page.locator("#choices [value=what_is_abuse]")
    first.click()
    expect(visitor.answers).to_have_count(1)
    visitor.page.get_by_role("button", name="English", exact=True).click()
    expect(visitor.answers).to_have_count(2)
    expect(visitor.page.locator("html")).to_have_attribute("lang", "en")
    visitor.page.clock.fast_forward("20:01")
    expect(visitor.answers).to_have_count(0)
    expect(first).to_have_text(choice_label(ENGLISH, "what_is_abuse"))


@pytest.mark.parametrize("pressed", ["#choices button", "#way-out button"])
def test_the_focus_is_not_lost_with_what_is_forgotten(asked: Visitor, pressed: str) -> None:
    asked.say("i am worried about my neighbour")
    asked.page.locator("#choices [value=report_start]").click()
    expect(asked.page.locator("#way-out")).to_be_visible()
    asked.page.locator(pressed).first.focus()
    asked.page.clock.fast_forward("20:01")
    forget(asked)
    expect(panel(asked.page)).to_contain_text("forgotten")
    expect(asked.page.locator("#way-out")).to_be_hidden()
    expect(asked.page.locator("#offer-words")).to_be_hidden()
    assert asked.page.evaluate("document.activeElement !== document.body")


def test_a_tap_that_comes_too_late_says_so(asked: Visitor) -> None:
    asked.page.clock.fast_forward("18:01")
    forget(asked)
    asked.page.get_by_role("button", name="I am still here").click()
    expect(panel(asked.page)).to_contain_text("forgotten")
    expect(asked.answers).to_have_count(0)


def test_a_tap_without_a_network_can_be_tried_again(asked: Visitor) -> None:
    asked.page.clock.fast_forward("18:01")
    asked.page.route("**/chat/conversations", lambda route: route.abort())
    button = asked.page.get_by_role("button", name="I am still here")
    button.click()
    expect(panel(asked.page)).to_contain_text("did not work")
    asked.page.unroute("**/chat/conversations")
    button.click()
    expect(panel(asked.page)).to_contain_text("stays")


@pytest.fixture(scope="module")
def hasty_guide(trained_model: object) -> Iterator[str]:
    with running_guide(GUIDE_IDLE_MINUTES=str(IDLE_MINUTES)) as guide:
        yield guide.url


def test_with_the_real_clock_a_tap_keeps_the_path_open_and_silence_ends_it(page: Page, hasty_guide: str) -> None:
    visitor = Visitor(page, hasty_guide).open()
    visitor.say("help me find who to tell")
    page.get_by_role("button", name="I am still here").click(timeout=IDLE_MINUTES * 60_000)
    time.sleep(IDLE_MINUTES * 60 * 0.8)
    visitor.say("no")
    expect(visitor.answers.last).to_contain_text("Question 2")
    expect(panel(page)).to_contain_text("forgotten", timeout=IDLE_MINUTES * 60_000 + 8000)
    time.sleep(1)
    visitor.say("What is abuse?")
    expect(visitor.answers.last).to_contain_text("start again")
