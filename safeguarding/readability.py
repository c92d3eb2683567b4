"""How hard a text is to read: words in a sentence, and the Flesch-Kincaid grade over a whole answer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import textstat

_LIST_ITEM = re.compile(r"\n(?=- )")
_PARAGRAPH = re.compile(r"\n\s*\n")
_SENTENCE_END = re.compile(r"(?<=[.?!:])\s+")
_NUMBER = re.compile(r"\+?\b\d[\d ]{2,}\d\b")


def sentences(text: str) -> list[str]:
    """The sentences of a text with paragraphs and lists; each list item ends a sentence, as a reader takes it."""
    blocks = [item for paragraph in _PARAGRAPH.split(text) for item in _LIST_ITEM.split(paragraph)]
    parts = [part for block in blocks for part in _SENTENCE_END.split(" ".join(block.split()))]
    return [part.removeprefix("- ") for part in parts if part.strip("- ")]


def word_count(sentence: str) -> int:
    """The words of one sentence; a telephone number counts as one."""
    return len(_NUMBER.sub("9", sentence).split())


def grade(text: str, known_words: Iterable[str] = ()) -> float:
    """The Flesch-Kincaid grade of a whole answer.

    `known_words` are glossary words: they count as one short word each, because the page explains them.
    Source of the formula: Kincaid and others, 1975; syllables by textstat from the CMU dictionary.
    """
    return _grade(text, tuple(known_words))


@lru_cache(maxsize=1024)
def _grade(text: str, known_words: tuple[str, ...]) -> float:
    plain = " ".join(f"{sentence.rstrip('.:?! ')}." for sentence in sentences(_NUMBER.sub("9", text)))
    pattern = _any_of(known_words)
    return float(textstat.flesch_kincaid_grade(pattern.sub("word", plain) if pattern else plain))


@lru_cache(maxsize=4)
def _any_of(words: tuple[str, ...]) -> re.Pattern[str] | None:
    if not words:
        return None
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b", re.IGNORECASE)
