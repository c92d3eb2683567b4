"""A reply in the language of the person: the translated words, what has to be said of them, and the English beside them."""

from __future__ import annotations

from typing import Any

from safeguarding.content import Content
from safeguarding.hard_words import PICTURE_OF_MEANING, meaning_line
from safeguarding.kindness import SAID_BEFORE, without_what_was_said
from safeguarding.messages import PICTURE_OF_PLACE, compose, present
from safeguarding.settings import Settings
from safeguarding.translations import MISSING, Phrase, Translation


def present_in(translation: Translation | None, english: Content, settings: Settings, composed: dict[str, Any]) -> dict[str, Any]:
    """A composed response as the chat contract has it, in the language of the translation; in English without one.

    Beside the fields of the contract it says its language, a note where nobody has checked the translation, the English
    words where they help, and what can be said in English on the phone.
    """
    in_english = present(english, settings, composed)
    if translation is None:
        return in_english
    answer = composed["custom"]["answer"]
    other = None if translation.status.get(answer, MISSING) == MISSING else in_words_of(translation, composed)
    missing = other is None
    message = present(translation.content, settings, other) if other else in_english
    message |= {"language": "en" if missing else translation.language}
    if missing:
        message["contacts"] = present(translation.content, settings, composed)["contacts"]
        message["choices"] = present(translation.content, settings, composed)["choices"]
    if note := translation.note(answer):
        message |= {"note": note, "note_language": translation.language}
        if not missing:
            message["in_english"] = translation.words["in_english"]
            message["english"] = {"text": in_english["text"], "sentences": in_english["sentences"]}
    if (phrases := translation.phrases.get(answer)) and composed["custom"]["part"] <= 1:
        message["say_in_english"] = {
            "lead": translation.words["say_in_english"],
            "phrases": [{"english": phrase.english, "meaning": phrase.meaning} for phrase in phrases],
        }
        message["text"] += "\n\n" + "\n".join([translation.words["say_in_english"], *map(_as_line, phrases)])
    if not missing and (hard := _hard_words(translation, message)):
        message["hard_words"] = hard
    return message


def _hard_words(translation: Translation, message: dict[str, Any]) -> list[dict[str, str]]:
    """The hard words of a message, each once, as it is written there and with its meaning."""
    found: dict[str, dict[str, str]] = {}
    for match, word in translation.hard_words.found_in(message["text"]):
        found.setdefault(word.english, {"form": match[0], "word": word.word, "meaning": word.meaning})
    return list(found.values())


def in_words_of(translation: Translation, composed: dict[str, Any]) -> dict[str, Any] | None:
    """The same part of the same answer with the words of the translation; contacts and choices stay as they were composed.

    None for the meaning of a hard word that the language does not have.
    """
    custom = composed["custom"]
    if "hard_word" in custom:
        return _meaning_of(translation, composed)
    answer, part = translation.content.answers[custom["answer"]], custom["part"]
    made = compose(translation.content, answer, easy_read=part > 0, part=part or 1)
    if SAID_BEFORE in composed:
        made = without_what_was_said(translation.content, answer, made, thanked=composed[SAID_BEFORE])
    text, sentences = made["text"], made["custom"]["sentences"]
    if place := custom.get("place"):
        head = translation.words["place_on_path"].format(**place)
        text = f"{head}{' ' if sentences else chr(10) * 2}{text}"
        sentences = [{"text": head, "picture": PICTURE_OF_PLACE}, *sentences] if sentences else []
    return {**composed, "text": text, "custom": {**custom, "sentences": sentences}}


def _meaning_of(translation: Translation, composed: dict[str, Any]) -> dict[str, Any] | None:
    custom = composed["custom"]
    word = translation.hard_words.for_english(custom["hard_word"])
    if word is None:
        return None
    text = meaning_line(word.word, word.meaning)
    sentences = [{"text": text, "picture": PICTURE_OF_MEANING}] if custom["part"] else []
    return {**composed, "text": text, "custom": {**custom, "sentences": sentences}}


def _as_line(phrase: Phrase) -> str:
    return f"- {phrase.english} ({phrase.meaning})"
