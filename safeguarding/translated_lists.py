"""The lists of `content/` in another language: hard words, pictures, the card “my words to say”, buttons, contacts, the page's words.

Each file but two names the English list that it was made from by its digest (`of`), who made it and who has checked it, like an answer.
What it leaves out stays English, or without words: a picture is then read by its sentence alone, and a hard word is not underlined.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from safeguarding.content import Content, ContentError, read_yaml
from safeguarding.hard_words import Glossary, HardWord

LISTS_OF_CONTENT: Mapping[str, str] = {
    "glossary": "words", "pictures": "pictures", "words_card": "wishes", "choices": "choices", "contacts": "contacts",
}  # fmt: skip
"""The translated lists that have a digest, each with the name under which its entries stand."""

LISTS_BY_THEIR_ENGLISH: Mapping[str, str] = {"page": "page", "guide": "words"}
"""Those without: a line of the page stands beside its very English, and the guide's small words have none."""

ALL_LISTS: Mapping[str, str] = {**LISTS_OF_CONTENT, **LISTS_BY_THEIR_ENGLISH}

TRANSLATED_FIELDS = ("name", "name_without_url", "for_whom", "note", "hours")
"""What is translated of a contact; numbers and addresses never are."""


def english_lines(content: Content, name: str) -> dict[str, str]:
    """The English of a list by the keys of its translation; the card's keys say whose words a line is (`stop.me`, `frame.closing`)."""
    if name == "glossary":
        return dict(content.glossary)
    if name == "pictures":
        return {key: picture.alt for key, picture in content.pictures.items()}
    if name == "choices":
        return {key: label for key, label in content.choices.items() if not key.startswith("language_")}  # these in their own
    if name == "contacts":
        said = {(key, field): getattr(contact, field) for key, contact in content.contacts.items() for field in TRANSLATED_FIELDS}
        return {f"{key}.{field}": words for (key, field), words in said.items() if words}
    wishes = {f"{key}.{who}": getattr(wish, who) for key, wish in content.words_card.wishes.items() for who in ("me", "them")}
    return wishes | {f"frame.{key}": line for key, line in content.words_card.frame.items()}


def translated_lines(data: Mapping[str, Any], name: str) -> dict[str, str]:
    """The same of the translation, from the data of its file."""
    if name == "glossary":
        return {key: word["meaning"] for key, word in data["words"].items()}
    if name == "pictures":
        return dict(data["pictures"])
    if name == "choices":
        return {key: entry["label"] for key, entry in data["choices"].items()}
    if name == "contacts":
        return {f"{key}.{field}": line for key, words in data["contacts"].items() for field, line in words.items()}
    wishes = {f"{key}.{who}": line for key, wish in data["wishes"].items() for who, line in wish.items()}
    return wishes | {f"frame.{key}": line for key, line in data["frame"].items()}


def list_digest(content: Content, name: str) -> str:
    """A short digest of an English list: a translation made from another one is stale."""
    lines = "\0".join(f"{key}\0{line}" for key, line in english_lines(content, name).items())
    return hashlib.sha256(lines.encode()).hexdigest()[:12]


def status_in(data: Mapping[str, Any] | None, content: Content, name: str) -> str:
    """How far a list can be trusted, from the data of its file: missing, stale, unchecked or checked."""
    if not data:
        return "missing"
    if name in LISTS_OF_CONTENT and data.get("of") != list_digest(content, name):
        return "stale"
    return "checked" if data.get("checked_by") else "unchecked"


def statuses(home: Path, english: Content) -> dict[str, str]:
    """The same of each list of one language, by its name. Raises ContentError on a file that cannot be used."""
    return {name: status_in(_data(home, name), english, name) for name in ALL_LISTS}


def list_file(home: Path, name: str) -> Path:
    """Where a list stands in the folder of one language."""
    return home / f"{name}.yml"


def load_hard_words(home: Path, english: Content) -> Glossary:
    """The hard words of one language, in the order of the English list. Raises ContentError on a file that cannot be used."""
    entries = _data(home, "glossary").get("words", {})
    known = [(key, entries[key]) for key in english.glossary if key in entries]
    return Glossary(HardWord(word["word"], word["meaning"], tuple(word["forms"]), key) for key, word in known)


def load_alternatives(home: Path) -> dict[str, str]:
    """What each picture shows, by its name. Raises ContentError on a file that cannot be used."""
    return dict(_data(home, "pictures").get("pictures", {}))


def load_list(home: Path, name: str) -> dict[str, Any]:
    """The entries of a list; empty where there is no such file. Raises ContentError on a file that cannot be used."""
    return dict(_data(home, name).get(ALL_LISTS[name], {}))


def load_card(home: Path, english: Content) -> dict[str, str]:
    """The lines of the card “my words to say”, by their English. Raises ContentError on a file that cannot be used."""
    data = _data(home, "words_card")
    said = english_lines(english, "words_card")
    return {said[key]: line for key, line in translated_lines(data, "words_card").items() if key in said} if data else {}


def _data(home: Path, name: str) -> dict[str, Any]:
    """What the file of a list holds; nothing where there is none."""
    path = list_file(home, name)
    if not path.is_file():
        return {}
    data = read_yaml(path)
    if not isinstance(data, dict) or not isinstance(data.get(ALL_LISTS[name]), dict):
        raise ContentError(f"{home.name}/{path.name} must hold a list named “{ALL_LISTS[name]}:”.")
    return data
