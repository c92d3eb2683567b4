"""How words are shown on the page: paragraphs and lists, numbers read digit by digit, hard words with their meaning."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LONG_NUMBER = re.compile(r"\+?\b\d[\d ]{4,}\d\b")
"""A telephone number in a text, which is kept on one line."""


@dataclass(frozen=True)
class HardWord:
    """One word of the glossary: its meaning, every form in which it is found, and the id of its entry on the page."""

    word: str
    meaning: str
    forms: tuple[str, ...]

    @property
    def id(self) -> str:
        """The id of the word's entry in the list of words on the page."""
        return "word-" + re.sub(r"[^a-z0-9]+", "-", self.word.lower()).strip("-")


class Glossary:
    """Finds the hard words in a text."""

    def __init__(self, meanings: Mapping[str, str]) -> None:
        """Take the words of `glossary.yml`."""
        in_order = sorted(meanings.items(), key=lambda item: item[0].lower())
        self.words = [HardWord(word, meaning, forms_of(word)) for word, meaning in in_order]
        self._by_form = {form.lower(): word for word in self.words for form in word.forms}
        longest_first = sorted(self._by_form, key=len, reverse=True)
        self._pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first)) or '(?!)'})(?![\w-])", re.IGNORECASE)

    def split(self, text: str, seen: list[str]) -> list[dict[str, Any]]:
        """The text in pieces, each with its hard word or none. A word is marked once; `seen` remembers which were."""
        text = LONG_NUMBER.sub(lambda number: number[0].replace(" ", "\u00a0"), text)
        pieces: list[dict[str, Any]] = []
        end = 0
        for match in self._pattern.finditer(text):
            word = self._by_form[match[0].lower()]
            if word.id in seen:
                continue
            seen.append(word.id)
            pieces += [{"text": text[end : match.start()], "word": None}, {"text": match[0], "word": word}]
            end = match.end()
        return [*pieces, {"text": text[end:], "word": None}]


def forms_of(word: str) -> tuple[str, ...]:
    """The word and its plural: “policies”, “adults at risk”. Names, and words that end in “s”, stay as they are."""
    first, preposition, rest = re.fullmatch(r"(\S+)( (?:at|of) )?(.*)", word, re.DOTALL).groups()  # type: ignore[union-attr]
    if word != word.lower() or word.endswith("s"):
        return (word,)
    return (word, f"{_plural(first)}{preposition}{rest}" if preposition else _plural(word))


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


def _plural(word: str) -> str:
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + ("es" if re.search(r"(s|x|z|ch|sh)$", word) else "s")
