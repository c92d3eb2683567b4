"""What a request may hold: checks and cleans it before anything else sees it."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from safeguarding.languages import ENGLISH, OWN_NAMES, Kept

NAME = re.compile(r"[a-z0-9]{1,16}-[0-9a-f]{32}")
"""Of a conversation, a page or a sending: who made it, and 128 bits that nobody can guess."""

TOO_LONG = "That is more than {letters} letters. Please write it shorter."
WRONG_KIND = "“{field}” in the message is of the wrong kind. Please try again."


class Refused(Exception):
    """The request cannot be taken. `message` is plain English for the person, with a place for each of `values`.

    It is said in `language`, and the reply always carries the contacts too.
    """

    def __init__(self, status: int, code: str, message: str, language: str = ENGLISH, **values: object) -> None:
        super().__init__(code)
        self.status, self.code, self.message, self.language, self.values = status, code, message, language, values


@dataclass(frozen=True)
class Incoming:
    """One checked request: either what was typed, cleaned, or the id of a choice."""

    conversation: str | None
    text: str | None
    choice: str | None
    easy_read: bool | None
    channel: str
    language: str | None = None
    """The one that the person chose."""
    shown_in: str | None = None
    """The one in which the page stands."""

    @property
    def shown(self) -> Kept:
        """In which language a conversation goes on of which nothing is known (any more): that of the page."""
        return Kept(self.shown_in) if self.shown_in in OWN_NAMES else Kept()


def read_json(body: bytes, header_id: str | None, most_characters: int) -> Incoming:
    """The request in a JSON body, as the chat contract has it. Raises Refused."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        raise Refused(400, "not_json", "The message could not be read. Please try again.") from None
    if not isinstance(data, dict):
        raise Refused(400, "not_json", "The message could not be read. Please try again.")
    for field, kind in (("text", str), ("choice", str), ("easy_read", bool)):
        if data.get(field) is not None and not isinstance(data[field], kind):
            raise Refused(400, "wrong_type", WRONG_KIND, _language_in(data), field=field)
    return _incoming(data, header_id, most_characters, "page")


def read_form(form: Mapping[str, Any], most_characters: int) -> Incoming:
    """The request of the page's form without JavaScript. Raises Refused."""

    def field(name: str) -> str | None:
        value = form.get(name)
        return value.replace("\r\n", "\n") if isinstance(value, str) else None  # a form sends the end of a line as two

    choice = field("choice") or None
    data = {
        "conversation": field("conversation"),
        "choice": choice,
        "text": None if choice else (field("text") or ""),
        "easy_read": {"true": True, "false": False}.get(field("easy_read") or ""),
        "language": field("language"),
        "shown_in": field("shown_in"),
    }
    return _incoming(data, None, most_characters, "page_without_script")


def clean_text(text: str) -> str:
    """The text as it may go on: no control or invisible characters, no space around it, and no `/` in front.

    Rasa takes text that begins with `/` for a command, after stripping it. Both are undone until neither is left.
    """
    visible = "".join(" " if unicodedata.category(c) == "Cc" else c for c in text if unicodedata.category(c) not in ("Cf", "Cs"))
    cleaned = visible.strip()
    while cleaned.startswith("/"):
        cleaned = cleaned[1:].strip()
    return cleaned


def _incoming(data: Mapping[str, Any], header_id: str | None, most_characters: int, channel: str) -> Incoming:
    text, choice = data.get("text"), data.get("choice")
    if (text is None) == (choice is None):
        raise Refused(400, "text_or_choice", "Please send either words or a choice, not both and not neither.", _language_in(data))
    if text is not None and len(text) > most_characters:
        raise Refused(413, "too_long", TOO_LONG, _language_in(data), letters=most_characters)
    return Incoming(
        conversation=conversation_id(header_id) or conversation_id(data.get("conversation")),
        text=None if text is None else clean_text(text),
        choice=choice,
        easy_read=data.get("easy_read"),
        channel=channel,
        language=language if isinstance(language := data.get("language"), str) else None,
        shown_in=shown_in if isinstance(shown_in := data.get("shown_in"), str) else None,
    )


def _language_in(data: Mapping[str, Any]) -> str:
    """In which language somebody is told why their request cannot be taken."""
    named = [data.get("language"), data.get("shown_in")]
    return next((language for language in named if isinstance(language, str) and language in OWN_NAMES), ENGLISH)


def conversation_id(conversation: Any) -> str | None:
    """The id if it has the form of one; anything else could hold words, and goes no further."""
    return conversation if isinstance(conversation, str) and NAME.fullmatch(conversation) else None
