"""Every feature with the keyboard alone: found with Tab, used with Enter, Space or the arrows, and the focus is never lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect
from visitor import EXIT, QUESTION, VOICES, Visitor, ask_in_dialog, host

from safeguarding.languages import OWN_NAMES

pytestmark = pytest.mark.browser

FAR = 120
"""More presses of Tab than the page has places for."""


def go_to(page: Page, target: Locator, key: str = "Tab") -> None:
    """Press Tab until the target has the focus."""
    for _ in range(FAR):
        page.keyboard.press(key)
        if target.evaluate("target => target === document.activeElement"):
            return
    raise AssertionError(f"{target} was not reached with {key}")


def press(page: Page, target: Locator) -> None:
    """Reach the target with Tab, wherever the focus is, press Enter, and wait for the next page."""
    page.locator("body").press("Control+Home")
    go_to(page, target)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def ask(visitor: Visitor) -> None:
    """A question and its answer, from the first Tab on."""
    visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.press("Enter")
    expect(visitor.box).to_be_focused()
    visitor.page.keyboard.type(QUESTION)
    visitor.page.keyboard.press("Enter")
    expect(visitor.answers).to_have_count(1)


def test_without_script_asking_choosing_easy_read_the_path_and_a_language(without_script: Visitor) -> None:
    page = without_script.page
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(without_script.box).to_be_focused()
    page.keyboard.type(QUESTION)
    press(page, page.get_by_role("button", name="Ask", exact=True))
    expect(without_script.answers.last).to_contain_text("Neglect")
    press(page, page.get_by_role("button", name="Easy read", exact=True))
    expect(without_script.answers.last.locator(".easy img").first).to_be_visible()
    press(page, page.locator("#choices .more"))
    expect(without_script.answers.last.locator(".easy")).to_be_visible()
    for choice in ("how_to_report", "report_start", "report_danger_no", "report_back", "report_stop"):
        press(page, page.locator(f"[form=ask][value={choice}]").first)
        expect(without_script.answers.last).to_be_visible()
    expect(without_script.answers.last).to_contain_text("stopped")
    press(page, page.locator("#languages").get_by_role("button", name=OWN_NAMES["pl"], exact=True))
    expect(page.locator("html")).to_have_attribute("lang", "pl")


def test_without_script_the_numbers_and_leaving(without_script: Visitor) -> None:
    page = without_script.page
    page.set_viewport_size({"width": 320, "height": 640})
    go_to(page, page.locator("#numbers summary"))
    page.keyboard.press("Enter")
    expect(page.locator(".panel a").first).to_be_visible()
    go_to(page, page.locator("#leave"), "Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(EXIT)


def test_leaving(visitor: Visitor) -> None:
    ask(visitor)
    go_to(visitor.page, visitor.page.locator("#leave"), "Shift+Tab")
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_url(EXIT)


def test_starting_again(visitor: Visitor) -> None:
    ask(visitor)
    go_to(visitor.page, visitor.page.locator("#again"), "Shift+Tab")
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")
    expect(visitor.answers).to_have_count(0)


def test_copying_a_number(visitor: Visitor) -> None:
    visitor.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(visitor)
    button = visitor.answers.first.locator(".copy").first
    go_to(visitor.page, button, "Shift+Tab")
    visitor.page.keyboard.press("Space")
    expect(button).to_contain_text("Copied")
    expect(button).to_be_focused()


@pytest.mark.parametrize("size", [{"width": 320, "height": 640}, {"width": 1280, "height": 720}], ids=["phone", "desktop"])
def test_choosing_a_language_and_going_back_to_english(visitor: Visitor, size: dict[str, int]) -> None:
    page = visitor.page
    page.set_viewport_size(size)
    for language, key in (("pl", "Tab"), ("en", "Shift+Tab")):
        go_to(page, page.locator("#languages").get_by_role("button", name=OWN_NAMES[language], exact=True), key)
        before = visitor.answers.count()
        page.keyboard.press("Enter")
        expect(visitor.answers).to_have_count(before + 1)
        expect(page.locator("html")).to_have_attribute("lang", language)
        assert page.evaluate("document.activeElement !== document.body")


def test_easy_read_its_next_part_larger_text_and_words_only_on_and_off(visitor: Visitor) -> None:
    page = visitor.page
    ask(visitor)
    go_to(page, visitor.toggle, "Shift+Tab")
    page.keyboard.press("Enter")
    expect(visitor.answers).to_have_count(2)
    expect(visitor.toggle).to_be_focused()
    picture = visitor.answers.last.locator(".easy img").first
    for key, shown in (("Enter", False), ("Space", True)):
        if not shown:
            go_to(page, page.get_by_label("Words only"))
        page.keyboard.press(key)
        expect(picture).to_be_visible(visible=shown)
    before = page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
    go_to(page, page.get_by_label("Larger text"), "Shift+Tab")
    page.keyboard.press("Space")
    assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") > before
    go_to(page, page.locator("#choices .more"), "Shift+Tab")
    page.keyboard.press("Enter")
    expect(visitor.answers).to_have_count(3)
    expect(visitor.answers.last.get_by_role("heading")).to_be_focused()


def test_reading_aloud_pausing_going_on_its_speed_and_stopping(page: Page, guide_url: str) -> None:
    page.add_init_script(VOICES)
    visitor = Visitor(page, guide_url).open()
    ask(visitor)
    main = visitor.answers.first.locator(".aloud button").first
    go_to(page, main, "Shift+Tab")
    for name in ("Read aloud", "Pause", "Go on", "Pause"):
        expect(main).to_have_text(name)
        page.keyboard.press("Enter")
    expect(main).to_have_text("Go on")
    page.keyboard.press("Enter")
    go_to(page, visitor.answers.first.locator(".aloud select"))
    page.keyboard.press("ArrowUp")
    rates = [rate for _, _, rate in page.evaluate("spoken")]
    assert rates[-1] < rates[0]
    go_to(page, visitor.answers.first.get_by_role("button", name="Stop"), "Shift+Tab")
    page.keyboard.press("Space")
    expect(page.locator(".reading")).to_have_count(0)
    expect(main).to_be_focused()


def test_the_meaning_of_a_hard_word(visitor: Visitor) -> None:
    visitor.say("what is an adult at risk?")
    word = visitor.answers.first.locator("button.word").first
    go_to(visitor.page, word, "Shift+Tab")
    visitor.page.keyboard.press("Space")
    expect(visitor.page.locator(".meaning")).to_be_visible()
    visitor.page.keyboard.press("Space")
    expect(visitor.page.locator(".meaning")).to_have_count(0)
    expect(word).to_be_focused()


def test_the_answer_book_from_the_page_and_back(visitor: Visitor) -> None:
    page = visitor.page
    go_to(page, page.get_by_role("link", name="Read or print all answers"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/chat/answers")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    go_to(page, page.get_by_role("link", name="Ask the guide instead"))
    page.keyboard.press("Enter")
    page.wait_for_url(visitor.home)


def test_the_guided_path_with_going_back_and_stopping(visitor: Visitor) -> None:
    page = visitor.page
    for choice in ("how_to_report", "report_start", "report_danger_no"):
        before = visitor.answers.count()
        go_to(page, page.locator(f"#choices [value={choice}]"))
        page.keyboard.press("Enter")
        expect(visitor.answers).to_have_count(before + 1)
        expect(page.locator("#ask")).not_to_have_attribute("aria-busy", "true")
    go_to(page, page.get_by_role("button", name="Go back"))
    page.keyboard.press("Enter")
    expect(visitor.answers.last).to_contain_text("Question 1")
    go_to(page, page.locator("#way-out [value=report_stop]"))
    page.keyboard.press("Enter")
    expect(visitor.answers.last).to_contain_text("stopped")
    expect(page.locator("#way-out")).to_be_hidden()
    assert page.evaluate("document.activeElement !== document.body")


def test_the_card_of_my_words(visitor: Visitor) -> None:
    page = visitor.page
    go_to(page, page.locator("#my-words"))
    page.keyboard.press("Enter")
    go_to(page, page.get_by_label("I want it to stop."))
    page.keyboard.press("Space")
    expect(page.get_by_label("I want it to stop.")).to_be_checked()
    go_to(page, page.get_by_label("In your own words, if you like"))
    page.keyboard.type("with my sister")
    expect(page.locator(".words-card")).to_contain_text("with my sister")
    go_to(page, page.get_by_label("Me", exact=True), "Shift+Tab")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Another adult")).to_be_checked()
    expect(page.locator(".words-card")).to_contain_text("They want it to stop.")


def test_the_card_printed_copied_and_cleared(visitor: Visitor) -> None:
    page = visitor.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("window.print = () => { window.printed = true }")
    go_to(page, page.locator("#my-words"))
    page.keyboard.press("Enter")
    go_to(page, page.get_by_label("In your own words, if you like"))
    page.keyboard.type("with my sister")
    go_to(page, page.get_by_role("button", name="Print the card"))
    page.keyboard.press("Enter")
    assert page.evaluate("window.printed") is True
    go_to(page, page.get_by_role("button", name="Copy the words"))
    page.keyboard.press("Space")
    expect(visitor.announced).to_contain_text("The words are copied")
    assert "with my sister" in page.evaluate("navigator.clipboard.readText()")
    go_to(page, page.get_by_role("button", name="Clear the card"))
    page.keyboard.press("Enter")
    expect(page.get_by_label("In your own words, if you like")).to_be_empty()
    expect(page.get_by_label("Me", exact=True)).to_be_focused()


def test_the_english_below_a_translated_answer(visitor: Visitor) -> None:
    page = visitor.page
    page.locator("#languages").get_by_role("button", name=OWN_NAMES["pl"], exact=True).click()
    expect(visitor.answers).to_have_count(1)
    go_to(page, visitor.answers.first.locator(".in-english summary"), "Shift+Tab")
    page.keyboard.press("Enter")
    expect(visitor.answers.first.locator(".in-english [lang=en]")).to_be_visible()


def test_the_button_that_closes_the_dialog_on_another_website(context: BrowserContext, guide_url: str) -> None:
    page = host(context, guide_url)
    ask_in_dialog(page, QUESTION)
    go_to(page, page.get_by_role("button", name="Close the guide"), "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("link", name="Ask the guide")).to_be_focused()
