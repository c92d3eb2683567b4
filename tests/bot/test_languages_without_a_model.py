"""Danger in other languages is seen and answered by the signs alone: with no model of Rasa's and no reader of other languages."""

from __future__ import annotations

import pytest

from bot.guide import Guide
from bot.incoming import Incoming
from bot.languages import Languages
from safeguarding.content import load_content
from safeguarding.settings import Settings


@pytest.fixture
def guide(tmp_path, monkeypatch):
    monkeypatch.setattr("bot.languages._reader", lambda: None)
    return Guide(Settings(guide_data_dir=str(tmp_path)))


def typed(text: str) -> Incoming:
    return Incoming(None, text, None, None, "page")


@pytest.mark.parametrize(
    "text",
    [
        "o meu marido está a bater-me",
        "mąż mnie teraz bije ratunku",
        "il m’étrangle",
        "ajutor soțul mă bate acum",
        "my husband is hitting me right now",
    ],
)
async def test_danger_is_answered_first(guide, text):
    listened = guide.listen(typed(text))
    reply = await guide.reply(None, typed(text), listened)
    assert listened.danger
    assert reply["emergency"]
    assert "999" in reply["messages"][0]["text"]


async def test_the_answer_comes_in_the_language_of_the_sign(guide):
    text = "o meu marido está a bater-me"
    reply = await guide.reply(None, typed(text), guide.listen(typed(text)))
    assert reply["language"] == "pt"
    assert reply["messages"][0]["say_in_english"]["phrases"]
    assert reply["messages"][0]["note"]


async def test_who_comes_with_a_conversation_keeps_it_so_that_leaving_quickly_forgets_it(guide):
    begun = Incoming("one-" + "a" * 32, "my husband is hitting me right now", None, None, "page")
    assert (await guide.reply(None, begun, guide.listen(begun)))["conversation"] == begun.conversation


def test_a_quick_look_sees_signs_of_english_and_of_the_pages_language(guide):
    look = guide.languages.shows_signs
    assert look("he is hitting me right now", None)
    assert look("o meu marido está a bater-me", "pt")
    assert not look("hello again", "pt")
    assert not look(None, "pt")
    assert look("he is hitting me right now", "xx")


def test_the_trouble_is_told_to_who_runs_it(guide):
    assert guide.languages.trouble()


@pytest.mark.parametrize("text", ["", "?", "999", "\u200f\u202e", "🙂", "a" * 2000])
def test_any_text_is_listened_to(text):
    assert Languages(load_content()).listen(text).danger is False
