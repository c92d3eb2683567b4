"""Writes what is shown where no server answers or takes a message: a page (deploy/away.html) and JSON, both with the contacts.

python -m deploy.make_pages            with the settings of this machine: the address of the concerns form, where “Leave quickly” goes
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.wording import dialled
from safeguarding.content import Content, load_content
from safeguarding.messages import CONTACTS_ALWAYS, present_contact
from safeguarding.settings import ROOT, Settings, load_settings

PAGES = ROOT / "deploy" / "nginx" / "pages"
SAID = {
    "away.json": ("away", "The guide cannot be reached just now. Please try again later, or use one of these contacts."),
    "refused.json": ("not_taken", "That could not be taken. Please try again, or use one of these contacts."),
}


def pages(settings: Settings | None = None) -> dict[str, str]:
    """The files by name; without settings those of a guide in which nothing was set."""
    content, settings = load_content(), settings or Settings()
    contacts: list[dict[str, Any]] = [present_contact(content.contacts[contact], settings) for contact in CONTACTS_ALWAYS]
    made = {
        name: json.dumps({"error": {"code": code, "message": message}, "contacts": contacts}, ensure_ascii=False, indent=1) + "\n"
        for name, (code, message) in SAID.items()
    }
    return made | {"away.html": _page(content, settings)}


def _page(content: Content, settings: Settings) -> str:
    def phone(contact: str, way: str = "tel") -> Markup:
        number = str(content.contacts[contact].phone)
        return Markup('<a href="{}:{}">{}</a>').format(way, dialled(number), number)

    made = Environment(loader=FileSystemLoader(ROOT / "deploy"), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    made.filters["site"] = lambda address: urlsplit(address).hostname
    form = present_contact(content.contacts["concerns_form"], settings)["url"]
    return made.get_template("away.html").render(contacts=content.contacts, phone=phone, form=form, exit_url=settings.guide_exit_url)


def write(folder: Path = PAGES) -> None:
    """Write them with the settings of this machine."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages(load_settings()).items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
