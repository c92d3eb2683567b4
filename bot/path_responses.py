"""Responses that are not one answer of `content/` as it stands: the questions of the guided path, and the meanings of hard words."""

from __future__ import annotations

from typing import Any

from safeguarding.content import Answer, Content
from safeguarding.follow_ups import meaning_response
from safeguarding.hard_words import GLOSSARY, PICTURE_OF_MEANING, meaning_line
from safeguarding.messages import MOST_CHOICES, PICTURE_OF_PLACE, PLACE_ON_PATH
from safeguarding.report_path import BUTTONS_OF, QUESTIONS

WAY_OUT = "{way_out}"
"""Becomes the button “stop” at the first question and “go back” later; what is in single brackets comes with the question."""


def as_question(answer: Answer, composed: dict[str, Any]) -> dict[str, Any]:
    """A question of the guided path gets its place in front and its buttons; any other answer stays as it is."""
    slot = answer.public_id.removeprefix("report_")
    if slot not in QUESTIONS:
        return composed
    custom = dict(composed["custom"])
    gap = " " if custom["sentences"] else "\n\n"
    if custom["sentences"]:
        custom["sentences"] = [{"text": PLACE_ON_PATH, "picture": PICTURE_OF_PLACE}, *custom["sentences"]]
    custom["choices"] = [*BUTTONS_OF[slot], WAY_OUT][:MOST_CHOICES]
    custom["place"] = {"number": "{number}", "of": "{of}"}  # for the other languages
    return {**composed, "text": f"{PLACE_ON_PATH}{gap}{composed['text']}", "custom": custom}


def compile_meanings(content: Content) -> dict[str, tuple[dict[str, Any], dict[str, Any]]]:
    """Each word of the glossary with its meaning, in standard reading and in easy read, by the name of its response."""
    return {f"utter_{meaning_response(word)}": _meaning(word, meaning) for word, meaning in content.glossary.items()}


def _meaning(word: str, meaning: str) -> tuple[dict[str, Any], dict[str, Any]]:
    text = meaning_line(word, meaning)
    custom = {"answer": GLOSSARY, "hard_word": word, "part": 0, "sentences": [], "contacts": ["emergency", "spor"], "choices": []}
    easy = {**custom, "part": 1, "sentences": [{"text": text, "picture": PICTURE_OF_MEANING}]}
    return {"text": text, "custom": custom}, {"text": text, "custom": easy}
