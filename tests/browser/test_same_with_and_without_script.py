"""What the server writes without JavaScript and what the scripts build is the same message: words, pictures, numbers, language."""

from __future__ import annotations

from typing import Any

import pytest
import requests
from playwright.sync_api import Locator, Page, expect
from visitor import DANGER, QUESTION, Visitor

pytestmark = pytest.mark.browser

SHOWN = """message => ({
    words: [...message.querySelectorAll('.words')].map(said),
    spoken: [...message.querySelectorAll('.words')].map((part) => part.lang),
    pictures: [...message.querySelectorAll('.easy img')].map((img) => [img.getAttribute('src'), img.alt]),
    hardWords: [...message.querySelectorAll('.words .word')].map((word) => word.textContent),
    links: [...message.querySelectorAll('.contact a')].map((link) => [link.getAttribute('href'), said(link)]),
    byPaper: [...message.querySelectorAll('.by-paper')].map(said),
    notes: [...message.querySelectorAll('.note, .say-in-english, .in-english > [lang]')].map((part) => [part.lang, said(part)]),
    urgent: message.classList.contains('emergency'),
    first: message.querySelector('.contacts, .words')?.className,
})"""
SAID = """const said = (part) => {
    const words = [], walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) words.push(walker.currentNode.data.replaceAll('\\u00a0', ' ').trim());
    return words.filter(Boolean).join(' ').replace(/\\s+/g, ' ');
};"""

ASKED: dict[str, tuple[str, ...]] = {
    "an answer with a hard word": (QUESTION,),
    "danger": (DANGER,),
    "a letter and a fax": ("how do I report abuse",),
    "a worry": ("someone took my mum's money",),
    "a question of the path": ("help me find who to tell",),
    "another language": ("o que é abuso financeiro",),
    "danger in another language": ("on me frappe maintenant",),
    "not understood": ("xq zzv qqx",),
}


def shown(messages: Locator) -> list[Any]:
    return [message.evaluate(f"message => {{ {SAID} return ({SHOWN})(message) }}") for message in messages.all()]


@pytest.mark.parametrize("easy_read", [False, True], ids=["standard", "easy read"])
@pytest.mark.parametrize("words", ASKED.values(), ids=list(ASKED))
def test_a_message_is_the_same(without_script: Visitor, page: Page, guide_url: str, words: tuple[str, ...], easy_read: bool) -> None:
    visitor = Visitor(page, guide_url).open()
    if easy_read:
        visitor.switch_reading()
        without_script.toggle.click()
        expect(without_script.toggle).to_have_attribute("aria-pressed", "true")
    for said in words:
        before = visitor.answers.count()
        visitor.say(said)
        without_script.say_without_script(said)
        built = shown(visitor.page.locator(f"#transcript > .guide:nth-child(n + {before + 1})"))
        assert [message for message in built if message["words"]] == shown(without_script.answers)


def test_a_double_click_without_script_is_one_message(without_script: Visitor, guide_url: str) -> None:
    before = answered(guide_url)
    without_script.box.fill(QUESTION)
    without_script.page.get_by_role("button", name="Ask", exact=True).dblclick(no_wait_after=True)
    expect(without_script.answers.first).to_contain_text("Neglect")
    assert answered(guide_url) == before + 1


def answered(guide_url: str) -> int:
    """How many messages the guide has answered."""
    lines = requests.get(f"{guide_url}/metrics", timeout=5).text.splitlines()
    return sum(int(float(line.rpartition(" ")[2])) for line in lines if line.startswith("guide_messages_total{"))
