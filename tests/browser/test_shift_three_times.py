"""Shift three times: leaves as quickly as the button, and never where somebody only types or listens."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Route, expect
from states import DRESSES
from visitor import EXIT, Visitor, press_shift

pytestmark = pytest.mark.browser

SETTLED = 150  # milliseconds after which a browser has told of all that moved before a press

REPLY = {
    "conversation": "one-" + "0" * 32,
    "emergency": False,
    "easy_read": False,
    "language": "en",
    "messages": [{"answer": "greet", "text": "Hello.\n" * 40, "sentences": [], "contacts": [], "choices": []}],
}
"""A reply that is longer than the screen."""


def test_shift_three_times_leaves_and_says_so_on_the_way(visitor: Visitor) -> None:
    """The first press may be a screen reader's own, so it says nothing; the second does not talk over what is being read."""
    said = visitor.page.locator("#leaving")
    visitor.box.focus()
    press_shift(visitor.page, 1)
    expect(visitor.page.locator("#leave")).to_have_attribute("data-presses", "1")
    expect(said).to_be_empty()
    press_shift(visitor.page, 1)
    expect(said).to_have_text("Shift. Press 1 more time to leave quickly.")
    expect(said).to_have_attribute("aria-live", "polite")
    press_shift(visitor.page, 3)
    visitor.page.wait_for_url(EXIT)


def test_presses_that_come_slowly_or_are_held_do_not_leave(visitor: Visitor) -> None:
    """So a screen reader's user presses Shift, to pause its speech and to go on."""
    visitor.page.clock.install()
    visitor.box.focus()
    for _ in range(4):
        press_shift(visitor.page, 1)
        visitor.page.clock.run_for(1400)
    expect(visitor.box).to_be_visible()
    visitor.page.clock.run_for(3000)
    for _ in range(3):
        visitor.page.keyboard.down("Shift")
        visitor.page.clock.run_for(550)
        visitor.page.keyboard.up("Shift")
    expect(visitor.page.locator("#leave:not([data-presses])")).to_be_visible()


@pytest.mark.parametrize(
    "reads_on",
    [
        "scrollBy(0, scrollY ? -40 : 40)",
        "document.querySelector('#easy-read').focus()",
        "getSelection().selectAllChildren(document.querySelector('.notice'))",
    ],
)
def test_reading_on_between_the_presses_starts_the_count_again(visitor: Visitor, reads_on: str) -> None:
    """Of a screen reader's Shift+H the page gets the Shift alone, and then it is moved."""
    visitor.page.set_viewport_size({"width": 320, "height": 568})
    visitor.box.focus()
    visitor.page.wait_for_timeout(SETTLED)
    press_shift(visitor.page, 2)
    visitor.page.wait_for_timeout(SETTLED)
    visitor.page.evaluate(reads_on)
    expect(visitor.page.locator("#leave:not([data-presses])")).to_be_visible(timeout=1000)
    press_shift(visitor.page, 1)
    expect(visitor.page.locator("#leave")).to_have_attribute("data-presses", "1")


def test_an_answer_that_comes_between_the_presses_keeps_nobody_from_leaving(visitor: Visitor) -> None:
    """It scrolls the page and moves the focus, but that is not the person."""
    held: list[Route] = []
    visitor.page.route("**/chat/messages", lambda route: held.append(route))
    visitor.page.locator("#choices button").first.click()
    expect(visitor.asked).to_have_count(1)
    visitor.page.wait_for_timeout(SETTLED)
    press_shift(visitor.page, 2)
    visitor.page.wait_for_timeout(SETTLED)
    held[0].fulfill(json=REPLY)
    expect(visitor.answers.first.get_by_role("heading")).to_be_focused()
    press_shift(visitor.page, 1)
    visitor.page.wait_for_url(EXIT)


def test_shift_of_a_phones_own_keyboard_never_leaves(new_context: Callable[..., BrowserContext], guide_url: str) -> None:
    visitor = Visitor(new_context(**DRESSES["phone"]).new_page(), guide_url).open()
    visitor.box.focus()
    press_shift(visitor.page, 4)
    expect(visitor.page.locator("#leave:not([data-presses])")).to_be_visible()


def test_typing_capitals_never_leaves(visitor: Visitor) -> None:
    visitor.box.focus()
    for letter in "HELP ME NOW PLEASE":
        visitor.page.keyboard.down("Shift")
        visitor.page.keyboard.press(letter)
        visitor.page.keyboard.up("Shift")
    visitor.page.keyboard.press("Shift+Enter")
    visitor.page.keyboard.press("Shift+ArrowLeft")
    visitor.page.keyboard.press("Shift+Tab")
    expect(visitor.box).to_have_value("HELP ME NOW PLEASE\n")
    assert visitor.page.url.startswith(visitor.home)


@pytest.mark.parametrize("between", ["a", "ArrowDown", "Tab", "Control"])
def test_any_other_key_between_starts_the_count_again(visitor: Visitor, between: str) -> None:
    visitor.box.focus()
    press_shift(visitor.page, 2)
    visitor.page.keyboard.press(between)
    press_shift(visitor.page, 2)
    expect(visitor.page.locator("#leaving")).to_contain_text("1 more")
    assert visitor.page.url.startswith(visitor.home)


def test_a_second_and_a_half_without_a_press_starts_the_count_again(visitor: Visitor) -> None:
    visitor.page.clock.install()
    visitor.box.focus()
    press_shift(visitor.page, 2)
    visitor.page.clock.run_for(1600)
    expect(visitor.page.locator("#leaving")).to_have_text("You have not left.")
    press_shift(visitor.page, 2)
    expect(visitor.page.locator("#leaving")).to_contain_text("1 more")
