"""The held-out lines: read, and refused with file and line where one cannot be used."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from safeguarding.content import Content
from safeguarding.settings import ROOT

HELD_OUT = ROOT / "tests" / "nlu" / "held_out"
SETS = ("questions", "out_of_scope", "disclosures", "danger", "lookalikes")
ALWAYS = ("text", "answer", "voice", "source", "half")
ALSO_NEEDED = {"danger": ("kind", "said"), "lookalikes": ("kind",), "disclosures": ("door",)}
ONE_OF = {
    "half": ("dev", "test"),
    "said": ("plainly", "sideways"),
    "door": ("spor", "police", "children", "mental_health", "sexual_assault", "domestic_abuse", "other_service"),
}
_NOT_A_WORD = re.compile(r"[^\w]+")


class HeldOutError(ValueError):
    """A held-out line cannot be used; the message names file, line and what is wrong."""


@dataclass(frozen=True)
class Line:
    """One held-out line. `answers` are those that count as right; `door` is the service that fits a disclosure."""

    set: str
    text: str
    answers: tuple[str, ...]
    half: str
    voice: str
    kind: str | None = None
    said: str | None = None
    door: str | None = None


def read_sets(
    content: Content, folder: Path = HELD_OUT, training: Path = ROOT / "data" / "nlu", names: tuple[str, ...] = SETS
) -> list[Line]:
    """All lines of all sets. Raises HeldOutError on a line without label, with an unknown one, or that was trained on."""
    known = {answer.public_id for answer in content.answers.values()}
    trained = training_lines(training)
    seen: dict[str, str] = {}
    lines = []
    for name in names:
        for number, raw in enumerate((folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines(), start=1):
            where = f"{_shown(folder)}{name}.jsonl, line {number}"
            line = _line(name, raw, where, known)
            plain = plain_words(line.text)
            if plain in trained:
                raise HeldOutError(f"{where}: this is a training line too ({trained[plain]}). Write another.")
            if plain in seen:
                raise HeldOutError(f"{where}: this stands in {seen[plain]} too. Write another.")
            seen[plain] = where
            lines.append(line)
    return lines


@cache
def training_lines(folder: Path) -> dict[str, str]:
    """Every training example of every language as plain words, with the file that it stands in."""
    found = {}
    for path in sorted(folder.rglob("*.yml")):
        for entry in yaml.load(path.read_bytes(), yaml.CSafeLoader)["nlu"]:
            for example in entry["examples"].splitlines():
                if example.startswith("- "):
                    found[plain_words(example[2:])] = path.relative_to(folder).as_posix()
    return found


def _shown(folder: Path) -> str:
    return "" if folder.name == HELD_OUT.name else f"{folder.name}/"


def plain_words(text: str) -> str:
    """The text without case, punctuation and extra space, to see when two lines are the same."""
    return _NOT_A_WORD.sub(" ", text.lower()).strip()


def _line(name: str, raw: str, where: str, known: set[str]) -> Line:
    try:
        data: dict[str, Any] = json.loads(raw)
    except ValueError:
        raise HeldOutError(f"{where}: this is not JSON.") from None
    missing = [field for field in (*ALWAYS, *ALSO_NEEDED.get(name, ())) if not data.get(field)]
    if missing:
        raise HeldOutError(f"{where}: {' and '.join(missing)} {'are' if len(missing) > 1 else 'is'} missing.")
    answers = (data["answer"], *data.get("also", []))
    unknown = [answer for answer in answers if answer not in known]
    if unknown:
        raise HeldOutError(f"{where}: there is no answer “{unknown[0]}”.")
    for field, allowed in ONE_OF.items():
        if field in data and data[field] not in allowed:
            raise HeldOutError(f"{where}: {field} must be {', '.join(allowed[:-1])} or {allowed[-1]}.")
    return Line(name, data["text"], answers, data["half"], data["voice"], data.get("kind"), data.get("said"), data.get("door"))
