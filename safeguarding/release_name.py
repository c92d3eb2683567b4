"""Which release of the words this is: told by `content/release.yml`, and only as long as no word was changed after it was made."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

FILE = "release.yml"
DRAFT = "a draft"
"""What the guide calls words that were changed after the last release."""

_LINE = re.compile(r"^(name|words|after): \"?([\w-]+)\"?$", re.MULTILINE)
_NAME = re.compile(r"(\d{4}-\d\d-\d\d)(?:-(\d+))?")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True)
class Release:
    """The name of a release, like 2026-11-23 or 2026-11-23-2 for the second of a day, the digest of its words, and what they were before.

    `after` is the name of the release that people read when this one was named; empty where none was kept.
    """

    name: str
    words: str
    after: str = ""


def words_digest(folder: Path) -> str:
    """A digest of every word in a content folder but for the file that names the release."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.yml")):
        if path != folder / FILE:
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
            digest.update(path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()[:16]


def released(folder: Path) -> Release | None:
    """The release that the words are; none where there was none, or where a word was changed since."""
    release = named(folder)
    return release if release and release.words == words_digest(folder) else None


def named(folder: Path) -> Release | None:
    """The release that the words were made from last, whatever was changed since."""
    path = folder / FILE
    found = dict(_LINE.findall(path.read_text(encoding="utf-8"))) if path.is_file() else {}
    return Release(**found) if {"name", "words"} <= set(found) and is_name(found["name"]) else None


def write_name(folder: Path, name: str, after: str = "") -> Release:
    """Name the words as they are now; `after` is the release that people read until now."""
    release = Release(name, words_digest(folder), after)
    text = f'# Written by make release. Do not change it: it says which words were signed off.\nname: "{name}"\nwords: "{release.words}"\n'
    (folder / FILE).write_text(text + (f'after: "{after}"\n' if after else ""), encoding="utf-8")
    return release


def is_name(name: str) -> bool:
    """Whether this can be the name of a release."""
    return _NAME.fullmatch(name) is not None


def in_words(release: Release | None) -> str:
    """The release as a person says it: “23 November 2026”."""
    match = _NAME.fullmatch(release.name) if release else None
    if match is None:
        return DRAFT
    day = date.fromisoformat(match[1])
    said = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return f"{said}, number {match[2]}" if match[2] else said


def next_name(day: date, taken: frozenset[str]) -> str:
    """The name of the next release of a day."""
    names = [day.isoformat(), *(f"{day.isoformat()}-{number}" for number in range(2, 1000))]
    return next(name for name in names if name not in taken)
