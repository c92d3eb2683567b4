"""Words that people see beside the English answers are held to the same rules: source titles, and every other language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from findings import one

from safeguarding.content_check import check
from safeguarding.content_files import Finding
from safeguarding.languages import OTHERS

PT = "translations/pt/answers/talk/greet.yml"


@pytest.mark.parametrize(
    ("title", "wrong"),
    [
        ("Care Act, how it works", "England's terms"),
        ("The CQC", "England's terms"),
        ("Rules for {name}", "bracket"),
        ("All you need!", "exclamation mark"),
        ("Someone will come", "promise"),
    ],
)
def test_the_title_of_a_source_is_read_too(edit: Callable[..., list[Finding]], title: str, wrong: str) -> None:
    findings = edit("sources.yml", lambda data: data["sources"]["msp_page"].update(title=title))
    assert wrong in one(findings, "sources.yml", "msp_page, title").wrong


def test_a_year_and_the_number_of_a_paper_may_stand_in_the_title_of_a_source(edit: Callable[..., list[Finding]]) -> None:
    assert edit("sources.yml", lambda data: data["sources"]["msp_page"].update(title="Question 180/2025")) == []


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("A CQC decide.", "England's terms"),
        ("Veja o Care Act.", "England's terms"),
        ("Contacte a Action Fraud.", "England's terms"),
        ("Isto é abuso.", "verdict"),
        ("Alguém vai vir ajudar.", "promise"),
        ("Nós vamos denunciar.", "promise"),
    ],
)
def test_a_translated_answer_says_nothing_that_no_answer_may_say(edit: Callable[..., list[Finding]], words: str, wrong: str) -> None:
    findings = edit(PT, lambda answer: answer["easy_read"].__setitem__(0, words))
    assert wrong in one(findings, PT, "easy_read, sentence 1").wrong


def test_a_translation_that_is_out_of_date_is_read_too(edit: Callable[..., list[Finding]]) -> None:
    findings = edit(PT, lambda answer: answer.update(title="A CQC", of="0" * 12))
    assert "“CQC”" in one(findings, PT, "title").wrong


@pytest.mark.parametrize("language", OTHERS)
def test_words_of_england_may_stand_where_they_are_put_right(edit: Callable[..., list[Finding]], language: str) -> None:
    file = f"translations/{language}/answers/safeguarding/not_in_jersey.yml"
    assert edit(file, lambda answer: answer.update(title="Care Act, CQC")) == []


@pytest.mark.parametrize(
    ("file", "field", "change"),
    [
        ("glossary.yml", "advocate", lambda data: data["words"]["advocate"].update(meaning="Fale com a CQC.")),
        ("pictures.yml", "home", lambda data: data["pictures"].update(home="A CQC")),
        ("choices.yml", "report_start", lambda data: data["choices"]["report_start"].update(label="A CQC")),
        ("contacts.yml", "spor.for_whom", lambda data: data["contacts"]["spor"].update(for_whom="A CQC")),
        ("words_card.yml", "stop.me", lambda data: data["wishes"]["stop"].update(me="A CQC")),
        ("guide.yml", "in_english", lambda data: data["words"].update(in_english="A CQC")),
        ("page.yml", "Topics", lambda data: data["page"].update(Topics="A CQC")),
    ],
)
def test_every_translated_list_is_read(edit: Callable[..., list[Finding]], file: str, field: str, change: Callable[[Any], Any]) -> None:
    assert "“CQC”" in one(edit(f"translations/pt/{file}", change), f"translations/pt/{file}", field).wrong


def test_a_line_of_the_page_promises_no_more_than_its_english(edit: Callable[..., list[Finding]]) -> None:
    findings = edit("translations/pt/page.yml", lambda data: data["page"].update(Topics="Garantimos ajuda"))
    assert "promises something" in one(findings, "translations/pt/page.yml", "Topics").wrong


def test_a_broken_file_of_small_words_has_one_fault(folder: Path, today: date) -> None:
    (folder / "translations/fr/guide.yml").write_text("words:\n\tnote_stale: Oui\n", encoding="utf-8")
    assert "tab" in one(check(folder, today), "translations/fr/guide.yml", "line 2").wrong


def test_a_small_word_that_is_missing_is_named(edit: Callable[..., list[Finding]]) -> None:
    findings = edit("translations/fr/guide.yml", lambda data: data["words"].pop("in_english"))
    one(findings, "translations/fr/guide.yml", "in_english")
