"""Everything that changed between two states of the guide: its answers and what they draw on, and every other file that a release keeps.

No file that differs is passed over: what cannot be told by its words is told by its lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from safeguarding.changes import Change, changed_answers, changes
from safeguarding.content import load_content, read_yaml
from safeguarding.release_name import FILE

SOURCES = ("content", "data", "config.yml", "domain.yml")
"""What the words and the routing are: a release keeps all of it, so that bringing one back changes nothing halfway."""

FILE_OF = {
    "contact": "content/contacts.yml", "picture": "content/pictures.yml",
    "hard word": "content/glossary.yml", "button": "content/choices.yml",
}  # fmt: skip
"""The file in which a change of this kind stands."""

TITLES = {
    "content/words_card.yml": "My words to say",
    "content/sources.yml": "Where facts come from",
    "content/preferred_words.yml": "Which word we use",
    "content/danger_signs.yml": "Signs of danger",
    "data/nlu/": "What people write",
    "data/rules/": "Which answer comes",
    "data/stories/": "Which answer comes",
}
MOST_LINES = 5
"""Lines of one file that are shown; the rest are counted."""


def all_changes(before: Path, now: Path) -> list[Change]:
    """Every change from one folder with the SOURCES in it to another. Raises ContentError where content/ cannot be read."""
    found = changes(load_content(before / "content"), load_content(now / "content"))
    told = {FILE_OF[change.kind] for change in found if change.kind in FILE_OF}
    answers = changed_answers(found)
    for name in files_that_differ(before, now):
        is_told = name in told or (name.startswith("content/answers/") and Path(name).stem in answers)
        found += [] if is_told else _of_file(name, before / name, now / name)
    return found


def files_in(root: Path) -> dict[str, Path]:
    """Every file of the SOURCES that are there, by its path inside."""
    places = [root / source for source in SOURCES]
    paths = [path for place in places for path in ([place] if place.is_file() else place.rglob("*")) if path.is_file()]
    return {path.relative_to(root).as_posix(): path for path in sorted(paths)}


def files_that_differ(before: Path, now: Path) -> list[str]:
    """The files of the SOURCES that are others, by path. Line ends are no difference, and neither is the name of the release."""
    was, is_now = ({name: path.read_bytes().replace(b"\r\n", b"\n") for name, path in files_in(root).items()} for root in (before, now))
    return [name for name in sorted({*was, *is_now} - {f"content/{FILE}"}) if was.get(name) != is_now.get(name)]


def _of_file(name: str, before: Path, now: Path) -> list[Change]:
    title = _title(name)
    if name.startswith("content/") and name.endswith(".yml"):
        was, is_now = (dict(_texts(read_yaml(path))) if path.is_file() else {} for path in (before, now))
        if not was or not is_now:
            return [Change("file", name, title, "", _whole(was), _whole(is_now))]
        places = [place for place in {**was, **is_now} if was.get(place) != is_now.get(place)]
        found = [Change("text", name, title, place, *_differences(was.get(place, ()), is_now.get(place, ()))) for place in places]
    else:
        old, new = (tuple(path.read_text(encoding="utf-8").splitlines()) if path.is_file() else () for path in (before, now))
        found = [Change("lines", name, title, "lines", *map(_shown, _left_over(old, new)))] if Counter(old) != Counter(new) else []
    return found or [Change("file", name, title, "notes, spaces or order", "as it was", "written in another way")]


def _title(name: str) -> str:
    parts = Path(name).parts
    if parts[:2] == ("content", "translations"):
        return f"{Path(name).stem} in {parts[2]}"
    return next((title for start, title in TITLES.items() if name.startswith(start)), Path(name).stem)


def _texts(data: Any, place: tuple[str, ...] = ()) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every text of a file by the names that lead to it; an entry of a list by its id or its number, a plain list as one."""
    if isinstance(data, list) and any(isinstance(entry, dict) for entry in data):
        data = {entry.get("id", number) if isinstance(entry, dict) else number: entry for number, entry in enumerate(data, start=1)}
    if isinstance(data, dict):
        for name, value in data.items():
            yield from _texts(value, (*place, str(name)))
    else:
        values = data if isinstance(data, list) else [data]
        yield ", ".join(place), tuple("nothing" if value is None else str(value).strip() for value in values) or ("nothing",)


def _whole(texts: dict[str, tuple[str, ...]]) -> str:
    return " / ".join(text for values in texts.values() for text in values)


def _differences(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, str]:
    """What is gone and what is new; all of both where only the order is another."""
    gone, came = _left_over(old, new)
    return " / ".join(gone or (() if came else old)), " / ".join(came or (() if gone else new))


def _left_over(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[list[str], list[str]]:
    return list((Counter(old) - Counter(new)).elements()), list((Counter(new) - Counter(old)).elements())


def _shown(lines: list[str]) -> str:
    shown = " / ".join(line.strip() or "an empty line" for line in lines[:MOST_LINES])
    return f"{shown} / and {len(lines) - MOST_LINES} more" if len(lines) > MOST_LINES else shown
