"""The chat contract as OpenAPI, served at `/chat/openapi.json`; the tests ask the guide everything that it allows."""

from __future__ import annotations

from typing import Any

from bot.incoming import NAME
from safeguarding.messages import MOST_CHOICES

_TEXT = {"type": "string"}
_CONVERSATION_HEADER = {
    "name": "Guide-Conversation", "in": "header", "required": False, "schema": _TEXT,
    "description": "The conversation's id, so that a proxy can pin it to its server.",
}  # fmt: skip
_SENDING_HEADER = {
    "name": "Guide-Sending", "in": "header", "required": False, "schema": {"type": "string", "pattern": f"^{NAME.pattern}$"},
    "description": "A name for this sending, so that who sends it again because the reply got lost gets the same reply, for two minutes. "
    "The digits are 128 random bits, new for each message; the letters in front are free.",
}  # fmt: skip


def describe(most_characters: int) -> dict[str, Any]:
    """The contract of the addresses that other programs may call, as OpenAPI 3.0."""
    return {
        "openapi": "3.0.3",
        "info": {"title": "Safeguarding guide for Jersey", "version": "1"},
        "paths": {
            "/chat/messages": {"post": _messages()},
            "/chat/conversations": {"delete": _forget(), "put": _keep_on()},
            "/chat/health": {"get": _health()},
        },
        "components": {"schemas": _schemas(most_characters)},
    }


def _messages() -> dict[str, Any]:
    refusals = {
        "400": "It could not be read, or holds both or neither of text and choice.",
        "408": "It did not arrive in time.",
        "413": "It is too long.",
        "429": "It is too fast.",
    }
    return {
        "summary": "Say something, or choose",
        "parameters": [_CONVERSATION_HEADER, _SENDING_HEADER],
        "requestBody": {"required": True, "content": _json("Message")},
        "responses": {"200": {"description": "The answer.", "content": _json("Reply")}}
        | {status: {"description": why, "content": _json("Refusal")} for status, why in refusals.items()},
    }


def _forget() -> dict[str, Any]:
    return {
        "summary": "Forget the conversation at once",
        "parameters": [_CONVERSATION_HEADER],
        "responses": {"204": {"description": "It is forgotten, or was unknown."}},
    }


def _keep_on() -> dict[str, Any]:
    return {
        "summary": "Count the idle time of a conversation anew, for a person who is still there",
        "parameters": [_CONVERSATION_HEADER],
        "responses": {
            "200": {"description": "Whether it is kept; false where it is forgotten, or was unknown.", "content": _json("Kept")},
            "429": {"description": "It is too fast.", "content": _json("Refusal")},
        },
    }


def _health() -> dict[str, Any]:
    return {"summary": "Whether the guide is whole", "responses": {"200": {"description": "It is up.", "content": _json("Health")}}}


def _schemas(most_characters: int) -> dict[str, Any]:
    flag = {"type": "boolean", "nullable": True}
    text = {"type": "string", "maxLength": most_characters}
    common = {"conversation": {"type": "string", "nullable": True}, "easy_read": flag, "language": _TEXT, "shown_in": _TEXT}
    kinds = ("text", text), ("choice", _TEXT)
    return {
        "Message": {"oneOf": [_object({name: kind, **common}, [name], more=False) for name, kind in kinds]},
        "Reply": _object(
            {
                "conversation": _TEXT,
                "emergency": {"type": "boolean"},
                "easy_read": {"type": "boolean"},
                "language": _TEXT,
                "messages": {"type": "array", "minItems": 1, "items": _reference("Said")},
            }
        ),
        "Said": _object(
            {
                "answer": _TEXT,
                "text": {"type": "string", "minLength": 1},
                "sentences": _list("Sentence"),
                "contacts": _list("Contact"),
                "choices": {**_list("Choice"), "maxItems": MOST_CHOICES},
                **_translated(),
            },
            ["answer", "text", "sentences", "contacts", "choices"],
        ),
        "Words": _object({"text": _TEXT, "sentences": _list("Sentence")}),
        "SayInEnglish": _object({"lead": _TEXT, "phrases": _list("Phrase")}),
        "Phrase": _object({"english": _TEXT, "meaning": _TEXT}),
        "HardWord": _object({"form": _TEXT, "word": _TEXT, "meaning": _TEXT}),
        "Sentence": _object({"text": _TEXT, "picture": {"nullable": True, "allOf": [_reference("Picture")]}}),
        "Picture": _object({"src": _TEXT, "alt": _TEXT}),
        "Contact": _object(
            {
                "id": _TEXT,
                "name": _TEXT,
                "phone": {**_TEXT, "nullable": True},
                "url": {**_TEXT, "nullable": True},
                "post": _TEXT,
                "fax": _TEXT,
            },
            ["id", "name", "phone", "url"],
        ),
        "Choice": _object({"id": _TEXT, "label": _TEXT}),
        "Kept": _object({"kept": {"type": "boolean"}}),
        "Refusal": _object({"error": _object({"code": _TEXT, "message": _TEXT}), "contacts": {**_list("Contact"), "minItems": 1}}),
        "Health": _object(
            {
                "status": {"type": "string", "enum": ["ready", "degraded"]},
                "reasons": {"type": "array", "items": _TEXT},
                "release": _TEXT,
                "released": _TEXT,
            },
            ["status", "release", "released"],
        ),
    }


def _translated() -> dict[str, Any]:
    """What a message in another language than English has beside, where there is something to say."""
    return {
        "language": {**_TEXT, "description": "Of the words, where the reply is in another language than English."},
        "note": {**_TEXT, "description": "That nobody has checked the translation, or that there is none of this answer."},
        "note_language": {**_TEXT, "description": "Of the note and of in_english."},
        "in_english": {**_TEXT, "description": "The words on what opens the English beside the translation."},
        "english": {"description": "The same in English.", "allOf": [_reference("Words")]},
        "say_in_english": {
            "description": "What to read out on the phone; it stands in the text too.",
            "allOf": [_reference("SayInEnglish")],
        },
        "hard_words": {**_list("HardWord"), "description": "Words of the text with their meaning, as they are written there."},
    }


def _object(properties: dict[str, Any], required: list[str] | None = None, *, more: bool = True) -> dict[str, Any]:
    made = {"type": "object", "properties": properties, "required": list(properties) if required is None else required}
    return made if more else {**made, "additionalProperties": False}


def _list(name: str) -> dict[str, Any]:
    return {"type": "array", "items": _reference(name)}


def _reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _json(name: str) -> dict[str, Any]:
    return {"application/json": {"schema": _reference(name)}}
