"""axe-core finds nothing against WCAG 2.2 AA in any state of the page, in any dress; and what axe cannot see."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from states import DRESSES, STATES, WITHOUT_SCRIPT, found, see_easy_read
from visitor import QUESTION, Visitor, ask_in_dialog, host

pytestmark = pytest.mark.browser

Contexts = Callable[..., BrowserContext]

SMALL = """() => [...document.querySelectorAll('a[href], button, summary, label:has(input), textarea, select')]
    .filter((e) => e.checkVisibility() && !e.matches('.word, .skip, .visually-hidden'))
    .map((e) => [e.textContent.trim().slice(0, 40), e.getBoundingClientRect()])
    .map(([words, box]) => [words, Math.round(box.width), Math.round(box.height)])
    .filter(([, width, height]) => width < 44 || height < 44)"""
"""What can be pressed and is under 44 pixels wide or high. Words inside a sentence are WCAG's exception; they are padded."""

UNPACK = """() => {
    const unpacked = (part) => document.createRange().createContextualFragment(part.textContent);
    for (const part of document.querySelectorAll('noscript')) part.replaceWith(unpacked(part));
}"""
"""What stands in `<noscript>` is text, and no element, where scripts may run."""

OVER_THE_PAGE = {"numbers": ".bar"}
"""What lies under the open numbers is looked at in the other states."""


def check(page: Page, state: str, dress: str) -> None:
    """On a screen as high as the page: a target that is half under the question box until one scrolls is not a small one.

    A magnified page keeps its small screen, on which the box does not stick.
    """
    if dress != "magnified":
        size = page.evaluate("[innerWidth, Math.min(20000, document.documentElement.scrollHeight + 100)]")
        page.set_viewport_size({"width": size[0], "height": size[1]})
    page.evaluate("scrollTo(0, 0)")
    assert found(page, OVER_THE_PAGE.get(state)) == []
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, "nothing makes the page scroll sideways"
    assert page.evaluate(SMALL) == []


@pytest.mark.parametrize("dress", DRESSES)
@pytest.mark.parametrize("state", WITHOUT_SCRIPT)
def test_axe_finds_nothing_without_script_and_no_target_is_small(new_context: Contexts, guide_url: str, state: str, dress: str) -> None:
    """The scripts are held back rather than switched off, because axe is a script itself; `<noscript>` is unpacked."""
    context = new_context(**DRESSES[dress])
    context.route("**/*.js", lambda route: route.abort())
    visitor = Visitor(context.new_page(), guide_url).open()
    WITHOUT_SCRIPT[state](visitor)
    visitor.page.evaluate(UNPACK)
    check(visitor.page, state, dress)


@pytest.mark.parametrize("dress", DRESSES)
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_and_no_target_is_small(new_context: Contexts, guide_url: str, state: str, dress: str) -> None:
    visitor = Visitor(new_context(**DRESSES[dress]).new_page(), guide_url).open()
    STATES[state](visitor)
    check(visitor.page, state, dress)


@pytest.mark.parametrize("dress", DRESSES)
def test_axe_finds_nothing_in_the_dialog_on_another_website(new_context: Contexts, guide_url: str, dress: str) -> None:
    """The website with the dialog, and what the guide shows inside it after an answer; axe is put into each by itself."""
    page = host(new_context(**DRESSES[dress]), guide_url)
    expect(ask_in_dialog(page, QUESTION).locator("#transcript > .guide")).to_contain_text("eglect")
    assert found(page) == []
    inside = next(frame for frame in page.frames if frame.url.startswith(guide_url))
    assert found(inside) == []
    assert inside.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert inside.evaluate(SMALL) == []
    button = page.get_by_role("button", name="Close the guide").bounding_box()
    assert button is not None
    assert button["height"] >= 44


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_wider_spacing_and_larger_text_hide_nothing(new_context: Contexts, guide_url: str, width: int) -> None:
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
    for control in ("#ask", ".choices", "#leave", ".copy", "#languages"):
        expect(visitor.page.locator(control).first).to_be_hidden()
