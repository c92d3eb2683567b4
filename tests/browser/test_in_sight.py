"""Nothing that matters lies under the bar or the question box: not the first screen of a phone, not what has the focus."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from states import STATES, WITHOUT_SCRIPT
from visitor import DANGER, QUESTION, Visitor

from bot.wording import dialled
from safeguarding.content import load_content
from safeguarding.languages import OTHERS

pytestmark = pytest.mark.browser

CONTACTS = load_content().contacts
SMALLEST = {"width": 320, "height": 568}
PHONES = [SMALLEST, {"width": 320, "height": 640}, {"width": 360, "height": 660}, {"width": 390, "height": 844}]
MAGNIFIED = {"width": 320, "height": 256}
"""A screen of 1280 × 1024 at 400 %."""

DESKTOP = {"width": 1280, "height": 800}
LOW = {"width": 1024, "height": 487}
"""A laptop of 1536 × 864 at 150 %, within the browser's own bars."""

HELP = {320: ".bar .now, #numbers summary", 1280: ".bar .now"}
"""By the width of the screen: 999 and the list of numbers on a phone, 999 on a desk, where all four doors stand beside."""

DOORS = """(box) => [...document.querySelectorAll(`${box} .contact a`)].filter((link) => {
    const around = link.closest(box);
    around.scrollTop += link.getBoundingClientRect().top - around.getBoundingClientRect().top;
    const {left, top, width, height} = link.getBoundingClientRect();
    return link.contains(document.elementFromPoint(left + width / 2, top + height / 2));
}).map((link) => link.getAttribute('href'))"""
"""Where the links in a box lead whose middle can be seen. The box may be scrolled for them, the page is not."""

TWELVE_LINES = "\n".join(f"line {number}" for number in range(12))

COVERED = """(selector) => {
    const hit = ({left, right, top, bottom}, owner) => owner.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
    return [...document.querySelectorAll(selector)].filter((element) => {
        const text = document.createTreeWalker(element, NodeFilter.SHOW_TEXT), rects = [];
        while (text.nextNode()) {
            const holder = text.currentNode.parentElement;
            if (!text.currentNode.data.trim() || !holder.checkVisibility() || holder.closest('.visually-hidden')) continue;
            const range = document.createRange();
            range.selectNodeContents(text.currentNode);
            rects.push(...range.getClientRects());
        }
        if (!rects.length) rects.push(element.getBoundingClientRect());
        return !rects.every((rect) => hit(rect, element));
    }).map((element) => element.id || element.className);
}"""
"""The elements of which a line of text (or the middle, where there is none) is out of sight or under something else."""

FOCUSED = """() => {
    const focused = document.activeElement;
    if (focused === document.body) return null;
    const name = focused.id || focused.textContent.trim().slice(0, 40);
    const shares = [0.02, 0.25, 0.5, 0.75, 0.98];
    const seen = [...focused.getClientRects()].some(({left, top, width, height}) => shares.some((x) => shares.some((y) =>
        focused.contains(document.elementFromPoint(left + x * width, top + y * height)))));
    return [name, seen];
}"""
"""The name of what has the focus, and whether any of it can be seen (WCAG 2.4.11)."""


def covered(page: Page, selector: str) -> list[str]:
    return page.evaluate(COVERED, selector)


@pytest.fixture
def phone(new_context: Callable[..., BrowserContext], guide_url: str) -> Callable[..., Visitor]:
    def take_up(size: dict[str, int], language: str = "en", **dress: object) -> Visitor:
        visitor = Visitor(new_context(viewport=size, has_touch=True, is_mobile=True, **dress).new_page(), guide_url)
        visitor.page.goto(f"{visitor.home}?language={language}")
        return visitor

    return take_up


@pytest.mark.parametrize("script", [False, True], ids=["without script", "with script"])
@pytest.mark.parametrize("size", PHONES, ids=lambda size: f"{size['width']}x{size['height']}")
def test_the_first_screen_of_a_phone_shows_all_of_the_notice_the_box_leaving_and_the_emergency_number(
    phone: Callable[..., Visitor], size: dict[str, int], script: bool
) -> None:
    page = phone(size, java_script_enabled=script).page
    assert covered(page, ".welcome, .notice, #question, .send, #leave, .bar .now, #numbers summary, #languages button:nth-child(n+2)") == []
    notice = page.locator(".notice").inner_text()
    for limit in ("history", "shared", "call lists", "bills", "private"):
        assert limit in notice


@pytest.mark.parametrize("script", [False, True], ids=["without script", "with script"])
@pytest.mark.parametrize("size", [SMALLEST, DESKTOP], ids=str)
def test_after_the_emergency_answer_999_stays_in_sight_whatever_is_said_next(
    new_context: Callable[..., BrowserContext], guide_url: str, size: dict[str, int], script: bool
) -> None:
    visitor = Visitor(new_context(viewport=size, java_script_enabled=script).new_page(), guide_url).open()
    for words in (DANGER, "I can't talk, he will hear me", "thank you", QUESTION):
        (visitor.say if script else visitor.say_without_script)(words)
        for place in ("0", "document.body.scrollHeight"):
            visitor.page.evaluate(f"scrollTo(0, {place})")
            assert covered(visitor.page, HELP[size["width"]]) == [], words


