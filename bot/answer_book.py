"""The answer book: every answer in both readings with pictures, contacts and sources, to read, print and sign off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from safeguarding.content import Answer, Contact, Content, answer_files
from safeguarding.languages import ENGLISH
from safeguarding.messages import PICTURE_ADDRESS, present_contact
from safeguarding.settings import Settings
from safeguarding.translations import MISSING, Translation

TOPICS = {
    "telling": "When somebody tells of harm or danger",
    "reporting": "Telling someone about a worry",
    "safeguarding": "What safeguarding is",
    "abuse": "Kinds of abuse",
    "principles": "The principles",
    "other_doors": "Other people who can help",
    "report": "Guided questions, one at a time",
    "talk": "About this guide",
}
"""The folders of `content/answers/` in the order of the book; a new folder comes last under its own name."""


@dataclass(frozen=True)
class Chapter:
    """The answers of one topic."""

    id: str
    title: str
    answers: list[dict[str, Any]]


class AnswerBook:
    """What the page of all answers shows, taken from `content/`."""

    def __init__(self, content: Content, settings: Settings, translation: Translation | None = None) -> None:
        """Take the words, those of a translation where there is one, and the addresses."""
        self._content, self._settings, self._translation = translation.content if translation else content, settings, translation

    @property
    def digest(self) -> str:
        """Which words these are, as the health check names them."""
        return self._content.digest

    def chapters(self) -> list[Chapter]:
        """The answers by topic; the most urgent topics first."""
        folders: dict[str, list[dict[str, Any]]] = {topic: [] for topic in TOPICS}
        for path in answer_files():
            if answer := self._content.answers.get(path.stem):
                folders.setdefault(path.parent.name, []).append(self._entry(answer))
        return [
            Chapter(f"topic-{topic}", TOPICS.get(topic, topic.replace("_", " ").capitalize()), answers)
            for topic, answers in folders.items()
            if answers
        ]

    def contacts(self) -> Iterator[tuple[Contact, dict[str, Any]]]:
        """Every contact: what `contacts.yml` says of it, and how the chat shows it."""
        for contact in self._content.contacts.values():
            yield contact, present_contact(contact, self._settings)

    def pictures(self) -> list[dict[str, str]]:
        """Every picture with its meaning, to be looked at as a set."""
        return [
            {"meaning": meaning.replace("_", " "), "src": PICTURE_ADDRESS.format(drawing=picture.drawing), "alt": picture.alt}
            for meaning, picture in self._content.pictures.items()
        ]

    def _entry(self, answer: Answer) -> dict[str, Any]:
        content = self._content
        translation = self._translation
        return {
            "id": answer.id,
            "language": translation.language if translation and translation.status[answer.id] != MISSING else ENGLISH,
            "note": translation.note(answer.id) if translation else None,
            "say_in_english": list(translation.phrases.get(answer.id, ())) if translation else [],
            "lead": translation.words["say_in_english"] if translation else None,
            "in_english": translation.words["in_english"] if translation else None,
            "title": answer.title,
            "standard": content.fill(answer.standard),
            "easy_read": [self._row(sentence.say, sentence.picture) for sentence in answer.easy_read],
            "contacts": [present_contact(content.contacts[contact], self._settings) for contact in answer.contacts],
            "sources": [content.sources[source] for source in answer.sources],
            "reviewed_on": answer.reviewed_on,
            "review_by": answer.review_by,
        }

    def _row(self, say: str, picture: str | None) -> dict[str, Any]:
        shown = self._content.pictures.get(picture) if picture else None
        return {
            "text": self._content.fill(say),
            "picture": {"src": PICTURE_ADDRESS.format(drawing=shown.drawing), "alt": shown.alt} if shown else None,
        }
