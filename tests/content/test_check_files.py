"""A file that cannot be read, or is not where it belongs, is named with its line; what `make content` prints then."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from findings import ANSWER, one

from safeguarding.content_check import check, main


def test_the_copy_is_right(folder: Path, today: date) -> None:
    assert check(folder, today) == []


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
    line = next(number for number, text in enumerate(path.read_text("utf-8").splitlines(), start=1) if "2027-02-30" in text)
    assert "does not exist" in one(check(folder, today), ANSWER, f"line {line}").wrong


def test_a_review_that_is_due_soon_leaves_the_translations_looked_at(folder: Path, today: date) -> None:
    (folder / "translations/fr/answers/talk/thanks.yml").write_text("id: thanks\ntitle: Merci\n", encoding="utf-8")
    path = folder / ANSWER
    path.write_text(path.read_text("utf-8").replace("review_by: 20", f"review_by: {today} # 20"), encoding="utf-8")
    found = check(folder, today)
    assert [finding.file for finding in found if not finding.serious] == [ANSWER]
    assert {finding.file for finding in found if finding.serious} == {"translations/fr/answers/talk/thanks.yml"}


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
