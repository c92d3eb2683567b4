"""How words are shown on the page: paragraphs and lists, numbers read digit by digit, hard words with their meaning."""

from __future__ import annotations

import re
from typing import Any

from safeguarding.hard_words import Glossary

LONG_NUMBER = re.compile(r"\+?\b\d[\d ]{4,}\d\b")
"""A telephone number in a text, which is kept on one line."""


def in_pieces(glossary: Glossary, text: str, seen: list[str]) -> list[dict[str, Any]]:
    """The text in pieces, each with its hard word or none. A word is marked once; `seen` remembers which were."""
    text = LONG_NUMBER.sub(lambda number: number[0].replace(" ", "\u00a0"), text)
    pieces: list[dict[str, Any]] = []
    end = 0
    for match, word in glossary.found_in(text):
        if word.id in seen:
            continue
        seen.append(word.id)
        pieces += [{"text": text[end : match.start()], "word": None}, {"text": match[0], "word": word}]
        end = match.end()
    return [*pieces, {"text": text[end:], "word": None}]


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


def dialled(number: str) -> str:
    """A number as a link dials it."""
    return number.replace(" ", "")


def digit_by_digit(number: str) -> str:
    """A number as a voice should say it: each digit alone, with a rest where the number has a space."""
    return ", ".join(" ".join(group) for group in number.split())
