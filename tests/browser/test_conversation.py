"""Asking and being answered: without script first, then with it, by keyboard, on a bad network, with bad input."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from visitor import DANGER, QUESTION, Visitor

from bot.wording import dialled
from safeguarding.content import load_content

pytestmark = pytest.mark.browser

CONTACTS = load_content().contacts
SPOR, POLICE = str(CONTACTS["spor"].phone), str(CONTACTS["police"].phone)
MOST = 2000
"""Characters that a message may have."""
MANY_FIELDS = 8


def test_without_script_a_question_is_answered(without_script: Visitor) -> None:
    without_script.say_without_script(QUESTION)
    expect(without_script.answers.first).to_contain_text("neglect")
    expect(without_script.box).to_be_empty()


def test_without_script_a_choice_is_answered_and_the_conversation_goes_on(without_script: Visitor) -> None:
    page = without_script.page
    page.get_by_role("button", name="What is abuse?").click()
    first = page.locator("#ask [name=conversation]").input_value()
    without_script.say_without_script(QUESTION)
    assert page.locator("#ask [name=conversation]").input_value() == first


def test_without_script_nothing_said_before_is_kept_on_the_server(without_script: Visitor) -> None:
    without_script.say_without_script("a word that nobody else says: quixotical")
    without_script.say_without_script(QUESTION)
    assert "quixotical" not in without_script.page.content()


def test_without_script_the_box_says_how_much_it_takes(without_script: Visitor, visitor: Visitor) -> None:
    """It cuts off the rest of what is pasted, and no script is there to say so."""
    box = without_script.box
    assert int(box.get_attribute("maxlength") or 0) == MOST
    assert "most" in (box.get_attribute("aria-describedby") or "").split()
    expect(without_script.page.locator("#most")).to_have_text("Up to 2,000 letters.")
    expect(visitor.page.locator("#most")).to_have_count(0)


def test_without_script_text_that_is_too_long_is_refused_in_plain_words_with_the_numbers(without_script: Visitor) -> None:
    """A browser that keeps to `maxlength` sends no more than that; what sends more all the same is told so."""
    refused = without_script.page.context.request.post(without_script.home, form={"text": "a" * (MOST + 1)})
    assert refused.status == 413
    without_script.page.set_content(refused.text())
    expect(without_script.answers.first).to_contain_text("more than 2000 letters")
    for number in ("tel:999", "sms:07797790999", f"tel:{SPOR.replace(' ', '')}"):
        expect(without_script.answers.first.locator(f"a[href='{number}']")).to_be_visible()


def test_every_input_asks_the_browser_to_remember_and_correct_nothing(visitor: Visitor) -> None:
    """What is typed goes to no list of earlier entries, and to no spelling service of a company."""
    page = visitor.page
    visitor.say(QUESTION)
    fields = page.locator("input, select, textarea, form")
    assert fields.count() > MANY_FIELDS
    assert [field for field in fields.all() if field.get_attribute("autocomplete") != "off"] == []
    boxes = page.locator("textarea, input[type=text], input[type=search], input:not([type])")
    expect(boxes).to_have_count(2)
    for box in boxes.all():
        assert (box.get_attribute("spellcheck"), box.get_attribute("writingsuggestions")) == ("false", "false")


@pytest.mark.parametrize(("motion", "behaviour"), [("reduce", "auto"), ("no-preference", "smooth")])
def test_nothing_moves_by_itself_for_those_who_want_it_so(
    new_context: Callable[..., BrowserContext], guide_url: str, motion: str, behaviour: str
) -> None:
    visitor = Visitor(new_context(reduced_motion=motion).new_page(), guide_url).open()
    visitor.page.evaluate(
        "() => { window.moves = []; Element.prototype.scrollIntoView = (how) => window.moves.push(how?.behavior ?? 'auto'); }"
    )
    visitor.say(QUESTION)
    assert visitor.page.evaluate("moves") == [behaviour]
    moving = (
        "() => document.getAnimations().length + [...document.querySelectorAll('*')].filter("
        "(e) => getComputedStyle(e).transitionDuration !== '0s' || getComputedStyle(e).animationName !== 'none').length"
    )
    assert visitor.page.evaluate(moving) == 0


def test_enter_sends_and_shift_enter_makes_a_line(visitor: Visitor) -> None:
    visitor.box.press_sequentially("What is")
    visitor.box.press("Shift+Enter")
    visitor.box.press_sequentially("neglect?")
    assert visitor.box.input_value() == "What is\nneglect?"
    visitor.box.press("Enter")
    expect(visitor.answers).to_have_count(1)
    expect(visitor.asked).to_contain_text(re.compile(r"What is\s+neglect\?"))
    expect(visitor.box).to_be_focused()


LISTEN = """() => { window.said = []; new MutationObserver(() => {
    const text = document.querySelector('#announcer').textContent; if (text) window.said.push(text); })
    .observe(document.querySelector('#announcer'), {childList: true}); }"""
"""From now on, what is announced stands in `said`."""


def test_an_answer_is_announced_once_and_outside_the_transcript(visitor: Visitor) -> None:
    visitor.page.evaluate(LISTEN)
    visitor.say(QUESTION)
    said = visitor.page.evaluate("window.said")
    assert len(said) == 1
    assert said[0].startswith("Guide: ")
    assert visitor.page.locator("#transcript[aria-live], #transcript [aria-live], #transcript [role=status]").count() == 0


def test_numbers_are_announced_digit_by_digit(visitor: Visitor) -> None:
    visitor.say(DANGER)
    expect(visitor.announced).to_contain_text("9 9 9")
    expect(visitor.page.locator("#transcript").get_by_role("link", name="Emergency services Call 9 9 9")).to_be_visible()


def test_the_focus_moves_to_the_answer_after_a_choice_and_is_never_lost(visitor: Visitor) -> None:
    choice = visitor.page.get_by_role("button", name="What is abuse?")
    choice.focus()
    choice.press("Enter")
    expect(visitor.answers).to_have_count(1)
    expect(visitor.answers.first.get_by_role("heading")).to_be_focused()
    visitor.toggle.focus()
    visitor.toggle.press("Space")
    expect(visitor.answers).to_have_count(2)
    expect(visitor.toggle).to_be_focused()


def test_everything_is_reached_and_used_by_keyboard_alone(visitor: Visitor) -> None:
    page = visitor.page
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Go to the question box")).to_be_focused()
    page.keyboard.press("Enter")
    expect(visitor.box).to_be_focused()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_focused()
    page.keyboard.press("Space")
    expect(visitor.answers).to_have_count(1)
    reached = set()
    page.evaluate("document.activeElement.blur()")
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.textContent.trim() || document.activeElement.id"))
    for expected in ("Leave quickly", "Easy read", "Start again", "Copy", "question", "What the words mean"):
        assert any(expected in text for text in reached), expected
    assert page.url == visitor.home, "a link within the page leaves no entry to go back to"


def test_the_numbers_open_and_close_by_keyboard_on_a_phone(new_context: Callable[..., BrowserContext], guide_url: str) -> None:
    visitor = Visitor(new_context(viewport={"width": 320, "height": 640}).new_page(), guide_url).open()
    summary = visitor.page.locator("#numbers summary")
    summary.press("Enter")
    police = visitor.page.locator(".panel").get_by_role("link", name="Police (not an emergency)")
    expect(police).to_be_visible()
    expect(police).to_have_attribute("href", f"tel:{dialled(POLICE)}")
    visitor.page.keyboard.press("Escape")
    expect(police).to_be_hidden()
    expect(summary).to_be_focused()


def test_a_double_click_or_a_held_enter_sends_once(visitor: Visitor) -> None:
    sent: list[str] = []
    visitor.page.on("request", lambda request: sent.append(request.url) if request.url.endswith("/chat/messages") else None)
    visitor.page.get_by_role("button", name="What is abuse?").dblclick()
    expect(visitor.answers).to_have_count(1)
    visitor.box.fill(QUESTION)
    visitor.page.get_by_role("button", name="Ask", exact=True).dblclick()
    expect(visitor.answers).to_have_count(2)
    visitor.page.wait_for_timeout(300)
    assert len(sent) == 2


def test_after_four_seconds_the_page_says_that_it_is_slow_and_shows_the_numbers(visitor: Visitor) -> None:
    visitor.page.clock.install()
    visitor.slow_down()
    visitor.box.fill(QUESTION)
    visitor.box.press("Enter")
    visitor.page.clock.run_for(600)
    expect(visitor.page.get_by_role("status")).to_have_text("The guide is writing.")
    visitor.page.clock.run_for(3500)
    expect(visitor.page.get_by_role("status")).to_contain_text("This is slow")
    expect(visitor.page.get_by_role("status").get_by_role("link", name="Emergency services Call 9 9 9")).to_be_visible()
    visitor.box.fill("typed while waiting")
    visitor.box.press("Enter")
    expect(visitor.box).to_have_value("typed while waiting")


def test_a_hundred_thousand_pasted_letters_are_kept_and_counted_and_not_sent(visitor: Visitor) -> None:
    visitor.box.fill("a" * 100_000)
    visitor.box.press("Enter")
    expect(visitor.page.locator("#too-long")).to_contain_text("98,000 letters too many")
    assert len(visitor.box.input_value()) == 100_000
    assert visitor.asked.count() == 0
    visitor.box.fill(QUESTION)
    expect(visitor.page.locator("#too-long")).to_be_empty()


def test_how_much_too_long_it_is_is_announced_on_sending_and_not_at_each_key(visitor: Visitor) -> None:
    visitor.page.evaluate(LISTEN)
    visitor.box.fill("a" * 2500)
    visitor.box.press("Enter")
    visitor.box.press_sequentially("bcd")
    expect(visitor.page.locator("#too-long")).to_contain_text("503 letters too many")
    said = visitor.page.evaluate("said")
    assert len(said) == 1
    assert said[0].startswith("That is 500 letters too many.")


@pytest.mark.parametrize("words", ["😀😭🆘", "ما هو الإساءة؟", "<script>alert(1)</script>", "javascript:alert(1)", "{{ 7 * 7 }}", "a​b"])
def test_whatever_is_typed_is_shown_as_it_was_typed(visitor: Visitor, words: str) -> None:
    visitor.say(words)
    assert visitor.asked.locator("p").text_content() == words
    assert visitor.page.locator("#transcript script").count() == 0


def test_what_the_server_says_is_only_ever_text(visitor: Visitor) -> None:
    evil = "<img src=x onerror=alert(1)><script>alert(1)</script>"
    contact = {"id": "spor", "name": evil, "phone": None, "url": "javascript:alert(1)"}
    message = {"answer": "greet", "text": evil, "sentences": [], "contacts": [contact], "choices": [{"id": "more", "label": evil}]}
    body = {"conversation": "one-" + "0" * 32, "emergency": False, "easy_read": False, "language": "en", "messages": [message]}
    visitor.page.route("**/chat/messages", lambda route: route.fulfill(json=body))
    visitor.say(QUESTION)
    expect(visitor.answers).to_contain_text(evil)
    assert visitor.page.locator("#transcript :is(img, script), [href^='javascript:']").count() == 0


def test_two_tabs_hold_two_conversations(visitor: Visitor, context: BrowserContext, guide_url: str) -> None:
    other = Visitor(context.new_page(), guide_url).open()
    visitor.say(QUESTION)
    other.say("What is a scam?")
    ids = [tab.page.locator("#ask [name=conversation]").input_value() for tab in (visitor, other)]
    assert all(ids)
    assert ids[0] != ids[1]
    visitor.say("What happens next?")
    expect(other.answers).to_have_count(1)


def test_nothing_is_stored_and_nothing_is_cached(visitor: Visitor, page: Page) -> None:
    kept: list[str] = []
    page.on("response", lambda response: kept.append(response.url) if response.headers.get("cache-control") != "no-store" else None)
    visitor.open().say(QUESTION)
    visitor.switch_reading()
    stored = "async () => [localStorage.length, sessionStorage.length, (await caches.keys()).length, (await indexedDB.databases()).length]"
    assert page.evaluate(stored) == [0, 0, 0, 0]
    assert page.context.cookies() == []
    assert kept == []


def test_start_again_forgets_and_shows_an_empty_page(visitor: Visitor) -> None:
    visitor.say(QUESTION)
    conversation = visitor.page.locator("#ask [name=conversation]").input_value()
    with visitor.page.expect_request(lambda request: request.method == "DELETE") as forgotten:
        visitor.page.get_by_role("link", name="Start again").click()
    assert forgotten.value.headers["guide-conversation"] == conversation
    expect(visitor.answers).to_have_count(0)
    assert visitor.page.evaluate("history.length") <= 2


def test_a_number_can_be_copied(visitor: Visitor) -> None:
    visitor.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    digits = ", ".join(" ".join(group) for group in SPOR.split())
    button = visitor.page.locator(".side").get_by_role("button", name=f"Copy the number {digits}")
    button.click()
    expect(visitor.announced).to_contain_text("The number is copied.")
    assert visitor.page.evaluate("navigator.clipboard.readText()") == SPOR


def test_the_text_number_is_a_text_and_not_a_call(visitor: Visitor) -> None:
    visitor.say(DANGER)
    for place in (visitor.page.locator(".side"), visitor.answers.first):
        expect(place.get_by_role("link", name=re.compile("Police emergency text"))).to_have_attribute("href", "sms:07797790999")


def test_what_enter_does_is_said_only_where_a_script_listens(visitor: Visitor, without_script: Visitor) -> None:
    expect(visitor.open().page.locator("#keys")).to_be_visible()
    expect(without_script.open().page.locator("#keys")).to_be_hidden()