@pytest.mark.parametrize("size", [SMALLEST, DESKTOP], ids=str)
@pytest.mark.parametrize("state", [state for state in STATES if state != "numbers"])
def test_help_is_one_step_away_in_every_state(
    new_context: Callable[..., BrowserContext], guide_url: str, state: str, size: dict[str, int]
) -> None:
    visitor = Visitor(new_context(viewport=size).new_page(), guide_url).open()
    STATES[state](visitor)
    assert covered(visitor.page, HELP[size["width"]]) == []
    assert_the_four_doors(visitor.page)


@pytest.mark.parametrize("size", [SMALLEST, DESKTOP], ids=str)
@pytest.mark.parametrize("state", [state for state in WITHOUT_SCRIPT if state != "numbers"])
def test_help_is_one_step_away_in_every_state_without_script(
    new_context: Callable[..., BrowserContext], guide_url: str, state: str, size: dict[str, int]
) -> None:
    visitor = Visitor(new_context(viewport=size, java_script_enabled=False).new_page(), guide_url).open()
    WITHOUT_SCRIPT[state](visitor)
    visitor.page.evaluate("scrollTo(0, 0)")
    assert covered(visitor.page, HELP[size["width"]]) == []
    assert_the_four_doors(visitor.page)


def assert_the_four_doors(page: Page) -> None:
    """999, the Single Point of Referral, the online form and the police, in this order: in sight, or behind “Numbers” which is."""
    if page.locator("#numbers summary").is_visible():
        assert covered(page, "#numbers summary") == []
        page.locator("#numbers").evaluate("numbers => { numbers.open = true }")
        doors = page.evaluate(DOORS, ".panel")
    else:
        doors = page.evaluate(DOORS, ".side")
    assert doors[:1] == ["tel:999"]
    assert {f"tel:{dialled(str(CONTACTS[contact].phone))}" for contact in ("spor", "police")} < set(doors)
    assert any(door.startswith("https://") for door in doors)


@pytest.mark.parametrize("script", [False, True], ids=["without script", "with script"])
@pytest.mark.parametrize("size", [LOW, MAGNIFIED, DESKTOP], ids=str)
def test_help_is_one_step_away_however_far_one_scrolls(
    new_context: Callable[..., BrowserContext], guide_url: str, size: dict[str, int], script: bool
) -> None:
    visitor = Visitor(new_context(viewport=size, java_script_enabled=script).new_page(), guide_url).open()
    (visitor.say if script else visitor.say_without_script)(QUESTION)
    visitor.page.evaluate("scrollTo(0, document.body.scrollHeight)")
    assert covered(visitor.page, ".bar .now") == []
    assert_the_four_doors(visitor.page)


@pytest.mark.parametrize("language", OTHERS)
def test_the_first_screen_does_so_in_every_language_on_a_usual_phone(phone: Callable[..., Visitor], language: str) -> None:
    page = phone({"width": 390, "height": 844}, language).page
    assert covered(page, ".notice, #question, #leave, .bar .now, #numbers summary") == []


@pytest.mark.parametrize("script", [False, True], ids=["without script", "with script"])
@pytest.mark.parametrize("larger", [False, True], ids=["usual text", "larger text"])
@pytest.mark.parametrize("size", [MAGNIFIED, PHONES[1], {"width": 390, "height": 700}, {"width": 1280, "height": 720}], ids=str)
def test_what_has_the_focus_is_never_hidden(
    new_context: Callable[..., BrowserContext], guide_url: str, size: dict[str, int], larger: bool, script: bool
) -> None:
    visitor = Visitor(new_context(viewport=size, java_script_enabled=script).new_page(), guide_url).open()
    if larger:
        visitor.page.get_by_label("Larger text").check()
    visitor.box.fill(TWELVE_LINES)
    tab_through(visitor.page)


def test_what_has_the_focus_is_not_hidden_by_the_question_whether_somebody_is_there(visitor: Visitor) -> None:
    visitor.page.set_viewport_size({"width": 360, "height": 660})
    visitor.page.clock.install()
    visitor.say(QUESTION)
    visitor.page.clock.fast_forward("18:01")
    visitor.box.fill(TWELVE_LINES)
    tab_through(visitor.page)


def tab_through(page: Page) -> None:
    """Tab to the end of the page, back to its start, and through all of it again."""
    for key in ("Tab", "Shift+Tab", "Tab"):
        met: list[str] = []
        for _ in range(150):
            page.keyboard.press(key)
            focused = page.evaluate(FOCUSED)
            if focused is None:
                break
            assert focused[1], f"{focused[0]} is hidden after {key}"
            met.append(focused[0])
    assert {"question", "easy-read", "leave"} <= set(met)


def test_the_numbers_close_when_the_focus_goes_on(phone: Callable[..., Visitor]) -> None:
    page = phone(PHONES[1]).page
    page.locator("#numbers summary").press("Enter")
    last = page.locator(".panel a").last
    last.focus()
    expect(last).to_be_visible()
    page.locator("#easy-read").focus()
    expect(last).to_be_hidden()


@pytest.mark.parametrize("size", [MAGNIFIED, {"width": 1280, "height": 720}], ids=str)
def test_who_has_a_keyboard_is_told_of_its_keys_also_at_four_hundred_per_cent(visitor: Visitor, size: dict[str, int]) -> None:
    visitor.page.set_viewport_size(size)
    expect(visitor.page.locator("#keys")).to_be_visible()
    expect(visitor.page.locator(".notice .keys")).to_be_visible()


def test_who_touches_is_told_of_no_keys(phone: Callable[..., Visitor]) -> None:
    expect(phone(PHONES[2]).page.locator("#keys")).to_be_hidden()
