"""Writes what nginx shows where no server answers or takes a message: the page of docs/turning-it-off.md, and the contacts as JSON."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from safeguarding.content import load_content
from safeguarding.messages import present_contact
from safeguarding.settings import ROOT, Settings

PAGES = ROOT / "deploy" / "nginx" / "pages"
CONTACTS = ("emergency", "spor", "concerns_form", "police")
SAID = {
    "away.json": ("away", "The guide cannot be reached just now. Please try again in a minute, or use one of these contacts."),
    "refused.json": ("not_taken", "That could not be taken. Please try again, or use one of these contacts."),
}


def pages() -> dict[str, str]:
    """The files by name."""
    content = load_content()
    contacts: list[dict[str, Any]] = [present_contact(content.contacts[contact], Settings()) for contact in CONTACTS]
    made = {
        name: json.dumps({"error": {"code": code, "message": message}, "contacts": contacts}, ensure_ascii=False, indent=1) + "\n"
        for name, (code, message) in SAID.items()
    }
    turned_off = (ROOT / "docs" / "turning-it-off.md").read_text(encoding="utf-8")
    page = re.search(r"^```html\n(.*?)^```", turned_off, re.MULTILINE | re.DOTALL)
    assert page is not None, "docs/turning-it-off.md holds the page"
    return made | {"away.html": page[1]}


def write(folder: Path = PAGES) -> None:
    """Write them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
