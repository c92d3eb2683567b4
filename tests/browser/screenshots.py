"""Takes the pictures of the page that stand in `docs/images/`: `make screenshots`, with a guide running (make run)."""

from __future__ import annotations

import sys

from playwright.sync_api import Browser, expect, sync_playwright
from visitor import CHROMIUM, DANGER, QUESTION, Visitor

from safeguarding.settings import ROOT, load_settings

IMAGES = ROOT / "docs" / "images"
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "has_touch": True, "is_mobile": True}
DESKTOP = {"viewport": {"width": 1280, "height": 860}}
WORRY = "someone took my mum's money"


def main(address: str) -> None:
    """Every state that people look at, in the dress in which they most often meet it."""
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**CHROMIUM)
        start = _visit(browser, address, PHONE)
        _take(start, "start")
        start.page.locator("#numbers summary").click()
        _take(start, "numbers")
        chat = _visit(browser, address, DESKTOP)
        chat.say(WORRY)
        _take(chat, "chat")
        easy = _visit(browser, address, PHONE)
        easy.say(QUESTION)
        easy.switch_reading()
        _take(easy, "easy-read")
        danger = _visit(browser, address, PHONE)
        danger.say(DANGER)
        _take(danger, "emergency")
        dark = _visit(browser, address, {**DESKTOP, "color_scheme": "dark"})
        dark.say(WORRY)
        _take(dark, "dark")
        lost = _visit(browser, address, PHONE)
        lost.cut_off()
        lost.box.fill(QUESTION)
        lost.box.press("Enter")
        expect(lost.answers).to_have_count(1)
        _take(lost, "offline")
        book = _visit(browser, address, DESKTOP)
        book.page.goto(f"{book.home}answers#answer-abuse_financial")
        _take(book, "answer-book")
        browser.close()


def _visit(browser: Browser, address: str, dress: dict[str, object]) -> Visitor:
    return Visitor(browser.new_context(**dress, reduced_motion="reduce").new_page(), address).open()  # type: ignore[arg-type]


def _take(visitor: Visitor, name: str) -> None:
    visitor.page.mouse.move(0, 0)
    visitor.page.wait_for_load_state("networkidle")
    visitor.page.screenshot(path=IMAGES / f"{name}.png")
    print(f"docs/images/{name}.png")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else f"http://127.0.0.1:{load_settings().guide_port}")
