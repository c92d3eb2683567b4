"""Every state in which people meet the page, and every dress: what axe looks at, what screen readers get, what is photographed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Frame, Page, expect
from visitor import DANGER, QUESTION, VOICES, Visitor

from safeguarding.languages import OTHERS, OWN_NAMES

DANGER_IN_POLISH = "on mnie teraz bije, ratunku"
WORRY = "someone took my mum's money"

DRESSES: dict[str, dict[str, Any]] = {
    "320px": {"viewport": {"width": 320, "height": 640}},
    "phone": {"viewport": {"width": 360, "height": 660}, "has_touch": True, "is_mobile": True},
    "magnified": {"viewport": {"width": 320, "height": 256}},
    "desktop": {"viewport": {"width": 1280, "height": 800}},
    "dark": {"viewport": {"width": 390, "height": 800}, "color_scheme": "dark"},
    "forced-colours": {"viewport": {"width": 1280, "height": 800}, "forced_colors": "active"},
}
"""How people look at it; “magnified” is a screen of 1280 × 1024 at 400 %."""

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def see_start(visitor: Visitor) -> None:
    expect(visitor.page.get_by_role("heading", name="What this page cannot hide")).to_be_visible()


def see_numbers(visitor: Visitor) -> None:
    visitor.page.locator("#numbers").evaluate("numbers => { numbers.open = true }")


def see_answer(visitor: Visitor) -> None:
    """With the meaning of a hard word."""
    visitor.say(WORRY)
    visitor.answers.first.locator("button.word").first.click()


def see_easy_read(visitor: Visitor) -> None:
    visitor.say(QUESTION)
    visitor.switch_reading()
    expect(visitor.answers.last.locator(".easy img").first).to_be_visible()


def see_words_only(visitor: Visitor) -> None:
    """Easy read without pictures, in larger text."""
    see_easy_read(visitor)
    visitor.page.get_by_label("Larger text").check()
    visitor.page.get_by_label("Words only").check()
    expect(visitor.answers.last.locator(".easy img").first).to_be_hidden()


def see_reading_aloud(visitor: Visitor) -> None:
    visitor.page.add_init_script(VOICES)
    visitor.open().say(QUESTION)
    visitor.page.get_by_role("button", name="Read aloud").click()
    expect(visitor.page.locator(".reading")).to_be_visible()


def see_choices(visitor: Visitor) -> None:
    """Two answers to choose from, or the first choices of a topic."""
    visitor.page.locator("#choices [value=how_to_report]").click()
    expect(visitor.page.locator("#choices [value=report_start]")).to_be_visible()


def see_question(visitor: Visitor) -> None:
    """A question of the guided path."""
    see_choices(visitor)
    visitor.page.locator("#choices [value=report_start]").click()
    expect(visitor.page.locator("#way-out")).to_be_visible()
    expect(visitor.answers).to_have_count(2)


def see_emergency(visitor: Visitor) -> None:
    visitor.say(DANGER)
    expect(visitor.page.locator(".emergency")).to_be_visible()


def see_too_long(visitor: Visitor) -> None:
    visitor.box.fill("a" * 3000)
    visitor.box.press("Enter")
    expect(visitor.page.locator("#too-long")).to_be_visible()


def see_refusal(visitor: Visitor) -> None:
    """The server refuses, with the contacts of its own."""
    contacts = [{"id": "emergency", "name": "Emergency services", "phone": "999", "url": None}]
    body = {"error": {"code": "too_fast", "message": "Please wait a minute and try again."}, "contacts": contacts}
    visitor.page.route("**/chat/messages", lambda route: route.fulfill(json=body, status=429))
    visitor.say(QUESTION)
    expect(visitor.answers.last).to_have_class("guide problem")


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


def see_copied(visitor: Visitor) -> None:
    visitor.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visitor.say(WORRY)
    visitor.answers.last.locator(".copy").first.click()
    expect(visitor.answers.last.locator(".copy").first).to_contain_text("Copied")


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


def see_leaving(visitor: Visitor) -> None:
    """Shift was pressed once. Where there is nothing but touch that counts for nothing, and nothing is shown."""
    visitor.box.press("Shift")
    shown = expect(visitor.page.locator("#leave"))
    touched = visitor.page.evaluate("navigator.maxTouchPoints > 0")
    (shown.not_to_have_attribute if touched else shown.to_have_attribute)("data-presses", "1")


def see_answer_book(visitor: Visitor) -> None:
    visitor.page.goto(f"{visitor.home}answers")


def see_answer_book_in_polish(visitor: Visitor) -> None:
    visitor.page.goto(f"{visitor.home}answers?language=pl")
    expect(visitor.page.locator("#answer-emergency .say-in-english")).to_be_visible()


def see_danger_in_polish(visitor: Visitor) -> None:
    """With the English to say on the phone."""
    visitor.say(DANGER_IN_POLISH)
    expect(visitor.answers.last.locator(".say-in-english")).to_be_visible()


def in_language(language: str) -> Callable[[Visitor], None]:
    """An answer in another language with its English opened."""

    def see(visitor: Visitor) -> None:
        visitor.page.get_by_role("button", name=OWN_NAMES[language], exact=True).click()
        expect(visitor.page.locator("html")).to_have_attribute("lang", language)
        visitor.answers.last.locator(".in-english summary").click()
        expect(visitor.answers.last.locator(".in-english [lang=en]")).to_be_visible()

    return see


STATES: dict[str, Callable[[Visitor], None]] = {
    "start": see_start,
    "numbers": see_numbers,
    "answer": see_answer,
    "easy-read": see_easy_read,
    "words-only": see_words_only,
    "reading-aloud": see_reading_aloud,
    "choices": see_choices,
    "question": see_question,
    "emergency": see_emergency,
    "too-long": see_too_long,
    "refused": see_refusal,
    "slow": see_slow,
    "offline": see_offline,
    "copied": see_copied,
    "words-card": see_words_card,
    "idle": see_idle_question,
    "leaving": see_leaving,
    **{f"in-{language}": in_language(language) for language in OTHERS},
    "danger-in-pl": see_danger_in_polish,
    "answer-book": see_answer_book,
    "answer-book-in-pl": see_answer_book_in_polish,
}


def press_without_script(visitor: Visitor, *choices: str) -> None:
    for choice in choices:
        visitor.page.locator(f"[form=ask][value={choice}]").first.click()
        expect(visitor.answers.first).to_be_visible()


def see_too_long_without_script(visitor: Visitor) -> None:
    """The server's own refusal: a browser that keeps to `maxlength` never sends so much."""
    visitor.box.evaluate("box => box.removeAttribute('maxlength')")
    visitor.say_without_script("a" * 2001)
    expect(visitor.answers.first).to_contain_text("more than 2000 letters")


