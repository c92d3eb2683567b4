"""The canary proof in a browser: what a person typed is in none of the files of its profile."""

from __future__ import annotations

import shutil
from pathlib import Path
from urllib.parse import quote

import pytest
from canaries import Person, find_traces
from playwright.sync_api import Page, expect, sync_playwright

from safeguarding.settings import Settings

SAID = (
    "my neighbour {name} at {address} is not eating",
    "is this private? I am {name}",
    "he has a knife and he is going to kill {name} at {address}",
    "{canary}",
    "I am {name}, born on {birthday}",
    "How do I report this?",
)
WALKED = ("report_start", "report_danger_no", "report_for_whom_adult")
CHROMIUM = shutil.which("chromium")
EXIT = Settings().guide_exit_url


@pytest.mark.server
@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_no_trace_rests_in_the_profile_of_a_browser(scripts: bool, guide_url: str, tmp_path: Path) -> None:
    person, planted = Person(), Person()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch_persistent_context(
            tmp_path / "profile", executable_path=CHROMIUM, java_script_enabled=scripts, args=["--no-sandbox"]
        )
        page = browser.new_page()
        page.goto(f"{guide_url}/chat/?{quote(planted.particulars['name'])}")
        for words in SAID:
            ask(page, words.format(**person.particulars), scripts=scripts)
        for choice in WALKED:
            page.locator(f"#ask ~ * [value={choice}], [form=ask][value={choice}]").first.click()
            expect(page.locator(f"[value={choice}]:visible")).to_have_count(0)
        expect(page.locator("#transcript > li.guide").last).to_contain_text("Question 3")
        ask(page, "easy read please, {name}, {phone}".format(**person.particulars), scripts=scripts)
        page.locator("#my-words").click()
        page.locator("#own-words").fill(f"{person.particulars['name']} must not know")
        page.locator("#question").fill(person.particulars["canary"])
        assert person.particulars["canary"] not in page.url
        if scripts:
            kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, history.state])")
            assert kept == '[{},{},"",null]'
        browser.route(EXIT, lambda route: route.fulfill(body="Sunny", content_type="text/html"))
        page.locator("#leave").click()
        page.wait_for_url(EXIT)
        page.wait_for_timeout(3000)
        browser.close()
    assert find_traces(tmp_path / "profile", planted) != [], "the search does not see what a browser keeps of an address"
    assert find_traces(tmp_path / "profile", person) == []


def ask(page: Page, words: str, *, scripts: bool) -> None:
    """Type it, send it, wait for its answer: one more on the page, or, without script, a page of its own."""
    answers, address = page.locator("#transcript > li.guide"), page.url
    before = answers.count()
    page.locator("#question").fill(words)
    page.locator("button.send").click()
    if scripts:
        expect(answers).not_to_have_count(before, timeout=10_000)
        expect(page.locator("#ask")).not_to_have_attribute("aria-busy", "true")
    else:
        page.wait_for_url(lambda now: now != address)
        expect(answers).not_to_have_count(0)
