"""Words that may not stand are found however they are typed: as a word processor writes them, or broken over two lines of the file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from findings import ANSWER, one

from safeguarding.content_files import Finding

AS_TYPED = {
    "England's terms": [
        "section\u00a042",
        "section  42",
        "section\n42",
        "the Women’s Refuge",
        "You can ask. Ask the Information Commissioner’s Office. It is here.",
    ],
    "promise": ["We’ll report it.", "They’ll call you.", "They`ll call you.", "Someone\u202fwill come.", "Someone will\ncome."],
    "verdict": ["It’s abuse.", "This  is abuse.", "This is\nabuse.", "This is ab\u00aduse."],
    "better word": ["a service\u00a0user", "a service\nuser", "Use it in  order to ask."],
}


@pytest.mark.parametrize(("kind", "words"), [(kind, words) for kind, all_words in AS_TYPED.items() for words in all_words], ids=repr)
def test_a_rule_finds_words_as_a_word_processor_writes_them(edit: Callable[..., list[Finding]], kind: str, words: str) -> None:
    assert kind in one(edit(ANSWER, lambda answer: answer.update(standard=words)), ANSWER, "standard").wrong


@pytest.mark.parametrize("words", ["Your money\u00a0was\u00a0taken.", "Your money was  taken.", "Your money was\ntaken."])
def test_easy_read_says_who_does_it_whatever_stands_between_the_words(edit: Callable[..., list[Finding]], words: str) -> None:
    finding = one(edit(ANSWER, lambda answer: answer["easy_read"][0].update(say=words)), ANSWER, "easy_read, sentence 1")
    assert finding.wrong == "“was taken” does not say first who does it."


def test_a_number_is_one_number_whatever_stands_in_it(edit: Callable[..., list[Finding]]) -> None:
    finding = one(edit(ANSWER, lambda answer: answer.update(standard="Call 01534\u00a0444440.")), ANSWER, "standard")
    assert "“01534 444440”" in finding.wrong


def test_an_explained_word_is_known_when_it_is_broken_over_two_lines(edit: Callable[..., list[Finding]]) -> None:
    assert edit(ANSWER, lambda answer: answer.update(standard="You can ask. Ask about coercive\ncontrol. It is not you.")) == []


def test_what_ends_one_paragraph_and_begins_the_next_is_no_phrase(edit: Callable[..., list[Finding]]) -> None:
    """A heading has no full stop; neither has an item of a list."""
    assert edit(ANSWER, lambda answer: answer.update(standard="Here is a section\n\n42 people")) == []
    assert edit(ANSWER, lambda answer: answer.update(standard="You can ask:\n- how it is\n- abuse and neglect")) == []


@pytest.mark.parametrize(
    "words",
    [
        "Ask about policies and disabilities.",
        "There are two adults at risk and one policy.",
        "Advocates and interpreters are professionals.",
    ],
)
def test_the_plural_of_an_explained_word_counts_no_more_than_the_word(edit: Callable[..., list[Finding]], words: str) -> None:
    def say(answer: Any) -> None:
        answer["easy_read"] = [{"say": words, "picture": "phone"}]

    assert edit(ANSWER, say) == []


@pytest.mark.parametrize(
    ("file", "field", "change"),
    [
        ("glossary.yml", "advocate", lambda data: data["words"]["advocate"].update(meaning="Ask for MSP.")),
        ("words_card.yml", "stop, me", lambda data: data["wishes"]["stop"].update(me="Ask for MSP.")),
        ("glossary.yml", "advocate", lambda data: data["words"]["advocate"].update(meaning="A client and a client.")),
    ],
)
def test_one_fault_is_told_once(edit: Callable[..., list[Finding]], file: str, field: str, change: Callable[[Any], Any]) -> None:
    one(edit(file, change), file, field)
