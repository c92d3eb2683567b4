"""What replies on the guided path say in the other languages: hits and near-misses for each thing that is read."""

from __future__ import annotations

import pytest

from safeguarding.path_words_other import REPLIES, STAFF, WHO, read_in
from safeguarding.report_path import VALUES


@pytest.mark.parametrize(
    ("language", "text", "open_question", "expected"),
    [
        ("pt", "não", "danger", {"danger": "no"}),
        ("pt", "Acho que sim", "danger", {"danger": "yes"}),
        ("pt", "não sei", "danger", {"danger": "not_sure"}),
        ("pt", "não, mas ele vem aí", "danger", {}),
        ("pt", "é sobre mim", "for_whom", {"for_whom": "self"}),
        ("pt", "É a minha mãe", "for_whom", {"for_whom": "other", "age": "adult"}),
        ("pt", "o meu vizinho, tem 85 anos", "for_whom", {"for_whom": "other", "age": "adult"}),
        ("pt", "tem 16 anos", "age", {"age": "child"}),
        ("pt", "85", "age", {"age": "adult"}),
        ("pt", "uma enfermeira", "staff", {"staff": "yes"}),
        ("pt", "não, foi o filho", "staff", {"staff": "no"}),
        ("pt", "no mês passado", "harm", {}),
        ("pl", "tak", "harm", {"harm": "yes"}),
        ("pl", "Nie wiem", "harm", {"harm": "not_sure"}),
        ("pl", "chyba nie", "danger", {"danger": "no"}),
        ("pl", "nie, ale on zaraz wróci", "danger", {}),
        ("pl", "o mnie", "for_whom", {"for_whom": "self"}),
        ("pl", "moja sąsiadka ma 85 lat", "for_whom", {"for_whom": "other", "age": "adult"}),
        ("pl", "to dziecko", "for_whom", {"for_whom": "other", "age": "child"}),
        ("pl", "pielęgniarka w szpitalu", "staff", {"staff": "yes"}),
        ("pl", "nie", "for_whom", {}),
        ("fr", "oui", "consent", {"consent": "yes"}),
        ("fr", "je ne sais pas", "consent", {"consent": "not_sure"}),
        ("fr", "non mais il est derrière la porte", "danger", {}),
        ("fr", "c'est pour ma mère", "for_whom", {"for_whom": "other", "age": "adult"}),
        ("fr", "moi-même", "for_whom", {"for_whom": "self"}),
        ("fr", "elle a 17 ans", "age", {"age": "child"}),
        ("fr", "quelqu’un de la famille", "staff", {"staff": "no"}),
        ("ro", "da", "danger", {"danger": "yes"}),
        ("ro", "nu știu", "danger", {"danger": "not_sure"}),
        ("ro", "nu", "danger", {"danger": "no"}),
        ("ro", "nu, dar vine acum", "danger", {}),
        ("ro", "despre mine", "for_whom", {"for_whom": "self"}),
        ("ro", "bunica mea, are 80 de ani", "for_whom", {"for_whom": "other", "age": "adult"}),
        ("ro", "un coleg", "for_whom", {"for_whom": "other"}),
        ("en", "yes", "danger", {}),
        ("pt", "sim", None, {}),
        ("pl", "12345", "age", {}),
        ("fr", "", "danger", {}),
    ],
)
def test_what_a_reply_says(language: str, text: str, open_question: str | None, expected: dict[str, str]) -> None:
    assert read_in(language, text, open_question) == expected


def test_only_values_of_the_closed_lists_are_read() -> None:
    lines = ["sim", "tak", "oui", "da", "não sei", "mama", "85", "pielęgniarka", "un enfant"]
    for language in REPLIES:
        for slot, values in VALUES.items():
            for said in (read_in(language, line, slot) for line in lines):
                assert all(value in VALUES[name] for name, value in said.items()), (slot, values)


def test_each_language_has_every_kind_of_word() -> None:
    assert set(REPLIES) == set(WHO) == set(STAFF)
    assert len({frozenset(words) for words in REPLIES.values()}) == len({frozenset(words) for words in WHO.values()}) == 1
