"""Translations over the English content: what is shown of them, how far they are trusted, and what the check finds wrong in one."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
import yaml

from safeguarding.content import CONTENT_DIR, Content, ContentError, load_content
from safeguarding.contract import ANSWER_IDS
from safeguarding.kindness import THANKS, without_what_was_said
from safeguarding.languages import LANGUAGE_CHOICES, OTHERS
from safeguarding.messages import compose
from safeguarding.settings import Settings
from safeguarding.speaking import present_in
from safeguarding.translation_check import _differences, check_translations, translation_table
from safeguarding.translation_stamp import main as stamp
from safeguarding.translations import CHECKED, MISSING, STALE, UNCHECKED, english_digest, load_translation

pytestmark = pytest.mark.whole

ENGLISH = load_content()
loaded = cache(partial(load_translation, english=ENGLISH))
"""A language of the real content, read once."""

GREET, EMERGENCY = ENGLISH.answers["greet"], ENGLISH.answers["emergency"]


def translated(answer: str, **changes: Any) -> dict[str, Any]:
    """A translation of an English answer that is right: its own words between two marks."""
    english = ENGLISH.answers[answer]
    return {
        "id": answer,
        "of": english_digest(english),
        "title": f"«{english.title}»",
        "label": f"«{english.label}»",
        "translated_by": "a test",
        "checked_by": "A. Reader, 2026-11-23",
        "standard": f"« {english.standard} »",
        "easy_read": [f"« {sentence.say} »" for sentence in english.easy_read],
        **changes,
    }


@pytest.fixture
def write(folder: Path) -> Callable[..., Path]:
    """Writes a translated answer into the folder."""

    def write_one(answer: str, **changes: Any) -> Path:
        path = folder / "translations" / "pt" / "answers" / "talk" / f"{answer}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        data = {key: value for key, value in translated(answer, **changes).items() if value is not ...}
        path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
        return path

    return write_one


def wrong(folder: Path) -> list[tuple[str, str]]:
    return [(finding.field, finding.wrong) for finding in check_translations(ENGLISH, folder)]


@pytest.mark.parametrize(
    ("changes", "status"),
    [({}, CHECKED), ({"checked_by": None}, UNCHECKED), ({"of": "0" * 12}, STALE), ({"of": ...}, STALE)],
)
def test_a_translation_is_trusted_as_far_as_it_was_checked(
    folder: Path, write: Callable[..., Path], changes: dict[str, Any], status: str
) -> None:
    write("greet", **changes)
    made = load_translation("pt", ENGLISH, folder)
    assert made.status["greet"] == status
    assert made.status["emergency"] == MISSING
    assert bool(made.note("greet")) is (status != CHECKED)
    assert translation_table(ENGLISH, folder)["pt"][status] == ["greet"]


def test_another_number_of_sentences_makes_it_unusable(folder: Path, write: Callable[..., Path]) -> None:
    write("greet", easy_read=["One."])
    assert load_translation("pt", ENGLISH, folder).content.answers["greet"].standard == GREET.standard
    assert [field for field, _ in wrong(folder)] == ["easy_read"]


@pytest.mark.parametrize(
    ("language", "promise"),
    [("pt", "Connosco está segura."), ("pl", "Będziesz bezpieczna."), ("fr", "Vous serez en sécurité."), ("ro", "Veți fi în siguranță.")],
)
def test_that_somebody_will_be_safe_is_promised_in_no_language(language: str, promise: str) -> None:
    assert [wrong for wrong, _ in _differences("This is about safeguarding and safety.", promise, language)]
    assert not list(_differences("Then you are safe.", promise, language))


def test_a_right_translation_is_found_right(folder: Path, write: Callable[..., Path]) -> None:
    write("greet")
    assert wrong(folder) == []


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"standard": GREET.standard.replace("[[emergency.phone]]", "999")}, "standard", "numbers and addresses"),
        ({"standard": GREET.standard + " [[spor.phone]]"}, "standard", "numbers and addresses"),
        ({"title": "Hello 2"}, "title", "number differs"),
        ({"title": "Olá {x}"}, "title", "bracket"),
        ({"title": "Olá!"}, "title", "exclamation"),
        ({"title": "Garantimos ajuda"}, "title", "promises"),
        ({"title": "Vai ficar em segurança com o safeguarding"}, "title", "promises"),
        ({"title": "Linha aberta 24h"}, "title", "number differs"),
        ({"id": "hello"}, "id", "not the name"),
        ({"extra": 1}, "extra", "not a field"),
        ({"easy_read": ...}, "easy_read", "missing"),
    ],
)
def test_a_fault_in_a_translation_is_found(
    folder: Path, write: Callable[..., Path], changes: dict[str, Any], field: str, words: str
) -> None:
    write("greet", **changes)
    found = wrong(folder)
    assert field in [place for place, _ in found]
    assert any(words in said for place, said in found if place == field), found


def test_a_translation_of_no_answer_is_found(folder: Path, write: Callable[..., Path]) -> None:
    write("greet").rename(folder / "translations/pt/answers/talk/hello.yml")
    assert any("no English answer" in said for _, said in wrong(folder))


def test_a_list_that_names_what_is_not_there_is_found(folder: Path) -> None:
    (folder / "translations/pt/choices.yml").write_text("translated_by: us\nchoices:\n  no_such_button: {label: Olá}\n", encoding="utf-8")
    (folder / "translations/pt/guide.yml").write_text("translated_by: us\nwords:\n  note_stale: Olá\n", encoding="utf-8")
    found = wrong(folder)
    assert ("no_such_button", "There is no such entry in English.") in found
    assert ("note_unchecked", "This is missing.") in found


def test_a_broken_file_is_named(folder: Path) -> None:
    (folder / "translations/pt/choices.yml").write_text("choices: none\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"pt/choices\.yml"):
        load_translation("pt", ENGLISH, folder)


def test_a_stamp_names_the_english_words_and_changes_nothing_else(folder: Path, write: Callable[..., Path]) -> None:
    path = write("greet", of=...)
    before = path.read_text(encoding="utf-8")
    shutil.copytree(CONTENT_DIR, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("translations"))
    assert stamp([], folder) == 0
    after = path.read_text(encoding="utf-8")
    assert load_translation("pt", load_content(folder), folder).status["greet"] == CHECKED
    assert after.replace(f"of: '{english_digest(GREET)}'\n", "") == before
    path.write_text(after.replace(english_digest(GREET), "0" * 12), encoding="utf-8")
    assert stamp([], folder) == 0
    assert load_translation("pt", load_content(folder), folder).status["greet"] == STALE
    assert stamp(["pt", "greet"], folder) == 0
    assert load_translation("pt", load_content(folder), folder).status["greet"] == CHECKED
    assert stamp(["pt", "no_such"], folder) == 1


def composed(answer: str, part: int = 0, **custom: Any) -> dict[str, Any]:
    return {"text": "in English", "custom": {"answer": answer, "part": part, "sentences": [], "contacts": [], "choices": [], **custom}}


def shown(folder: Path, message: dict[str, Any]) -> dict[str, Any]:
    return present_in(load_translation("pt", ENGLISH, folder), ENGLISH, Settings(), message)


def test_english_is_shown_as_the_contract_has_it() -> None:
    assert set(present_in(None, ENGLISH, Settings(), composed("greet"))) == {"answer", "text", "sentences", "contacts", "choices"}


def test_a_checked_translation_needs_no_note(folder: Path, write: Callable[..., Path]) -> None:
    write("greet")
    message = shown(folder, composed("greet"))
    assert message["text"].startswith("«")
    assert message["language"] == "pt"
    assert "note" not in message


def test_an_unchecked_translation_says_so_and_has_its_english_beside_it(folder: Path, write: Callable[..., Path]) -> None:
    write("greet", checked_by=None)
    message = shown(folder, composed("greet"))
    assert message["note"]
    assert message["note_language"] == "pt"
    assert message["english"]["text"] == "in English"


def test_a_missing_translation_stays_english_and_says_so(folder: Path) -> None:
    message = shown(folder, composed("greet"))
    assert message["text"] == "in English"
    assert message["language"] == "en"
    assert message["note"]


def test_emergency_has_words_to_say_on_the_phone(folder: Path, write: Callable[..., Path]) -> None:
    phrases = [{"english": "Police. My address is", "meaning": "Polícia. A minha morada é"}]
    write("emergency", say_in_english=phrases)
    message = shown(folder, composed("emergency"))
    assert message["say_in_english"]["phrases"] == phrases
    assert "Police. My address is (Polícia. A minha morada é)" in message["text"]
    assert "say_in_english" in shown(folder, composed("emergency", part=1))
    assert "say_in_english" not in shown(folder, composed("emergency", part=2))


def test_a_question_of_the_path_says_its_place(folder: Path, write: Callable[..., Path]) -> None:
    write("report_danger")
    place = {"number": "1", "of": "4"}
    assert shown(folder, composed("report_danger", place=place))["text"].startswith("Pergunta 1 de 4.\n\n«")
    sentences = shown(folder, composed("report_danger", part=1, place=place))["sentences"]
    assert sentences[0]["text"] == "Pergunta 1 de 4."


ENGLISH_NAMES = {"pt": "Portuguese", "pl": "Polish", "fr": "French", "ro": "Romanian"}


@pytest.mark.parametrize("language", OTHERS)
def test_each_language_has_its_own_small_words(language: str) -> None:
    content: Content = ENGLISH
    made = load_translation(language, content)
    assert all(made.words[f"note_{status}"] for status in (UNCHECKED, STALE, MISSING))
    assert made.words["place_on_path"].format(number=1, of=2)


@pytest.mark.parametrize("language", OTHERS)
def test_everything_a_person_meets_is_there_in_the_language(language: str) -> None:
    made = loaded(language)
    by_itself = {answer.id for answer in ENGLISH.answers.values() if answer.kind == "system"}
    assert not [key for key in ANSWER_IDS | by_itself if made.status[key] == MISSING], "an answer that is new may wait for its translation"
    assert not [key for key, picture in made.content.pictures.items() if not picture.alt]
    assert [word.english for word in made.hard_words.words] == list(ENGLISH.glossary)
    assert not [key for key, label in made.content.choices.items() if label == ENGLISH.choices[key] and key not in LANGUAGE_CHOICES]
    card = ENGLISH.words_card
    lines = [line for wish in card.wishes.values() for line in (wish.me, wish.them)] + list(card.frame.values())
    assert not [line for line in lines if line not in made.page]


def test_the_english_lines_for_the_phone_are_the_same_in_every_language() -> None:
    def lines(language: str) -> dict[str, list[str]]:
        called = f"I speak {ENGLISH_NAMES[language]}."
        found = loaded(language).phrases.items()
        return {answer: [phrase.english.replace(called, "I speak it.") for phrase in phrases] for answer, phrases in found}

    first, *others = (lines(language) for language in OTHERS)
    assert others == [first] * len(others)
    doors = {
        "suicide_self_harm",
        "sexual_assault",
        "domestic_abuse_support",
        "child_concern",
        "concern_self_urgent",
        "concern_other_urgent",
    }
    assert {
        "emergency",
        "after_emergency_what_to_say",
        "concern_self",
        "concern_other",
        "how_to_report",
        "report_card_self",
        *doors,
    } <= set(first)


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("easy_read", [False, True])
def test_kind_words_are_said_once_in_the_language_too(language: str, easy_read: bool) -> None:
    made, english = loaded(language), ENGLISH.answers["concern_self"]
    own = made.content.answers["concern_self"]
    composed = compose(ENGLISH, english, easy_read=easy_read)
    first = present_in(made, ENGLISH, Settings(), composed)
    again = present_in(made, ENGLISH, Settings(), without_what_was_said(ENGLISH, english, composed))
    assert [sentence for sentence in own.said_once if sentence in first["text"]]
    assert not [sentence for sentence in own.said_once if sentence in again["text"]]
    thanks = made.content.answers[THANKS]
    assert (thanks.easy_read[0].say if easy_read else thanks.standard) in again["text"]


def test_kind_words_must_stand_in_the_answer(write: Callable[..., Path], folder: Path) -> None:
    write("greet", said_once=["This stands nowhere."])
    assert [finding.field for finding in check_translations(ENGLISH, folder)] == ["said_once"]
