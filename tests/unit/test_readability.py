"""Sentences, words and grades, as a reader takes them."""

from __future__ import annotations

import pytest

from safeguarding.hard_words import known_words
from safeguarding.readability import as_read, grade, sentences, word_count


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two? Three.", ["One.", "Two?", "Three."]),
        ("It can be:\n- this\n- that one", ["It can be:", "this", "that one"]),
        ("One line\ngoes on. Two", ["One line goes on.", "Two"]),
        ("First\n\nSecond", ["First", "Second"]),
        ("Open from 8.30am to 5pm.", ["Open from 8.30am to 5pm."]),
        ("", []),
        ("- \n\n", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(("sentence", "count"), [("Call 01534 444440 now.", 3), ("Call +44 1534 444440.", 2), ("Six of 10.", 3), ("", 0)])
def test_a_telephone_number_is_one_word(sentence: str, count: int) -> None:
    assert word_count(sentence) == count


def test_the_formula_of_1975() -> None:
    """6 words, 1 sentence, 6 syllables: .39 × 6 + 11.8 × 1 - 15.59."""
    assert grade("The cat sat on the mat.") == pytest.approx(-1.45, abs=0.06)


def test_longer_sentences_and_longer_words_are_harder() -> None:
    easy = "You can call. You can ask."
    assert grade(easy) < grade("You can call and you can also ask them when you want to do it.")
    assert grade(easy) < grade("Organisations communicate. Professionals collaborate.")


def test_a_list_item_without_a_full_stop_ends_a_sentence() -> None:
    assert grade("You can:\n- call us now\n- ask a friend") < grade("You can call us now ask a friend")


def test_a_number_costs_no_more_than_a_word() -> None:
    assert grade("Call 01534 444440 now.") == grade("Call 9 now.")


def test_known_words_count_as_one_short_word() -> None:
    text = "Safeguarding means safety from Domestic Abuse."
    assert grade(text, known_words(("safeguarding", "domestic abuse", "abuse"))) < grade(text)
    assert grade("Accountability matters.", known_words(("account",))) == grade("Accountability matters."), "only whole words are known"


@pytest.mark.parametrize(("word", "plural"), [("policy", "policies"), ("disability", "disabilities"), ("adult at risk", "adults at risk")])
def test_the_plural_of_a_known_word_counts_as_one_short_word_too(word: str, plural: str) -> None:
    assert grade(f"Ask about {plural}.", known_words((word,))) == grade("Ask about word.")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("It’s ‘so’", "It's 'so'"),
        ("section\u00a042,  section\u202f42", "section 42, section 42"),
        ("one\n  sentence", "one sentence"),
        ("a para-\n\n\ngraph", "a para-\ngraph"),
        ("a list:\n- of\n  two\n- items", "a list:\n- of two\n- items"),
        ("soft\u00adly, 24\u20117", "softly, 24-7"),
        ("se\u0301curite\u0301 poliţia", "sécurité poliția"),
        ("", ""),
    ],
)
def test_a_text_as_a_reader_takes_it(text: str, read: str) -> None:
    assert as_read(text) == read
