"""The chat page as HTML: made on the server, so that it works with JavaScript off, and the files that belong to it."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from safeguarding.content import Content
from safeguarding.messages import choice_label, present_contact
from safeguarding.settings import ROOT, Settings

WEB = ROOT / "web"
STATIC = {
    "chat.css": "text/css; charset=utf-8",
    "chat.js": "text/javascript; charset=utf-8",
    "leave.js": "text/javascript; charset=utf-8",
    "render.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
HELP_ALWAYS = ("emergency", "spor", "concerns_form", "police")
FIRST_CHOICES = ("how_to_report", "what_is_abuse", "cannot_phone", "privacy")


class Page:
    """Renders the page and serves its files and pictures, all from closed lists."""

    def __init__(self, content: Content, settings: Settings) -> None:
        """Read the files of the page and the drawings that `pictures.yml` names."""
        self._content, self._settings = content, settings
        loader = Environment(loader=FileSystemLoader(WEB), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
        loader.filters["blocks"] = blocks
        loader.filters["tel"] = lambda number: number.replace(" ", "")
        self._template = loader.get_template("page.html")
        self._static = {name: ((WEB / "static" / name).read_bytes(), kind) for name, kind in STATIC.items()}
        self._pictures = _drawings(content)

    def render(self, reply: dict[str, Any] | None, asked: str | None = None, problem: str | None = None) -> str:
        """The page, with the reply to what was asked if there is one. Nothing of it is kept on the server."""
        return self._template.render(
            reply=reply,
            asked=asked,
            problem=problem,
            easy_read=bool(reply and reply["easy_read"]),
            conversation=reply["conversation"] if reply else "",
            welcome=self._content.answers["greet"],
            first_choices=[{"id": choice, "label": choice_label(self._content, choice)} for choice in FIRST_CHOICES],
            help_always=[present_contact(self._content.contacts[contact], self._settings) for contact in HELP_ALWAYS],
            emergency_text=self._content.contacts["emergency_text"],
            exit_url=self._settings.guide_exit_url,
            most_characters=self._settings.guide_max_characters,
        )

    def static_file(self, name: str) -> tuple[bytes, str] | None:
        """A file of the page and its content type; none for a name that is not on the list."""
        return self._static.get(name)

    def picture(self, name: str) -> tuple[bytes, str] | None:
        """A drawing of easy read; none for a name that is not on the list."""
        return self._pictures.get(name)


def blocks(text: str) -> list[dict[str, Any]]:
    """A standard text as paragraphs and lists: lines that begin with “- ” are list items."""
    found: list[dict[str, Any]] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        item = line.startswith("- ")
        if item and found and found[-1]["kind"] == "list":
            found[-1]["items"].append(line[2:])
        elif item:
            found.append({"kind": "list", "items": [line[2:]]})
        else:
            found.append({"kind": "paragraph", "text": line})
    return found


def _drawings(content: Content) -> dict[str, tuple[bytes, str]]:
    folder = Path(str(files("fontawesomefree"))) / "static/fontawesomefree/svgs/solid"
    names = {picture.drawing for picture in content.pictures.values()}
    return {f"{name}.svg": ((folder / f"{name}.svg").read_bytes(), "image/svg+xml") for name in names}
