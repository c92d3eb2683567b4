"""From an answer to what is sent: one message in standard reading, or one part of three sentences in easy read."""

from __future__ import annotations

from typing import Any

from safeguarding.content import Answer, Contact, Content
from safeguarding.settings import Settings

SENTENCES_A_PART = 3
"""Sentences on one screen of easy read: at most three (expert panel in the domain reference, 2.1)."""

MOST_CHOICES = 4
CONTACTS_ALWAYS = ("emergency", "spor", "concerns_form", "police")
"""The routes that fit anybody: on every page, in every reply when something fails, and where no server answers."""

PICTURE_ADDRESS = "/chat/pictures/{drawing}.svg"
MORE = "more"

PLACE_ON_PATH = "Question {number} of {of}."
"""Stands before each question of the guided path; the numbers come with the question."""

PICTURE_OF_PLACE = "list"
"""Beside it in easy read, where each sentence has a picture."""


def count_parts(answer: Answer) -> int:
    """How many parts the answer has in easy read."""
    return max(1, -(-len(answer.easy_read) // SENTENCES_A_PART))


def compose(content: Content, answer: Answer, *, easy_read: bool, part: int = 1) -> dict[str, Any]:
    """What a Rasa response carries: the text, and the ids that the channel turns into pictures, contacts and choices.

    `part` counts from 1 and is used in easy read only. Contacts come with the first part, so that every route stands there.
    """
    if not easy_read:
        return {
            "text": content.fill(answer.standard),
            "custom": {
                "answer": answer.id,
                "part": 0,
                "sentences": [],
                "contacts": list(answer.contacts),
                "choices": list(answer.choices)[:MOST_CHOICES],
            },
        }
    start = (part - 1) * SENTENCES_A_PART
    shown = answer.easy_read[start : start + SENTENCES_A_PART]
    sentences = [{"text": content.fill(sentence.say), "picture": sentence.picture} for sentence in shown]
    more = [MORE] if part < count_parts(answer) else []
    return {
        "text": " ".join(content.fill(sentence.say) for sentence in shown),
        "custom": {
            "answer": answer.id,
            "part": part,
            "sentences": sentences,
            "contacts": list(answer.contacts) if part == 1 else [],
            "choices": (more + list(answer.choices))[:MOST_CHOICES],
        },
    }


def present(content: Content, settings: Settings, composed: dict[str, Any]) -> dict[str, Any]:
    """A composed response as the chat contract has it, with names, numbers, addresses and labels in place."""
    custom = composed["custom"]
    answer = content.answers.get(custom["answer"])
    return {
        "answer": answer.public_id if answer else custom["answer"],
        "text": composed["text"],
        "sentences": [_sentence(content, sentence) for sentence in custom["sentences"]],
        "contacts": [present_contact(content.contacts[contact], settings) for contact in custom["contacts"]],
        "choices": [{"id": choice, "label": choice_label(content, choice)} for choice in custom["choices"]],
    }


def present_contact(contact: Contact, settings: Settings) -> dict[str, Any]:
    """One contact as the chat contract has it; the concerns form names the Board's website until its address is set."""
    url = contact.url or (f"mailto:{contact.email}" if contact.email else None)
    name = contact.name
    if contact.url_setting:
        configured = getattr(settings, contact.url_setting.lower())
        url = configured or contact.url
        name = contact.name if configured else (contact.name_without_url or contact.name)
    by_paper = {way: said for way, said in (("post", contact.post), ("fax", contact.fax)) if said}
    return {"id": contact.id, "name": name, "phone": contact.phone, "url": url, **by_paper}


def choice_label(content: Content, choice: str) -> str:
    """The words on a choice's button."""
    return content.choices.get(choice) or content.answers[choice].label


def _sentence(content: Content, sentence: dict[str, Any]) -> dict[str, Any]:
    picture = content.pictures.get(sentence["picture"]) if sentence["picture"] else None
    shown = {"src": PICTURE_ADDRESS.format(drawing=picture.drawing), "alt": picture.alt} if picture else None
    return {"text": sentence["text"], "picture": shown}
