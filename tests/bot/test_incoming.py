"""What a request may hold: each bad input gets the answer that the contract gives it, and no text is taken for a command."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.incoming import Incoming, Refused, clean_text, read_form, read_json

MOST = 2000
ID = "one-" + "0123456789abcdef" * 2


def read(data: Any, header: str | None = None) -> Incoming:
    return read_json(json.dumps(data).encode(), header, MOST)


def refused(body: bytes) -> tuple[int, str]:
    with pytest.raises(Refused) as caught:
        read_json(body, None, MOST)
    assert caught.value.message.endswith(".")
    return caught.value.status, caught.value.code


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"text"',
        b"7",
        b"\xff\xfe",
        b'{"text": "\xff"}',
        b"{'text': 'hi'}",
        b"[" * 100_000,
        b'{"text":' * 50_000,
        b"NaN",
    ],
)
def test_what_is_no_json_object(body: bytes) -> None:
    assert refused(body) == (400, "not_json")


@pytest.mark.parametrize("value", [7, 1.5, True, ["hi"], {"text": "hi"}])
@pytest.mark.parametrize("field", ["text", "choice"])
def test_words_and_choices_must_be_text(field: str, value: Any) -> None:
    assert refused(json.dumps({field: value}).encode()) == (400, "wrong_type")


@pytest.mark.parametrize("value", ["true", 1, 0, [], {}])
def test_the_reading_mode_must_be_yes_or_no(value: Any) -> None:
    assert refused(json.dumps({"text": "hi", "easy_read": value}).encode()) == (400, "wrong_type")


@pytest.mark.parametrize(
    "data", [{}, {"text": None}, {"text": "hi", "choice": "about"}, {"text": "", "choice": "about"}, {"conversation": ID}]
)
def test_either_words_or_a_choice(data: dict[str, Any]) -> None:
    assert refused(json.dumps(data).encode()) == (400, "text_or_choice")


def test_two_thousand_characters_and_no_more() -> None:
    assert read({"text": "a" * 2000}).text == "a" * 2000
    assert refused(json.dumps({"text": "a" * 2001}).encode()) == (413, "too_long")
    assert refused(json.dumps({"text": " " * 2001}).encode()) == (413, "too_long"), "spaces count too, or a megabyte of them would pass"


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\u00a0", "\u200b", "\u2060\ufeff", "/", " / / ", "\x00", "\ud800", "//\u200b/"])
def test_blank_text_is_taken_and_is_blank(text: str) -> None:
    assert read({"text": text}).text == ""


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("/restart", "restart"),
        (" /restart", "restart"),
        ("\u00a0/greet", "greet"),
        ("\u200b/restart", "restart"),
        ("/\u200b/restart", "restart"),
        ("\ufeff /restart", "restart"),
        ("\u3000//// greet", "greet"),
        ("\x1f/restart", "restart"),
        ("\x85/restart", "restart"),
        ("\u2028/restart", "restart"),
        ("\ud800/restart", "restart"),
        ("/ /intent{}", "intent{}"),
        ("a /restart", "a /restart"),
        ("and/or", "and/or"),
        ("he\x00 hit\x07 me", "he  hit  me"),
        ("he \ud83d hit", "he  hit"),
        ("  hello  ", "hello"),
        ("he hit\nme", "he hit me"),
        ("👨‍👩‍👧 café", "👨👩👧 café"),
    ],
)
def test_typed_text_is_only_ever_text(text: str, clean: str) -> None:
    assert clean_text(text) == clean


@given(st.text())
def test_nothing_typed_reaches_rasa_as_a_command(text: str) -> None:
    """Rasa strips the text and takes what then begins with a slash for an intent."""
    cleaned = clean_text(text)
    assert not cleaned.strip().startswith("/")
    assert cleaned == cleaned.strip() == clean_text(cleaned)
    cleaned.encode("utf-8")


@pytest.mark.parametrize(
    "made_up",
    [
        None,
        "",
        "one",
        7,
        [ID],
        ID.upper(),
        ID + "0",
        ID[:-1],
        ID + "\n",
        "../" + ID,
        "one-" + "g" * 32,
        "a" * 17 + "-" + "0" * 32,
        "\ud800",
    ],
)
def test_a_conversation_that_no_server_made_is_none_and_no_error(made_up: Any) -> None:
    assert read({"text": "hi", "conversation": made_up}).conversation is None


def test_the_conversation_comes_from_the_header_or_the_body() -> None:
    other = "two-" + "f" * 32
    assert read({"text": "hi", "conversation": ID}).conversation == ID
    assert read({"text": "hi"}, other).conversation == other
    assert read({"text": "hi", "conversation": ID}, other).conversation == other, "a proxy pins by the header"
    assert read({"text": "hi", "conversation": ID}, "made up").conversation == ID


@pytest.mark.parametrize("easy_read", [True, False, None])
def test_the_reading_mode_is_handed_on(easy_read: bool | None) -> None:
    assert read({"choice": "about", "easy_read": easy_read}).easy_read is easy_read


@pytest.mark.parametrize("language", ["en", "pt", "xx", 7, None, ["en"]])
def test_a_language_that_is_not_offered_is_no_error(language: Any) -> None:
    assert read({"text": "hi", "language": language}).text == "hi"


def test_what_the_contract_does_not_know_is_let_be() -> None:
    assert read({"text": "hi", "sender": "me", "metadata": {"deep": [1]}}) == Incoming(None, "hi", None, None, "page")


@pytest.mark.parametrize(
    ("form", "text", "choice", "easy_read"),
    [
        ({"text": " hello "}, "hello", None, None),
        ({}, "", None, None),
        ({"text": "hi", "choice": "about"}, None, "about", None),
        ({"text": "hi", "choice": ""}, "hi", None, None),
        ({"text": ["hi", "there"]}, "", None, None),
        ({"text": "/restart", "easy_read": "true"}, "restart", None, True),
        ({"text": "hi", "easy_read": "false"}, "hi", None, False),
        ({"text": "hi", "easy_read": "perhaps"}, "hi", None, None),
    ],
)
def test_the_form_without_javascript(form: dict[str, Any], text: str | None, choice: str | None, easy_read: bool | None) -> None:
    found = read_form(form, MOST)
    assert (found.text, found.choice, found.easy_read, found.channel) == (text, choice, easy_read, "page_without_script")


def test_the_form_keeps_its_conversation_and_its_limit() -> None:
    assert read_form({"text": "hi", "conversation": ID}, MOST).conversation == ID
    with pytest.raises(Refused, match="too_long"):
        read_form({"text": "a" * 2001}, MOST)


@pytest.mark.parametrize("said", [{"language": "pl"}, {"shown_in": "pl"}, {"language": "no such", "shown_in": "pl"}])
def test_a_refusal_is_said_in_the_language_of_the_page(said):
    with pytest.raises(Refused) as refused:
        read({"text": "a" * 2001, **said})
    assert (refused.value.language, refused.value.values) == ("pl", {"letters": MOST})


def test_the_end_of_a_line_counts_once_as_the_browser_counts_it():
    """A form sends it as two characters; `maxlength` counts it as one."""
    lines = "a" * 99 + "\r\n"
    found = read_form({"text": lines * 20}, MOST)
    assert found.text == " ".join(["a" * 99] * 20)
