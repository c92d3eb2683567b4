"""Words that may not stand, planted in a copy of content/, and exactly that finding is seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from findings import ANSWER, HAND_OFF, one

from safeguarding.content_check import check
from safeguarding.content_files import Finding


def _row(words: str) -> dict[str, str]:
    """A sentence of easy read with its picture."""
    return {"say": words, "picture": "phone"}


def _say(words: str, place: int = 0) -> Callable[[Any], Any]:
    return lambda answer: answer["easy_read"][place].update(say=words)


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("Call {name} now.", "bracket"),
        ("Call [me] now.", "bracket"),
        ("You are welcome!", "exclamation mark"),
        ("You are welcome 🙂.", "exclamation mark"),
        ("Call 01534 444440.", "01534 444440"),
        ("Call 9-9-9 now.", "9-9-9"),
        ("Call 112 now.", "112"),
        ("Call 101 now.", "England's terms"),
        ("Text [[emergency.phone]] now.", "England's terms"),
        ("Ask for a section 42 enquiry.", "England's terms"),
        ("Someone will call you.", "promise"),
        ("This is abuse.", "verdict"),
    ],
)
def test_what_may_stand_nowhere(edit: Callable[..., list[Finding]], words: str, wrong: str) -> None:
    findings = edit(ANSWER, lambda answer: answer.update(title=words, label=words, standard=words))
    assert {(finding.file, finding.field) for finding in findings} == {(ANSWER, field) for field in ("title", "label", "standard")}
    assert all(wrong in finding.wrong for finding in findings)


def test_words_of_england_may_stand_where_they_are_put_right(edit: Callable[..., list[Finding]]) -> None:
    file = "answers/safeguarding/not_in_jersey.yml"
    assert edit(file, lambda answer: answer.update(standard="Section 42 is a rule of England. The CQC is too.")) == []


def test_a_promise_in_the_meaning_of_a_word(edit: Callable[..., list[Finding]]) -> None:
    change = lambda data: data["words"]["advocate"].update(meaning="A person. They will help you.")  # noqa: E731
    assert "promise" in one(edit("glossary.yml", change), "glossary.yml", "advocate").wrong


def test_a_long_sentence_in_the_meaning_of_a_word(edit: Callable[..., list[Finding]]) -> None:
    change = lambda data: data["words"]["advocate"].update(meaning=f"A person who {'is ' * 14}here.")  # noqa: E731
    one(edit("glossary.yml", change), "glossary.yml", "advocate")


def test_a_number_may_stand_in_contacts(edit: Callable[..., list[Finding]]) -> None:
    assert edit("contacts.yml", lambda data: data["contacts"]["spor"].update(note="If you get no reply, call 999.")) == []


@pytest.mark.parametrize(
    ("file", "field", "change", "wrong"),
    [
        ("glossary.yml", "advocate", lambda data, words: data["words"]["advocate"].update(meaning=words), "hard word"),
        ("words_card.yml", "stop, me", lambda data, words: data["wishes"]["stop"].update(me=words), "hard word"),
        ("words_card.yml", "frame, closing", lambda data, words: data["frame"].update(closing=words), "hard word"),
        ("choices.yml", "report_start", lambda data, words: data["choices"]["report_start"].update(label=words[:36]), "hard word"),
        ("contacts.yml", "spor, note", lambda data, words: data["contacts"]["spor"].update(note=words), "hard word"),
        ("contacts.yml", "spor, for_whom", lambda data, words: data["contacts"]["spor"].update(for_whom=words), "hard word"),
    ],
)
def test_texts_beside_the_answers_are_held_to_the_same_rules(
    edit: Callable[..., list[Finding]], file: str, field: str, change: Callable[[Any, str], Any], wrong: str
) -> None:
    assert wrong in one(edit(file, lambda data: change(data, "Ask the ombudsman.")), file, field).wrong


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("A solicitor should inform you.", {"hard word", "better word"}),
        ("Your money was taken.", {"who does it"}),
        ("Ask for MSP.", {"not explained"}),
    ],
)
def test_a_wish_of_the_card_is_easy_read(edit: Callable[..., list[Finding]], words: str, wrong: set[str]) -> None:
    findings = edit("words_card.yml", lambda data: data["wishes"]["stop"].update(me=words))
    assert {(finding.file, finding.field) for finding in findings} == {("words_card.yml", "stop, me")}
    assert all(any(part in finding.wrong for finding in findings) for part in wrong)


@pytest.mark.parametrize(("words", "wrong"), [("A telephone", "better word"), ("A bag that is taken", "who does it")])
def test_what_a_picture_shows_is_said_in_our_words(edit: Callable[..., list[Finding]], words: str, wrong: str) -> None:
    finding = one(edit("pictures.yml", lambda data: data["pictures"]["home"].update(alt=words)), "pictures.yml", "home")
    assert wrong in finding.wrong


def test_what_is_drawn_may_have_no_easier_word_and_a_language_has_its_own_name(edit: Callable[..., list[Finding]]) -> None:
    assert edit("pictures.yml", lambda data: data["pictures"]["home"].update(alt="Handcuffs")) == []
    assert edit("choices.yml", lambda data: data["choices"]["language_pl"].update(label="Polszczyzna")) == []


def test_an_exclamation_mark_in_a_contact(edit: Callable[..., list[Finding]]) -> None:
    one(edit("contacts.yml", lambda data: data["contacts"]["spor"].update(note="Hurry!")), "contacts.yml", "spor, note")


def test_a_standard_sentence_of_more_than_25_words(edit: Callable[..., list[Finding]]) -> None:
    right, wrong = f"{'one ' * 24}two.", f"{'one ' * 25}two."
    assert edit(ANSWER, lambda answer: answer.update(standard=right)) == []
    assert "26 words" in one(edit(ANSWER, lambda answer: answer.update(standard=wrong)), ANSWER, "standard").wrong


def test_a_standard_answer_that_is_too_hard(edit: Callable[..., list[Finding]]) -> None:
    hard = "Unfortunately the situation immediately becomes particularly complicated."
    assert "grade" in one(edit(ANSWER, lambda answer: answer.update(standard=hard)), ANSWER, "standard").wrong


def test_answers_that_are_too_hard_together(folder: Path, today: date) -> None:
    middling = "A safeguarding concern about another person is important, and every professional should consider it carefully today."
    for path in (folder / "answers").glob("*/*.yml"):
        data = yaml.load(path.read_bytes(), yaml.CSafeLoader)
        data["standard"] = middling + (" I have not told anyone." if data.get("hand_off") else "")
        path.write_text(yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False), encoding="utf-8")
    findings = check(folder, today)
    assert ("answers", "standard") in {(finding.file, finding.field) for finding in findings}


def test_an_acronym_that_nothing_explains(edit: Callable[..., list[Finding]]) -> None:
    one(edit(ANSWER, lambda answer: answer.update(standard="Ask for MSP at any time.")), ANSWER, "standard")
    assert edit(ANSWER, lambda answer: answer.update(standard="Ask for MSP. It means Making Safeguarding Personal.")) == []


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        (f"{'one ' * 15}two.", "16 words"),
        ("You are welcome. You can ask.", "two sentences"),
        ("You are welcome; you can ask.", "hard to read"),
        ("You are welcome (you can ask).", "hard to read"),
        ("You and I & all.", "hard to read"),
        ("Ask for MSP.", "not explained"),
        ("Your money was taken by a man.", "who does it"),
    ],
)
def test_an_easy_read_sentence_that_is_not_easy(edit: Callable[..., list[Finding]], words: str, wrong: str) -> None:
    assert wrong in one(edit(ANSWER, _say(words)), ANSWER, "easy_read, sentence 1").wrong


def test_fifteen_words_and_an_explained_acronym_are_easy_enough(edit: Callable[..., list[Finding]]) -> None:
    assert edit(ANSWER, _say(f"{'one ' * 14}two.")) == []

    def explained(answer: Any) -> None:
        answer["easy_read"] = [_row("Ask for MSP."), _row("It means making safeguarding personal.")]

    assert edit(ANSWER, explained) == []


def test_an_easy_read_answer_that_is_too_hard(edit: Callable[..., list[Finding]]) -> None:
    def hard(answer: Any) -> None:
        answer["easy_read"] = [_row("Everybody understands immediately.")]

    assert "grade" in one(edit(ANSWER, hard), ANSWER, "easy_read").wrong


def test_words_of_the_glossary_are_not_counted_as_hard(edit: Callable[..., list[Finding]]) -> None:
    def glossary_words(answer: Any) -> None:
        answer["easy_read"] = [_row("This is about accountability and proportionality.")]

    assert edit(ANSWER, glossary_words) == []


def test_a_number_after_the_third_sentence(edit: Callable[..., list[Finding]]) -> None:
    def late(answer: Any) -> None:
        answer["easy_read"] = [_row("You can ask.")] * 3 + [_row("Call [[spor.phone]].")]

    one(edit(ANSWER, late), ANSWER, "easy_read, sentence 4")


def test_a_hand_off_that_does_not_say_that_nobody_was_told(edit: Callable[..., list[Finding]]) -> None:
    one(edit(HAND_OFF, lambda answer: answer.update(standard="Call [[spor.phone]].", said_once=["Call"])), HAND_OFF, "standard")
    one(
        edit(
            HAND_OFF,
            lambda answer: answer.update(standard="I have not told anyone.", easy_read=[_row("Call [[spor.phone]].")], said_once=["Call"]),
        ),
        HAND_OFF,
        "easy_read",
    )


@pytest.mark.parametrize("field", ["title", "label"])
@pytest.mark.parametrize(
    ("words", "wrong"), [("Ask the ombudsman", "“ombudsman” is a hard word"), ("Ask for a DPIA", "“DPIA” is not explained")]
)
def test_a_title_and_a_button_are_held_to_the_same(edit: Callable[..., list[Finding]], field: str, words: str, wrong: str) -> None:
    found = [finding.wrong for finding in edit(ANSWER, lambda answer: answer.update({field: words})) if finding.field == field]
    assert any(said.startswith(wrong) for said in found), found
