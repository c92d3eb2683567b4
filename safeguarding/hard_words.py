"""The hard words of the guide in a text, each with its meaning: in English from `glossary.yml`, in other languages from their own list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

GLOSSARY = "glossary"
"""What the meaning of a hard word has in place of an answer's id."""

PICTURE_OF_MEANING = "information"
"""Beside the meaning of a hard word in easy read."""


_ADDRESS = re.compile(r"https?://\S+|\S+@\S+|\bwww\.\S+")


@dataclass(frozen=True)
class HardWord:
    """One word of the glossary: its meaning, every form in which it is found, and the English word under which the page lists it."""

    word: str
    meaning: str
    forms: tuple[str, ...]
    english: str

    @property
    def id(self) -> str:
        """The id of the word's entry in the list of words on the page: the same in every language."""
        return "word-" + re.sub(r"[^a-z0-9]+", "-", self.english.lower()).strip("-")


def meaning_line(word: str, meaning: str) -> str:
    """A hard word and what it means, as one line."""
    return f"{word[:1].upper()}{word[1:]}: {meaning}"


class Glossary:
    """Finds the hard words in a text."""

    def __init__(self, words: Iterable[HardWord] = ()) -> None:
        """Take the words of one language; of two with the same form, the later one has it."""
        self.words = tuple(words)
        self._by_form = {form.lower(): word for word in self.words for form in word.forms}
        self._pattern = _any_of(self._by_form)

    @classmethod
    def english(cls, meanings: Mapping[str, str]) -> Glossary:
        """The words of `glossary.yml`, in the order of their letters, each with its plural."""
        in_order = sorted(meanings.items(), key=lambda item: item[0].lower())
        return cls(HardWord(word, meaning, forms_of(word), word) for word, meaning in in_order)

    def for_english(self, english: str) -> HardWord | None:
        """The word of this language for an English one; none where it has none."""
        return next((word for word in self.words if word.english == english), None)

    def found_in(self, text: str) -> Iterator[tuple[re.Match[str], HardWord]]:
        """Each place where a hard word stands in the text, from left to right; a part of a web address is no word."""
        addresses = [address.span() for address in _ADDRESS.finditer(text)]
        for match in self._pattern.finditer(text):
            if not any(begin <= match.start() < end for begin, end in addresses):
                yield match, self._by_form[match[0].lower()]


@lru_cache(maxsize=4)
def known_words(words: tuple[str, ...]) -> re.Pattern[str]:
    """Finds the English words of the glossary in a text, each with its plural, as the page finds them to explain them."""
    return _any_of(form for word in words for form in forms_of(word))


def forms_of(word: str) -> tuple[str, ...]:
    """The word and its plural: “policies”, “adults at risk”. Names, and words that end in “s”, stay as they are."""
    first, preposition, rest = re.fullmatch(r"(\S+)( (?:at|of) )?(.*)", word, re.DOTALL).groups()  # type: ignore[union-attr]
    if word != word.lower() or word.endswith("s"):
        return (word,)
    return (word, f"{_plural(first)}{preposition}{rest}" if preposition else _plural(word))


def _any_of(forms: Iterable[str]) -> re.Pattern[str]:
    """Finds each form as a whole word, the longest first; without any form it finds nothing."""
    longest_first = sorted(forms, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first)) or '(?!)'})(?![\w-])", re.IGNORECASE)


def _plural(word: str) -> str:
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + ("es" if re.search(r"(s|x|z|ch|sh)$", word) else "s")
