"""The translated lists: hard words and their meanings, what pictures show, the card of words; what the check finds wrong in one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from bot.path_responses import compile_meanings
from safeguarding.content import CONTENT_DIR, load_content
from safeguarding.hard_words import Glossary
from safeguarding.messages import compose
from safeguarding.settings import Settings
from safeguarding.speaking import present_in
from safeguarding.translated_lists import ALL_LISTS, LISTS_OF_CONTENT, list_digest
from safeguarding.translated_lists_check import by_24_hours as said_by_24_hours
from safeguarding.translated_lists_check import list_status
from safeguarding.translation_check import check_translations
from safeguarding.translation_stamp import main as stamp
from safeguarding.translations import MISSING, STALE, UNCHECKED, load_translation

pytestmark = pytest.mark.whole

ENGLISH = load_content()
FRENCH = load_translation("fr", ENGLISH)


def test_a_message_brings_the_hard_words_that_stand_in_it() -> None:
    made = load_translation("pl", ENGLISH)
    message = present_in(made, ENGLISH, Settings(), compose(ENGLISH, ENGLISH.answers["what_is_abuse"], easy_read=False))
    assert message["hard_words"]
    assert all(entry["form"] in message["text"] and entry["meaning"] for entry in message["hard_words"])
    assert "hard_words" not in present_in(None, ENGLISH, Settings(), compose(ENGLISH, ENGLISH.answers["what_is_abuse"], easy_read=False))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Safeguarding is for you.", ["Safeguarding"]),
        ("Go to https://safeguarding.je/ or www.safeguarding.je/help", []),
        ("Write to safeguarding@example.je about safeguarding.", ["safeguarding"]),
    ],
)
def test_a_part_of_an_address_is_no_hard_word(text: str, found: list[str]) -> None:
    assert [match[0] for match, _ in Glossary.english({"safeguarding": "keeping people safe"}).found_in(text)] == found


@pytest.mark.parametrize("easy_read", [0, 1])
def test_the_meaning_of_a_hard_word_comes_in_the_language(easy_read: int) -> None:
    made, meaning = FRENCH, compile_meanings(ENGLISH)["utter_glossary_consent"][easy_read]
    message = present_in(made, ENGLISH, Settings(), meaning)
    word = made.hard_words.for_english("consent")
    assert word
    assert word.meaning in message["text"]
    assert message["language"] == "fr"
    assert message["english"]["text"].startswith("Consent: ")
    assert [sentence["text"] for sentence in message["sentences"]] == [message["text"]] * easy_read


def test_a_hard_word_that_the_language_lacks_is_explained_in_english() -> None:
    made, meaning = replace(FRENCH, hard_words=Glossary()), compile_meanings(ENGLISH)["utter_glossary_consent"][0]
    assert present_in(made, ENGLISH, Settings(), meaning)["language"] == "en"


def test_the_check_finds_what_is_wrong_in_a_list(folder: Path) -> None:
    home = folder / "translations" / "pt"
    data = yaml.safe_load((CONTENT_DIR / "translations" / "pt" / "pictures.yml").read_text(encoding="utf-8"))
    del data["of"], data["pictures"]["adult"]
    data["pictures"] |= {"unknown": "Nada", "child": "3 crianças"}
    (home / "pictures.yml").write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    fields = {finding.field for finding in check_translations(ENGLISH, folder) if finding.file.endswith("pictures.yml")}
    assert fields == {"adult", "unknown", "child"}


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """The Portuguese lists as if they had just been made from the English, and nobody had checked them."""
    home = tmp_path / "pt"
    home.mkdir()
    for name in ALL_LISTS:
        data = yaml.safe_load((CONTENT_DIR / "translations" / "pt" / f"{name}.yml").read_text(encoding="utf-8"))
        data |= {"checked_by": None} | ({"of": list_digest(ENGLISH, name)} if name in LISTS_OF_CONTENT else {})
        (home / f"{name}.yml").write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return home


def test_a_list_made_from_other_english_is_stale(fresh: Path) -> None:
    other = replace(ENGLISH, glossary={**ENGLISH.glossary, "scam": "Another meaning."})
    assert list_status(ENGLISH, fresh, "glossary") == UNCHECKED
    assert list_status(other, fresh, "glossary") == STALE
    assert list_status(other, fresh, "pictures") == UNCHECKED
    assert list_status(other, fresh.parent, "pictures") == MISSING


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("choices", {"choices": {**ENGLISH.choices, "more": "Tell me more"}}),
        ("contacts", {"contacts": {**ENGLISH.contacts, "spor": replace(ENGLISH.contacts["spor"], for_whom="anyone")}}),
    ],
)
def test_buttons_and_contacts_are_stale_when_their_english_changes(fresh: Path, name: str, other: dict[str, object]) -> None:
    assert list_status(ENGLISH, fresh, name) == UNCHECKED
    assert list_status(replace(ENGLISH, **other), fresh, name) == STALE  # type: ignore[arg-type]
    numbers = replace(ENGLISH, contacts={key: replace(contact, phone="1") for key, contact in ENGLISH.contacts.items()})
    assert list_status(numbers, fresh, name) == UNCHECKED, "a number is never translated"


@pytest.mark.parametrize("name", ["page", "guide"])
def test_a_list_that_stands_beside_its_english_is_unchecked_or_checked(fresh: Path, name: str) -> None:
    assert list_status(ENGLISH, fresh, name) == UNCHECKED
    assert list_status(ENGLISH, CONTENT_DIR, name) == MISSING


@pytest.mark.parametrize(
    ("english", "by_24_hours"),
    [
        ("8:30am to 5 pm", "8:30 to 17"),
        ("Monday, 8.30am to 5pm", "Monday, 8.30 to 17"),
        ("12pm to 12.15am", "12 to 0.15"),
        ("open day and night", "open day and night"),
    ],
)
def test_hours_are_compared_as_the_other_languages_write_them(english: str, by_24_hours: str) -> None:
    assert said_by_24_hours(english) == by_24_hours


def test_a_list_is_stamped_like_an_answer(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("safeguarding.translation_stamp.load_content", lambda _: ENGLISH)
    path = folder / "translations" / "pt" / "glossary.yml"
    real = (CONTENT_DIR / "translations" / "pt" / "glossary.yml").read_text(encoding="utf-8")
    path.write_text("\n".join(line for line in real.splitlines() if not line.startswith("of:")) + "\n", encoding="utf-8")
    assert stamp(["pt", "glossary"], folder) == 0
    assert path.read_text(encoding="utf-8") == real
