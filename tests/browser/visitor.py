"""What a visitor does on the page, in words that the tests and the screenshots share."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, FrameLocator, Locator, Page, Request, expect

from safeguarding.settings import ROOT

CHROMIUM = {
    "executable_path": "/usr/bin/chromium",
    "args": [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-features=LocalNetworkAccessChecks",
    ],
}

EXIT = "https://www.bbc.co.uk/weather"
"""Where leaving goes by default. No test fetches it: every other origin is answered here or refused."""

QUESTION = "What is neglect?"
DANGER = "he is hitting me right now"


HOST = "https://board.test/"
"""Another website; tests/conftest.py lets this one embed the guide."""

UNLISTED = "https://other.test/"
"""A website that may not."""

DEMO = ROOT / "docs" / "embed-demo.html"


VOICES = """
    window.spoken = [];
    const voice = (name, lang, localService) => ({name, lang, localService});
    const fake = {
        voices: [voice('far away', 'en-GB', false), voice('here', 'en-GB', true)],
        getVoices: () => fake.voices,
        speak: (u) => { window.spoken.push([u.text, u.voice.name, u.rate]); fake.current = u; },
        cancel: () => { if (fake.current) console.log('silent'); fake.current = null; },
        addEventListener: () => {},
    };
    window.SpeechSynthesisUtterance = class extends EventTarget { constructor(text) { super(); this.text = text; } };
    Object.defineProperty(window, 'speechSynthesis', {value: fake});
    window.finish = () => fake.current.dispatchEvent(new Event('end'));
"""
"""A device with a voice of its own, and one that would send the words away. What it says stands in `spoken`."""


def watch(context: BrowserContext) -> list[str]:
    """From now on, what should never happen in any page of this context: a script that breaks, anything fetched from elsewhere."""
    troubles: list[str] = []
    context.on("weberror", lambda error: troubles.append(f"script: {error.error}"))
    context.on("request", lambda request: None if _is_allowed(request) else troubles.append(f"foreign request: {request.url}"))
    return troubles


def _is_allowed(request: Request) -> bool:
    """The guide, where leaving goes, and the other websites as pages: what the guide itself may never fetch is anything else."""
    address = urlsplit(request.url)
    if not address.scheme.startswith("http") or address.hostname == "127.0.0.1":
        return True
    return request.url in (EXIT, HOST, UNLISTED) and request.is_navigation_request()


class Visitor:
    """Somebody at the page."""

    def __init__(self, page: Page, guide_url: str) -> None:
        self.page, self.home = page, f"{guide_url}/chat/"
        page.set_default_timeout(8000)
        page.context.route(EXIT, lambda route: route.fulfill(body="<title>Weather</title>Sunny", content_type="text/html"))

    def open(self) -> Visitor:
        self.page.goto(self.home)
        return self

    @property
    def box(self) -> Locator:
        return self.page.get_by_label("Ask in your own words")

    @property
    def answers(self) -> Locator:
        return self.page.locator("#transcript > .guide")

    @property
    def asked(self) -> Locator:
        return self.page.locator("#transcript > .you")

    @property
    def announced(self) -> Locator:
        return self.page.locator("#announcer")

    @property
    def toggle(self) -> Locator:
        return self.page.get_by_role("button", name="Easy read", exact=True)

    def say(self, words: str) -> None:
        """Type, press Enter, and wait for the answer."""
        before = self.answers.count()
        self.box.fill(words)
        self.box.press("Enter")
        expect(self.answers).not_to_have_count(before)
        expect(self.page.locator("#ask")).not_to_have_attribute("aria-busy", "true")

    def switch_reading(self) -> None:
        """Press “Easy read” and wait for what the guide says."""
        before = self.answers.count()
        self.toggle.click()
        expect(self.answers).not_to_have_count(before)
        expect(self.page.locator("#ask")).not_to_have_attribute("aria-busy", "true")

    def say_without_script(self, words: str) -> None:
        self.box.fill(words)
        self.page.get_by_role("button", name="Ask", exact=True).click()
        expect(self.answers.first).to_be_visible()

    def slow_down(self) -> None:
        """From now on the guide never answers."""
        self.page.route("**/chat/messages", lambda route: None)

    def cut_off(self) -> None:
        """From now on the network is lost."""
        self.page.route("**/chat/messages", lambda route: route.abort())


def press_shift(page: Page, times: int) -> None:
    """Shift alone, so many times, as quickly as it goes."""
    for _ in range(times):
        page.keyboard.press("Shift")


def host(context: BrowserContext, guide_url: str, address: str = HOST) -> Page:
    """The demo page in `docs/`, as if another website served it."""
    html = DEMO.read_text(encoding="utf-8").replace("http://localhost:5005", guide_url)
    context.route(address, lambda route: route.fulfill(body=html, content_type="text/html"))
    context.route(EXIT, lambda route: route.fulfill(body="Sunny", content_type="text/html"))
    page = context.new_page()
    page.goto(address)
    return page


def ask_in_dialog(page: Page, words: str) -> FrameLocator:
    """Open the guide from the other website, ask as soon as it listens, and wait for the answer."""
    page.get_by_role("link", name="Ask the guide").press("Enter")
    guide = page.frame_locator("iframe[title=Guide]")
    expect(guide.locator("#keys")).not_to_have_class("keys until-script")
    guide.get_by_label("Ask in your own words").fill(words)
    guide.get_by_label("Ask in your own words").press("Enter")
    expect(guide.locator("#transcript > .guide")).to_have_count(1)
    return guide
