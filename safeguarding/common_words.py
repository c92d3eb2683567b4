"""How common a word is in everyday English, and which words of a text are so rare that they need a meaning.

The ranks come from the counts of words in film subtitles that pyspellchecker carries: speech as people hear it every day, offline.
A word counts with its family: “visits” and “visited” are as easy as “visit”.
Source of the approach: W3C, Making Content Usable for People with Cognitive and Learning Disabilities, Clear Words.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from importlib.resources import files

UNKNOWN = 1_000_000
"""The rank of a word that the list does not have."""

_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*")
_SENTENCE_START = re.compile(r"(?:^|[.?!:]\s+|\n\s*(?:- )?|[“\"(]\s*)$")
_SKIPPED = re.compile(r"\S+@\S+|https?://\S+|\[\[.*?\]\]|\b\w+\.(?:je|org|com|uk)\b\S*")
_ENDINGS = (
    ("'s", ("",)), ("ies", ("y",)), ("es", ("", "e")), ("s", ("",)), ("ied", ("y",)), ("ed", ("", "e")), ("ing", ("", "e")),
    ("ier", ("y",)), ("iest", ("y",)), ("er", ("", "e")), ("ers", ("", "e")), ("est", ("", "e")), ("ly", ("",)), ("n't", ("",)),
)  # fmt: skip
"""Endings that do not make a word harder, and what to put in their place."""

_AMERICAN = (
    (re.compile(r"our(?=s?$|able|ed$|ing$|ite|ful)"), "or"),
    (re.compile(r"tre(s?)$"), r"ter\1"),
    (re.compile(r"is(?=ed?s?$|ing$)"), "iz"),
)
"""The list spells as America does."""

SHORTEST_STEM = 3


@lru_cache(maxsize=8192)
def rank(word: str) -> int:
    """The place of a word, or of the commonest word of its family, among English words: 1 is the commonest."""
    ranks = _ranks()
    return min(ranks.get(member, UNKNOWN) for member in _family(word.lower().replace("’", "'")))


@lru_cache(maxsize=2048)
def hard_words(text: str, most: int, known: re.Pattern[str] | None = None, names: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The words of a text that are rarer than place `most`, each once, in their order.

    `known` finds words and phrases with a meaning of their own. `names` are names of services. Other names are told by their
    capital letter: a word that stands with one inside a sentence, and never without.
    """
    text = _SKIPPED.sub(" ", text)
    if known:
        text = known.sub(lambda match: " " * len(match[0]), text)
    found = list(_WORD.finditer(text))
    small = {match[0] for match in found if match[0][0].islower()}
    inside = {_stem(match[0]) for match in found if match[0][0].isupper() and not _SENTENCE_START.search(text[: match.start()])}
    proper = {name for name in inside if name.lower() not in small} | names
    return tuple(dict.fromkeys(match[0] for match in found if _is_hard(match[0], most, proper)))


def _is_hard(word: str, most: int, proper: Collection[str]) -> bool:
    """Names and abbreviations are not judged here; the check of abbreviations asks for their meaning."""
    return _stem(word) not in proper and not (word.isupper() and len(word) > 1) and rank(word) > most


def _stem(word: str) -> str:
    return re.sub(r"['’]s$", "", word)


def _family(word: str) -> Iterator[str]:
    for member in _without_endings(word):
        yield member
        for pattern, replacement in _AMERICAN:
            yield pattern.sub(replacement, member)


def _without_endings(word: str) -> Iterator[str]:
    yield word
    for ending, replacements in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < SHORTEST_STEM:
            continue
        yield from (stem + replacement for replacement in replacements)
        if stem[-1] == stem[-2]:
            yield stem[:-1]


@lru_cache(maxsize=1)
def _ranks() -> dict[str, int]:
    counts: dict[str, int] = json.loads(gzip.decompress((files("spellchecker") / "resources/en.json.gz").read_bytes()))
    return {word: place for place, word in enumerate(sorted(sorted(counts), key=counts.__getitem__, reverse=True), start=1)}
