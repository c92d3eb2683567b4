"""Easy read, its pictures and sizes, hard words, and reading aloud."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect
from visitor import QUESTION, VOICES, Visitor

pytestmark = pytest.mark.browser

SMALLEST = 14 * 96 / 72  # 14 points in pixels


def size_of(words: Locator) -> float:
    return float(words.evaluate("words => parseFloat(getComputedStyle(words).fontSize)"))


def test_without_script_easy_read_larger_text_and_words_only_go_on_from_answer_to_answer(without_script: Visitor) -> None:
    page = without_script.page
    page.get_by_role("button", name="Easy read", exact=True).click()
    expect(page.get_by_role("button", name="Easy read", exact=True)).to_have_attribute("aria-pressed", "true")
    page.get_by_label("Larger text").check()
    page.get_by_label("Words only").check()
    expect(page.locator(".easy img").first).to_be_hidden()
    without_script.say_without_script(QUESTION)
    expect(page.get_by_label("Larger text")).to_be_checked()
    expect(page.locator(".easy li").first).to_be_visible()
    expect(page.locator(".easy img").first).to_be_hidden()


def test_without_script_a_hard_word_leads_to_its_meaning(without_script: Visitor) -> None:
    page = without_script.page
    without_script.say_without_script(QUESTION)
    page.locator("#transcript a.word").first.click()
    expect(page.locator(":target dd")).to_be_visible()


def test_the_toggle_says_the_last_answer_again_in_the_other_reading(visitor: Visitor) -> None:
    visitor.say(QUESTION)
    visitor.switch_reading()
    expect(visitor.toggle).to_have_attribute("aria-pressed", "true")
    expect(visitor.answers.last.locator(".easy")).to_contain_text("eglect")
    visitor.switch_reading()
    expect(visitor.toggle).to_have_attribute("aria-pressed", "false")
    assert visitor.answers.first.locator(".words").inner_text() == visitor.answers.last.locator(".words").inner_text()


def test_each_row_is_a_picture_on_the_left_of_one_sentence_of_14_points_or_more(visitor: Visitor) -> None:
    visitor.switch_reading()
    visitor.say(QUESTION)
    for row in visitor.answers.last.locator(".easy > li").all():
        picture, words = row.locator("img"), row.locator("p")
        assert picture.get_attribute("alt")
        assert picture.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") > 0
        left, right = picture.bounding_box(), words.bounding_box()
        assert left is not None
        assert right is not None
        assert left["x"] + left["width"] <= right["x"]
        assert size_of(words) >= SMALLEST


SMALLER = """smallest => {
  const words = (part) => [...part.childNodes].some((inside) => inside.nodeType === Node.TEXT_NODE && inside.data.trim());
  const small = (part) => parseFloat(getComputedStyle(part).fontSize) < smallest;
  const counts = (part) => part.checkVisibility() && !part.closest(".visually-hidden");
  const seen = [...document.querySelectorAll("body *")].filter(counts);
  return seen.filter((part) => words(part) && small(part)).map((part) => `${part.tagName} ${part.className} ${part.textContent.trim()}`);
}"""
"""What can be seen in letters smaller than this."""


@pytest.mark.parametrize("said", [None, QUESTION, "he is hitting me right now", "where do I report this?"])
def test_every_word_of_the_page_is_of_14_points_or_more(visitor: Visitor, said: str | None) -> None:
    if said:
        visitor.say(said)
    visitor.switch_reading()
    for size in ({"width": 1280, "height": 720}, {"width": 360, "height": 660}, {"width": 320, "height": 568}):
        visitor.page.set_viewport_size(size)
        assert visitor.page.evaluate(SMALLER, SMALLEST) == [], size
    assert size_of(visitor.box) >= SMALLEST


def test_text_gets_larger_and_pictures_go_on_demand(visitor: Visitor) -> None:
    expect(visitor.page.get_by_label("Words only")).to_be_hidden()
    visitor.switch_reading()
    words = visitor.page.locator(".easy p").first
    before = size_of(words)
    visitor.page.get_by_label("Larger text").press("Space")
    assert size_of(words) > before * 1.2
    visitor.page.get_by_label("Words only").press("Enter")
    expect(visitor.page.locator(".easy img").first).to_be_hidden()
    expect(visitor.answers).to_have_count(1)


def test_more_brings_the_next_part(visitor: Visitor) -> None:
    visitor.switch_reading()
    visitor.say(QUESTION)
    first = visitor.answers.last.inner_text()
    visitor.page.get_by_role("button", name="More", exact=True).click()
    expect(visitor.answers).to_have_count(3)
    assert visitor.answers.last.inner_text() != first
    expect(visitor.answers.last.get_by_role("heading")).to_be_focused()


@pytest.mark.parametrize("easy_read", [False, True], ids=["usual words", "easy read"])
def test_a_hard_word_shows_its_meaning_on_a_tap_and_hides_it_on_the_next(visitor: Visitor, easy_read: bool) -> None:
    if easy_read:
        visitor.switch_reading()
    visitor.say("what is an adult at risk?")
    word = visitor.answers.last.locator("button.word").first
    word.press("Enter")
    meaning = visitor.page.locator(".meaning")
    expect(word).to_have_attribute("aria-expanded", "true")
    expect(meaning).to_have_attribute("id", word.get_attribute("aria-controls") or "")
    expect(visitor.announced).to_contain_text(meaning.inner_text())
    word.press("Enter")
    expect(meaning).to_have_count(0)
    expect(word).to_be_focused()


def test_plurals_are_found_and_a_word_is_underlined_once(visitor: Visitor) -> None:
    message = {"answer": "greet", "text": "Adults at risk. Policies. Policy. Self-neglect.", "sentences": [], "contacts": [], "choices": []}
    body = {"conversation": "one-" + "0" * 32, "emergency": False, "easy_read": False, "language": "en", "messages": [message]}
    visitor.page.route("**/chat/messages", lambda route: route.fulfill(json=body))
    visitor.say(QUESTION)
    assert visitor.answers.locator("button.word").all_inner_texts() == ["Adults at risk", "Policies", "Self-neglect"]


@pytest.fixture
def listener(page: Page, guide_url: str) -> Visitor:
    """A visitor whose device has a voice of its own, and one that would send the words away."""
    page.add_init_script(VOICES)
    visitor = Visitor(page, guide_url).open()
    visitor.say(QUESTION)
    return visitor


def test_without_a_voice_of_the_device_nothing_offers_to_read(page: Page, guide_url: str) -> None:
    page.add_init_script(VOICES + "fake.voices.pop();")
    visitor = Visitor(page, guide_url).open()
    visitor.say(QUESTION)
    expect(page.get_by_role("button", name="Read aloud")).to_have_count(0)


def test_nothing_is_read_before_it_is_asked_for_and_others_may_hear_stands_beside_it(listener: Visitor) -> None:
    assert listener.page.evaluate("spoken") == []
    expect(listener.answers.get_by_text("Others may hear it.")).to_be_visible()


def test_an_answer_is_read_by_the_voice_of_the_device_sentence_by_sentence_and_marked(listener: Visitor) -> None:
    page = listener.page
    page.get_by_role("button", name="Read aloud").press("Enter")
    first = page.locator(".reading").inner_text()
    page.evaluate("finish()")
    expect(page.locator(".reading")).to_have_count(1)
    assert page.locator(".reading").inner_text() != first
    spoken = page.evaluate("spoken")
    assert spoken[0][0].strip() == first.strip()
    assert {name for _, name, _ in spoken} == {"here"}
    for _ in range(40):
        if page.locator(".reading").count() == 0:
            break
        page.evaluate("finish()")
    assert any("0 1 5 3 4, 4 4 4 4 4 0" in text for text, _, _ in page.evaluate("spoken"))
    expect(page.get_by_role("button", name="Read aloud")).to_be_visible()


def test_reading_pauses_goes_on_with_the_same_sentence_changes_speed_and_stops(listener: Visitor) -> None:
    page = listener.page
    page.get_by_role("button", name="Read aloud").click()
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Speed").select_option("Slow")
    texts, rates = zip(*[(text, rate) for text, _, rate in page.evaluate("spoken")], strict=True)
    assert len(set(texts)) == 1
    assert rates[-1] < rates[0]
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".reading")).to_have_count(0)
    expect(page.get_by_role("button", name="Read aloud")).to_be_focused()


def test_the_focus_is_not_lost_when_reading_ends_while_it_is_on_the_speed(listener: Visitor) -> None:
    page = listener.page
    page.get_by_role("button", name="Read aloud").click()
    page.get_by_label("Speed").focus()
    for _ in range(40):
        if page.locator(".reading").count() == 0:
            break
        page.evaluate("finish()")
    expect(page.get_by_label("Speed")).to_be_hidden()
    expect(page.get_by_role("button", name="Read aloud")).to_be_focused()


@pytest.mark.parametrize("leaving", ["leave", "ask", "hide", "another tab"])
def test_it_is_silent_at_once_on_leaving_asking_or_hiding_the_page(listener: Visitor, leaving: str) -> None:
    page = listener.page
    page.get_by_role("button", name="Read aloud").click()
    with page.expect_console_message(lambda message: message.text == "silent"):
        if leaving == "ask":
            listener.say("What is a scam?")
        elif leaving == "hide":
            page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
        elif leaving == "another tab":
            page.evaluate("Object.defineProperty(document, 'hidden', {value: true})")
            page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        else:
            page.get_by_role("link", name="Leave quickly").click()
