"""A browser that restores its tabs, after it was closed or killed, shows nothing that was asked; nor does anything else it keeps."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import BrowserContext, Error, Playwright, expect
from visitor import CHROMIUM, EXIT, QUESTION, Visitor

pytestmark = pytest.mark.browser

RESTORES = [*CHROMIUM["args"], "--restore-last-session", "--hide-crash-restore-bubble"]


@contextmanager
def browser(playwright: Playwright, profile: Path, *, scripts: bool) -> Iterator[BrowserContext]:
    """A browser with a profile of its own, which it finds again at the next start."""
    executable = str(CHROMIUM["executable_path"])
    context = playwright.chromium.launch_persistent_context(profile, executable_path=executable, args=RESTORES, java_script_enabled=scripts)
    try:
        yield context
    finally:
        with suppress(Error):  # it was killed
            context.close()


def kill(profile: Path) -> None:
    """End the browser of this profile as a crash or a flat battery would. At the next start the person wants the tabs back."""
    mine = f"--user-data-dir={profile}"
    for process in psutil.process_iter(["cmdline"]):
        if mine in (process.info["cmdline"] or ()):
            os.kill(process.pid, signal.SIGKILL)
    (profile / "Default" / "Preferences").write_text('{"profile": {"exit_type": "Normal"}}', encoding="utf-8")


@pytest.mark.parametrize("ends", ["closed", "killed"])
@pytest.mark.parametrize("scripts", [False, True], ids=["without script", "with script"])
def test_a_restored_tab_shows_nothing_that_was_asked(
    playwright: Playwright, guide_url: str, tmp_path: Path, scripts: bool, ends: str
) -> None:
    """The tab itself comes back, at the address where the browser left it."""
    with browser(playwright, tmp_path, scripts=scripts) as context:
        visitor = Visitor(context.new_page(), guide_url).open()
        ask(visitor, scripts=scripts)
        visitor.box.fill("half a sentence")
        visitor.page.wait_for_timeout(3000)  # longer than a browser takes to note its tabs
        if ends == "killed":
            kill(tmp_path)
    addresses = restored(playwright, tmp_path, guide_url, scripts=scripts)
    assert [address for address in addresses if address.startswith(guide_url)], "no tab came back"


@pytest.mark.parametrize("scripts", [False, True], ids=["without script", "with script"])
def test_after_leaving_quickly_a_restored_tab_is_the_other_page(
    playwright: Playwright, guide_url: str, tmp_path: Path, scripts: bool
) -> None:
    with browser(playwright, tmp_path, scripts=scripts) as context:
        visitor = Visitor(context.new_page(), guide_url).open()
        ask(visitor, scripts=scripts)
        visitor.page.locator("#leave").click()
        visitor.page.wait_for_url(EXIT)
        kept = visitor.page.context.storage_state()
        assert kept == {"cookies": [], "origins": []}
        visitor.page.wait_for_timeout(3000)
        kill(tmp_path)
    came_back = [address for address in restored(playwright, tmp_path, guide_url, scripts=scripts) if address != "about:blank"]
    assert len(came_back) == 1, "the tab comes back"
    assert not came_back[0].startswith(guide_url), "without the guide; the other page needs a network"


def ask(visitor: Visitor, *, scripts: bool) -> None:
    (visitor.say if scripts else visitor.say_without_script)(QUESTION)


def restored(playwright: Playwright, profile: Path, guide_url: str, *, scripts: bool) -> list[str]:
    """The addresses of all tabs that come back; none of them may show what was asked or half written."""
    with browser(playwright, profile, scripts=scripts) as context:
        pages = context.pages
        for page in pages:
            page.wait_for_load_state()
        for page in pages:
            assert "neglect?" not in page.content().lower()
            assert "half a sentence" not in page.content()
            if page.url.startswith(guide_url):
                expect(page.locator("#transcript > li")).to_have_count(0)
                expect(page.get_by_label("Ask in your own words")).to_have_value("")
        return [page.url for page in pages]
