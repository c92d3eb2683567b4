"""Which language a conversation goes on in: what asks for one, and what changes it."""

from __future__ import annotations

import pytest

from safeguarding.escalation import LANGUAGES
from safeguarding.languages import (
    LANGUAGE_CHOICES,
    NOT_OFFERED,
    OTHERS,
    OWN_NAMES,
    Heard,
    Kept,
    asked_for,
    language_after,
    language_of_reply,
)


def test_the_languages_are_those_that_are_counted() -> None:
    assert set(OWN_NAMES) == LANGUAGES
    assert set(LANGUAGE_CHOICES.values()) == LANGUAGES
    assert set(OTHERS) == LANGUAGES - {"en"}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("em português por favor", "pt"),
        ("Em portugues!", "pt"),
        ("fala português?", "pt"),
        ("Portuguese please", "pt"),
        ("polski", "pl"),
        ("po polsku proszę", "pl"),
        ("czy mówisz po polsku?", "pl"),
        ("en français s'il vous plaît", "fr"),
        ("parlez-vous français ?", "fr"),
        ("în română vă rog", "ro"),
        ("vorbiti romaneste?", "ro"),
        ("in English please", "en"),
        ("can we speak english", "en"),
        ("em inglês", "en"),
        ("do you speak Spanish?", NOT_OFFERED),
        ("español por favor", NOT_OFFERED),
    ],
)
def test_a_language_is_asked_for_by_words(text: str, language: str) -> None:
    assert asked_for(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "please",
        "I don't speak English",
        "my Polish carer takes my money",
        "is there an interpreter in Polish",
        "french fries",
        "Polish or Portuguese",
        "não falo inglês, preciso de ajuda",
        "the Romanian man next door shouts",
    ],
)
def test_naming_a_language_is_not_asking_for_it(text: str) -> None:
    assert asked_for(text) is None


ENGLISH, CHOSEN = Kept(), Kept("pl", chosen=True)


@pytest.mark.parametrize(
    ("kept", "heard", "requested", "after"),
    [
        (ENGLISH, Heard("pt", None, 4), None, Kept("pt")),
        (ENGLISH, Heard(None, None, 1), None, ENGLISH),
        (ENGLISH, Heard(NOT_OFFERED, None, 6), None, ENGLISH),
        (Kept("pt"), Heard("en", None, 1), None, Kept("pt")),
        (Kept("pt"), Heard("en", None, 5), None, ENGLISH),
        (Kept("pt"), Heard("ro", None, 3), None, Kept("ro")),
        (Kept("pt"), Heard(NOT_OFFERED, None, 6), None, Kept("pt")),
        (CHOSEN, Heard("en", None, 9), None, CHOSEN),
        (CHOSEN, Heard("en", "en", 3), None, Kept("en", chosen=True)),
        (CHOSEN, Heard(None, NOT_OFFERED, 3), None, CHOSEN),
        (ENGLISH, Heard(), "ro", Kept("ro", chosen=True)),
        (CHOSEN, Heard(), "xx", ENGLISH),
    ],
)
def test_the_language_goes_on_or_changes(kept: Kept, heard: Heard, requested: str | None, after: Kept) -> None:
    assert language_after(kept, heard, requested) == after


def test_danger_is_answered_in_the_language_it_was_written_in() -> None:
    assert language_of_reply(CHOSEN, Heard("pt", None, 2), danger=True) == "pt"
    assert language_of_reply(CHOSEN, Heard("pt", None, 2), danger=False) == "pl"
    assert language_of_reply(CHOSEN, Heard(None, None, 2), danger=True) == "pl"
    assert language_of_reply(CHOSEN, Heard(NOT_OFFERED, None, 5), danger=True) == "pl"