WITHOUT_SCRIPT: dict[str, Callable[[Visitor], None]] = {
    "start": see_start,
    "numbers": lambda visitor: visitor.page.locator("#numbers summary").evaluate("summary => { summary.parentElement.open = true }"),
    "answer": lambda visitor: visitor.say_without_script(WORRY),
    "easy-read": lambda visitor: visitor.page.locator("#easy-read").click(),
    "choices": lambda visitor: press_without_script(visitor, "how_to_report"),
    "question": lambda visitor: press_without_script(visitor, "how_to_report", "report_start"),
    "emergency": lambda visitor: visitor.say_without_script(DANGER),
    "too-long": see_too_long_without_script,
    "in-pl": lambda visitor: visitor.page.get_by_role("button", name="Polski", exact=True).click(),
    "danger-in-pl": lambda visitor: visitor.say_without_script(DANGER_IN_POLISH),
    "words-card": lambda visitor: visitor.page.locator("#my-words").click(),
    "answer-book": see_answer_book,
    "answer-book-in-pl": see_answer_book_in_polish,
}


def found(page: Page | Frame, within: str | None = None) -> list[tuple[str, list[str]]]:
    """What axe finds, and what it cannot decide: the rule and the elements.

    Contrast that it cannot decide, where something lies half over an element or the system's colours are forced, is left to
    tests/unit/test_colours.py, which reckons each pair of colours. A frame of another website is looked at by itself.
    """
    options: Any = {"runOnly": RULES, "resultTypes": ["violations", "incomplete"]}
    results = Axe().run(page, context=within, options=options).response  # type: ignore[arg-type]
    undecided = [rule for rule in results["incomplete"] if rule["id"] not in ("color-contrast", "frame-tested")]
    return [(rule["id"], [node["html"][:120] for node in rule["nodes"]]) for rule in (*results["violations"], *undecided)]
