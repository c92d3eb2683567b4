"""“My words to say”: without script first; nothing of it leaves the page or stays; by keyboard, in easy read, printed, on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect
from visitor import QUESTION, Visitor

from safeguarding.content import load_content

pytestmark = pytest.mark.browser

SPOR = str(load_content().contacts["spor"].phone)

MINE = "quixotical: my cat must come with me"


def open_card(visitor: Visitor) -> None:
    visitor.page.locator("#my-words").click()
    expect(visitor.page.get_by_label("In your own words, if you like")).to_be_visible()


def fill(visitor: Visitor) -> None:
    open_card(visitor)
    visitor.page.get_by_label("I want it to stop.").check()
    visitor.page.get_by_label("I want to stay in my home.").check()
    visitor.page.get_by_label("In your own words, if you like").fill(MINE)


def card(page: Page) -> str:
    return page.locator(".words-card").inner_text()


def test_without_script_it_can_be_filled_in_and_printed_and_nothing_of_it_is_sent(without_script: Visitor) -> None:
    page = without_script.page
    open_card(without_script)
    page.get_by_label("Another adult").check()
    page.get_by_label("They want it to stop.").check()
    page.get_by_label("In your own words, if you like").fill(MINE)
    page.emulate_media(media="print")
    expect(page.locator(".says > .them", has_text="They want it to stop.")).to_be_visible()
    expect(page.locator(".says > .them", has_text="They want to feel safe.")).to_be_hidden()
    page.emulate_media(media="screen")
    with page.expect_request(lambda request: request.method == "POST") as sent:
        without_script.say_without_script(QUESTION)
    assert "quixotical" not in (sent.value.post_data or "")
    assert "card" not in (sent.value.post_data or "")
    assert "quixotical" not in page.content()


def test_without_script_it_is_offered_under_the_answers_where_it_belongs(without_script: Visitor) -> None:
    offer = without_script.page.get_by_role("link", name="Make a card with your words to say")
    expect(offer).to_be_hidden()
    without_script.say_without_script(QUESTION)
    expect(offer).to_be_hidden()
    without_script.say_without_script("what is making safeguarding personal?")
    expect(offer).to_be_visible()


def test_what_is_picked_and_written_is_laid_out_to_be_read_out(visitor: Visitor) -> None:
    fill(visitor)
    shown = card(visitor.page)
    for words in (
        "It is about me.",
        "This is what matters to me:",
        "I want it to stop.",
        "I want to stay in my home.",
        MINE,
        "what comes next",
    ):
        assert words in shown
    assert "I want to feel safe." not in shown
    assert {"999", SPOR} <= {number.strip() for number in visitor.page.locator(".numbers-line strong").all_inner_texts()}
    visitor.page.get_by_label("Another adult").check()
    assert "They want it to stop." in card(visitor.page)
    assert "I want it to stop." not in card(visitor.page)


def test_its_own_999_line_stands_above_it(visitor: Visitor) -> None:
    open_card(visitor)
    expect(visitor.page.locator(".my-words .first a")).to_have_attribute("href", "tel:999")


def test_nothing_is_sent_while_it_is_used_and_nothing_is_stored(visitor: Visitor) -> None:
    page = visitor.page
    page.evaluate("window.print = () => {}")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    fill(visitor)
    page.get_by_role("button", name="Print the card").click()
    page.get_by_role("button", name="Copy the words").click()
    expect(visitor.announced).to_contain_text("copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "I want it to stop." in copied
    assert MINE in copied
    assert "They" not in copied
    page.get_by_role("button", name="Clear the card").click()
    assert MINE not in card(page)
    expect(page.get_by_label("In your own words, if you like")).to_be_empty()
    page.wait_for_timeout(300)
    assert [url for url in sent if not url.endswith("/icon.svg")] == []  # the page's icon may come late
    kept = "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, location.href, history.state])"
    assert "quixotical" not in page.evaluate(kept)


def test_a_question_takes_nothing_of_it_along_and_leaves_it_as_it_is(visitor: Visitor) -> None:
    fill(visitor)
    with visitor.page.expect_request("**/chat/messages") as sent:
        visitor.say(QUESTION)
    assert "quixotical" not in (sent.value.post_data or "")
    assert MINE in card(visitor.page)


@pytest.mark.parametrize("way", ["leave", "start again", "another page", "reload"])
def test_it_is_gone_after_leaving_and_on_going_back(visitor: Visitor, way: str) -> None:
    fill(visitor)
    page = visitor.page
    if way == "leave":
        page.locator("#leave").click()
        page.wait_for_url("**/weather")
        page.goto(visitor.home)
    elif way == "start again":
        page.locator("#again").click()
    elif way == "reload":
        page.reload()
    else:
        page.goto(f"{visitor.home}answers")
        page.go_back()
    expect(page.locator("#my-words")).to_be_visible()
    expect(page.locator("#own-words")).to_have_value("")
    assert page.locator(".wishes input:checked").count() == 0
    assert "quixotical" not in page.content()


def test_by_keyboard_alone_from_the_answer_to_the_card(visitor: Visitor) -> None:
    page = visitor.page
    visitor.say("what is making safeguarding personal?")
    page.get_by_role("link", name="Make a card with your words to say").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#my-words")).to_be_focused()
    expect(page.locator(".my-words")).to_have_attribute("open", "")
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(page.get_by_label("I want it to stop.")).to_be_focused()
    page.keyboard.press("Space")
    assert "I want it to stop." in card(page)
    visitor.say(QUESTION)
    expect(page.get_by_role("link", name="Make a card with your words to say")).to_be_hidden()


def test_the_focus_is_not_lost_when_the_next_answer_takes_the_offer_away(visitor: Visitor) -> None:
    held: list[Route] = []
    offer = visitor.page.get_by_role("link", name="Make a card with your words to say")
    visitor.say("what is making safeguarding personal?")
    visitor.page.route("**/chat/messages", lambda route: held.append(route))
    visitor.box.fill(QUESTION)
    visitor.box.press("Enter")
    offer.focus()
    expect(visitor.asked).to_have_count(2)
    held[0].continue_()
    expect(offer).to_be_hidden()
    expect(visitor.answers.last.get_by_role("heading")).to_be_focused()


def test_in_easy_read_each_wish_has_its_picture_and_no_picture_is_fetched_for_what_is_picked(visitor: Visitor) -> None:
    visitor.switch_reading()
    open_card(visitor)
    pictures = visitor.page.locator(".wishes img")
    expect(pictures.last).to_be_visible()
    visitor.page.locator(".words-card").scroll_into_view_if_needed()
    visitor.page.wait_for_load_state("networkidle")
    sent: list[str] = []
    visitor.page.on("request", lambda request: sent.append(request.url))
    visitor.page.get_by_label("I want it to stop.").check()
    visitor.page.wait_for_timeout(200)
    assert sent == []


def test_the_card_is_printed_alone(visitor: Visitor) -> None:
    page = visitor.page
    page.evaluate("window.print = () => {}")
    visitor.say(QUESTION)
    fill(visitor)
    page.get_by_role("button", name="Print the card").click()
    page.emulate_media(media="print")
    printed = page.locator("body").inner_text()
    assert MINE in printed
    assert "Single Point of Referral" in printed
    for other in ("neglect", "Print the card", "In danger now", "I want to feel safe", "Leave quickly"):
        assert other not in printed
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(visitor.answers).to_be_visible()


def test_it_goes_with_the_chat_after_the_idle_time_but_not_while_it_is_written(visitor: Visitor) -> None:
    page = visitor.page
    page.clock.install()
    visitor.say(QUESTION)
    fill(visitor)
    page.clock.fast_forward("15:00")
    page.get_by_label("I want to feel safe.").check()
    page.clock.fast_forward("05:01")
    expect(page.locator("#idle")).to_contain_text("forgotten")
    assert MINE in card(page)


def test_it_is_cleared_with_the_chat_where_nobody_was_at_it(visitor: Visitor) -> None:
    visitor.page.clock.install()
    fill(visitor)
    visitor.say(QUESTION)
    visitor.page.clock.fast_forward("20:01")
    expect(visitor.page.locator("#idle")).to_contain_text("forgotten")
    assert MINE not in card(visitor.page)
