"""Do the words of an answer suit its readers? Hard words without a meaning, one word for one thing, and who does what.

The limits are those of the domain reference, 2.1: common words, a meaning for each other one, the active voice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from safeguarding.common_words import hard_words
from safeguarding.content import Answer, Content
from safeguarding.content_files import Finding
from safeguarding.hard_words import known_words
from safeguarding.readability import as_read

EASY_RANK = 3000
"""The rank up to which a word is known in easy read. W3C asks for the commonest 1,500; 3,000 families are what learners know at B1."""

STANDARD_RANK = 10_000
"""The rank up to which a word is known in plain words: about what an adult who reads little knows. “Dignity” is, “frailty” is not."""

MOST_PASSIVES = 2
"""How often an answer in plain words may leave out who does it; easy read never may."""

_STATES = "worried|scared|ashamed|tired|called|needed|closed|fixed|married|interested|hurt"
"""Forms that look passive and tell how somebody or something is, or its name."""

_PARTICIPLE = (
    r"(?:\w{2,}ed|told|given|taken|kept|made|seen|sent|written|hit|put|shown|found|done|held|paid|known|left|said|brought|built|"
    r"caught|chosen|cut|driven|fed|forgotten|heard|hidden|let|sold|stolen|taught|thrown|understood|beaten|broken|forced)"
)
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|gets?|got|getting)(?: (?:\w+ly|not|never|always|often|also|now))?"
    rf" (?!(?:{_STATES})\b){_PARTICIPLE}\b",
    re.IGNORECASE,
)
_BY_WHOM = re.compile(rf"{_PASSIVE.pattern} by (?!(?:phone|post|email|text|yourself|themselves)\b)", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"|“[^”]*”')
_NAME = re.compile(r"\b[A-Z]\w+")

Preferred = Mapping[str, Mapping[str, str]]
"""The words that may not stand, each with what to `use` and `why`, as in `preferred_words.yml`."""


def check_style(answer: Answer, content: Content, preferred: Preferred, name: str) -> Iterator[Finding]:
    """What in the words of one answer its readers would stumble over."""
    texts = [(f"easy_read, sentence {number}", sentence.say) for number, sentence in enumerate(answer.easy_read, start=1)]
    for field, text in (("title", answer.title), ("label", answer.label), ("standard", answer.standard), *texts):
        yield from check_preferred(text, preferred, name, field)
    yield from _check_hard_words(answer, content, name)
    for field, text in texts:
        yield from check_who_does_it(text, name, field)
    yield from _check_standard_passives(answer.standard, name, "standard")


def check_easy_text(text: str, content: Content, preferred: Preferred, name: str, field: str) -> Iterator[Finding]:
    """A text beside the answers that people who read easy read have to understand: a meaning, a wish, a button."""
    yield from check_preferred(text, preferred, name, field)
    yield from check_who_does_it(text, name, field)
    yield from (_hard(name, field, word) for word in _hard_words_of(text, EASY_RANK, content))


def check_plain_text(text: str, content: Content, preferred: Preferred, name: str, field: str) -> Iterator[Finding]:
    """A text beside the answers in plain words: what a contact is for."""
    yield from check_preferred(text, preferred, name, field)
    yield from _check_standard_passives(text, name, field)
    yield from (_hard(name, field, word) for word in _hard_words_of(text, STANDARD_RANK, content))


def check_who_does_it(text: str, name: str, field: str) -> Iterator[Finding]:
    """Each place of easy read that says what is done and not first who does it."""
    for passive in passives(text):
        yield Finding(name, field, f"“{passive}” does not say first who does it.", "Turn it round: who does what.")


@lru_cache(maxsize=4096)
def _worse_words(text: str, words: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Each word that has a better one, as it is on the list and as it stands."""
    text = _QUOTED.sub("…", as_read(text))
    return tuple((word, match[0]) for word, pattern in _patterns(words) for match in pattern.finditer(text))


def check_preferred(text: str, preferred: Preferred, name: str, field: str) -> Iterator[Finding]:
    """The words that have a better one. What stands in quotation marks is what others say."""
    for word, said in _worse_words(text, tuple(preferred)):
        yield Finding(name, field, f"“{said}” has a better word: {preferred[word]['why']}", f"Write “{preferred[word]['use']}”.")


@lru_cache(maxsize=2048)
def passives(text: str) -> tuple[str, ...]:
    """The places of a text that say what is done and not first who does it."""
    return tuple(match[0] for match in _PASSIVE.finditer(as_read(text)))


def _check_hard_words(answer: Answer, content: Content, name: str) -> Iterator[Finding]:
    in_easy_read = _hard_words_of(" ".join(sentence.say for sentence in answer.easy_read), EASY_RANK, content)
    for number, sentence in enumerate(answer.easy_read, start=1):
        for word in in_easy_read:
            if re.search(rf"\b{re.escape(word)}\b", as_read(sentence.say)):
                yield _hard(name, f"easy_read, sentence {number}", word)
    for field, text, most in (
        ("standard", answer.standard, STANDARD_RANK),
        ("title", answer.title, STANDARD_RANK),
        ("label", answer.label, EASY_RANK),  # it stands on a button in easy read too
    ):
        yield from (_hard(name, field, word) for word in _hard_words_of(text, most, content))


def _hard_words_of(text: str, most: int, content: Content) -> tuple[str, ...]:
    return hard_words(as_read(text), most, known_words(tuple(content.glossary)), service_names(content))


def _check_standard_passives(text: str, name: str, field: str) -> Iterator[Finding]:
    for match in _BY_WHOM.finditer(as_read(text)):
        yield Finding(name, field, f"“{match[0].strip()}” does not say first who does it.", "Turn it round: who does what.")
    found = passives(text)
    if len(found) > MOST_PASSIVES:
        shown = ", ".join(f"“{passive}”" for passive in found)
        wrong = f"{len(found)} places do not say who does it: {shown}; {MOST_PASSIVES} are the most."
        yield Finding(name, field, wrong, "Turn some of them round: who does what.")


def service_names(content: Content) -> frozenset[str]:
    """The words with a capital letter in the names of services: people have to read these as they are."""
    named = [contact.name for contact in content.contacts.values()] + [source.get("title") or "" for source in content.sources.values()]
    return _names_in(tuple(named))


@lru_cache(maxsize=4)
def _names_in(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for text in texts for word in _NAME.findall(text)) | {"England", "English"}


def _hard(name: str, field: str, word: str) -> Finding:
    return Finding(name, field, f"“{word}” is a hard word and has no meaning.", "Use a common word, or explain it in glossary.yml.")


@lru_cache(maxsize=4)
def _patterns(words: tuple[str, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    def pattern(word: str) -> re.Pattern[str]:
        stem = word.removesuffix("e")
        silent = "e?" if stem != word else ""
        return re.compile(rf"\b{re.escape(stem)}{silent}(?:s|es|d|ed|ing)?\b", re.IGNORECASE)

    return tuple((word, pattern(word)) for word in words)
