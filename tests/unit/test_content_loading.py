"""Loading content/: what comes out, and what is said where a file cannot be used."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from safeguarding.content import CONTENT_DIR, ContentError, build_answer, content_digest, load_content, read_yaml

pytestmark = pytest.mark.whole

ANSWER = {
    "id": "hello",
    "kind": "question",
    "title": "Hello",
    "label": "Hello",
    "standard": "Hello.\n",
    "easy_read": [{"say": "Hello."}],
    "sources": ["a_page"],
    "reviewed_on": None,
    "review_by": None,
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CONTENT_DIR, tmp_path / "content"))


def test_an_answer_is_built_with_its_defaults() -> None:
    answer = build_answer(ANSWER, "hello.yml")
    assert answer.standard == "Hello."
    assert (answer.contacts, answer.choices, answer.hand_off) == ((), (), None)
    assert answer.easy_read[0].picture is None


@pytest.mark.parametrize(("kind", "intent"), [("question", "ask_hello"), ("telling", "tell_hello"), ("talk", "hello"), ("system", None)])
def test_the_intent_of_an_answer_follows_its_kind(kind: str, intent: str | None) -> None:
    assert build_answer({**ANSWER, "kind": kind}, "hello.yml").intent == intent


def test_a_special_case_shows_the_id_of_its_answer() -> None:
    assert build_answer({**ANSWER, "shown_as": "greet"}, "hello.yml").public_id == "greet"
    assert build_answer(ANSWER, "hello.yml").public_id == "hello"


@pytest.mark.parametrize(
    "data",
    [None, [], "text", {**ANSWER, "standard": None}, {**ANSWER, "extra": 1}, {**ANSWER, "easy_read": [{"says": "x"}]}, {"id": "hello"}],
)
def test_an_answer_that_cannot_be_built_is_named(data: object) -> None:
    with pytest.raises(ContentError, match=r"hello\.yml"):
        build_answer(data, "hello.yml")


def test_numbers_are_filled_in_from_the_contacts() -> None:
    content = load_content()
    assert content.fill("Call [[emergency.phone]] or [[spor.phone]].") == f"Call 999 or {content.contacts['spor'].phone}."


@pytest.mark.parametrize("text", ["[[nobody.phone]]", "[[emergency.email]]", "[[emergency.checked_on]]", "[[emergency.text_only]]"])
def test_a_name_that_stands_for_nothing_is_refused(text: str) -> None:
    with pytest.raises(ContentError, match="names nothing"):
        load_content().fill(text)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"a: [1", "line "),
        (b"a: 1\n\tb: 2", "line 2"),
        ("é".encode("latin-1"), "UTF-8"),
        (b"day: 2027-02-30", "cannot be read"),
        (b"a: \x07", "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, body: bytes, words: str) -> None:
    path = tmp_path / "broken.yml"
    path.write_bytes(body)
    with pytest.raises(ContentError, match=r"broken\.yml") as caught:
        read_yaml(path)
    assert words in str(caught.value)


def test_a_byte_order_mark_is_read_over(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_bytes(b"\xef\xbb\xbfname: one")
    assert read_yaml(tmp_path / "a.yml") == {"name": "one"}


def test_two_files_with_one_id_are_refused(folder: Path) -> None:
    shutil.copy(folder / "answers/talk/thanks.yml", folder / "answers/abuse/thanks.yml")
    with pytest.raises(ContentError, match="thanks"):
        load_content(folder)


def test_a_list_without_its_heading_is_refused(folder: Path) -> None:
    (folder / "glossary.yml").write_text("abuse: {meaning: harm}\n", encoding="utf-8")
    with pytest.raises(ContentError, match="words:"):
        load_content(folder)


def test_the_digest_changes_with_each_word_and_name_and_with_nothing_else(folder: Path) -> None:
    before = content_digest(folder)
    assert before == content_digest(), "a copy has the same digest"
    path = folder / "answers/talk/thanks.yml"
    original = path.read_bytes()
    path.write_bytes(original.replace(b"\n", b"\r\n"))
    assert content_digest(folder) == before, "line ends are not words"
    path.write_bytes(original + b"# one more word\n")
    assert content_digest(folder) != before
    path.write_bytes(original)
    path.rename(path.with_name("thank_you.yml"))
    assert content_digest(folder) != before
