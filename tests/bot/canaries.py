"""A made-up person whose name, address and numbers exist nowhere else, everything that she may send, and the search for her traces."""

from __future__ import annotations

import base64
import calendar
import json
import os
import random
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
EVERYBODYS = {*DIGITS, ".example", *(month.lower() for month in calendar.month_name)}
"""Words in her particulars that others use too."""

TELLINGS = (
    "what is financial abuse? I am {name} of {address}",
    "my neighbour {name} at {address} is not eating and her son takes her pension",
    "My carer {name} shouts at me, ring me on {phone}",
    "where do I report this? it is about {name}, {email}",
    "is this private? I am {name}",
    "{name}",
    "{canary}",
    "the car was {plate} and it was outside {address}",
    "her number is {spelt}",
    "he has a knife and he is going to kill {name} at {address}",
    "{name} took an overdose an hour ago, {phone}",
    "my mum {name} needs more help at home in St {parish}",
    "I want to die, tell {name}",
    "what is the weather for {name} in St {parish}",
    "asdf {canary} qwer",
    "easy read please, I am {name}",
    "say that again to {name}",
    "I hit {name} when I am angry",
    "I was born on {birthday} and I live at {address}",
    "it happened on {dated}, that is {iso}, ask {name}",
    "can you email {email} the form",
    "stop",
    "who are you? {canary}",
    "what happens next with {name}",
    "ŷ {name} 😀 \u202e{canary}",
    "/{name} /restart {canary}",
    "he'll hear me. {name} is upstairs at {address}",
)
"""Every kind of thing that people write: questions, worries, danger, nonsense, commands; each with something of her."""

PATH_STEPS = (
    *[("choice", choice) for choice in ("report_start", "report_danger_no", "report_for_whom_adult", "report_harm_no")],
    ("text", "not that I know, {name}"),
    *[("choice", choice) for choice in ("report_staff_no", "report_consent_no", "report_start")],
    ("text", "no, {name} is not in danger"),
    ("text", "my neighbour, she's 85, {phone}"),
    ("text", "is it private, {name}?"),
    ("text", "{canary}"),
    ("text", "no, never, {phone}"),
    ("text", "no, her son, {email}"),
    ("text", "she said no, {name}"),
)
"""The guided path by buttons, which no made-up name can mislead, and in her words, with a question and nonsense in the middle."""

OTHER_STEPS = (
    ("choice", "report_back"),
    ("choice", "report_consent_yes"),
    ("text", "what does {name} mean?"),
    ("text", "what does capacity mean?"),
    ("choice", "easy_read_on"),
    ("choice", "more"),
    ("choice", "report_start"),
    *[("text", "{canary}")] * 3,
    ("text", "o meu vizinho {name} bate na mulher dele"),
    ("choice", "language_pl"),
    ("text", "{name} has a knife at {address}"),
    ("choice", "after_emergency_no_police"),
)
"""What else can be done in a conversation: back, a hard word, easy read in parts, three misses, other languages, after danger."""


@dataclass(frozen=True)
class Person:
    """Her particulars, drawn afresh for each run: whatever of them is found anywhere was kept."""

    random: random.Random = field(default_factory=random.SystemRandom)

    def __post_init__(self) -> None:
        letters = lambda count: "".join(self.random.choices(string.ascii_lowercase, k=count))  # noqa: E731
        digits = lambda count: "".join(self.random.choices(string.digits, k=count))  # noqa: E731
        number = digits(8)
        particulars = {
            "name": f"{letters(7).title()} Le {letters(8).title()}",
            "address": f"Flat 3, {letters(9).title()}, Rue de la {letters(8).title()}",
            "parish": letters(9).title(),
            "phone": f"07{number[:3]} {digits(6)}",
            "email": f"{letters(9)}@{letters(8)}.example",
            **self._dates(),
            "plate": f"J{digits(6)}",
            "spelt": " ".join(DIGITS[int(digit)] for digit in number),
            "canary": f"{letters(6)}{digits(6)}{letters(6)}",
        }
        object.__setattr__(self, "particulars", particulars)

    def _dates(self) -> dict[str, str]:
        """Days long before any log was written, in the three ways in which people write them."""
        years = self.random.sample(range(1921, 1969), 3)
        days = [(year, self.random.randint(1, 12), self.random.randint(1, 28)) for year in years]
        spoken, slashed, iso = days
        return {
            "birthday": f"{spoken[2]} {calendar.month_name[spoken[1]]} {spoken[0]}",
            "dated": f"{slashed[2]:02}/{slashed[1]:02}/{slashed[0]}",
            "iso": f"{iso[0]}-{iso[1]:02}-{iso[2]:02}",
        }

    def tellings(self, count: int) -> Iterator[str]:
        """So many messages, each with something of her in it, every kind in turn."""
        for index in range(count):
            yield TELLINGS[index % len(TELLINGS)].format(**self.particulars)  # type: ignore[attr-defined]

    def traces(self) -> list[bytes]:
        """What to look for, in small letters: each of her particulars, and each word of them that is hers alone."""
        values = list(self.particulars.values())  # type: ignore[attr-defined]
        parts = [part for value in values for part in value.replace("@", " ").replace(",", " ").split()]
        values.append(self.particulars["phone"].replace(" ", ""))  # type: ignore[attr-defined]
        own = {part for part in parts if len(part) >= 6 and part.lower() not in EVERYBODYS}
        return sorted({value.lower().encode() for value in (*values, *own)})


def disguises(trace: bytes) -> list[bytes]:
    """The forms in which a trace may lie in a file, in small letters."""
    text = trace.decode()
    title = text.title()
    spelt = [text.encode(), text.encode("utf-16-le"), text.encode("utf-16-be"), text.encode().hex().encode(), title.encode().hex().encode()]
    spelt += [json.dumps(text)[1:-1].encode(), text.replace(" ", "%20").encode(), text.replace(" ", "+").encode()]
    for variant in {text, title}:
        for offset in range(3):  # whatever stood before it moves the letters of base64 by a third
            encoded = base64.b64encode(b"\0" * offset + variant.encode())
            spelt.append(encoded[4 if offset else 0 : -4].lower())
    return [form for form in spelt if len(form) >= 6]


def find_traces(folder: Path, person: Person) -> list[str]:
    """The files below a folder that hold anything of her, each with what was found."""
    return [found for path in sorted(folder.rglob("*")) if path.is_file() for found in find_in_file(path, person)]


def find_in_file(path: Path, person: Person) -> list[str]:
    """What of her one file holds, in its name or inside it."""
    try:
        content = path.read_bytes().lower() + b"\0" + os.fsencode(path.name).lower()
    except OSError:
        return []
    return [f"{path}: {trace.decode()}" for trace in person.traces() if any(holds(content, form) for form in disguises(trace))]


def holds(content: bytes, form: bytes) -> bool:
    """Whether it is there. Six digits inside a random id are nobody's number: among a million ids, some are there by chance."""
    if form.isdigit() and len(form) < 8:
        return re.search(rb"(?<![0-9a-f])" + form + rb"(?![0-9a-f])", content) is not None
    return form in content


def files_changed_since(moment: float, folders: list[Path]) -> Iterator[Path]:
    """Files that anybody changed after a moment (seconds since 1970), links not followed."""
    for folder in folders:
        for parent, _, names in os.walk(folder):
            for name in names:
                path = Path(parent, name)
                try:
                    status = path.lstat()
                except OSError:
                    continue
                if status.st_mtime >= moment and path.is_file() and not path.is_symlink():
                    yield path
