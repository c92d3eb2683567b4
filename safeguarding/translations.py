"""The words of `content/` in other languages, from `content/translations/<language>/`, and how far each can be trusted.

A translated answer names the English words it was made from by their digest (`of`), who made it and who has checked it.
What is not translated stays English.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from safeguarding.content import CONTENT_DIR, Answer, Contact, Content, ContentError, Sentence, read_yaml
from safeguarding.hard_words import Glossary
from safeguarding.translated_lists import (
    ALL_LISTS,
    TRANSLATED_FIELDS,
    load_alternatives,
    load_card,
    load_hard_words,
    load_list,
    statuses,
)

TRANSLATIONS = "translations"
CHECKED, UNCHECKED, STALE, MISSING = "checked", "unchecked", "stale", "missing"
"""How far a translated answer can be trusted: signed by a native speaker; by nobody yet; its English has changed; not there."""


@dataclass(frozen=True)
class Phrase:
    """One sentence to say in English on the phone, and what it means."""

    english: str
    meaning: str


@dataclass(frozen=True)
class TranslatedAnswer:
    """The words of one answer in another language. `easy_read` has one sentence for each sentence of the English."""

    id: str
    title: str
    standard: str
    easy_read: tuple[str, ...]
    translated_by: str
    label: str | None = None
    of: str | None = None
    checked_by: str | None = None
    say_in_english: tuple[Phrase, ...] = ()
    said_once: tuple[str, ...] = ()


@dataclass(frozen=True)
class Translation:
    """Everything in one other language: the content with its words, and what the guide needs beside them."""

    language: str
    content: Content
    status: Mapping[str, str]
    """How far each answer can be trusted, by its id, and each list, by its name."""

    phrases: Mapping[str, tuple[Phrase, ...]] = field(default_factory=dict)
    """What to say in English on the phone, by the id of the answer that offers it."""

    words: Mapping[str, str] = field(default_factory=dict)
    """The guide's own small words, from `guide.yml`."""

    page: Mapping[str, str] = field(default_factory=dict)
    """The words of the page, by their English; those of the card “my words to say” among them."""

    hard_words: Glossary = field(default_factory=Glossary)

    def note(self, answer: str) -> str | None:
        """What has to be said of this answer's translation, in the language itself; none where it was checked."""
        status = self.status.get(answer, MISSING)
        return None if status == CHECKED else self.words[f"note_{status}"]

    @property
    def of_lists(self) -> str:
        """How far the words around the answers can be trusted: no further than the worst of their lists."""
        return max((self.status[name] for name in ALL_LISTS), key=(CHECKED, UNCHECKED, STALE, MISSING).index)


def english_digest(answer: Answer) -> str:
    """A short digest of the English words of an answer: a translation made from other words is stale."""
    words = "\0".join((answer.title, answer.label, answer.standard, *(sentence.say for sentence in answer.easy_read)))
    return hashlib.sha256(words.encode()).hexdigest()[:12]


def languages_in(folder: Path = CONTENT_DIR) -> list[str]:
    """The languages that have a folder of translations."""
    return sorted(path.name for path in (folder / TRANSLATIONS).glob("*") if path.is_dir())


def translated_files(language: str, folder: Path = CONTENT_DIR) -> list[Path]:
    """All translated answers of a language, in a fixed order."""
    return sorted((folder / TRANSLATIONS / language / "answers").glob("*/*.yml"))


def build_translated(data: Any, name: str) -> TranslatedAnswer:
    """The translated answer in the data of one file. Raises ContentError with the file's name where a field is missing or wrong."""
    try:
        phrases = tuple(Phrase(**phrase) for phrase in data.get("say_in_english") or ())
        lines = {name: tuple(data.get(name) or ()) for name in ("easy_read", "said_once")}
        words = {**data, "standard": data["standard"].strip(), **lines, "say_in_english": phrases}
        return TranslatedAnswer(**words)
    except (KeyError, TypeError, AttributeError) as error:
        raise ContentError(f"{name}: a field is missing, misspelt or of the wrong kind ({error}).") from None


def load_translation(language: str, english: Content, folder: Path = CONTENT_DIR) -> Translation:
    """One language over the English content. Raises ContentError on a file that cannot be used."""
    home = folder / TRANSLATIONS / language
    found = {path.stem: build_translated(read_yaml(path), f"{language}/{path.name}") for path in translated_files(language, folder)}
    fitting = {key: made for key, made in found.items() if fits(english.answers.get(key), made)}
    answers = {key: _in_words(answer, fitting.get(key)) for key, answer in english.answers.items()}
    shows, known = load_alternatives(home), statuses(home, english)
    contacts = {key: _up_to_date(words or {}, known["contacts"]) for key, words in load_list(home, "contacts").items()}
    return Translation(
        language=language,
        content=replace(
            english,
            answers=answers,
            contacts={key: _contact(contact, contacts.get(key) or {}) for key, contact in english.contacts.items()},
            choices={**english.choices, **_labels(home, english)},
            pictures={key: replace(picture, alt=shows.get(key, "")) for key, picture in english.pictures.items()},
            glossary={},
        ),
        status={key: status_of(answer, fitting.get(key)) for key, answer in english.answers.items()} | statuses(home, english),
        phrases={key: made.say_in_english for key, made in fitting.items() if made.say_in_english},
        words=load_list(home, "guide"),
        page={**load_list(home, "page"), **load_card(home, english)},
        hard_words=load_hard_words(home, english),
    )


def load_translations(english: Content, folder: Path = CONTENT_DIR) -> dict[str, Translation]:
    """Every language but English. Raises ContentError on the first file that cannot be used."""
    return {language: load_translation(language, english, folder) for language in languages_in(folder)}


def status_of(answer: Answer, made: TranslatedAnswer | None) -> str:
    """How far a translation of this answer can be trusted."""
    if made is None:
        return MISSING
    if made.of != english_digest(answer):
        return STALE
    return CHECKED if made.checked_by else UNCHECKED


def fits(answer: Answer | None, made: TranslatedAnswer | None) -> bool:
    """Whether a translation can be shown: easy read goes sentence by sentence with its pictures, so there must be as many."""
    return answer is not None and made is not None and len(answer.easy_read) == len(made.easy_read)


def _in_words(answer: Answer, made: TranslatedAnswer | None) -> Answer:
    if made is None:
        return answer
    says = tuple(Sentence(say, old.picture) for say, old in zip(made.easy_read, answer.easy_read, strict=True))
    return replace(
        answer, title=made.title, label=made.label or answer.label, standard=made.standard, easy_read=says, said_once=made.said_once
    )


def _contact(contact: Contact, words: Mapping[str, str]) -> Contact:
    known: dict[str, Any] = {key: value for key, value in words.items() if key in TRANSLATED_FIELDS}
    return replace(contact, **known)


def _up_to_date(words: Mapping[str, str], status: str) -> dict[str, str]:
    """The words of a contact; hours may have changed with the English, so they are not said while the list is stale."""
    return {key: said for key, said in words.items() if key != "hours" or status != STALE}


def _labels(home: Path, english: Content) -> dict[str, str]:
    return {choice: entry["label"] for choice, entry in load_list(home, "choices").items() if choice in english.choices}
