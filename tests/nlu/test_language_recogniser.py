"""In which language words are: short English is nobody's other language, and nonsense is in none. Needs the trained reader."""

from __future__ import annotations

import pytest

from bot.language_reader import LANGUAGES_MODEL, LanguageReader
from bot.language_recogniser import LanguageRecogniser
from safeguarding.languages import NOT_OFFERED

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def recogniser(trained_model: object) -> LanguageRecogniser:
    return LanguageReader.load(LANGUAGES_MODEL).recogniser


@pytest.mark.parametrize(
    "text",
    ["are you a real person", "is it confidential", "help me", "he hits me", "who are you", "my partner", "seven minute briefing", "pls"],
)
def test_short_english_is_english(recogniser: LanguageRecogniser, text: str) -> None:
    assert recogniser.recognise(text) in {"en", None}


@pytest.mark.parametrize(
    ("text", "language"),
    [("socorro", "pt"), ("pomocy", "pl"), ("il me frappe", "fr"), ("el ma bate", "ro"), ("nao posso falar", "pt"), ("mi-e frica", "ro")],
)
def test_a_cry_for_help_is_known_by_its_language(recogniser: LanguageRecogniser, text: str, language: str) -> None:
    assert recogniser.recognise(text) == language


def test_what_is_in_no_language_is_not_sent_away(recogniser: LanguageRecogniser) -> None:
    assert recogniser.recognise("zzz xxx ccc") != NOT_OFFERED
    assert recogniser.recognise("mein Mann schlägt mich, was soll ich tun?") == NOT_OFFERED


@pytest.mark.parametrize("letters", ["qzxwvkjpfh", "hmolnm482912uwwcmw", "asdfgh jklqwz", "xkcd wvut"])
def test_made_up_words_are_in_no_language(recogniser: LanguageRecogniser, letters: str) -> None:
    assert recogniser.recognise(letters) is None
