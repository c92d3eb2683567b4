"""Are the words of an answer right? Reading grade, sentence length, marks, acronyms, numbers in prose, and what may not be said.

The limits are those of the domain reference, 2.1 (easy read) and 1.3 (plain words).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from safeguarding.content import PLACEHOLDER, RELEASE, Answer, Content
from safeguarding.content_files import Finding
from safeguarding.content_rules import ENGLANDS_TERMS_ALLOWED_IN, RULES
from safeguarding.hard_words import known_words
from safeguarding.readability import as_read, grade, sentences, word_count

STANDARD_GRADE, STANDARD_MEAN_GRADE, STANDARD_WORDS = 8.0, 6.0, 25
EASY_GRADE, EASY_WORDS = 4.0, 15
FIRST_PART = 3
"""Sentences of easy read that are shown at once: every number stands there."""

EMERGENCY = "[[emergency.phone]]"
"""The rules read the number in its place: “text [[emergency.phone]]” says what may not be said."""

_BRACKET = re.compile(r"[{}\[\]]")
_NUMBER = re.compile(r"\+?\d(?:[ \-]?\d){2,}")
_SENTENCE_END = re.compile(r"[.?!](?=\s+\S)")
_EASY_MARKS = re.compile(r"[;()%&]")
_ACRONYM = re.compile(r"\b[A-Z]{2,}s?\b")
_NOBODY_TOLD = re.compile(
    r"\b(?:have not|haven't|did not|do not|cannot|can't) (?:told|called|tell|call) (?:anyone|anybody|for you)\b|\bno one will come\b",
    re.IGNORECASE,
)
_LINK = re.compile(r"\S+@\S+|https?://\S+")


def check_answer(answer: Answer, content: Content, name: str) -> Iterator[Finding]:
    """What is wrong with the words of one answer. Its references must be right already."""
    allow_england = answer.id in ENGLANDS_TERMS_ALLOWED_IN
    for field, text in prose_of(answer):
        yield from check_prose(text, name, field, allow_england=allow_england)
    for field, text in (("title", answer.title), ("label", answer.label)):
        yield from check_acronyms([text], name, field, allowed=allow_england)
    yield from _check_standard(answer, content, name)
    yield from _check_easy_read(answer, content, name)
    if answer.hand_off:
        for field, text in (("standard", answer.standard), ("easy_read", " ".join(sentence.say for sentence in answer.easy_read))):
            if not _NOBODY_TOLD.search(as_read(text)):
                yield Finding(
                    name,
                    field,
                    "The answer sends people to a service and does not say that nobody was told.",
                    "Add “I am a computer. I have not told anyone.”",
                )


def prose_of(answer: Answer) -> list[tuple[str, str]]:
    """Every text of an answer that people read, with its field."""
    says = [(f"easy_read, sentence {number}", sentence.say) for number, sentence in enumerate(answer.easy_read, start=1)]
    return [("title", answer.title), ("label", answer.label), ("standard", answer.standard), *says]


def check_prose(text: str, name: str, field: str, *, allow_england: bool = False, allow_numbers: bool = False) -> Iterator[Finding]:
    """What may stand in no text that people read, whoever wrote it."""
    for wrong, to_do in _faults_of_prose(text, allow_england, allow_numbers):
        yield Finding(name, field, wrong, to_do)


@lru_cache(maxsize=4096)
def _faults_of_prose(text: str, allow_england: bool, allow_numbers: bool) -> tuple[tuple[str, str], ...]:
    """What is wrong, and what to do."""
    faults = []
    text = as_read(text)
    bare, said = PLACEHOLDER.sub("…", text), PLACEHOLDER.sub("…", text.replace(EMERGENCY, "999"))
    if brackets := _BRACKET.findall(bare):
        marks = " ".join(sorted(set(brackets)))
        faults.append((f"A bracket stands alone: {marks}", "Write a contact as [[spor.phone]]; take other brackets out."))
    if "!" in bare or any(unicodedata.category(character) == "So" for character in set(bare)):
        faults.append(("There is an exclamation mark or an emoji.", "Take it out: the guide speaks calmly."))
    for kind, rules in RULES.items():
        for rule in rules:
            for words in list(rule.found_in(said)):
                if kind != "England's terms" or not allow_england:
                    faults.append((f"“{words}” ({kind}): {rule.reason}", rule.instead))
                bare, said = bare.replace(words, "…"), said.replace(words, "…")
    if not allow_numbers:
        to_do = "Put it into contacts.yml and name it here, like [[spor.phone]], so that it is changed in one place."
        faults += [(f"The number “{number}” is written into the words.", to_do) for number in _NUMBER.findall(bare)]
    return tuple(faults)


def standard_grade(answer: Answer, content: Content) -> float:
    """The reading grade of an answer in plain words, numbers filled in."""
    return grade(content.fill(answer.standard))


def easy_grade(answer: Answer, content: Content) -> float:
    """The reading grade of an answer in easy read; words of the glossary, each with its plural, count as known."""
    return grade(" ".join(_easy_texts(answer, content)), known_words(tuple(content.glossary)))


def check_mean_grade(answers: Iterable[Answer], content: Content) -> Iterator[Finding]:
    """Whether the answers together are plain enough."""
    grades = [standard_grade(answer, content) for answer in answers]
    if grades and (mean := sum(grades) / len(grades)) > STANDARD_MEAN_GRADE:
        yield Finding(
            "answers",
            "standard",
            f"The answers together have reading grade {mean:.1f}; {STANDARD_MEAN_GRADE:.0f} is the most.",
            "Write the hardest ones in shorter sentences and shorter words.",
        )


def _check_standard(answer: Answer, content: Content, name: str) -> Iterator[Finding]:
    text = content.fill(answer.standard)
    for sentence in sentences(text):
        yield from check_length(sentence, STANDARD_WORDS, name, "standard")
    if (found := standard_grade(answer, content)) > STANDARD_GRADE:
        yield _too_hard(name, "standard", found, STANDARD_GRADE)
    yield from check_acronyms([text], name, "standard", allowed=answer.id in ENGLANDS_TERMS_ALLOWED_IN)


def _check_easy_read(answer: Answer, content: Content, name: str) -> Iterator[Finding]:
    texts = _easy_texts(answer, content)
    for number, (sentence, text) in enumerate(zip(answer.easy_read, texts, strict=True), start=1):
        field = f"easy_read, sentence {number}"
        plain = _LINK.sub("link", text)
        yield from check_length(text, EASY_WORDS, name, field)
        if _SENTENCE_END.search(plain):
            yield Finding(name, field, "There are two sentences in one entry.", "Give each sentence an entry of its own.")
        if mark := _EASY_MARKS.search(plain):
            yield Finding(name, field, f"“{mark[0]}” is hard to read.", "Use plain words and full stops only.")
        if number > FIRST_PART and any(match.groups() != RELEASE for match in PLACEHOLDER.finditer(sentence.say)):
            yield Finding(
                name, field, "A number or address stands after the third sentence.", "Move it up: only the first three are seen at once."
            )
    if (found := easy_grade(answer, content)) > EASY_GRADE:
        yield _too_hard(name, "easy_read", found, EASY_GRADE)
    yield from check_acronyms(texts, name, "easy_read")


def _easy_texts(answer: Answer, content: Content) -> list[str]:
    return [content.fill(sentence.say) for sentence in answer.easy_read]


def check_length(sentence: str, most: int, name: str, field: str) -> Iterator[Finding]:
    """A sentence with too many words."""
    words = word_count(sentence)
    if words > most:
        shown = sentence if len(sentence) <= 60 else f"{sentence[:57]}…"
        yield Finding(name, field, f"“{shown}” has {words} words; {most} is the most.", "Make two sentences of it.")


def _too_hard(name: str, field: str, found: float, most: float) -> Finding:
    return Finding(name, field, f"It has reading grade {found:.1f}; {most:.0f} is the most.", "Use shorter sentences and shorter words.")


def check_acronyms(texts: Sequence[str], name: str, field: str, *, allowed: bool = False) -> Iterator[Finding]:
    """An acronym must be explained: in easy read by the next sentence, in plain words somewhere in the answer."""
    for place, text in enumerate(texts):
        explanations = " ".join(texts[place : place + 2])
        for acronym in sorted(set(_ACRONYM.findall(text))):
            if not allowed and not _spelled_out(acronym.rstrip("s"), explanations):
                where = f"{field}, sentence {place + 1}" if field == "easy_read" else field
                yield Finding(
                    name, where, f"“{acronym}” is not explained.", "Say what it stands for in the next sentence, or use the full name."
                )


def _spelled_out(acronym: str, text: str) -> bool:
    """Whether the text has words, one after another, that begin with the letters of the acronym; small words may stand between."""
    words = r"\W+(?:(?:of|the|and|for|to|in|a)\W+)*".join(rf"{letter}\w+" for letter in acronym)
    return re.search(rf"\b{words}", text, re.IGNORECASE) is not None
