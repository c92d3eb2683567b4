"""The page that is printed and signed: whole by itself, what changed first, old beside new."""

from __future__ import annotations

import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest
from test_release import DAY, NEW, SPOR, edit, release, root  # noqa: F401  the fixture is used by its name

from safeguarding.content import load_content
from safeguarding.preview import html_text, main, write_preview

pytestmark = pytest.mark.whole


class Outside(HTMLParser):
    """Whatever a browser would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.scripts = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.scripts += tag == "script"
        self.fetched += [value for name, value in attributes if name in {"src", "href"} and value and not value.startswith("#")]


def test_it_holds_every_answer_and_needs_nothing_beside_it(root: Path) -> None:  # noqa: F811
    page, count = write_preview(root / "preview.html", root)
    text = page.read_text(encoding="utf-8")
    outside = Outside()
    outside.feed(text)
    assert (outside.fetched, outside.scripts, count) == ([], 0, 0)
    content = load_content(root / "content")
    assert set(re.findall(r'<section class="entry" id="(\w+)">', text)) == set(content.answers)
    shown = set(re.findall(r'href="#drawing-([\w-]+)"', text))
    assert shown <= set(re.findall(r'<symbol id="drawing-([\w-]+)"', text))
    assert "No release is kept yet" in text
    assert "Signature" in text
    assert "@media print" in text


def test_what_changed_comes_first_with_old_beside_new(root: Path) -> None:  # noqa: F811
    release(root, DAY)
    edit(root, "answers/talk/thanks.yml", "  - say: ", "  - say: Oh well. ")
    edit(root, "contacts.yml", f'phone: "{SPOR}"', f'phone: "{NEW}"')
    text = write_preview(root / "preview.html", root)[0].read_text(encoding="utf-8")
    assert f"since the release {DAY}" in text
    assert f"<del>{SPOR}</del> <ins>{NEW}</ins>" in text
    assert "Not ready to sign" in text, "two sentences stand in one entry"
    assert text.index('id="thanks"') < text.index("Signed off") < text.index('id="about"')
    thanks = text[text.index('id="thanks"') : text.index("Signed off")]
    before, now = thanks.split("<h4>Plain words now</h4>")
    assert "Oh well." in now
    assert "Oh well." not in before


def test_words_are_escaped(root: Path) -> None:  # noqa: F811
    edit(root, "answers/talk/thanks.yml", "title: ", "title: <script>alert(1)</script> ")
    text = html_text(load_content(root / "content"), None, "", 0)
    assert "<script>" not in text
    assert "&lt;script&gt;" in text


def test_the_command_says_where_the_page_is(tmp_path: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    assert main([str(tmp_path / "page.html")]) == 0
    assert "read, print and sign" in capsys.readouterr().out
    shutil.rmtree(tmp_path)
