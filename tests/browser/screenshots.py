"""Takes the pictures of the page that stand in `docs/images/`: `make screenshots`, with a guide running (make run)."""

from __future__ import annotations

import sys
from collections.abc import Callable
from io import BytesIO
from typing import Any

import requests
from PIL import Image
from playwright.sync_api import Browser, sync_playwright
from states import DRESSES, STATES, WITHOUT_SCRIPT, WORRY, see_easy_read
from visitor import CHROMIUM, HOST, QUESTION, Visitor, ask_in_dialog, host

from safeguarding.settings import ROOT, load_settings

IMAGES = ROOT / "docs" / "images"
COLOURS = 128
"""Of each picture: enough for a page of few colours, and a quarter of the bytes."""

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DESKTOP = {"viewport": {"width": 1280, "height": 860}}
NEEDS_KEYS = ("leaving",)
"""States that a phone does not know, because they need a keyboard."""

OF_THE_README = {"chat": (DESKTOP, lambda visitor: visitor.say(WORRY)), "easy-read": ({**PHONE, "device_scale_factor": 2}, see_easy_read)}


def main(address: str) -> None:
    """The two pictures of the README, every state on a phone, one in each dress, and what stands without script and elsewhere."""
    (IMAGES / "states").mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**CHROMIUM)
        for name, (dress, see) in OF_THE_README.items():
            _photograph(browser, address, name, dress, see)
        for state, see in STATES.items():
            _photograph(browser, address, f"states/{state}", DESKTOP if state in NEEDS_KEYS else PHONE, see)
        for dress in ("320px", "magnified", "desktop", "dark", "forced-colours"):
            _photograph(browser, address, f"states/answer-{dress}", DRESSES[dress], STATES["answer"])
        for state in ("answer", "question"):
            dress = {**PHONE, "java_script_enabled": False}
            _photograph(browser, address, f"states/{state}-without-script", dress, WITHOUT_SCRIPT[state])
        if requests.get(f"{address}/chat/embed.js", timeout=5).ok:
            page = host(browser.new_context(**DESKTOP), address)
            ask_in_dialog(page, QUESTION)
            _save(page.screenshot(), "states/dialog")
        else:
            print(f"No picture of the dialog: it needs a guide started with GUIDE_EMBED_ORIGINS={HOST.rstrip('/')}.")
        browser.close()


def _photograph(browser: Browser, address: str, name: str, dress: dict[str, Any], see: Callable[[Visitor], None]) -> None:
    visitor = Visitor(browser.new_context(**dress, reduced_motion="reduce").new_page(), address).open()
    see(visitor)
    visitor.page.mouse.move(0, 0)
    _save(visitor.page.screenshot(), name)
    visitor.page.context.close()


def _save(png: bytes, name: str) -> None:
    Image.open(BytesIO(png)).convert("RGB").quantize(COLOURS).save(IMAGES / f"{name}.png", optimize=True)
    print(f"docs/images/{name}.png", flush=True)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else f"http://127.0.0.1:{load_settings().guide_port}")
