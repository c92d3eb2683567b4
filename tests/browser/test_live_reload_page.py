"""Whoever edits the words sees them on the open page without touching it."""

from __future__ import annotations

from pathlib import Path

import pytest
from edits import put_back, say_more
from playwright.sync_api import Page, Route, expect

from benchmarks.running import running_guide
from safeguarding.content import CONTENT_DIR

pytestmark = pytest.mark.browser

FILE = CONTENT_DIR / "answers/talk/thanks.yml"
WORDS = "A new sentence stands here."


def test_the_open_page_loads_itself_anew_after_a_change(page: Page, trained_model: Path) -> None:
    with put_back(FILE), running_guide(GUIDE_LIVE_RELOAD="on") as guide:
        page.goto(f"{guide.url}/chat/answers")
        expect(page.locator("main")).not_to_contain_text(WORDS)
        say_more(FILE, WORDS)
        expect(page.locator("main")).to_contain_text(WORDS, timeout=8000)


def test_a_change_while_the_page_still_loads_is_seen_too(page: Page, trained_model: Path) -> None:
    def change_first(route: Route) -> None:
        say_more(FILE, WORDS)
        route.continue_()

    with put_back(FILE), running_guide(GUIDE_LIVE_RELOAD="on") as guide:
        page.route("**/live.js", change_first, times=1)
        page.goto(f"{guide.url}/chat/answers")
        expect(page.locator("main")).to_contain_text(WORDS, timeout=8000)
