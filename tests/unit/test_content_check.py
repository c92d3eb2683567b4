"""Each fault that `make content` knows is planted in a copy of content/, and exactly that finding is seen."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from safeguarding.content import CONTENT_DIR, load_content
from safeguarding.content_check import check, main
from safeguarding.content_files import Finding

ANSWER = "answers/talk/thanks.yml"
HAND_OFF = "answers/telling/concern_self.yml"


@pytest.fixture(scope="session")
def today() -> date:
    """The newest day on which something was read: a day on which nothing is overdue because time went by."""
    content = load_content()
    return max([*(answer.reviewed_on for answer in content.answers.values()), *(c.checked_on for c in content.contacts.values())])


@pytest.fixture(scope="session")
def pristine() -> dict[str, bytes]:
    """Every file of content/ as it is, by its path inside."""
    return {path.relative_to(CONTENT_DIR).as_posix(): path.read_bytes() for path in CONTENT_DIR.rglob("*.yml")}


@pytest.fixture
def folder(tmp_path: Path, pristine: dict[str, bytes]) -> Path:
    for name, body in pristine.items():
        path = tmp_path / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
    return tmp_path / "content"


@pytest.fixture
def edit(folder: Path, today: date) -> Callable[..., list[Finding]]:
    """Changes the data of one file and says what the check finds then."""

    def change(file: str, change_data: Callable[[Any], Any]) -> list[Finding]:
        path = folder / file
        data = yaml.load(path.read_bytes(), yaml.CSafeLoader)
        change_data(data)
        path.write_text(yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False), encoding="utf-8")
        return check(folder, today)

    return change


def one(findings: list[Finding], file: str, field: str) -> Finding:
    assert [(finding.file, finding.field) for finding in findings] == [(file, field)], findings
    finding = findings[0]
    assert finding.wrong
    assert finding.to_do
    return finding


def test_the_copy_is_right(folder: Path, today: date) -> None:
    assert check(folder, today) == []


# Files that cannot be read.


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("id: thanks\n\tkind: talk\n", 2, "tab"),
        ("id: thanks\nlabel: Thank you: really\n", 2, "cannot be read"),
        ('id: thanks\nlabel: "Thank you\n', 3, "cannot be read"),
        ("id: thanks\nlabel: one\nlabel: two\n", 3, "second time"),
        ("id: thanks\nno: one\n", 2, "yes or no"),
        ("id: thanks\nlabel: bell \x07\n", 2, "nobody can see"),
    ],
)
def test_a_broken_file_is_named_with_its_line(folder: Path, today: date, text: str, line: int, words: str) -> None:
    (folder / ANSWER).write_text(text, encoding="utf-8")
    assert words in one(check(folder, today), ANSWER, f"line {line}").wrong


def test_a_file_that_is_not_utf_8(folder: Path, today: date) -> None:
    (folder / ANSWER).write_bytes("id: thanks\nlabel: café\n".encode("latin-1"))
    assert "UTF-8" in one(check(folder, today), ANSWER, "line 2").to_do


def test_a_day_that_does_not_exist(folder: Path, today: date) -> None:
    path = folder / ANSWER
    path.write_text(path.read_text(encoding="utf-8").replace("review_by: 20", "review_by: 2027-02-30 # 20"), encoding="utf-8")
    assert "does not exist" in one(check(folder, today), ANSWER, "a date").wrong


def test_an_empty_file(folder: Path, today: date) -> None:
    (folder / ANSWER).write_text("", encoding="utf-8")
    one(check(folder, today), ANSWER, "whole file")


def test_a_file_over_a_megabyte_is_not_even_opened(folder: Path, today: date) -> None:
    with (folder / ANSWER).open("a", encoding="utf-8") as file:
        file.write("# padding\n" * 500_000)
    assert "5.0 MB" in one(check(folder, today), ANSWER, "whole file").wrong


@pytest.mark.parametrize("change", [lambda body: b"\xef\xbb\xbf" + body, lambda body: body.replace(b"\n", b"\r\n")])
def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(folder: Path, today: date, change: Callable[[bytes], bytes]) -> None:
    path = folder / ANSWER
    path.write_bytes(change(path.read_bytes()))
    assert check(folder, today) == []


def test_a_missing_list(folder: Path, today: date) -> None:
    (folder / "glossary.yml").unlink()
    one(check(folder, today), "glossary.yml", "whole file")


def test_a_file_in_the_wrong_place_is_not_passed_over(folder: Path, today: date) -> None:
    (folder / "answers/talk/extra.yaml").write_text("id: extra\n", encoding="utf-8")
    one(check(folder, today), "answers/talk/extra.yaml", "whole file")


def test_two_files_with_one_id(folder: Path, today: date) -> None:
    shutil.copy(folder / ANSWER, folder / "answers/abuse/thanks.yml")
    assert "answers/abuse/thanks.yml" in one(check(folder, today), ANSWER, "id").wrong


def test_an_answer_that_the_chat_promises_is_missing(folder: Path, today: date) -> None:
    (folder / "answers/safeguarding/what_is_abuse.yml").rename(folder / "answers/safeguarding/what_abuse_is.yml")
    found = {(finding.file, finding.field) for finding in check(folder, today)}
    assert ("answers", "what_is_abuse") in found
    assert ("answers/safeguarding/what_abuse_is.yml", "id") in found


# The shape of a file, in an editor's words.


@pytest.mark.parametrize("version", ["standard", "easy_read"])
def test_a_missing_version(edit: Callable[..., list[Finding]], version: str) -> None:
    assert "missing" in one(edit(ANSWER, lambda answer: answer.pop(version)), ANSWER, version).wrong


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("label", "", "empty"),
        ("label", "These words are far too long for one button", "36 is the most"),
        ("label", 12, "quotation marks"),
        ("title", True, "quotation marks"),
        ("kind", "chat", "question"),
        ("standard", ["a", "list"], "plain words"),
        ("choices", ["about", "human", "privacy", "greet"], "3 is the most"),
        ("choices", ["about", "about"], "twice"),
        ("sources", [], "empty"),
        ("id", "Thanks you", "name of the file"),
        ("reviewed_on", "last week", "2026-11-23"),
    ],
)
def test_a_field_of_the_wrong_shape(edit: Callable[..., list[Finding]], field: str, value: Any, words: str) -> None:
    finding = one(edit(ANSWER, lambda answer: answer.update({field: value})), ANSWER, field)
    assert words in f"{finding.wrong} {finding.to_do}"


def test_a_misspelt_field_is_recognised(edit: Callable[..., list[Finding]]) -> None:
    finding = one(edit(ANSWER, lambda answer: answer.update(choises=["about"])), ANSWER, "choises")
    assert finding.to_do == "Did you mean “choices”?"


def test_a_picture_name_that_yaml_reads_as_no(edit: Callable[..., list[Finding]]) -> None:
    one(edit(ANSWER, lambda answer: answer["easy_read"][0].update(picture=False)), ANSWER, "easy_read, sentence 1 (picture)")


def test_a_number_without_quotation_marks(edit: Callable[..., list[Finding]]) -> None:
    one(edit("contacts.yml", lambda data: data["contacts"]["emergency"].update(phone=999)), "contacts.yml", "contacts, emergency, phone")


def test_an_id_that_is_not_the_name_of_its_file(edit: Callable[..., list[Finding]]) -> None:
    assert "id: thanks" in one(edit(ANSWER, lambda answer: answer.update(id="thank_you")), ANSWER, "id").to_do


# Names that stand nowhere.


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("contacts", lambda answer: answer["contacts"].append("sporr")),
        ("sources", lambda answer: answer["sources"].append("a_page")),
        ("choices", lambda answer: answer.update(choices=["no_such_answer"])),
        ("choices", lambda answer: answer.update(choices=["service_problem"])),
        ("shown_as", lambda answer: answer.update(shown_as="no_such_answer")),
        ("easy_read, sentence 1", lambda answer: answer["easy_read"][0].update(picture="unicorn")),
        ("standard", lambda answer: answer.update(standard="Call [[sporr.phone]].")),
        ("standard", lambda answer: answer.update(standard="Write to [[emergency.email]].")),
        ("standard", lambda answer: answer.update(standard="Go to [[concerns_form.url]].")),
        ("easy_read, sentence 1", lambda answer: answer["easy_read"][0].update(say="Call [[sporr.phone]].")),
    ],
)
def test_an_unknown_name(edit: Callable[..., list[Finding]], field: str, change: Callable[[Any], Any]) -> None:
    one(edit(ANSWER, change), ANSWER, field)


@pytest.mark.parametrize("field", ["route", "topic"])
def test_a_hand_off_that_is_not_on_the_closed_list(edit: Callable[..., list[Finding]], field: str) -> None:
    finding = one(edit(HAND_OFF, lambda answer: answer["hand_off"].update({field: "elsewhere"})), HAND_OFF, f"hand_off, {field}")
    assert {"route": "children, ", "topic": "financial, "}[field] in finding.to_do


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("spor, source", lambda spor: spor.update(source="a_page")),
        ("spor", lambda spor: [spor.pop(way) for way in ("phone", "fax", "post")]),
        ("spor, url_setting", lambda spor: spor.update(url_setting="NO_SUCH_SETTING")),
    ],
)
def test_a_contact_that_leads_nowhere(edit: Callable[..., list[Finding]], field: str, change: Callable[[Any], Any]) -> None:
    findings = edit("contacts.yml", lambda data: change(data["contacts"]["spor"]))
    one([finding for finding in findings if finding.file == "contacts.yml"], "contacts.yml", field)


def test_a_picture_that_the_installed_set_does_not_have(edit: Callable[..., list[Finding]]) -> None:
    one(edit("pictures.yml", lambda data: data["pictures"]["home"].update(drawing="castle-in-the-air")), "pictures.yml", "home")


def test_a_sign_of_danger_with_an_unknown_group(edit: Callable[..., list[Finding]]) -> None:
    def add(data: Any) -> None:
        data["signs"].append({"id": "planted", "reason": "A test.", "phrases": ["<nobody_at_all> is here"]})

    one(edit("danger_signs.yml", add), "danger_signs.yml", "planted")


def test_two_signs_of_danger_with_one_id(edit: Callable[..., list[Finding]]) -> None:
    sign = {"id": "planted", "reason": "A test.", "phrases": ["help"]}
    one(edit("danger_signs.yml", lambda data: data["signs"].extend([sign, dict(sign)])), "danger_signs.yml", "planted")


# Dates.


def test_an_overdue_answer(edit: Callable[..., list[Finding]], today: date) -> None:
    yesterday = today - timedelta(days=1)
    finding = one(edit(ANSWER, lambda answer: answer.update(review_by=yesterday)), ANSWER, "review_by")
    assert finding.serious
    assert str(yesterday) in finding.wrong


def test_an_overdue_contact(edit: Callable[..., list[Finding]], today: date) -> None:
    change = lambda data: data["contacts"]["spor"].update(review_by=today - timedelta(days=1))  # noqa: E731
    assert one(edit("contacts.yml", change), "contacts.yml", "spor, review_by").serious


@pytest.mark.parametrize(("days", "said"), [(0, True), (14, True), (15, False)])
def test_a_review_that_is_due_soon_is_said_and_does_not_fail(
    edit: Callable[..., list[Finding]], today: date, days: int, said: bool
) -> None:
    findings = edit(ANSWER, lambda answer: answer.update(review_by=today + timedelta(days=days)))
    assert [finding.serious for finding in findings] == ([False] if said else [])


def test_a_date_in_quotation_marks(edit: Callable[..., list[Finding]]) -> None:
    one(edit(ANSWER, lambda answer: answer.update(review_by="2031-01-01")), ANSWER, "review_by")


def test_a_review_that_lies_in_the_future(edit: Callable[..., list[Finding]], today: date) -> None:
    one(edit(ANSWER, lambda answer: answer.update(reviewed_on=today + timedelta(days=1))), ANSWER, "reviewed_on")


# Words, in both readings.


def _say(words: str, place: int = 0) -> Callable[[Any], Any]:
    return lambda answer: answer["easy_read"][place].update(say=words)


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("Call {name} now.", "bracket"),
        ("Call [spor] now.", "bracket"),
        ("You are welcome!", "exclamation mark"),
        ("You are welcome 🙂.", "exclamation mark"),
        ("Call 01534 444440.", "01534 444440"),
        ("Call 9-9-9 now.", "9-9-9"),
        ("Ring 112 now.", "112"),
        ("Call 101 now.", "England's terms"),
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
    assert edit("contacts.yml", lambda data: data["contacts"]["spor"].update(note="If you get no reply, ring 999.")) == []


def test_an_exclamation_mark_in_a_contact(edit: Callable[..., list[Finding]]) -> None:
    one(edit("contacts.yml", lambda data: data["contacts"]["spor"].update(note="Hurry!")), "contacts.yml", "spor, note")


def test_a_standard_sentence_of_more_than_25_words(edit: Callable[..., list[Finding]]) -> None:
    right, wrong = f"{'one ' * 24}two.", f"{'one ' * 25}two."
    assert edit(ANSWER, lambda answer: answer.update(standard=right)) == []
    assert "26 words" in one(edit(ANSWER, lambda answer: answer.update(standard=wrong)), ANSWER, "standard").wrong


def test_a_standard_answer_that_is_too_hard(edit: Callable[..., list[Finding]]) -> None:
    hard = "Organisational safeguarding responsibilities necessitate multidisciplinary communication."
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
        answer["easy_read"] = [{"say": "Ask for MSP."}, {"say": "It means making safeguarding personal."}]

    assert edit(ANSWER, explained) == []


def test_an_easy_read_answer_that_is_too_hard(edit: Callable[..., list[Finding]]) -> None:
    def hard(answer: Any) -> None:
        answer["easy_read"] = [{"say": "Communication necessitates understanding."}]

    assert "grade" in one(edit(ANSWER, hard), ANSWER, "easy_read").wrong


def test_words_of_the_glossary_are_not_counted_as_hard(edit: Callable[..., list[Finding]]) -> None:
    def glossary_words(answer: Any) -> None:
        answer["easy_read"] = [{"say": "This is about accountability and proportionality."}]

    assert edit(ANSWER, glossary_words) == []


def test_a_number_after_the_third_sentence(edit: Callable[..., list[Finding]]) -> None:
    def late(answer: Any) -> None:
        answer["easy_read"] = [{"say": "You can ask."}] * 3 + [{"say": "Call [[spor.phone]]."}]

    one(edit(ANSWER, late), ANSWER, "easy_read, sentence 4")


def test_a_hand_off_that_does_not_say_that_nobody_was_told(edit: Callable[..., list[Finding]]) -> None:
    one(edit(HAND_OFF, lambda answer: answer.update(standard="Call [[spor.phone]].")), HAND_OFF, "standard")
    one(
        edit(HAND_OFF, lambda answer: answer.update(standard="I have not told anyone.", easy_read=[{"say": "Call [[spor.phone]]."}])),
        HAND_OFF,
        "easy_read",
    )


# What the command says.


def test_the_command_prints_each_finding_a_table_and_fails(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / ANSWER).write_text("id: thanks\n\tkind: talk\n", encoding="utf-8")
    before = (folder / ANSWER).read_bytes()
    assert main([], folder) == 1
    said = capsys.readouterr().out
    assert f"content/{ANSWER}  line 2" in said
    assert "Take the tab out" in said
    assert "to put right in" in said.splitlines()[-1]
    assert (folder / ANSWER).read_bytes() == before


def test_the_command_is_short_when_all_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--short"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_the_command_gives_figures_when_all_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "reading grade, easy read" in capsys.readouterr().out
