"""How hard a text is to read: its words as a reader takes them, words in a sentence, the Flesch-Kincaid grade over a whole answer."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import textstat

_LIST_ITEM = re.compile(r"\n(?=- )")
_PARAGRAPH = re.compile(r"\n\s*\n")
_SENTENCE_END = re.compile(r"(?<=[.?!:])\s+")
_NUMBER = re.compile(r"\+?\b\d[\d ]{2,}\d\b")
_AS_KEYS = str.maketrans(
    dict.fromkeys("’‘ʼ`´", "'")
    | dict.fromkeys("‐‑", "-")
    | dict(zip("şţŞŢ", "șțȘȚ", strict=True))
    | dict.fromkeys("\u00ad\u200b\u2060\ufeff")
)
"""What a word processor puts in place of the keys that were pressed, and marks that only say where a line may break."""


def sentences(text: str) -> list[str]:
    """The sentences of a text with paragraphs and lists; each list item ends a sentence, as a reader takes it."""
    parts = [part for block in _blocks(text) for part in _SENTENCE_END.split(block)]
    return [part.removeprefix("- ") for part in parts if part.strip("- ")]


@lru_cache(maxsize=16_384)
def as_read(text: str) -> str:
    """The text as a reader takes it, for rules that look for words: each paragraph and list item on one line, with straight apostrophes.

    A phrase is the same with a curly apostrophe, a wide or second blank between its words, or an end of line in its midst.
    """
    return "\n".join(_blocks(unicodedata.normalize("NFC", text).translate(_AS_KEYS)))


def _blocks(text: str) -> list[str]:
    """The paragraphs and list items of a text, each on one line."""
    return [" ".join(item.split()) for paragraph in _PARAGRAPH.split(text) for item in _LIST_ITEM.split(paragraph)]


def word_count(sentence: str) -> int:
    """The words of one sentence; a telephone number counts as one."""
    return len(_NUMBER.sub("9", sentence).split())


@lru_cache(maxsize=1024)
def grade(text: str, known: re.Pattern[str] | None = None) -> float:
    """The Flesch-Kincaid grade of a whole answer.

    `known` finds the words of the glossary: they count as one short word each, because the page explains them.
    Source of the formula: Kincaid and others, 1975; syllables by textstat from the CMU dictionary.
    """
    plain = " ".join(f"{sentence.rstrip('.:?! ')}." for sentence in sentences(_NUMBER.sub("9", text)))
    return float(textstat.flesch_kincaid_grade(known.sub("word", plain) if known else plain))
