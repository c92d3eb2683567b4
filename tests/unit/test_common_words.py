"""How common words are, which need a meaning, and who does what: hits and near-misses."""

from __future__ import annotations

import pytest

from safeguarding.common_words import UNKNOWN, hard_words, rank
from safeguarding.content_style import EASY_RANK, STANDARD_RANK, check_preferred, passives
from safeguarding.hard_words import forms_of, known_words


@pytest.mark.parametrize(
    "word", ["the", "money", "hurts", "stopped", "visited", "worries", "doctor's", "colour", "centre", "don’t", "easiest"]
)
def test_everyday_words_and_their_family_are_easy(word: str) -> None:
    assert rank(word) <= EASY_RANK


@pytest.mark.parametrize("word", ["safeguarding", "proportionality", "advocate", "ombudsman", "frailty"])
def test_words_of_the_trade_are_hard(word: str) -> None:
    assert rank(word) > EASY_RANK


def test_a_word_that_nobody_knows_comes_last() -> None:
    assert rank("qwzx") == UNKNOWN


def test_a_family_is_no_harder_than_its_commonest_word() -> None:
    assert rank("visits") == min(rank("visits"), rank("visit"))
    assert rank("running") <= rank("run")
    assert rank("as") != rank("ass"), "a stem of two letters is no stem"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ask the ombudsman about it.", ("ombudsman",)),
        ("An ombudsman is an ombudsman.", ("ombudsman",)),
        ("Ask an advocate. Advocates help.", ()),
        ("The policies are here.", ()),
        ("You can call Zbigniew. Zbigniew's line is free.", ()),
        ("Zbigniew can help.", ("Zbigniew",)),
        ("Ask the CQC at someone@ombudsman.test or [[spor.phone]].", ()),
        ("Flinching is a sign. They may be flinching.", ("Flinching", "flinching")),
    ],
)
def test_hard_words_are_found_once_and_names_and_meanings_are_not(text: str, found: tuple[str, ...]) -> None:
    assert hard_words(text, STANDARD_RANK, known_words(("advocate", "policy"))) == found


def test_the_names_of_services_are_no_hard_words() -> None:
    assert hard_words("Crimestoppers can help.", EASY_RANK, None, frozenset({"Crimestoppers"})) == ()


@pytest.mark.parametrize("text", ["Your money was taken.", "You should be told.", "It is not done.", "They get moved."])
def test_a_passive_is_found(text: str) -> None:
    assert passives(text)


@pytest.mark.parametrize(
    "text", ["You are worried.", "This is called abuse.", "He took it.", "You are a bed short.", "They are red.", "If you are hurt"]
)
def test_how_somebody_is_is_no_passive(text: str) -> None:
    assert not passives(text)


@pytest.mark.parametrize(
    ("text", "found"), [("Clients can ask.", True), ("Dialling it.", False), ("Require it", True), ("required", True), ("brings", False)]
)
def test_the_end_of_a_word_does_not_matter(text: str, found: bool) -> None:
    preferred = {word: {"use": "x", "why": "Because."} for word in ("client", "dial", "require", "ring")}
    assert bool(list(check_preferred(text, preferred, "a.yml", "standard"))) is found


def test_what_stands_in_quotation_marks_is_what_others_say() -> None:
    preferred = {"vulnerable adult": {"use": "adult at risk", "why": "Because."}}
    assert not list(check_preferred('Some say "vulnerable adult".', preferred, "a.yml", "standard"))
    assert list(check_preferred("A vulnerable adult.", preferred, "a.yml", "standard"))


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("policy", ("policy", "policies")),
        ("adult at risk", ("adult at risk", "adults at risk")),
        ("key", ("key", "keys")),
        ("emergency services", ("emergency services",)),
        ("Citizens Advice", ("Citizens Advice",)),
    ],
)
def test_a_word_of_the_glossary_is_known_in_its_plural(word: str, forms: tuple[str, ...]) -> None:
    assert forms_of(word) == forms
    assert [match[0] for match in known_words((word,)).finditer(" or ".join(forms))] == list(forms)
    assert not known_words((word,)).search(f"x{word} pre-{word} {word}-y")


def test_without_a_glossary_no_word_is_known() -> None:
    assert not known_words(()).search("policy")
