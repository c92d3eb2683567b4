"""axe-core finds nothing against WCAG 2.2 AA in any state of the page, in any dress; and what axe cannot see."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Frame, Page, expect
from visitor import DANGER, QUESTION, Visitor, ask_in_dialog, host

pytestmark = pytest.mark.browser

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"]}

DRESSES = {
    "320 px": {"viewport": {"width": 320, "height": 640}},
    "desktop": {"viewport": {"width": 1280, "height": 800}},
    "dark": {"viewport": {"width": 390, "height": 800}, "color_scheme": "dark"},
    "forced colours": {"viewport": {"width": 1280, "height": 800}, "forced_colors": "active"},
}


def see_start(visitor: Visitor) -> None:
    expect(visitor.page.get_by_role("heading", name="What this page cannot hide")).to_be_visible()


def see_numbers(visitor: Visitor) -> None:
    visitor.page.locator("#numbers").evaluate("numbers => { numbers.open = true }")


def see_answer(visitor: Visitor) -> None:
    visitor.say("someone took my mum's money")
    visitor.answers.first.locator("button.word").first.click()


def see_easy_read(visitor: Visitor) -> None:
    visitor.say(QUESTION)
    visitor.switch_reading()
    expect(visitor.answers.last.locator(".easy img").first).to_be_visible()


def see_choices(visitor: Visitor) -> None:
    """Two answers to choose from, or the first choices of a topic."""
    visitor.page.locator("#choices [value=how_to_report]").click()
    expect(visitor.page.locator("#choices [value=report_start]")).to_be_visible()


def see_question(visitor: Visitor) -> None:
    """A question of the guided path."""
    visitor.page.locator("#choices [value=how_to_report]").click()
    visitor.page.locator("#choices [value=report_start]").click()
    expect(visitor.page.locator("#choices [value=report_start]")).to_have_count(0)
    expect(visitor.answers).to_have_count(2)


def see_emergency(visitor: Visitor) -> None:
    visitor.say(DANGER)
    expect(visitor.page.locator(".emergency")).to_be_visible()


def see_refusal(visitor: Visitor) -> None:
    visitor.box.fill("a" * 3000)
    visitor.box.press("Enter")
    expect(visitor.page.locator("#too-long")).to_be_visible()


def see_slow(visitor: Visitor) -> None:
    visitor.page.clock.install()
    visitor.slow_down()
    visitor.box.fill(QUESTION)
    visitor.box.press("Enter")
    visitor.page.clock.run_for(4100)
    expect(visitor.page.get_by_role("status")).to_contain_text("This is slow")
    visitor.page.clock.resume()


def see_offline(visitor: Visitor) -> None:
    visitor.cut_off()
    visitor.box.fill(QUESTION)
    visitor.box.press("Enter")
    expect(visitor.answers).to_contain_text("cannot be reached")


def see_words_card(visitor: Visitor) -> None:
    visitor.page.locator("#my-words").click()
    visitor.page.get_by_label("I want it to stop.").check()
    visitor.page.get_by_label("In your own words, if you like").fill("x" * 120)


def see_idle_question(visitor: Visitor) -> None:
    visitor.page.clock.install()
    visitor.say(QUESTION)
    visitor.page.clock.fast_forward("18:01")
    expect(visitor.page.get_by_role("button", name="I am still here")).to_be_visible()
    visitor.page.clock.resume()


def see_answer_book(visitor: Visitor) -> None:
    visitor.page.goto(f"{visitor.home}answers")


STATES = {
    "start and notice": see_start,
    "numbers": see_numbers,
    "answer": see_answer,
    "easy read": see_easy_read,
    "choices": see_choices,
    "form question": see_question,
    "emergency": see_emergency,
    "error": see_refusal,
    "slow": see_slow,
    "offline": see_offline,
    "words card": see_words_card,
    "idle": see_idle_question,
    "answer book": see_answer_book,
}


def found(page: Page | Frame) -> list[tuple[str, list[str]]]:
    """What axe finds: the rule and the elements."""
    violations = Axe().run(page, options=RULES).response["violations"]  # type: ignore[arg-type]
    return [(rule["id"], [node["html"][:120] for node in rule["nodes"]]) for rule in violations]


def check(page: Page) -> None:
    """On a screen as high as the page: a target that is half under the question box until one scrolls is not a small one."""
    width = page.evaluate("innerWidth")
    page.set_viewport_size({"width": width, "height": min(20_000, page.evaluate("document.documentElement.scrollHeight") + 100)})
    assert found(page) == []
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, "nothing makes the page scroll sideways"


WITHOUT_SCRIPT = {
    "start": lambda visitor: None,
    "answer": lambda visitor: visitor.say_without_script(QUESTION),
    "emergency": lambda visitor: visitor.say_without_script(DANGER),
    "easy read": lambda visitor: visitor.page.locator("#easy-read").click(),
    "answer book": lambda visitor: visitor.page.goto(f"{visitor.home}answers"),
}


@pytest.mark.parametrize("dress", DRESSES)
@pytest.mark.parametrize("state", WITHOUT_SCRIPT)
def test_axe_finds_nothing_without_script(new_context: Callable[..., BrowserContext], guide_url: str, state: str, dress: str) -> None:
    """The scripts are held back rather than switched off, because axe is a script itself; the HTML is the same."""
    context = new_context(**DRESSES[dress])
    context.route("**/*.js", lambda route: route.abort())
    visitor = Visitor(context.new_page(), guide_url).open()
    WITHOUT_SCRIPT[state](visitor)
    check(visitor.page)


@pytest.mark.parametrize("dress", DRESSES)
def test_axe_finds_nothing_in_the_dialog_on_another_website(new_context: Callable[..., BrowserContext], guide_url: str, dress: str) -> None:
    """The website with the dialog, and what the guide shows inside it after an answer; axe is put into each by itself."""
    page = host(new_context(**DRESSES[dress]), guide_url)
    expect(ask_in_dialog(page, QUESTION).locator("#transcript > .guide")).to_contain_text("eglect")
    assert found(page) == []
    inside = next(frame for frame in page.frames if frame.url.startswith(guide_url))
    assert found(inside) == []
    assert inside.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("dress", DRESSES)
def test_axe_finds_nothing_in_any_state(new_context: Callable[..., BrowserContext], guide_url: str, dress: str) -> None:
    context = new_context(**DRESSES[dress])
    for state, see in STATES.items():
        visitor = Visitor(context.new_page(), guide_url).open()
        see(visitor)
        try:
            check(visitor.page)
        except AssertionError as error:
            raise AssertionError(f"{state}: {error}") from None
        visitor.page.close()


def test_every_target_is_at_least_44_pixels_high(new_context: Callable[..., BrowserContext], guide_url: str) -> None:
    """Words inside a sentence are the exception that WCAG makes; they are still padded."""
    visitor = Visitor(new_context(viewport={"width": 320, "height": 640}).new_page(), guide_url).open()
    see_easy_read(visitor)
    small = visitor.page.evaluate(
        """() => [...document.querySelectorAll('a[href], button, summary, label:has(input), textarea, select')]
            .filter((e) => e.checkVisibility() && !e.matches('.word, .skip, .visually-hidden'))
            .map((e) => [e.textContent.trim().slice(0, 40), Math.round(e.getBoundingClientRect().height)])
            .filter(([, height]) => height < 44)"""
    )
    assert small == []


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_wider_spacing_and_larger_text_hide_nothing(new_context: Callable[..., BrowserContext], guide_url: str, width: int) -> None:
    """WCAG 1.4.12 and 1.4.4."""
    visitor = Visitor(new_context(viewport={"width": width, "height": 800}, bypass_csp=True).new_page(), guide_url).open()
    visitor.page.add_style_tag(
        content="* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } "
        "p { margin-bottom: 2em !important }"
    )
    see_easy_read(visitor)
    visitor.page.get_by_label("Larger text").check()
    assert visitor.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    clipped = visitor.page.evaluate(
        """() => [...document.querySelectorAll('.contact, .guide, .bar a, .bar summary, .choices button, .view > *')]
            .filter((e) => e.checkVisibility() && e.scrollWidth > e.clientWidth + 1).map((e) => e.textContent.trim())"""
    )
    assert clipped == []


def test_the_first_screen_of_a_phone_has_the_notice_the_box_leaving_and_the_emergency_number(
    new_context: Callable[..., BrowserContext], guide_url: str
) -> None:
    visitor = Visitor(new_context(viewport={"width": 360, "height": 660}).new_page(), guide_url).open()
    for part in (".notice", "#question", "#leave", ".bar .now", "#numbers summary"):
        expect(visitor.page.locator(part)).to_be_in_viewport(ratio=0.9)


def test_a_screen_reader_meets_landmarks_headings_and_who_speaks(visitor: Visitor) -> None:
    visitor.say(QUESTION)
    expect(visitor.page.locator("body")).to_match_aria_snapshot(
        """
        - link "Go to the question box"
        - banner:
          - heading "Keeping adults in Jersey safe" [level=1]
          - link "Leave quickly"
        - main:
          - region "Welcome"
          - region "What this page cannot hide"
          - list "Conversation":
            - listitem:
              - heading "You" [level=2]
              - paragraph: What is neglect?
            - listitem:
              - heading "Guide" [level=2]
          - status
          - group "Choose, or write below"
          - group "How it looks":
            - button "Easy read"
            - checkbox "Larger text"
            - link "Start again"
          - textbox "Ask in your own words"
          - button "Ask"
        - complementary "Help now":
          - heading "Help now" [level=2]
          - list:
            - listitem:
              - link "Emergency services Call 9 9 9"
        - contentinfo:
          - paragraph:
            - link "Read or print all answers"
        """
    )


def test_printing_gives_the_conversation_and_the_numbers_without_the_controls(visitor: Visitor) -> None:
    visitor.say(QUESTION)
    visitor.page.emulate_media(media="print")
    expect(visitor.answers.first).to_be_visible()
    expect(visitor.page.locator(".side .contact").first).to_be_visible()
    for control in ("#ask", ".choices", "#leave", ".copy"):
        expect(visitor.page.locator(control).first).to_be_hidden()
