"""Are the translated lists right? Each has the entries of its English, the same numbers, and nothing of its own.

Whether the words are good, a native speaker must say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from safeguarding.content import Content
from safeguarding.content_files import Finding, read_file
from safeguarding.translated_lists import LISTS_OF_CONTENT, english_lines, list_digest, list_file, status_in, translated_lines
from safeguarding.words_elsewhere import faults_of_translation

_HOUR = re.compile(r"(\d+)((?:[.:]\d\d)?) ?(am|pm)\b")

Differences = Callable[[str, str, str], Iterator[tuple[str, str]]]
"""What a translation says that its English does not: from both and the language to what is wrong and what to do."""


def check_lists_of_content(language: str, content: Content, home: Path, differences: Differences) -> Iterator[Finding]:
    """Everything that is wrong in the lists of one language. A list whose English has changed is listed as stale, not compared."""
    for name in LISTS_OF_CONTENT:
        path = list_file(home, name)
        place = f"{home.parent.name}/{language}/{path.name}"
        if not path.is_file():
            continue  # the table of `make content` says that it is missing
        file = read_file(path, place, f"translated_{name}")
        yield from file.findings
        for key, line in translated_lines(file.data, name).items() if file.data else ():
            yield from (Finding(place, key, wrong, to_do) for wrong, to_do in faults_of_translation(line, language))
        if file.data and file.data.get("of") in (None, list_digest(content, name)):
            yield from _compare(english_lines(content, name), translated_lines(file.data, name), place, language, differences)


def list_status(content: Content, home: Path, name: str) -> str:
    """How far a list can be trusted, in the words of the table of `make content`."""
    path = list_file(home, name)
    data = read_file(path, path.name, f"translated_{name}").data if path.is_file() else None
    return status_in(data, content, name)


def _compare(said: dict[str, str], other: dict[str, str], place: str, language: str, differences: Differences) -> Iterator[Finding]:
    for key in other.keys() - said.keys():
        yield Finding(place, key, "There is no such entry in English.", "Take it out.")
    for key, english in said.items():
        if key not in other:
            yield Finding(place, key, "This is missing.", "Translate it.")
            continue
        for wrong, to_do in differences(by_24_hours(english) if key.endswith(".hours") else english, other[key], language):
            yield Finding(place, key, wrong, to_do)


def by_24_hours(english: str) -> str:
    """“8.30am to 5pm” as the other languages say it: 8.30 to 17."""
    return _HOUR.sub(lambda hour: f"{int(hour[1]) % 12 + 12 * (hour[3] == 'pm')}{hour[2]}", english)
