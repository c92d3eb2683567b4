"""The canary proof in a browser: what a person typed is in none of the files of its profile."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from canaries import Person, find_traces
from playwright.sync_api import Page, sync_playwright

CHROMIUM = shutil.which("chromium")


@pytest.mark.server
@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_no_trace_rests_in_the_profile_of_a_browser(scripts: bool, guide_url: str, tmp_path: Path) -> None:
    person = Person()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch_persistent_context(
            tmp_path / "profile", executable_path=CHROMIUM, java_script_enabled=scripts, args=["--no-sandbox"]
        )
        page = browser.new_page()
        page.goto(f"{guide_url}/chat/")
        for text in person.tellings(6):
            ask(page, text)
        page.locator("#question").fill(person.particulars["canary"])
        assert person.particulars["canary"] not in page.url
        if scripts:
            kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, history.state])")
            assert kept == '[{},{},"",null]'
        page.goto("about:blank")
        page.wait_for_timeout(3000)
        browser.close()
    assert (tmp_path / "profile").is_dir()
    assert find_traces(tmp_path / "profile", person) == []


def ask(page: Page, text: str) -> None:
    """Type it, send it, wait for an answer."""
    answers = page.locator("#transcript > li.guide")
    before = answers.count()
    page.locator("#question").fill(text)
    page.locator("button.send").click()
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)
    assert answers.count() > 0
    assert before >= 0
