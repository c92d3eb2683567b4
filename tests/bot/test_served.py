"""What the page is made of: packed for whoever takes it packed, small, and joined where a browser would wait for each part."""

from __future__ import annotations

import gzip

import pytest

from bot.page import Page
from bot.reply_pages import ReplyPage
from bot.served import SHEETS, WEB, Served, static_files
from safeguarding.content import load_content
from safeguarding.settings import Settings
from safeguarding.translations import load_translations

MOST_PACKED = 60_000
MOST_EMBED = 5_000
MOST_BEFORE_PAINT = 14_600
"""Bytes: what a server sends in the first flight of a connection, ten segments of 1,460."""


@pytest.fixture(scope="module")
def page() -> Page:
    content = load_content()
    return Page(content, Settings(), load_translations(content))


@pytest.mark.parametrize(
    ("accepted", "packed"),
    [
        ("gzip, deflate, br", True),
        ("br;q=1.0, GZIP;q=0.8", True),
        ("*", True),
        ("gzip;q=0", False),
        ("gzip; q=0.0", False),
        ("gzip;q=0.01", True),
        ("br", False),
        ("", False),
        (None, False),
    ],
)
def test_it_is_packed_for_those_who_take_it_so(accepted: str | None, packed: bool) -> None:
    reply = Served.of("wörds " * 200).response(accepted)
    assert (reply.headers.get("Content-Encoding") == "gzip") is packed
    assert reply.headers["Vary"] == "Accept-Encoding"
    assert (gzip.decompress(reply.body) if packed else reply.body).decode() == "wörds " * 200
    assert len(reply.body) < 100 or not packed


def test_a_stylesheet_is_its_parts_in_order() -> None:
    files = static_files()
    for name, parts in SHEETS.items():
        body = files[name].body.decode()
        places = [body.index((WEB / "static" / f"{part}.css").read_text(encoding="utf-8")) for part in parts]
        assert places == sorted(places)
    assert not {"base.css", "chat.css"} & set(files), "a part alone is never asked for"


def test_what_a_reply_says_is_only_ever_text_without_script_too(page: Page) -> None:
    evil = "<img src=x onerror=alert(1)><script>alert(1)</script>"
    contact = {"id": "spor", "name": evil, "for_whom": evil, "phone": None, "email": None, "url": "javascript:alert(1)"}
    choice = {"id": "more", "label": evil}
    said = {"answer": "greet", "text": evil, "sentences": [], "contacts": [contact], "choices": [choice]}
    reply = {"conversation": "one-" + "0" * 32, "emergency": False, "easy_read": False, "language": "en", "messages": [said]}
    shown = page.show(ReplyPage(reply)).body.decode()
    assert "<img src=x" not in shown
    assert "<script>alert" not in shown
    assert 'href="javascript' not in shown
    assert "&lt;script&gt;" in shown


def test_every_stylesheet_belongs_to_a_page() -> None:
    joined = {part for parts in SHEETS.values() for part in parts}
    assert joined == {path.stem for path in (WEB / "static").glob("*.css")}


def test_our_own_files_are_small(page: Page) -> None:
    """Scripts, styles, icon and the page itself, as they travel."""
    travels = sum(len(file.packed) for file in static_files().values()) + len(page.start.packed)
    assert travels < MOST_PACKED


def test_what_a_browser_needs_to_paint_comes_in_one_flight(page: Page) -> None:
    assert len(page.start.packed) < MOST_BEFORE_PAINT
    assert len(static_files()["chat-page.css"].packed) < MOST_BEFORE_PAINT


def test_the_script_for_other_websites_is_small() -> None:
    assert len(static_files()["embed.js"].body) < MOST_EMBED
